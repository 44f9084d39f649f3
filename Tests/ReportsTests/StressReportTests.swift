import Networks
import Stress
import TestKit
import Testing

@testable import Reports

/// Stress on three parties, worked on paper: a owes b 60, b owes c 100.
@Suite struct StressReportTests {
  private static let debts = "from,to,weight\na,b,60\nb,c,100\n"

  private func question(_ nodes: String, shocks: [Double] = [0, 0, 0]) throws -> StressQuestion {
    let list = try EdgeList(
      bytes: Array(Self.debts.utf8),
      file: "debts.csv",
      nodes: (bytes: Array(nodes.utf8), file: "nodes.csv")
    )
    #expect(list.parties.map(\.id) == ["a", "b", "c"])
    return StressQuestion(
      list,
      shocks: shocks,
      listed: ListedParties(top: 10),
      namesLosses: true
    )
  }

  private static let assets = "id,external_assets\na,50\nb,20\nc,0\n"
  private let names = PartyNames(ids: [])

  private func near(_ values: [String: Double], _ expected: [String: Double]) -> Bool {
    values.keys.sorted() == expected.keys.sorted()
      && values.allSatisfy { abs($0.value - (expected[$0.key] ?? .nan)) < 1e-9 }
  }

  /// a has 50 of 60 and pays that; b then has 70 of 100.
  @Test func clearing() throws {
    let report = try ClearingReport(question(Self.assets), ClearingReport.Request())
    #expect(near(report.payments, ["a": 50, "b": 70, "c": 0]))
    // What a party owns less all it owes: 50 − 60, 70 − 100, 70.
    #expect(near(report.equity, ["a": -10, "b": -30, "c": 70]))
    #expect(Set(report.defaulted) == ["a", "b"])
    #expect(report.assumed.contains { $0.contains("external_liabilities") })
    let words = report.text(names)
    #expect(words.contains("a") && words.contains("Assumed:"))
  }

  /// A defaulter has half of its assets left: a pays 25, b 10 + 25.
  @Test func clearingWithCosts() throws {
    var request = ClearingReport.Request()
    request.alpha = 0.5
    let report = try ClearingReport(question(Self.assets), request)
    #expect(near(report.payments, ["a": 25, "b": 35, "c": 0]))
  }

  /// A shock of a fifth takes 10 of a's 50.
  @Test func clearingUnderAShock() throws {
    let report = try ClearingReport(
      question(Self.assets, shocks: [0.2, 0, 0]),
      ClearingReport.Request()
    )
    #expect(near(report.payments, ["a": 40, "b": 60, "c": 0]))
  }

  /// a fails; without recovery b loses 60 of 10, and c 100 of 30; where nine tenths are paid after all b loses 6 and stands.
  @Test func cascade() throws {
    let nodes = "id,buffer\na,5\nb,10\nc,30\n"
    let hit = try question(nodes, shocks: [1, 0, 0])
    #expect(Set(try CascadeReport(hit, recovery: 0, ties: .default).defaulted) == ["a", "b", "c"])
    #expect(try CascadeReport(hit, recovery: 0.9, ties: .default).defaulted == ["a"])
    let calm = try CascadeReport(question(nodes), recovery: 0, ties: .default)
    #expect(calm.defaulted.isEmpty)
  }

  /// A loss of exactly the buffer fails or stands, as is asked: b loses 60 of 60, and then c 100 of 200.
  @Test func cascadeAtTheEdge() throws {
    let nodes = "id,buffer\na,5\nb,60\nc,200\n"
    let hit = try question(nodes, shocks: [1, 0, 0])
    #expect(Set(try CascadeReport(hit, recovery: 0, ties: .default).defaulted) == ["a", "b"])
    #expect(try CascadeReport(hit, recovery: 0, ties: .survive).defaulted == ["a"])
  }

  /// a loses a tenth: b 60/100 of that, c 100/50 of that again.
  ///
  /// Beyond the shock 6 + 6 of 160 are lost.
  @Test func debtRank() throws {
    let nodes = "id,equity\na,10\nb,100\nc,50\n"
    let report = try DebtRankReport(question(nodes, shocks: [0.1, 0, 0]), form: .linear)
    #expect(near(report.stress, ["a": 0.1, "b": 0.06, "c": 0.12]))
    #expect(abs(report.value - 12 / 160.0) < 1e-9)
    #expect(report.assumed.contains { $0.contains("count by their equity") })
    #expect(throws: StressError.self) {
      try DebtRankReport(question("id,equity\na,10\n"), form: .linear)
    }
  }

  /// As claims clear: b's claim is worth 50, c's 70.
  ///
  /// Where whoever is below nothing pays nothing, both are worth nothing.
  @Test func valuation() throws {
    let clearing = ValuationFunction.clearing(external: .equal, alpha: 1, beta: 1)
    let cleared = try ValuationReport(question(Self.assets), function: clearing, method: "clearing")
    #expect(near(cleared.equity, ["a": -10, "b": -30, "c": 70]))
    let harsh = ValuationFunction.furfine(recovery: 0, ties: .default)
    let fallen = try ValuationReport(question(Self.assets), function: harsh, method: "furfine")
    #expect(near(fallen.equity, ["a": -10, "b": -80, "c": 0]))
    #expect(fallen.method == "furfine")
  }
}
