internal import Graphs
internal import Claims
package import Drawing
package import Networks
package import Reports

/// Flows of a book as a drawing: parties by role, the flows of a loop marked.
package struct FlowPictures: Sendable {
  private let footing: Footing
  private let names: PartyNames
  private let links: Links

  /// Draws the flows of `footing`.
  package init(_ footing: Footing, links: Links) {
    self.footing = footing
    self.links = links
    names = PartyNames(footing.ledger.view)
  }

  /// The flows between parties of the network, with what crosses its boundary.
  ///
  /// - Parameters:
  ///   - title: What the drawing is called.
  ///   - loop: The parties of a loop, whose flows are marked.
  ///   - focus: Only flows to and from this party.
  /// - Returns: What to draw.
  /// - Throws: ``FlowDiagramError``, which a network of a ledger does not give.
  package func diagram(
    title: String,
    loop: [String] = [],
    focus: String? = nil
  ) throws(FlowDiagramError) -> FlowDiagram {
    let inside = Set(footing.ledger.parties)
    let lines = FlowLines(footing).all.filter { line in
      inside.contains(line.payer) && inside.contains(line.payee)
        && (focus == nil || line.payer == focus || line.payee == focus)
    }
    return try diagram(title: title, lines: lines, loop: loop)
  }

  /// Only the payments of one loop.
  package func diagram(of loop: EconomyReport.Loop, title: String) throws(FlowDiagramError)
    -> FlowDiagram
  {
    try diagram(title: title, lines: loop.payments, loop: loop.parties, hasBoundary: false)
  }

  private func diagram(
    title: String,
    lines: [FlowLine],
    loop: [String],
    hasBoundary: Bool = true
  ) throws(FlowDiagramError) -> FlowDiagram {
    let steps = Set(zip(loop, loop.dropFirst() + loop.prefix(1)).map { [$0, $1] })
    let flows = lines.map { line in
      var mark: FlowDiagram.Mark = []
      if steps.contains([line.payer, line.payee]) { mark.insert(.loop) }
      if line.assumed || !line.isKnown { mark.insert(.assumed) }
      if line.disputed { mark.insert(.disputed) }
      return FlowDiagram.Flow(
        source: line.payer,
        target: line.payee,
        amount: line.worked,
        firm: line.firm,
        label: "\(line.amountWords), \(line.gradeWords)",
        href: links.flow(line),
        mark: mark
      )
    }
    let drawn = Set(lines.flatMap { [$0.payer, $0.payee] })
    let network = footing.standing.network
    let nodes = network.nodes.enumerated().filter { drawn.contains($0.element) }.map { index, id in
      node(id, at: index, in: network, hasBoundary: hasBoundary)
    }
    return try FlowDiagram(title: title, nodes: nodes, flows: flows, groups: roles)
  }

  /// The roles of the book, those that most parties have first.
  private var roles: [String] {
    let parties = footing.ledger.view.contents.parties.filter(\.isInside)
    return Dictionary(grouping: parties.compactMap(\.role).filter { !$0.isEmpty }) { $0 }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.map(\.key)
  }

  private func node(
    _ id: String,
    at index: NodeIndex,
    in network: FlowNetwork,
    hasBoundary: Bool
  ) -> FlowDiagram.Node {
    let isFlows = hasBoundary && footing.ledger.request.basis == .flows
    let sides = { (flows: [FlowNetwork.BoundaryFlow]) -> [FlowDiagram.Boundary] in
      guard isFlows else { return [] }
      return flows.filter { $0.node == index }.map { flow in
        FlowDiagram.Boundary(
          label: label(of: flow.outside),
          amount: network.unit.whole(flow.weight)
        )
      }
    }
    return FlowDiagram.Node(
      id: id,
      label: names.shortName(id),
      group: footing.ledger.view.party(id)?.role ?? "",
      href: links.party(id),
      inflows: sides(network.inflows),
      outflows: sides(network.outflows)
    )
  }

  private func label(of outside: FlowNetwork.Outside) -> String {
    switch outside {
    case .party(let id):
      PartyNames.people(of: id) ?? names.shortName(id)
    case .reserves: "own reserves"
    }
  }
}

extension FlowDiagram {
  /// A network without a book, its parties by id.
  package init(_ network: FlowNetwork, title: String, loop: [String] = []) throws(FlowDiagramError)
  {
    let steps = Set(zip(loop, loop.dropFirst() + loop.prefix(1)).map { [$0, $1] })
    let flows = network.flows.map { flow in
      let (payer, payee) = (network.nodes[flow.payer], network.nodes[flow.payee])
      return Flow(
        source: payer,
        target: payee,
        amount: flow.weight,
        mark: steps.contains([payer, payee]) ? .loop : []
      )
    }
    let sides = { (flows: [FlowNetwork.BoundaryFlow]) in
      var sides = [[Boundary]](repeating: [], count: network.nodes.count)
      for flow in flows where flow.outside != .reserves {
        sides[flow.node].append(Boundary(label: "outside", amount: flow.weight))
      }
      return sides
    }
    let (inflows, outflows) = (sides(network.inflows), sides(network.outflows))
    let nodes = network.nodes.enumerated().map { index, id in
      Node(id: id, label: id, inflows: inflows[index], outflows: outflows[index])
    }
    try self.init(title: title, nodes: nodes, flows: flows)
  }
}
