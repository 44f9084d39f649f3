internal import Claims
internal import Tables

/// A change of the market value of a company on some days, as everybody tells it.
package struct MarketMove: Codable, Sendable {
  /// Whose shares, by id.
  package let party: String
  /// The days.
  package let period: String
  /// Dollars, the least that is told; below zero for a loss.
  package let low: Double
  /// Dollars, the most that is told.
  package let high: Double
  /// The facts, those that disagree among them, by id.
  package let evidence: [String]

  /// What the shares of inside parties gained or lost within a period.
  ///
  /// - Parameters:
  ///   - view: The book, as known on a day.
  ///   - period: The days.
  /// - Returns: The moves, by day, then party.
  static func all(of view: View, in period: Period) -> [MarketMove] {
    let moves = view.factSeries().flatMap { key, readings in
      readings.compactMap { reading -> (day: Day, move: MarketMove)? in
        guard key.metric == .marketValueChange, view.party(key.party)?.isInside == true,
          period.contains(reading.period), let move = MarketMove(key.party, reading, view)
        else { return nil }
        return (reading.period.first, move)
      }
    }
    return moves.sorted { ($0.day, $0.move.party) < ($1.day, $1.move.party) }.map(\.move)
  }

  private init?(_ party: String, _ reading: FactReading, _ view: View) {
    let told = view.facts.filter {
      $0.metric == .marketValueChange && $0.party == party && $0.period == reading.period
    }
    let ends = told.flatMap { [$0.low, $0.high] }.compactMap { $0?.double }
    guard let low = ends.min(), let high = ends.max() else { return nil }
    self.party = party
    period = reading.period.description
    (self.low, self.high) = (low, high)
    evidence = told.map(\.id)
  }

  /// Moves in sentences, under a title.
  static func section(_ moves: [MarketMove], _ names: PartyNames) -> [String] {
    guard !moves.isEmpty else { return [] }
    return ["What their shares gained or lost, as it is told"]
      + moves.flatMap { wrapped($0.sentence(names)) }
  }

  /// The move in a sentence.
  func sentence(_ names: PartyNames) -> String {
    let verb = high <= 0 ? "lost" : low >= 0 ? "gained" : "moved by"
    let sizes = [low.magnitude, high.magnitude].sorted()
    let amount =
      low < 0 && high > 0 ? Figures.dollars(low, high) : Figures.dollars(sizes[0], sizes[1])
    let rows = evidence.joined(separator: " ")
    return
      "\(names(party)) \(verb) \(amount) of market value on \(period), as \(evidence.count) tell it  [\(rows)]"
  }
}
