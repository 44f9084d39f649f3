package import Claims
internal import Networks

/// Names by id: of parties, of their reserves, and of people whom nobody names.
package struct PartyNames: Sendable {
  private let names: [String: String]

  /// The names of a view.
  ///
  /// - Parameters:
  ///   - view: The view.
  ///   - isLegal: Whether with their legal forms, `OpenAI Group PBC`, rather than as people say them, `OpenAI`.
  package init(_ view: View, isLegal: Bool = false) {
    self.init(
      Dictionary(
        uniqueKeysWithValues: view.contents.parties.map { party in
          (party.id, isLegal ? party.name : party.knownAs ?? party.name)
        }
      ),
      isLegal: isLegal
    )
  }

  /// Parties that go by their ids.
  package init(ids: [String]) { self.init(Dictionary(ids.map { ($0, $0) }) { first, _ in first }) }

  init(_ names: [String: String], isLegal: Bool = true) {
    self.names = isLegal ? names : Self.spoken(names)
  }

  /// Names without their legal forms; two that would be the same keep them.
  private static func spoken(_ legal: [String: String]) -> [String: String] {
    let short = legal.mapValues(withoutLegalForm)
    let bearers = Dictionary(short.map { ($0.value, 1) }, uniquingKeysWith: +)
    return legal.merging(short.filter { bearers[$0.value] == 1 }) { $1 }
  }

  /// What the people are that `id` stands for where nobody names them, as `unnamed customers`.
  package static func people(of id: String) -> String? {
    UnnamedCounterparty.parse(id).map {
      $0.people == .undisclosed ? "undisclosed" : "unnamed \($0.people.rawValue)"
    }
  }

  /// The name without its legal form, for where room is short: `OpenAI` for `OpenAI Group PBC`.
  package func shortName(_ id: String) -> String {
    if let people = Self.people(of: id), let party = UnnamedCounterparty.parse(id)?.party {
      return "\(shortName(party)): \(people)"
    }
    return Self.withoutLegalForm(name(id))
  }

  private static func withoutLegalForm(_ name: String) -> String {
    var words = name.split(separator: " ").map(String.init)
    let forms: Set<String> = [
      "Inc.", "Inc", "Corporation", "Corp.", "Company", "Limited", "Ltd.", "PBC", "N.V.", "plc",
      "AG",
      "LLC", "L.P.", "Platforms,", "Group", "Holdings", "Co.", "Incorporated", "Corp", "AB", "SE",
      "S.A.",
    ]
    while words.count > 1, let last = words.last, forms.contains(last) { words.removeLast() }
    let short = words.joined(separator: " ")
    return short.hasSuffix(",") ? String(short.dropLast()) : short
  }

  /// A way round: each party to the next, the last to the first.
  package func round(_ parties: [String]) -> String {
    (parties + parties.prefix(1)).map(name).joined(separator: " → ")
  }

  /// The name of `id`, or `id` itself where it has none.
  package func callAsFunction(_ id: String) -> String { name(id) }

  /// The name of `id`, or `id` itself where it has none.
  package func name(_ id: String) -> String {
    if let name = names[id] { return name }
    if id.hasPrefix("reserves:") { return "\(name(String(id.dropFirst(9)))): own reserves" }
    guard let words = Self.people(of: id), let party = UnnamedCounterparty.parse(id)?.party else {
      return id
    }
    return "\(name(party)): \(words)"
  }
}
