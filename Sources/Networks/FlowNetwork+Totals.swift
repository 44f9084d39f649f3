public import Graphs
internal import Numerics

extension FlowNetwork {
  /// The flows of `payer`, as positions in ``payee`` and ``weight``.
  public func row(_ payer: NodeIndex) -> Range<Int> { rowStart[payer]..<rowStart[payer + 1] }

  /// The number of flows between parties.
  public var flowCount: Int { weight.count }

  /// All flows between parties, by payer, then payee.
  public var flows: [Flow] {
    nodes.indices.flatMap { payer in
      row(payer).map { Flow(payer: payer, payee: payee[$0], weight: weight[$0]) }
    }
  }

  /// What `payer` pays `payee`: zero where there is no such flow.
  ///
  /// - Complexity: O(log *d*) in the number of parties that `payer` pays.
  public func weight(from payer: NodeIndex, to target: NodeIndex) -> Double {
    position(from: payer, to: target).map { weight[$0] } ?? 0
  }

  /// Where the flow from `payer` to `payee` stands in ``weight``; `nil` where there is none.
  ///
  /// - Complexity: O(log *d*) in the number of parties that `payer` pays.
  public func position(from payer: NodeIndex, to target: NodeIndex) -> Int? {
    var low = rowStart[payer]
    var high = rowStart[payer + 1]
    while low < high {
      let middle = (low + high) / 2
      if payee[middle] < target { low = middle + 1 } else { high = middle }
    }
    return low < rowStart[payer + 1] && payee[low] == target ? low : nil
  }

  /// All money between the parties of the network: Σw.
  public var total: Double { weight.compensatedSum }

  /// What each party pays other parties of the network.
  public var paid: [Double] {
    nodes.indices.map { weight[row($0)].compensatedSum }
  }

  /// What each party receives from other parties of the network.
  public var received: [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: nodes.count)
    for (payee, weight) in zip(payee, weight) { sums[payee].add(weight) }
    return sums.map(\.value)
  }

  /// What enters from outside at each party, reserves included: e.
  public var inflowByNode: [Double] { Self.byNode(inflows, count: nodes.count) }

  /// What leaves to outside at each party, savings included: o.
  public var outflowByNode: [Double] { Self.byNode(outflows, count: nodes.count) }

  /// What comes in at each party, from inside and from outside: T.
  public var throughflow: [Double] { zip(received, inflowByNode).map { $0 + $1 } }

  /// What goes out at each party, to inside and to outside.
  ///
  /// In a balanced network this is the throughflow too.
  public var spending: [Double] { zip(paid, outflowByNode).map { $0 + $1 } }

  /// The same money with every flow turned round.
  public var transposed: FlowNetwork {
    let turned = reversedGraph
    var flows: [Flow] = []
    flows.reserveCapacity(flowCount)
    for node in nodes.indices {
      for arc in turned.graph.row(node) {
        flows.append(
          Flow(payer: node, payee: turned.graph.target[arc], weight: weight[turned.arc[arc]])
        )
      }
    }
    return FlowNetwork(
      unit: unit,
      nodes: nodes,
      sortedFlows: flows,
      inflows: outflows,
      outflows: inflows,
      selfFlows: selfFlows
    )
  }

  /// The network with other boundary flows, already merged.
  init(_ network: FlowNetwork, inflows: [BoundaryFlow], outflows: [BoundaryFlow]) {
    self.init(
      unit: network.unit,
      nodes: network.nodes,
      rowStart: network.rowStart,
      payee: network.payee,
      weight: network.weight,
      inflows: inflows,
      outflows: outflows,
      selfFlows: network.selfFlows
    )
  }

  private static func byNode(_ flows: [BoundaryFlow], count: Int) -> [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: count)
    for flow in flows { sums[flow.node].add(flow.weight) }
    return sums.map(\.value)
  }
}

extension FlowNetwork {
  /// The network with other flows between the same parties, boundary flows unchanged.
  ///
  /// - Precondition: The flows are between different parties, one for each pair, each above zero.
  package func replacingFlows(_ flows: [Flow]) -> FlowNetwork {
    let byPayee = SparseGraph.bucketed(flows.map(\.payee), count: nodes.count).order
      .map { flows[$0] }
    let byPayer = SparseGraph.bucketed(byPayee.map(\.payer), count: nodes.count).order
    return FlowNetwork(
      unit: unit,
      nodes: nodes,
      sortedFlows: byPayer.map { byPayee[$0] },
      inflows: inflows,
      outflows: outflows,
      selfFlows: selfFlows
    )
  }

  /// The network with other money entering it.
  package func replacingInflows(_ inflows: [BoundaryFlow]) -> FlowNetwork {
    FlowNetwork(self, inflows: Self.merged(inflows), outflows: outflows)
  }
}
