import Networks
import Testing

private func network(
  _ flows: [(Int, Int, Double)],
  inflows: [FlowNetwork.BoundaryFlow] = [],
  outflows: [FlowNetwork.BoundaryFlow] = []
) throws -> FlowNetwork {
  try FlowNetwork(
    nodes: ["a", "b", "c"],
    flows: flows.map { FlowNetwork.Flow(payer: $0.0, payee: $0.1, weight: $0.2) },
    inflows: inflows,
    outflows: outflows
  )
}

@Test func parallelFlowsAddUpAndSelfFlowsStandApart() throws {
  let built = try network([(1, 0, 2), (0, 1, 5), (0, 1, 7), (2, 2, 9), (0, 2, 0), (0, 2, 1)])
  #expect(built.checkInvariants() == nil)
  #expect(
    built.flows == [
      .init(payer: 0, payee: 1, weight: 12), .init(payer: 0, payee: 2, weight: 1),
      .init(payer: 1, payee: 0, weight: 2),
    ]
  )
  #expect(built.selfFlows == [.init(payer: 2, payee: 2, weight: 9)])
  #expect(built.weight(from: 0, to: 1) == 12)
  #expect(built.weight(from: 1, to: 2) == 0)
  #expect(built.total == 15)
}

@Test func orderOfFlowsDoesNotChangeBits() throws {
  let parallel = [0.1, 0.2, 0.3, 1e16, -0.0, 0.7].map { (0, 1, $0) }
  #expect(try network(parallel) == network(parallel.reversed()))
}

@Test func transposedTurnsEveryFlow() throws {
  let built = try network([(0, 1, 5), (1, 2, 3), (2, 0, 1), (0, 2, 4)])
  #expect(built.transposed.checkInvariants() == nil)
  #expect(built.transposed.weight(from: 2, to: 0) == 4)
  #expect(built.transposed.transposed == built)
}

@Test func balancingDrawsReservesAndSaves() throws {
  let inflow = FlowNetwork.BoundaryFlow(node: 0, outside: .party("lenders"), weight: 2)
  let built = try network([(0, 1, 5), (1, 2, 3)], inflows: [inflow]).balanced()
  #expect(built.inflows == [inflow, .init(node: 0, outside: .reserves, weight: 3)])
  #expect(
    built.outflows == [
      .init(node: 1, outside: .reserves, weight: 2), .init(node: 2, outside: .reserves, weight: 3),
    ]
  )
  #expect(built.throughflow == [5, 5, 3])
  #expect(built.spending == [5, 5, 3])
  #expect(built.balanced() == built)
  #expect(built.firstUnbalanced() == nil)
}

@Test func roundingIsNotReserves() throws {
  let flows = [(0, 1, 0.1), (1, 2, 0.3), (0, 2, 0.0)]
  let inflow = FlowNetwork.BoundaryFlow(node: 1, outside: .party("x"), weight: 0.2)
  let built = try network(flows, inflows: [inflow])
  #expect(built.firstUnbalanced() == 0)
  #expect(built.balanced().inflows.map(\.node) == [0, 1])
}

@Test func badNetworksAreRefused() {
  #expect(throws: NetworkError.duplicateNode(id: "a")) {
    try FlowNetwork(nodes: ["a", "a"], flows: [])
  }
  #expect(throws: NetworkError.noSuchNode(index: 3, count: 3)) { try network([(0, 3, 1)]) }
  #expect(throws: NetworkError.badWeight(payer: "a", payee: "b", weight: -1)) {
    try network([(0, 1, -1)])
  }
  #expect(throws: NetworkError.badWeight(payer: "a", payee: "b", weight: .infinity)) {
    try network([(0, 1, .infinity)])
  }
  #expect(throws: NetworkError.badBoundaryWeight(node: "b", weight: -2)) {
    try network([], inflows: [.init(node: 1, outside: .reserves, weight: -2)])
  }
  #expect(throws: NetworkError.noSuchNode(index: -1, count: 3)) {
    try network([], outflows: [.init(node: -1, outside: .reserves, weight: 2)])
  }
}
