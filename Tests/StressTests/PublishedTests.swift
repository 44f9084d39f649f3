import Networks
import Stress
import Testing

/// Worked examples with published numbers, to the digits they are printed with.
///
/// From the examples of C. Siebenbrunner's NetworkValuation (README and Example.pdf), which works
/// through the three papers.
@Suite struct PublishedTests {
  /// Eisenberg and Noe: equity after clearing −5.4545, −2.6364, 30.
  @Test func eisenbergNoe() throws {
    let clearing = try problem(
      [(0, 1, 20), (0, 2, 10), (1, 0, 5), (1, 2, 24), (2, 0, 10)],
      [10, 10, 10]
    )
    .greatestClearing()
    expect(clearing.equity, [-5.4545, -2.6364, 30], 5e-5)
    #expect(clearing.defaulted == [0, 1])
  }

  /// Rogers and Veraart: assets less debts −5, 5, 15 without costs, −6, −2, 11 with α = 0.4.
  @Test func rogersVeraart() throws {
    let debts = [(0, 1, 30.0), (1, 0, 5), (1, 2, 20), (2, 0, 10)]
    let free = try problem(debts, [10, 5, 5]).greatestClearing()
    expect(free.equity, [-5, 5, 15], 1e-12)
    let costly = try problem(debts, [10, 5, 5], alpha: 0.4).greatestClearing()
    expect(costly.equity, [-6, -2, 11], 1e-12)
    #expect(costly.defaulted == [0, 1])
    #expect(abs(costly.costOfDefaults - 9) < 1e-12)
  }

  /// Elsinger: equity −20, −2.3333, 60, with two classes of debt.
  @Test func elsinger() throws {
    let clearing = try ClearingProblem(
      parties: ["0", "1", "2"],
      liabilities: [
        Liability(debtor: 0, creditor: 1, amount: 20),
        Liability(debtor: 0, creditor: 2, amount: 10),
        Liability(debtor: 0, creditor: 2, amount: 15, seniority: 1),
        Liability(debtor: 1, creditor: 0, amount: 5),
        Liability(debtor: 1, creditor: 2, amount: 40),
        Liability(debtor: 1, creditor: 2, amount: 24, seniority: 1),
        Liability(debtor: 2, creditor: 0, amount: 10),
        Liability(debtor: 2, creditor: 0, amount: 10, seniority: 1),
      ],
      externalAssets: [0, 50, 10]
    )
    .greatestClearing()
    expect(clearing.equity, [-20, -2.3333, 60], 5e-5)
  }

  private func problem(_ debts: [(Int, Int, Double)], _ assets: [Double], alpha: Double = 1) throws
    -> ClearingProblem
  {
    try ClearingProblem(
      parties: assets.indices.map { "\($0)" },
      liabilities: debts.map { Liability(debtor: $0.0, creditor: $0.1, amount: $0.2) },
      externalAssets: assets,
      alpha: alpha
    )
  }

  private func expect(_ found: [Double], _ wanted: [Double], _ tolerance: Double) {
    #expect(found.count == wanted.count)
    for (found, wanted) in zip(found, wanted) { #expect(abs(found - wanted) <= tolerance) }
  }
}
