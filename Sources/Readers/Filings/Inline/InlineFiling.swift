package import Claims

/// What the inline XBRL of one filing says.
package struct InlineFiling: Sendable {
  /// What the filing says of itself, by the names of the taxonomy `dei`, as `DocumentType`.
  package let cover: [String: String]
  /// The figures, each once, in the order of the document.
  package let figures: [FiledFigure]
  /// Figures that say twice what differs by more than they round.
  package let conflicts: [FilingConflict]
  /// Figures that say outright that there is nothing to say.
  package let nils: [UnreadFigure]
  /// Figures that could not be read, with why.
  package let unread: [UnreadFigure]
  /// How many figures were said more than once, the same each time.
  package let repeated: Int
  /// How often each tag without a number stands in the filing, by tag.
  package let passages: [Concept: Int]

  /// The SEC's number of the company; `nil` where the filing does not say it.
  package var cik: Int? { cover["EntityCentralIndexKey"].flatMap(CIK.number) }
  /// The company's name.
  package var name: String { cover["EntityRegistrantName"] ?? "" }
  /// The form, as `10-K`.
  package var form: String { cover["DocumentType"] ?? "" }
  /// The last day it reports on.
  package let periodEnd: Day?
}

/// A figure that stands in a filing and gives no number.
package struct UnreadFigure: Sendable, Hashable {
  /// Its tag.
  package let concept: String
  /// The context it names.
  package let context: String
  /// Why.
  package let reason: String
}

/// One figure that is said twice, each time otherwise.
package struct FilingConflict: Sendable, Hashable {
  /// What was said first.
  package let first: FiledFigure
  /// What was said then.
  package let other: FiledFigure
}

/// The SEC's numbers of companies.
package enum CIK {
  /// The number in `1045810`, `0001045810` or `CIK0001045810`; `nil` for anything else.
  package static func number(_ text: String) -> Int? {
    let digits = text.uppercased().hasPrefix("CIK") ? text.dropFirst(3) : text[...]
    guard (1...10).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Int(digits)
  }

  /// The number with all its ten digits.
  package static func text(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
  }
}
