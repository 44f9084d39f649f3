public import Claims

/// What the inline XBRL of one filing says.
public struct InlineFiling: Sendable {
  /// What the filing says of itself, by the names of the taxonomy `dei`, as `DocumentType`.
  public let cover: [String: String]
  /// The figures, each once, in the order of the document.
  public let figures: [FiledFigure]
  /// Figures that say twice what differs by more than they round.
  public let conflicts: [FilingConflict]
  /// Figures that say outright that there is nothing to say.
  public let nils: [UnreadFigure]
  /// Figures that could not be read, with why.
  public let unread: [UnreadFigure]
  /// How many figures were said more than once, the same each time.
  public let repeated: Int
  /// How often each tag without a number stands in the filing, by tag.
  public let passages: [Concept: Int]

  /// The SEC's number of the company; `nil` where the filing does not say it.
  public var cik: Int? { cover["EntityCentralIndexKey"].flatMap(CIK.number) }
  /// The company's name.
  public var name: String { cover["EntityRegistrantName"] ?? "" }
  /// The form, as `10-K`.
  public var form: String { cover["DocumentType"] ?? "" }
  /// The last day it reports on.
  public let periodEnd: Day?
}

/// A figure that stands in a filing and gives no number.
public struct UnreadFigure: Sendable, Hashable {
  /// Its tag.
  public let concept: String
  /// The context it names.
  public let context: String
  /// Why.
  public let reason: String
}

/// One figure that is said twice, each time otherwise.
public struct FilingConflict: Sendable, Hashable {
  /// What was said first.
  public let first: FiledFigure
  /// What was said then.
  public let other: FiledFigure
}

/// The SEC's numbers of companies.
public enum CIK {
  /// The number in `1045810`, `0001045810` or `CIK0001045810`; `nil` for anything else.
  public static func number(_ text: String) -> Int? {
    let digits = text.uppercased().hasPrefix("CIK") ? text.dropFirst(3) : text[...]
    guard (1...10).contains(digits.utf8.count), digits.utf8.allSatisfy({ (48...57).contains($0) })
    else { return nil }
    return Int(digits)
  }

  /// The number with all its ten digits.
  public static func text(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
  }
}
