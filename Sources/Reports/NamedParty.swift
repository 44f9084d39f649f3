package import Claims
internal import Tables

/// The party that somebody means by an id, a name, a short name or a ticker.
package enum NamedParty {
  /// Nobody in the book goes by that name, or more than one does.
  package struct Unknown: Error, Equatable {
    /// What was asked for.
    package let wanted: String
    /// Parties in whose ids or names it stands, by id.
    package let meant: [String]
    /// The id or name that is nearest to it, where none holds it and one is near.
    package let nearest: String?
  }

  /// Finds a party.
  ///
  /// - Parameters:
  ///   - wanted: What somebody calls it.
  ///   - parties: The parties of a book.
  /// - Returns: Its id.
  /// - Throws: ``Unknown``.
  package static func id(of wanted: String, among parties: [Party]) throws(Unknown) -> String {
    let small = wanted.lowercased()
    let goesBy = { (party: Party) in
      [party.id, party.name, party.knownAs ?? ""] + party.tickers
    }
    if let exact = parties.first(where: { goesBy($0).contains { $0.lowercased() == small } }) {
      return exact.id
    }
    let near = parties.filter { $0.id.contains(small) || $0.name.lowercased().contains(small) }
    if near.count == 1 { return near[0].id }
    let words = parties.flatMap { [$0.id, $0.name.lowercased()] }
    throw Unknown(
      wanted: wanted,
      meant: near.map(\.id),
      nearest: near.isEmpty ? Nearest.word(to: small, among: words) : nil
    )
  }
}
