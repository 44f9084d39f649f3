import ArgumentParser
import Payments
import Tables

extension Payments {
  /// The party that somebody asks for by name or account, as a position.
  ///
  /// - Parameter name: The name or account.
  /// - Returns: The party.
  /// - Throws: `ValidationError` where there is none, or more than one.
  func party(named name: String) throws -> Int {
    let found = parties(named: name)
    if let party = found.first, found.count == 1 { return party }
    guard found.isEmpty else {
      let accounts = found.prefix(5).map { parties[$0] }.joined(separator: ", ")
      throw ValidationError(
        "\(found.count) parties are called \(name); say which by its account: \(accounts)"
      )
    }
    let all = (0..<min(parties.count, 20_000)).flatMap {
      [parties[$0]] + [label(of: $0)].compactMap(\.self)
    }
    let near = Nearest.word(to: name, among: all).map { "did you mean \($0)?" }
    throw ValidationError(
      "no party of the payments is called \(name); \(near ?? "list them with ouro sum")"
    )
  }
}
