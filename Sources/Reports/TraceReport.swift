internal import Graphs
internal import Claims
package import Loops
internal import Networks
internal import Tables

/// Whose money one party lives on: who pays it, whose money that was, and where it started.
package struct TraceReport: Report, Codable {
  /// A payer with its share of what the party above it receives, and its own payers.
  package struct Branch: Codable, Sendable {
    /// Who pays: a party, or people whom nobody names.
    package let id: String
    /// The share of what the party above receives.
    package let share: Double
    /// The amount, in dollars.
    package let amount: Double
    /// The rows of the book behind the amount.
    package let evidence: [String]
    /// Whose money that was in turn; empty for outside money and where the trace stops.
    package let payers: [Branch]
  }

  /// The party.
  package let party: String
  /// What the flows are of.
  package let period: String
  /// The day.
  package let asOf: String
  /// All that comes in, in dollars.
  package let receipts: Double
  /// The payers, largest first.
  package let payers: [Branch]
  /// Where the money started and through whom it came; `nil` where the party takes no part.
  package let line: EconomyReport.PartyLine?

  /// Follows the money of `party` backwards through the network of `footing`.
  ///
  /// - Parameters:
  ///   - party: The party, by id; its group is traced where parties are counted by group.
  ///   - footing: The network.
  ///   - depth: How many payers back.
  ///   - least: The smallest share that is still followed.
  /// - Throws: ``MeasureError`` where provenance cannot be worked out.
  package init(
    of party: String,
    in footing: Footing,
    depth: Int = 3,
    least: Double = 0.02
  ) throws(MeasureError) {
    let view = footing.ledger.view
    let network = footing.standing.network
    let isListed = network.nodes.contains(party)
    let id = isListed ? party : view.group(of: party)
    let walk = Walk(network: network, lines: FlowLines(footing), least: least)
    self.party = id
    asOf = view.request.asOf.description
    period = footing.period
    guard let node = network.nodes.firstIndex(of: id) else {
      (receipts, payers, line) = (0, [], nil)
      return
    }
    receipts = footing.unit.whole(network.throughflow[node])
    payers = walk.payers(of: node, depth: depth, path: [node])
    line = try EconomyReport.PartyLine(node, in: network)
  }

  /// The report for a person.
  package func text(_ names: PartyNames) -> String {
    var lines = [
      "Whose money \(names(party)) lives on: \(period), as known on \(asOf)",
      "  it takes in \(Figures.dollars(receipts))",
    ]
    guard let line, receipts > 0 else {
      return (lines + ["  nothing is known to reach it"]).legibleText + "\n"
    }
    lines += ["", "Who pays it, and whose money that was"]
    for branch in payers { lines += Self.lines(of: branch, depth: 0, names) }
    lines += ["", "Through whom: the share of its money that passed through"]
    var table = TextTable([.left, .right])
    for share in line.through.prefix(10) {
      table.add(names(share.id), Figures.percent(share.share))
    }
    lines += table.lines()
    lines += ["", "Where it started: followed back to outside money"]
    table = TextTable([.left, .right])
    for share in line.origins.prefix(15) {
      table.add(names(share.id), Figures.percent(share.share))
    }
    if line.unsourced > 0.0005 { table.add("no outside money", Figures.percent(line.unsourced)) }
    return (lines + table.lines()).legibleText + "\n"
  }

  private static func lines(
    of branch: Branch,
    depth: Int,
    _ names: PartyNames
  ) -> [String] {
    let indent = String(repeating: "    ", count: depth)
    let cited =
      branch.evidence.isEmpty
      ? "" : "  [\(branch.evidence.prefix(6).joined(separator: " "))]"
    let head = "  \(indent)\(Figures.percent(branch.share)) \(names(branch.id))"
    return ["\(head)  \(Figures.dollars(branch.amount))\(cited)"]
      + branch.payers.flatMap { lines(of: $0, depth: depth + 1, names) }
  }
}

/// The network walked from payee to payer.
private struct Walk {
  let network: FlowNetwork
  let lines: FlowLines
  let least: Double
  private let incoming: [[(payer: NodeIndex, weight: Double)]]

  init(network: FlowNetwork, lines: FlowLines, least: Double) {
    (self.network, self.lines, self.least) = (network, lines, least)
    var incoming = [[(payer: NodeIndex, weight: Double)]](repeating: [], count: network.nodes.count)
    for flow in network.flows { incoming[flow.payee].append((flow.payer, flow.weight)) }
    self.incoming = incoming
  }

  /// The payers of a party that give at least the least share, inside and outside, largest first.
  func payers(of node: NodeIndex, depth: Int, path: Set<NodeIndex>) -> [TraceReport.Branch] {
    let total = network.throughflow[node]
    guard depth > 0, total > 0 else { return [] }
    let inside = incoming[node].filter { $0.weight / total >= least }.map { entry in
      let deeper =
        path.contains(entry.payer)
        ? [] : payers(of: entry.payer, depth: depth - 1, path: path.union([entry.payer]))
      return branch(network.nodes[entry.payer], entry.weight, of: total, to: node, deeper)
    }
    let outside = network.inflows.filter { $0.node == node && $0.weight / total >= least }
      .map { flow in branch(id(of: flow), flow.weight, of: total, to: node, []) }
    return (inside + outside).sorted { ($1.share, $0.id) < ($0.share, $1.id) }
  }

  private func id(of flow: FlowNetwork.BoundaryFlow) -> String {
    switch flow.outside {
    case .party(let id): id
    case .reserves: "reserves:\(network.nodes[flow.node])"
    }
  }

  private func branch(
    _ payer: String,
    _ weight: Double,
    of total: Double,
    to node: NodeIndex,
    _ payers: [TraceReport.Branch]
  ) -> TraceReport.Branch {
    TraceReport.Branch(
      id: payer,
      share: weight / total,
      amount: network.unit.whole(weight),
      evidence: lines[payer, network.nodes[node]]?.evidence ?? [],
      payers: payers
    )
  }
}
