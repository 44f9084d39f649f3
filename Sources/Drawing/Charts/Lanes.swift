/// Finds lines, from the top down, in which pieces stand side by side and never overlap.
struct Lanes {
  private var taken: [[(low: Double, high: Double)]] = []

  /// How many lines are in use.
  var count: Int { taken.count }

  /// Takes so many new lines below the others as a whole.
  ///
  /// - Parameter number: How many, one at least.
  /// - Returns: The first of them.
  mutating func take(lines number: Int) -> Int {
    let all = (low: -Double.infinity, high: Double.infinity)
    taken += [[(low: Double, high: Double)]](repeating: [all], count: number)
    return taken.count - number
  }

  /// Takes a place in the first line where one of the pieces fits.
  ///
  /// - Parameter candidates: The piece in its possible places, best first; never empty.
  /// - Returns: The line, and which candidate stands there.
  mutating func place(_ candidates: [(low: Double, high: Double)]) -> (lane: Int, choice: Int) {
    for lane in taken.indices {
      for (choice, piece) in candidates.enumerated() {
        guard isFree(piece, in: lane) else { continue }
        taken[lane].append(piece)
        return (lane, choice)
      }
    }
    taken.append(candidates.prefix(1).map { $0 })
    return (taken.count - 1, 0)
  }

  /// Takes a place for a piece that hangs on a line from above, which nothing should cross.
  ///
  /// - Parameters:
  ///   - piece: The piece.
  ///   - stem: Where its line comes down.
  /// - Returns: The first line where both are free; if there is none, where the piece is.
  mutating func hang(_ piece: (low: Double, high: Double), from stem: Double) -> Int {
    let line = (low: stem - 2, high: stem + 2)
    let free = taken.indices.filter { isFree(piece, in: $0) }
    let clear = taken.indices.prefix { isFree(line, in: $0) }.count
    let lane = free.first { $0 <= clear } ?? (clear == taken.count ? nil : free.first)
    let chosen = lane ?? taken.count
    if chosen == taken.count { taken.append([]) }
    taken[chosen].append(piece)
    for above in 0..<chosen { taken[above].append(line) }
    return chosen
  }

  private func isFree(_ piece: (low: Double, high: Double), in lane: Int) -> Bool {
    taken[lane].allSatisfy { piece.high <= $0.low || $0.high <= piece.low }
  }
}
