/// One thing that happens, as a form gives it and a scenario's file writes it.
struct ShockLine: Sendable {
  /// What may happen: the word, what it means, and what must be said besides.
  static let verbs: [(word: String, meaning: String, more: String?)] = [
    ("withdraw", "the customer leaves a deal", nil), ("delay", "a deal comes later", "months"),
    ("amend", "the rest of a deal is multiplied", "factor"),
    ("novate", "another party pays a deal", "to"), ("exercise", "an option is exercised", nil),
    ("call", "a backstop is called", nil), ("lapse", "an option or a backstop lapses", nil),
    ("share-price", "market value changes", "change"),
    ("raise", "what can be raised is multiplied", "factor"),
    ("freeze", "a facility cannot be drawn", nil),
    ("lose-customer", "customers outside are lost", "share"),
    ("default", "a party fails", nil), ("offering", "shares are sold to the public", "amount"),
    ("demand-growth", "what outside customers spend grows so", nil),
    ("rate", "interest on all debt", nil), ("shut-market", "nobody raises equity for months", nil),
  ]

  let verb: String
  let target: String
  let value: String
  let on: String
  let because: String

  /// Reads the fields of a form.
  ///
  /// - Parameter fields: The fields that are not empty.
  /// - Throws: ``Refusal`` where too little is said.
  init(_ fields: [String: String]) throws(Refusal) {
    guard let verb = fields["verb"], let kind = Self.verbs.first(where: { $0.word == verb }),
      let target = fields["target"]
    else { throw Refusal(422, "Say what happens, and to which deal or party, or how much.") }
    guard kind.more == nil || fields["value"] != nil else {
      throw Refusal(422, "\(verb) wants \(kind.more ?? "a value") as well.")
    }
    (self.verb, self.target) = (verb, target)
    (value, on) = (fields["value"] ?? "", fields["on"] ?? "")
    because = fields["because"] ?? ""
  }

  /// The lines of a file.
  var lines: [String] {
    let names = target.split(separator: ",").map { name in
      Self.quoted(String(name.drop { $0 == " " }))
    }
    let subject = names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"
    var lines = ["  - \(verb): \(subject)"]
    if let more = Self.verbs.first(where: { $0.word == verb })?.more {
      lines.append("    \(more): \(Self.quantity(value))")
    }
    if !on.isEmpty { lines.append("    on: \(Self.quoted(on))") }
    if !because.isEmpty { lines.append("    because: \(Self.quoted(because))") }
    return lines
  }

  /// A text of a file with this happening as well, before what it says already.
  func added(to text: String) -> String {
    var all = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let place = all.firstIndex(where: { $0.hasPrefix("shocks:") }) else {
      while all.last?.isEmpty == true { all.removeLast() }
      return (all + ["shocks:"] + lines + [""]).joined(separator: "\n")
    }
    all[place] = "shocks:"
    let dash = all[(place + 1)...].first { $0.drop { $0 == " " }.hasPrefix("- ") }
    let indent = dash.map { $0.prefix { $0 == " " }.count } ?? 2
    let moved = lines.map { String(repeating: " ", count: indent) + $0.dropFirst(2) }
    all.insert(contentsOf: moved, at: place + 1)
    return all.joined(separator: "\n")
  }

  /// A figure, or two with `to` between: anything between them, as likely as not.
  private static func quantity(_ text: String) -> String {
    let ends = text.split(separator: " ").map(String.init)
    guard ends.count == 3, ends[1] == "to" else { return quoted(text) }
    return "{uniform: [\(quoted(ends[0])), \(quoted(ends[2]))]}"
  }

  /// A value as it stands in a file: in quotes where it is no plain word.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        || "._%-".utf8.contains($0)
    }
    guard !isPlain || text.isEmpty || text.hasPrefix("%") || text.hasPrefix("- ") else {
      return text
    }
    let escaped = text.map { character -> String in
      switch character {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n", "\r", "\r\n", "\t": " "
      default: String(character)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
