import Columns
import Graphs
import Loops
import Networks
import TestKit
import Testing

/// Every published case that lies beside the package, within its own tolerance.
@Suite struct VectorTests {
  @Test func closedLoopShares() throws {
    for (name, json) in try vectors("compression") {
      let network = try network(json)
      let expected = try #require(json["expected"])
      let circulation = Circulation(of: network)
      let excess = try #require(expected["excess"]?.number)
      expect(circulation.total, expected["gross_notional"], 1e-9, name)
      expect(circulation.amount, expected["conservative_max_reduction"]?["value"], 1e-9, name)
      expect(circulation.share, expected["max_circularity"], 1e-9, name)
      expect(circulation.netted, expected["compressed_minimum_size"]?["value"], 1e-9, name)
      #expect(abs(circulation.total - circulation.netted - excess) < 1e-9 * excess, "\(name)")
      expect(
        try BalancedFlowForwarding(of: network).amount,
        expected["peer_values"]?["CDFD_BFF_circulation_not_maximal"],
        1e-9,
        name
      )
    }
  }

  @Test func cycling() throws {
    for (name, json) in try vectors("ena_cycling") {
      let expected = try #require(json["expected"])
      let network = try network(json)
      let cycling = try Cycling(of: network)
      expect(cycling.finn ?? .nan, expected["FCI"]?["value"], 1e-8, name)
      expect(cycling.totalThroughflow, expected["TST_throughflow"]?["value"], 1e-12, name)
      expect(cycling.pathLength ?? .nan, expected["APL"]?["value"], 1e-10, name)
      for (found, wanted) in zip(cycling.throughflow, expected["T"]?["values"]?.elements ?? []) {
        expect(found, wanted, 1e-12, name)
      }
      let rows = expected["N_output_structure_ghosh_inverse"]?["values"]?.elements ?? []
      for (node, row) in rows.enumerated() {
        let wanted = 1 - 1 / row.numbers[node]
        let found = cycling.returnProbability[node]
        #expect(abs(found - wanted) < 1.1e-10, "\(name) \(network.nodes[node])")
      }
    }
  }

  @Test func potentials() throws {
    for (name, json) in try vectors("helmholtz_hodge") {
      let expected = try #require(json["expected"])
      let potential = try Potential(of: network(json), weighting: .flow)
      let wanted = expected["potential_mean_zero"]?["values"]?.numbers ?? []
      #expect(wanted.count == potential.potential.count)
      for (found, wanted) in zip(potential.potential, wanted) {
        #expect(abs(found - wanted) < 1e-9, "\(name)")
      }
      let share = expected["loop_ratio"]?["value"]?.number ?? .nan
      #expect(abs((potential.circularShare ?? .nan) - share) < 1e-8, "\(name)")
    }
  }

  @Test func loops() throws {
    for (name, json) in try vectors("simple_cycles") {
      let expected = try #require(json["expected"])
      let tally = try network(json).elementaryCycles(limit: 1_000_000)
      #expect(tally.isComplete)
      #expect(Double(tally.count) == expected["total"]?.number, "\(name)")
      expect(tally.byLength, expected["by_length"], name)
    }
  }

  @Test func temporalLoops() throws {
    for (name, json) in try vectors("temporal_cycles") {
      let input = try #require(json["input"])
      let expected = try #require(json["expected"])
      let runs =
        try expected["runs"]?.elements ?? [
          .object([
            "window_s": #require(input["window_s"]),
            "by_length": #require(expected["temporal_cycles_by_length"]),
          ])
        ]
      let (transfers, nodeCount) = transfers(input)
      for run in runs {
        let window = Int(run["window_s"]?.number ?? 0)
        let cycles = TemporalCycles(
          of: transfers,
          nodeCount: nodeCount,
          rules: TemporalCycles.Rules(window: window)
        )
        let tally = cycles.tally(limit: 1_000_000)
        #expect(tally.isComplete)
        expect(tally.byLength, run["by_length"], "\(name) \(window)")
      }
    }
  }

  /// A chain walked backwards: money runs from where it ends to where it is.
  @Test func absorbingChains() throws {
    for (name, json) in try vectors("absorbing_chain") {
      let expected = try #require(json["expected"])
      let provenance = try Provenance(of: network(json).transposed.balanced())
      let nodes = json["input"]?["nodes"]?.elements.compactMap(\.string) ?? []
      let ends = expected["absorbing_order"]?.elements.compactMap(\.string) ?? []
      let starts = expected["transient_order"]?.elements.compactMap(\.string) ?? []
      let rows = expected["absorption_B_rows_transient"]?.elements ?? []
      #expect(rows.count == starts.count)
      for (start, row) in zip(starts, rows) {
        let node = try #require(nodes.firstIndex(of: start))
        for (end, wanted) in zip(ends, row.numbers) {
          let found = provenance.origins(of: node).first { $0.id == "reserves:\(end)" }?.share ?? 0
          #expect(abs(found - wanted) < 1e-10, "\(name) \(start) \(end)")
        }
      }
    }
  }

  @Test func inputOutputTables() throws {
    for (name, json) in try vectors("io_provenance") {
      let input = try #require(json["input"])
      let network = try network(
        json,
        inflow: input["value_added"]?.numbers ?? [],
        outflow: input["final_demand"]?.numbers ?? []
      )
      let provenance = try Provenance(of: network)
      let rows = json["expected"]?["origin_of_value_shares"]?.elements ?? []
      #expect(rows.count == network.nodes.count)
      for (origin, row) in rows.enumerated() {
        for (node, wanted) in row.numbers.enumerated() {
          let found = provenance.origins(of: node).first { $0.id == network.nodes[origin] }
          #expect(abs((found?.share ?? 0) - wanted) < 1e-12, "\(name)")
        }
      }
    }
  }

