/// How many parties an answer in words lists: of a bank's customers nobody reads a million lines.
package struct ListedParties: Sendable {
  let top: Int

  /// Lists of at most `top` parties.
  package init(top: Int) { self.top = top }

  /// Those of `parties` that are listed: where `weight` is largest, the earlier first among equals.
  package func first(of parties: Range<Int>, by weight: (Int) -> Double) -> [Int] {
    let weights = parties.map(weight)
    let sorted = parties.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
    return Array(sorted.prefix(top))
  }

  /// Says below a list how many of `total` are not on it: nothing where all are.
  package func rest(of total: Int) -> [String] {
    guard total > top else { return [] }
    let left = Figures.count(total - top, "party", "parties")
    return ["  and \(left) more (--top, or all with --json)"]
  }
}
