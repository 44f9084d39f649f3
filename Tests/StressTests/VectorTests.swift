import Networks
import Stress
import TestKit
import Testing

/// Every published case that lies beside the package, within its own tolerance.
@Suite struct VectorTests {
  @Test func clearing() throws {
    for (name, json) in try vectors("eisenberg_noe") {
      let case_ = try ClearingCase(json)
      for run in json["expected"]?["runs"]?.elements ?? [] {
        let alpha = try #require(run["alpha"]?.number)
        let beta = try #require(run["beta"]?.number)
        let clearing = try case_.problem(alpha: alpha, beta: beta).greatestClearing()
        let tolerance = try #require(run["tol_abs"]?.number)
        expect(clearing.payments, run["payments_total"], tolerance, name)
        let defaulted = (run["defaulted"]?.numbers ?? []).enumerated().filter { $0.element > 0 }
        #expect(clearing.defaulted == defaulted.map(\.offset), "\(name) \(alpha) \(beta)")
      }
    }
  }

  @Test func clearingWithSeniorOutsideDebt() throws {
    for (name, json) in try vectors("eisenberg_noe") {
      guard let wanted = json["expected"]?["external_liabilities_senior"] else { continue }
      let case_ = try ClearingCase(json)
      let clearing = try case_.problem(external: .senior).greatestClearing()
      expect(clearing.equity, wanted["equity"], 1e-6, name)
      let inside = zip(clearing.payments, clearing.externalPayments).map { $0 - $1 }
      expect(inside, wanted["interbank_payments"], 1e-6, name)
      let equal = json["expected"]?["external_liabilities_pari_passu_equity"]
      let together = try case_.problem().greatestClearing()
      expect(together.equity, equal?["equity"], 1e-6, name)
    }
  }

  @Test func cascadesOfClearingCases() throws {
    for (name, json) in try vectors("eisenberg_noe") {
      let case_ = try ClearingCase(json)
      let received = case_.network.nodes.indices.map { node in
        case_.network.flows.filter { $0.payee == node }.map(\.weight).reduce(0, +)
      }
      let problem = try case_.problem()
      let buffers = case_.network.nodes.indices.map { node in
        let buffer = case_.assets[node] + received[node] - problem.owed[node]
        // The peer counts as short what is below zero by more than rounding.
        return buffer.magnitude < 1e-9 ? 0 : buffer
      }
      for (key, recovery) in [("recovery0", 0.0), ("recovery40pct", 0.4)] {
        let wanted = json["expected"]?["threshold_cascade"]?[key]?.numbers ?? []
        let cascade = try Cascade(
          of: case_.network,
          buffers: buffers,
          shocks: buffers.map { _ in 0 },
          recovery: recovery,
          ties: .survive
        )
        let expected = wanted.enumerated().filter { $0.element > 0 }.map(\.offset)
        #expect(cascade.defaulted == expected, "\(name) \(key)")
      }
    }
  }

  @Test func seniority() throws {
    for (name, json) in try vectors("seniority_clearing") {
      let input = try #require(json["input"])
      let nodes = (input["nodes"]?.elements ?? []).indices.map { "\($0)" }
      let problem = try ClearingProblem(
        parties: nodes,
        liabilities: (input["edges_debtor_creditor_amount_seniority"]?.elements ?? []).map {
          let row = $0.numbers
          return Liability(
            debtor: Int(row[0]),
            creditor: Int(row[1]),
            amount: row[2],
            seniority: Int(row[3])
          )
        },
        externalAssets: input["external_assets"]?.numbers ?? []
      )
      let wanted = try #require(json["expected"])
      for clearing in [try problem.greatestClearing(), try problem.leastClearing()] {
        expect(clearing.equity, wanted["equity"], 1e-6, name)
        let rows = wanted["payments_bank_by_seniority"]?.elements ?? []
        for (found, row) in zip(clearing.paymentsByClass, rows) { expect(found, row, 1e-6, name) }
      }
    }
  }

  @Test func debtRank() throws {
    for (name, json) in try vectors("debtrank") {
      let exposure = try ExposureCase(json)
      let form: DebtRank.Form = name.contains("single_hit") ? .singleHit : .linear
      let tolerance = try #require(json["expected"]?["tol_abs"]?.number)
      for scenario in json["expected"]?["per_scenario"]?.elements ?? [] {
        let rank = try DebtRank(
          of: exposure.network,
          equity: exposure.buffers,
          shocks: exposure.shocks(scenario),
          weights: exposure.weights,
          form: form
        )
        let what = "\(name) \(scenario["scenario"]?.string ?? "")"
        expect([rank.value], scenario["additional_stress"], tolerance, what)
        let lost = zip(rank.uncapped, exposure.buffers).map { $0 * $1 }.reduce(0, +)
        let wanted =
          (scenario["original_losses"]?.number ?? .nan)
          + (scenario["additional_losses"]?.number ?? .nan)
        #expect(abs(lost - wanted) <= 1e3 * tolerance, "\(what): \(lost), not \(wanted)")
      }
    }
  }