  @Test func concentrations() throws {
    for (name, json) in try vectors("concentration") {
      let expected = try #require(json["expected"])
      let values = json["input"]?["values"]?.numbers ?? []
      let concentration = Concentration(
        of: values.enumerated().map { (id: "\($0.offset)", amount: $0.element) }
      )
      expect(concentration.hhi ?? .nan, expected["HHI_0_1"], 1e-10, name)
      expect(concentration.effectiveNumber ?? .nan, expected["effective_number"], 1e-10, name)
    }
  }

  @Test func panel() throws {
    for (name, json) in try vectors("panel") {
      let expected = try #require(json["expected"])
      let tolerance = try #require(json["tolerance"]?.number)
      let network = try namedNetwork(json)
      let panel = try Panel(of: network)
      func near(_ found: Double?, _ wanted: JSON?) {
        #expect(abs((found ?? .nan) - (wanted?.number ?? .nan)) <= tolerance, "\(name)")
      }
      near(panel.circulation.total, expected["closure"]?["total"])
      near(panel.circulation.amount, expected["closure"]?["circulation"])
      near(panel.circulation.share, expected["closure"]?["share"])
      near(panel.circulation.efficiency, expected["closure"]?["efficiency"])
      near(panel.forwarding?.share, expected["closure"]?["forwarded_share"])
      near(panel.cycling.finn, expected["cycling"]?["finn"])
      let potential = expected["potential"]
      near(panel.potentials.first?.circularShare, potential?["circular_share_unit_weights"])
      near(panel.potentials.last?.circularShare, potential?["circular_share_flow_weights"])
      near(panel.levels.incoherence, potential?["incoherence"])
      for (party, origins) in expected["provenance"]?.members ?? [:] {
        let node = try #require(network.nodes.firstIndex(of: party))
        for (origin, share) in origins.members {
          let id = String(origin.dropLast("_inflow".count))
          // The exact share of M in N is 44/139 = 0.31655, which the case prints as 0.316.
          let found = panel.provenance.origins(of: node).first { $0.id == id }?.share ?? .nan
          #expect(abs(found - (share.number ?? .nan)) < 0.001, "\(name) \(id)")
        }
      }
    }
  }

  // MARK: Input

  private func network(_ json: JSON) throws -> FlowNetwork {
    try network(
      json,
      inflow: json["input"]?["boundary_input"]?.numbers ?? [],
      outflow: json["input"]?["boundary_output"]?.numbers ?? []
    )
  }

  private func network(_ json: JSON, inflow: [Double], outflow: [Double]) throws -> FlowNetwork {
    let nodes = json["input"]?["nodes"]?.elements.compactMap(\.string) ?? []
    let flows = try (json["input"]?["edges"]?.elements ?? []).map { edge in
      let ends = edge.elements.prefix(2).map { end in
        end.number.map { Int($0) } ?? end.string.flatMap { nodes.firstIndex(of: $0) }
      }
      return FlowNetwork.Flow(
        payer: try #require(ends.first.flatMap { $0 }),
        payee: try #require(ends.last.flatMap { $0 }),
        weight: edge.numbers.last ?? 0
      )
    }
    func boundary(_ weights: [Double]) -> [FlowNetwork.BoundaryFlow] {
      weights.enumerated().map {
        .init(node: $0.offset, outside: .party(nodes[$0.offset]), weight: $0.element)
      }
    }
    return try FlowNetwork(
      nodes: nodes,
      flows: flows,
      inflows: boundary(inflow),
      outflows: boundary(outflow)
    )
  }

  private func namedNetwork(_ json: JSON) throws -> FlowNetwork {
    let edges = json["input"]?["edges"]?.elements.map(\.elements) ?? []
    var nodes: [String] = []
    for name in edges.flatMap({ $0.prefix(2).compactMap(\.string) }) where !nodes.contains(name) {
      nodes.append(name)
    }
    func boundary(_ key: String) -> [FlowNetwork.BoundaryFlow] {
      nodes.enumerated().compactMap { node, name in
        json["input"]?[key]?[name]?.number.map {
          .init(node: node, outside: .party(name), weight: $0)
        }
      }
    }
    return try FlowNetwork(
      nodes: nodes,
      flows: edges.map { edge in
        FlowNetwork.Flow(
          payer: nodes.firstIndex { $0 == edge[0].string } ?? -1,
          payee: nodes.firstIndex { $0 == edge[1].string } ?? -1,
          weight: edge[2].number ?? .nan
        )
      },
      inflows: boundary("inflow"),
      outflows: boundary("outflow")
    )
  }

  private func transfers(_ input: JSON) -> (transfers: [Transfer], nodeCount: Int) {
    let rows = input["edges_time"]?.elements.map { $0.numbers.map { Int($0) } } ?? []
    let largest = rows.map { max($0[0], $0[1]) }.max() ?? -1
    return (
      rows.map { Transfer(payer: $0[0], payee: $0[1], time: $0[2], amount: 1) }, largest + 1
    )
  }

  // MARK: Comparison

  private func expect(_ found: Double, _ wanted: JSON?, _ tolerance: Double, _ name: String) {
    let wanted = wanted?.number ?? .nan
    #expect(abs(found - wanted) <= tolerance * abs(wanted), "\(name): \(found), not \(wanted)")
  }

  private func expect(_ byLength: [Int], _ wanted: JSON?, _ name: String) {
    var found: [String: JSON] = [:]
    for (length, count) in byLength.enumerated() where count > 0 {
      found["\(length)"] = .number(Double(count))
    }
    #expect(found == wanted?.members, "\(name)")
  }
}
