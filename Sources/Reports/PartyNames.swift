public import Claims
internal import Networks

/// Names by id: of parties, of their reserves, and of people whom nobody names.
public struct PartyNames: Sendable {
  private let names: [String: String]

  /// The names of a view.
  public init(_ view: View) {
    self.init(Dictionary(uniqueKeysWithValues: view.contents.parties.map { ($0.id, $0.name) }))
  }

  /// Parties that go by their ids.
  public init(ids: [String]) { self.init(Dictionary(ids.map { ($0, $0) }) { first, _ in first }) }

  init(_ names: [String: String]) { self.names = names }

  /// What the people are that `id` stands for where nobody names them, as `unnamed customers`.
  public static func people(of id: String) -> String? {
    UnnamedCounterparty.parse(id).map {
      $0.people == .undisclosed ? "undisclosed" : "unnamed \($0.people.rawValue)"
    }
  }

  /// The name without its legal form, for where room is short: `OpenAI` for `OpenAI Group PBC`.
  public func shortName(_ id: String) -> String {
    if let people = Self.people(of: id), let party = UnnamedCounterparty.parse(id)?.party {
      return "\(shortName(party)): \(people)"
    }
    var words = name(id).split(separator: " ").map(String.init)
    let forms: Set<String> = [
      "Inc.", "Inc", "Corporation", "Corp.", "Company", "Limited", "Ltd.", "PBC", "N.V.", "plc",
      "AG",
      "LLC", "L.P.", "Platforms,", "Group", "Holdings", "Co.",
    ]
    while words.count > 1, let last = words.last, forms.contains(last) { words.removeLast() }
    let short = words.joined(separator: " ")
    return short.hasSuffix(",") ? String(short.dropLast()) : short
  }

  /// The name of `id`, or `id` itself where it has none.
  public func callAsFunction(_ id: String) -> String { name(id) }

  /// The name of `id`, or `id` itself where it has none.
  public func name(_ id: String) -> String {
    if let name = names[id] { return name }
    if id.hasPrefix("reserves:") { return "\(name(String(id.dropFirst(9)))): own reserves" }
    guard let words = Self.people(of: id), let party = UnnamedCounterparty.parse(id)?.party else {
      return id
    }
    return "\(name(party)): \(words)"
  }
}
