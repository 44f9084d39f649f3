import Graphs
import ArgumentParser
import Networks

/// How many parties an answer in words lists: of a bank's customers nobody reads a million lines.
struct PartyRows: ParsableArguments {
  @Option(help: "How many parties to list, those that matter most; JSON has all.")
  var top = 30

  func validate() throws {
    guard top >= 0 else { throw ValidationError("--top must be 0 or more") }
  }

  /// Those of `parties` that are listed: where `weight` is largest, the earlier first among equals.
  func first(of parties: Range<NodeIndex>, by weight: (NodeIndex) -> Double) -> [NodeIndex] {
    let weights = parties.map(weight)
    let sorted = parties.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    return Array(sorted.prefix(top))
  }

  /// Says below a list how many of `count` are not on it: nothing where all are.
  func rest(of total: Int) -> [String] {
    guard total > top else { return [] }
    return ["  and \(count(total - top, "party", "parties")) more (--top, or all with --json)"]
  }
}
