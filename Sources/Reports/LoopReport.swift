internal import Graphs
internal import Claims
internal import Loops
internal import Networks
internal import Tables

/// The loops of a network, each payment with the rows it rests on, and what goes round at each party.
package struct LoopReport: Report, Codable {
  /// What goes round at one party, in dollars: the least and the most over all largest circulations.
  package struct PartyRange: Codable, Sendable {
    /// The party.
    package let id: String
    /// The least; `nil` where it is too much work to say.
    package let low: Double?
    /// The most.
    package let high: Double?
  }

  /// The day.
  package let asOf: String
  /// What the flows are of.
  package let period: String
  /// How many loops there are.
  package let count: Int
  /// Whether all were counted.
  package let complete: Bool
  /// How many of each length.
  package let byLength: [String: Int]
  /// Loops by the least amount on them.
  package let loops: [EconomyReport.Loop]
  /// What goes round in all, in dollars.
  package let circulation: Double
  /// What goes round at whom; parties at which nothing can are left out.
  package let parties: [PartyRange]

  /// Lists the loops of `footing`.
  package init(_ footing: Footing, limit: Int, top: Int, maximumLength: Int = .max) {
    let network = footing.standing.network
    asOf = footing.ledger.view.request.asOf.description
    period = footing.period
    let tally = network.elementaryCycles(
      limit: limit,
      maximumLength: maximumLength,
      topCount: top
    )
    (count, complete) = (tally.count, tally.isComplete)
    byLength = tally.countByLength
    let lines = FlowLines(footing)
    loops = tally.top.map { EconomyReport.loop($0, network, lines) }
    let closure = Circulation(of: network)
    circulation = footing.unit.whole(closure.amount)
    parties = zip(network.nodes, closure.ranges()).compactMap { id, range in
      guard range.map({ $0.high > 0 }) ?? true else { return nil }
      return PartyRange(
        id: id,
        low: range.map { footing.unit.whole($0.low) },
        high: range.map { footing.unit.whole($0.high) }
      )
    }
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    let found = complete ? counted(count, "loop") : "more than \(count) loops, not all counted"
    var lines = ["\(found) in \(period), as known on \(asOf)"]
    let lengths = byLength.byNumber
    if !lengths.isEmpty {
      lines.append(
        "  " + lengths.map { "\($0.value) of \($0.key) parties" }.joined(separator: ", ")
      )
    }
    for (index, loop) in loops.enumerated() {
      let path = names.round(loop.parties)
      lines += ["", "\(index + 1)  \(path)"]
      let range = loop.high.map { Figures.range(loop.low, $0) } ?? ""
      lines.append(
        "   goes round: \(Figures.dollars(loop.bottleneck))"
          + (range.isEmpty ? "" : " (\(range))")
          + (loop.disputed ? " · disputed" : "")
          + (loop.assumed ? " · partly filled in or assumed" : "")
      )
      var table = TextTable([.left, .right, .left, .left])
      for flow in loop.payments {
        table.add(
          "\(names(flow.payer)) → \(names(flow.payee))",
          flow.amountWords,
          flow.gradeWords,
          flow.evidence.prefix(8).joined(separator: " ")
        )
      }
      lines += table.lines(indent: 5)
    }
    lines += ["", "What goes round at each party, in any of the largest circulations"]
    var table = TextTable([.left, .right])
    for party in parties {
      let range = party.low.flatMap { low in
        party.high.map { Figures.dollars(low, $0) }
      }
      table.add(names(party.id), range ?? "too much work to say")
    }
    lines += parties.isEmpty ? ["  nothing"] : table.lines()
    return lines.legibleText + "\n"
  }
}
