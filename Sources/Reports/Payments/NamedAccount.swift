package import Payments
internal import Tables

extension Payments {
  /// Nobody in the payments goes by a name, or more than one does.
  package struct UnclearParty: Error, CustomStringConvertible {
    /// One sentence for a person, with what to do.
    package let description: String
  }

  /// The party that somebody asks for by name or account.
  ///
  /// - Parameter name: The name or account.
  /// - Returns: The party, as a position.
  /// - Throws: ``UnclearParty``, with the accounts that are meant or the nearest name.
  package func party(named name: String) throws(UnclearParty) -> Int {
    let found = parties(named: name)
    if let party = found.first, found.count == 1 { return party }
    guard found.isEmpty else {
      let accounts = found.prefix(5).map { parties[$0] }.joined(separator: ", ")
      throw UnclearParty(
        description:
          "\(found.count) parties are called \(name); say which by its account: \(accounts)"
      )
    }
    let all = (0..<min(parties.count, 20_000)).flatMap {
      [parties[$0]] + [label(of: $0)].compactMap(\.self)
    }
    let near = Nearest.word(to: name, among: all).map { "did you mean \($0)?" }
    throw UnclearParty(
      description:
        "no party of the payments is called \(name); \(near ?? "list them with ouro sum")"
    )
  }
}