  @Test func cascades() throws {
    for (name, json) in try vectors("threshold_cascade") {
      let exposure = try ExposureCase(json)
      for scenario in json["expected"]?["per_scenario"]?.elements ?? [] {
        let shocks = exposure.shocks(scenario)
        let cascade = try Cascade(of: exposure.network, buffers: exposure.buffers, shocks: shocks)
        let more = scenario["additional_defaults"]?.number ?? .nan
        #expect(Double(cascade.defaulted.count - 1) == more, "\(name)")
        let lost = cascade.lost.reduce(0, +)
        let wanted =
          (scenario["original_losses"]?.number ?? .nan)
          + (scenario["additional_losses"]?.number ?? .nan)
        #expect(abs(lost - wanted) < 1e-9, "\(name): \(lost), not \(wanted)")
      }
    }
  }

  @Test func valuations() throws {
    for (name, json) in try vectors("neva") {
      let case_ = try ClearingCase(json)
      let reference = json["input"]?["equity0"]?.numbers ?? []
      for wanted in json["expected"]?["final_equity"]?.elements ?? [] {
        let shock = try #require(wanted["relative_shock_external_assets"]?.number)
        for (key, expected) in wanted.members.sorted(by: { $0.key < $1.key }) {
          guard let function = valuationFunction(key) else { continue }
          let valuation = try NetworkValuation(
            of: case_.network,
            externalAssets: case_.assets.map { $0 * (1 - shock) },
            externalLiabilities: case_.outside,
            referenceEquity: reference,
            function: function
          )
          expect(valuation.equity, expected, 1e-9, "\(name) \(shock) \(key)")
        }
      }
    }
  }

  private func valuationFunction(_ key: String) -> ValuationFunction? {
    func number(_ mark: String) -> Double? {
      key.ranges(of: mark).first.flatMap { range in
        Double(key[range.upperBound...].prefix { $0.isNumber || $0 == "." })
      }
    }
    switch key {
    case "linear_debtrank": return .linearDebtRank
    case "furfine_zero_recovery": return .furfine(recovery: 0, ties: .default)
    case "furfine_recovery_0.4_roukny_battiston": return .furfine(recovery: 0.4, ties: .default)
    case "eisenberg_noe_ext_senior": return .clearing(external: .senior, alpha: 1, beta: 1)
    case "eisenberg_noe_pari_passu": return .clearing(external: .equal, alpha: 1, beta: 1)
    default: break
    }
    guard let recovery = number("rho"), let volatility = number("sigma") else { return nil }
    return key.contains("merton")
      ? .merton(recovery: recovery, volatility: volatility)
      : .blackCox(recovery: recovery, volatility: volatility)
  }
}

/// A case of debts with outside assets and debts.
private struct ClearingCase {
  let network: FlowNetwork
  let assets: [Double]
  let outside: [Double]

  init(_ json: JSON) throws {
    let input = try #require(json["input"])
    network = try FlowNetwork(
      nodes: (input["nodes"]?.elements ?? []).indices.map { "\($0)" },
      flows: (input["edges"]?.elements ?? []).map {
        let row = $0.numbers
        return FlowNetwork.Flow(payer: Int(row[0]), payee: Int(row[1]), weight: row[2])
      }
    )
    assets = input["external_assets"]?.numbers ?? []
    outside = input["external_liabilities"]?.numbers ?? []
  }

  func problem(
    external: ExternalStanding = .equal,
    alpha: Double = 1,
    beta: Double = 1
  ) throws -> ClearingProblem {
    try ClearingProblem(
      of: network,
      externalAssets: assets,
      externalLiabilities: outside,
      external: external,
      alpha: alpha,
      beta: beta
    )
  }
}

/// A case of exposures: edges run from the exposed to its debtor.
private struct ExposureCase {
  let network: FlowNetwork
  let buffers: [Double]
  let weights: [Double]

  init(_ json: JSON) throws {
    let input = try #require(json["input"])
    let nodes = (input["nodes"]?.elements ?? []).compactMap(\.string)
    var place: [String: Int] = [:]
    for (index, node) in nodes.enumerated() { place[node] = index }
    network = try FlowNetwork(
      nodes: nodes,
      flows: (input["edges"]?.elements ?? []).map { edge in
        let row = edge.elements
        return FlowNetwork.Flow(
          payer: try #require(row[1].string.flatMap { place[$0] }),
          payee: try #require(row[0].string.flatMap { place[$0] }),
          weight: try #require(row[2].number)
        )
      }
    )
    buffers = input["buffer"]?.numbers ?? []
    weights = input["weights"]?.numbers ?? []
  }

  func shocks(_ scenario: JSON) -> [Double] {
    network.nodes.map { $0 == scenario["scenario"]?.string ? 1 : 0 }
  }
}

private func expect(_ found: [Double], _ wanted: JSON?, _ tolerance: Double, _ what: String) {
  let numbers = wanted?.number.map { [$0] } ?? wanted?.numbers ?? []
  #expect(found.count == numbers.count, "\(what)")
  for (index, (found, wanted)) in zip(found, numbers).enumerated() {
    #expect(abs(found - wanted) <= tolerance, "\(what) [\(index)]: \(found), not \(wanted)")
  }
}
