/// Finds lines, from the top down, in which pieces stand side by side and never overlap.
struct Lanes {
  private var taken: [[(low: Double, high: Double)]] = []

  /// How many lines are in use.
  var count: Int { taken.count }

  /// Takes a place in the first line where one of the pieces fits.
  ///
  /// - Parameter candidates: The piece in its possible places, best first; never empty.
  /// - Returns: The line, and which candidate stands there.
  mutating func place(_ candidates: [(low: Double, high: Double)]) -> (lane: Int, choice: Int) {
    for lane in taken.indices {
      for (choice, piece) in candidates.enumerated() {
        let isFree = taken[lane].allSatisfy { piece.high <= $0.low || $0.high <= piece.low }
        guard isFree else { continue }
        taken[lane].append(piece)
        return (lane, choice)
      }
    }
    taken.append(candidates.prefix(1).map { $0 })
    return (taken.count - 1, 0)
  }
}
