public import Networks

extension FlowNetwork {
  /// A random network of whole amounts.
  ///
  /// - Parameters:
  ///   - nodes: How many parties, at most.
  ///   - largest: The largest amount.
  ///   - density: About how many of all pairs have a flow, at most.
  ///   - generator: Where chance comes from.
  /// - Returns: A network that is not yet balanced.
  /// - Throws: Nothing, as the parts are sound.
  public static func random(
    nodes: ClosedRange<Int>,
    largest: Int = 20,
    density: ClosedRange<Double> = 0.05...0.8,
    using generator: inout SplitMix64
  ) throws(NetworkError) -> FlowNetwork {
    let count = Int.random(in: nodes, using: &generator)
    let density = Double.random(in: density, using: &generator)
    var flows: [Flow] = []
    for payer in 0..<count {
      for payee in 0..<count where payer != payee {
        guard Double.random(in: 0..<1, using: &generator) < density else { continue }
        let weight = Double(Int.random(in: 1...largest, using: &generator))
        flows.append(Flow(payer: payer, payee: payee, weight: weight))
      }
    }
    return try FlowNetwork(nodes: (0..<count).map { "n\($0)" }, flows: flows)
  }

  /// A random network in which money also enters and leaves, balanced by reserves and savings.
  ///
  /// - Parameters:
  ///   - nodes: How many parties, at most.
  ///   - generator: Where chance comes from.
  /// - Returns: A balanced network.
  /// - Throws: Nothing, as the parts are sound.
  public static func randomBalanced(
    nodes: ClosedRange<Int>,
    using generator: inout SplitMix64
  ) throws(NetworkError) -> FlowNetwork {
    let inside = try random(nodes: nodes, using: &generator)
    var inflows: [BoundaryFlow] = []
    var outflows: [BoundaryFlow] = []
    for node in inside.nodes.indices {
      for outside in ["lenders", "customers"] where Bool.random(using: &generator) {
        let weight = Double(Int.random(in: 0...9, using: &generator))
        inflows.append(BoundaryFlow(node: node, outside: .party(outside), weight: weight))
        let spent = Double(Int.random(in: 0...9, using: &generator))
        outflows.append(BoundaryFlow(node: node, outside: .party(outside), weight: spent))
      }
    }
    return try FlowNetwork(
      nodes: inside.nodes,
      flows: inside.flows,
      inflows: inflows,
      outflows: outflows
    )
    .balanced()
  }
}

extension FlowNetwork {
  /// The same network with all amounts times `factor`.
  ///
  /// - Parameter factor: The factor, a power of two for amounts that keep their digits.
  /// - Returns: The network.
  /// - Throws: ``NetworkError`` where amounts become too large.
  public func times(_ factor: Double) throws(NetworkError) -> FlowNetwork {
    func scaled(_ flows: [BoundaryFlow]) -> [BoundaryFlow] {
      flows.map { BoundaryFlow(node: $0.node, outside: $0.outside, weight: $0.weight * factor) }
    }
    return try FlowNetwork(
      nodes: nodes,
      flows: (flows + selfFlows).map {
        Flow(payer: $0.payer, payee: $0.payee, weight: $0.weight * factor)
      },
      inflows: scaled(inflows),
      outflows: scaled(outflows),
      unit: unit
    )
  }
}
