import Networks
import Tables
import Testing

private func list(_ edges: String, nodes: String? = nil) throws(TableError) -> EdgeList {
  try EdgeList(
    bytes: Array(edges.utf8),
    file: "edges.csv",
    nodes: nodes.map { (bytes: Array($0.utf8), file: "nodes.csv") }
  )
}

@Test func columnsStandInAnyOrder() throws {
  let read = try list("weight,time,to,from,kind\n2.5,7,b,a,loan\n1e-3,2026-01-02,a,b,\n")
  #expect(read.parties.map(\.id) == ["b", "a"].reversed())
  #expect(read.hasTimes)
  #expect(read.edges.map(\.weight) == [2.5, 0.001])
  #expect(read.edges.map(\.kind) == ["loan", ""])
  #expect(read.edges.map(\.time) == [7, 1_767_312_000])
  #expect(read.edges.map(\.line) == [2, 3])
}

@Test func nothingIsNoNetwork() throws {
  let error = #expect(throws: TableError.self) { try list("from,to,weight\n") }
  #expect(error?.reason == "there are no rows below the header")
  #expect(try list("from,to,weight\n", nodes: "id\na\n").parties.count == 1)
}

@Test func momentsAreSecondsDaysOrTimesOfDay() throws {
  let read = try list(
    """
    from,to,weight,time
    a,b,1,1970-01-02
    a,b,1,1970-01-01T00:01
    a,b,1,1970-01-01T01:00:09Z
    a,b,1,-5

    """
  )
  #expect(read.edges.map(\.time) == [86_400, 60, 3_609, -5])
}

@Test func partiesStandInTheOrderOfTheirFile() throws {
  let read = try list(
    "from,to,weight\nx,a,1\n",
    nodes: "id,inflow,outflow,equity,size\nb,,,-2,\na,4,5,,3\n"
  )
  #expect(read.parties.map(\.id) == ["b", "a", "x"])
  #expect(read.parties.map(\.equity) == [-2, nil, nil])
  #expect(read.parties[1].size == 3)
  #expect(read.parties[1].inflow == 4)
}

@Test func whatDoesNotBalanceIsReservesUnderTheSameId() throws {
  let network = try list(
    "from,to,weight\na,b,10\nb,a,4\n",
    nodes: "id,inflow,outflow\na,5,\nb,,6.0001\n"
  )
  .network()
  #expect(network.inflows == [.init(node: 0, outside: .party("a"), weight: 6)])
  #expect(network.outflows == [.init(node: 1, outside: .party("b"), weight: 6.0001)])
  #expect(network.checkInvariants() == nil)
}

@Test(arguments: [
  ("from,to,weight\na,,1\n", 2, "to"),
  ("from,to,weight\n,b,1\n", 2, "from"),
  ("from,to,weight\na,b,\n", 2, "weight"),
  ("from,to,weight\na,b,1\na,b,-1\n", 3, "weight"),
  ("from,to,weight\na,b,12abc\n", 2, "weight"),
  ("from,to,weight\na,b,nan\n", 2, "weight"),
  ("from,to,weight\na,b,inf\n", 2, "weight"),
  ("from,to,weight\na,b,0x10\n", 2, "weight"),
  ("from,to,weight\na,b,1e999\n", 2, "weight"),
  ("from,to,weight\na,b,1e\n", 2, "weight"),
  ("from,to,weight\na,b, 1\n", 2, "weight"),
  ("from,to,weight,time\na,b,1,\n", 2, "time"),
  ("from,to,weight,time\na,b,1,1.5\n", 2, "time"),
  ("from,to,weight,time\na,b,1,2026-02-30\n", 2, "time"),
  ("from,to,weight,time\na,b,1,2026-02-03T25:00\n", 2, "time"),
  ("from,to,weight,time\na,b,1,2026-02\n", 2, "time"),
  ("from,to\na,b\n", 1, "weight"),
  ("from,to,weight,colour\na,b,1,red\n", 1, "colour"),
])
func faultsNameTheirPlace(edges: String, line: Int, column: String) throws {
  let error = #expect(throws: TableError.self) { try list(edges) }
  #expect(error?.file == "edges.csv")
  #expect(error?.line == line)
  #expect(error?.column == column)
}

