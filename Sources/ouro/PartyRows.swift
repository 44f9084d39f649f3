import ArgumentParser
import Reports

/// How many parties an answer in words lists.
struct PartyRows: ParsableArguments {
  @Option(help: "How many parties to list, those that matter most; JSON has all.")
  var top = 30

  func validate() throws {
    guard top >= 0 else { throw ValidationError("--top must be 0 or more") }
  }

  var listed: ListedParties { ListedParties(top: top) }
}
