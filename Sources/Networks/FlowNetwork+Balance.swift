public import Graphs

extension FlowNetwork {
  /// The same network with amounts in whole units.
  public var inWholeUnits: FlowNetwork {
    let scaled = { (flow: BoundaryFlow) in
      BoundaryFlow(node: flow.node, outside: flow.outside, weight: unit.whole(flow.weight))
    }
    return FlowNetwork(
      unit: AmountUnit(currency: unit.currency, digits: 0),
      nodes: nodes,
      rowStart: rowStart,
      payee: payee,
      weight: weight.map(unit.whole),
      inflows: inflows.map(scaled),
      outflows: outflows.map(scaled),
      selfFlows: selfFlows.map {
        Flow(payer: $0.payer, payee: $0.payee, weight: unit.whole($0.weight))
      }
    )
  }

  /// The same network with what each party draws from reserves, or saves, made explicit.
  ///
  /// Where more goes out at a party than comes in, the difference is drawn from its reserves; where
  /// less does, the difference is saved. Boundary flows already stated are kept.
  ///
  /// - Parameter tolerance: The difference, as a share of what passes through the party, that counts
  ///   as rounding and is left alone. The default takes differences of rounded sums; published
  ///   figures, printed to a few digits, need a larger one.
  /// - Returns: A network in which every party balances within `tolerance`.
  public func balanced(within tolerance: Double = 1e-12) -> FlowNetwork {
    balanced { _ in tolerance }
  }

  /// The same with a tolerance of its own for each party.
  func balanced(within tolerance: (NodeIndex) -> Double) -> FlowNetwork {
    var inflows = inflows
    var outflows = outflows
    for (node, (entering, leaving)) in zip(throughflow, spending).enumerated() {
      let difference = leaving - entering
      guard difference.magnitude > tolerance(node) * max(entering, leaving) else { continue }
      let flow = BoundaryFlow(node: node, outside: .reserves, weight: difference.magnitude)
      if difference > 0 { inflows.append(flow) } else { outflows.append(flow) }
    }
    return FlowNetwork(self, inflows: Self.merged(inflows), outflows: Self.merged(outflows))
  }

  /// The first party at which what comes in and what goes out differ by more than `tolerance` of it.
  public func firstUnbalanced(within tolerance: Double = 1e-12) -> NodeIndex? {
    let pairs = Array(zip(throughflow, spending))
    return pairs.firstIndex { ($1 - $0).magnitude > tolerance * max($0, $1) }
  }
}