@Test func partiesAreGivenOnceAndWhole() throws {
  for (nodes, column) in [
    ("id\na\na\n", "id"), ("id,inflow\na,-3\n", "inflow"), ("id\n\"\"\n", "id"),
  ] {
    let error = #expect(throws: TableError.self) { try list("from,to,weight\n", nodes: nodes) }
    #expect(error?.file == "nodes.csv")
    #expect(error?.column == column)
  }
}

@Test(arguments: ["1e308", "1.1e300", "1e-308", "5e-324", "1e-301", "1e-400", "1e400"])
func amountsThatCannotBeReckonedWithAreRefused(amount: String) throws {
  let edges = #expect(throws: TableError.self) {
    try list("from,to,weight\na,b,1\na,b,\(amount)\n")
  }
  #expect(edges?.line == 3)
  #expect(edges?.column == "weight")
  let figures = ["external_assets", "external_liabilities", "equity", "buffer", "size", "inflow"]
  for column in figures + ["outflow"] {
    let nodes = #expect(throws: TableError.self) {
      try list("from,to,weight\n", nodes: "id,\(column)\na,\(amount)\n")
    }
    #expect(nodes?.column == column)
  }
}

@Test func theBoundsThemselvesAreRead() throws {
  let read = try list("from,to,weight\na,b,1e300\na,b,1e-300\nb,a,0\nb,a,0e-999\n")
  #expect(read.edges.map(\.weight) == [1e300, 1e-300, 0, 0])
}

@Test func sumsMustBeWithinReach() throws {
  let flow = { FlowNetwork.Flow(payer: 0, payee: $0, weight: 6e306) }
  let error = #expect(throws: NetworkError.self) {
    try FlowNetwork(nodes: ["a", "b", "c"], flows: [flow(1), flow(2)])
  }
  #expect(error == .tooMuch)
  #expect(error?.description.contains("1e+307") == true)
}

@Test func headersOfGraphProgramsAreRead() throws {
  let read = try list(
    "Source,Target,Type,Id,Label,timeset,Weight\nb,a,Directed,0,,,3\na,b,directed,1,,,5\n",
    nodes: "Id,Label,INFLOW\na,Alpha,2\n"
  )
  #expect(read.parties.map(\.id) == ["a", "b"])
  #expect(read.parties[0].inflow == 2)
  #expect(read.edges.map(\.weight) == [3, 5])
  #expect(read.edges[0].payer == 1)
}

@Test(arguments: [
  ("Source,Target,Weight,Type\na,b,1,Undirected\n", 2, "Type"),
  ("Source,from,Target,Weight\na,a,b,1\n", 1, "from"),
  ("Source,Target\na,b\n", 1, "weight"), ("SOURCE,TARGET,WEIGHT\na,b,-1\n", 2, "WEIGHT"),
])
func faultsThereNameTheColumnAsTheFileDoes(edges: String, line: Int, column: String) throws {
  let error = #expect(throws: TableError.self) { try list(edges) }
  #expect(error?.line == line)
  #expect(error?.column == column)
}

/// Of the 12,000 that come in at a, 11,184 go out; b balances to the digits printed, c says nothing.
@Test func statedFlowsThatDoNotBalanceAreTold() throws {
  let read = try list(
    "from,to,weight\na,b,8881\na,c,5\n",
    nodes: "id,inflow,outflow\na,12000,2298\nb,,8880.5\n"
  )
  let found = try read.imbalances()
  #expect(found.map(\.party) == ["a"])
  #expect(found[0].entering == 12_000)
  #expect(found[0].leaving == 11_184)
  #expect(abs(found[0].share - 816.0 / 12_000) < 1e-15)
}
