import Columns
import Claims
import Networks
import TestKit
import Testing

@testable import Projection

/// Model SIM of Godley and Lavoie, *Monetary Economics*, 2007, chapter 3, as a book and a scenario: its
/// months are the periods of the model.
///
/// The government's purchases are an amount; wages, taxes and consumption are shares of receipts and of
/// cash. Consumption takes 0.6 of what tax at 0.2 leaves of income, and 0.4 of the money held.
enum ModelSIM {
  static let story = Story(
    """
    party households
    party producers
    party government government
    fact households cash 0 in 2025-12-31
    fact producers cash 0 in 2025-12-31
    fact households revenue 0 in 2025-01-01..2025-12-31
    fact producers revenue 0 in 2025-01-01..2025-12-31
    fact households costs 0 in 2025-01-01..2025-12-31
    fact producers costs 0 in 2025-01-01..2025-12-31
    fact households capex 0 in 2025-01-01..2025-12-31
    fact producers capex 0 in 2025-01-01..2025-12-31
    deal government > producers purchase
    c1 filing 2025 signed
    deal producers > households purchase
    c2 filing 2025 signed
    deal households > producers purchase
    c3 filing 2025 signed
    deal households > government purchase
    c4 filing 2025 signed
    """
  )

  static let scenario = """
    name: SIM
    deals:
      government-producers: {amount: 8000bn, start: 2026-01, end: 2059-04}
      producers-households: {of-receipts: 100%}
      households-producers: {of-receipts: 48%, of-cash: 40%}
      households-government: {of-receipts: 20%}
    """

  /// What a period comes to, in billions.
  struct Row {
    var income = 0.0
    var tax = 0.0
    var consumption = 0.0
    var money = 0.0
    var disposable: Double { income - tax }
  }

  /// The first periods, each a month of the engine.
  static func rows(_ count: Int) throws -> [Row] {
    let view = try story.view("2025-12-31")
    let scenario = try ScenarioReader(view).scenario(scenario, file: "sim") { _ in nil }
    let plan = ProjectionPlan(view, scenario, months: count)
    let path = CashPath(plan)
    path.keepsFlows = true
    path.begin(.central)
    let (households, producers) = (0, 1)
    return try (0..<count).map { month in
      try path.run(month: month)
      defer { path.clearFlows() }
      return Row(
        income: Double(path.books.lastReceived[producers]) / 1e11,
        tax: Double(path.accounts.outsideOut) / 1e11,
        consumption: Double(path.paidBetween[households * 2 + producers]) / 1e11,
        money: Double(path.accounts.cash[households]) / 1e11
      )
    }
  }
}

@Suite struct StockFlowTests {
  /// Table 3.4 of the book to the digit it prints: the first two periods, and the steady state.
  @Test func theTextbooksTable() throws {
    let rows = try ModelSIM.rows(300)
    let printed: [(row: ModelSIM.Row, figures: [Double])] = [
      (rows[0], [38.5, 7.7, 30.8, 18.5, 12.3]), (rows[1], [47.9, 9.6, 38.3, 27.9, 22.7]),
      (rows[299], [100, 20, 80, 80, 80]),
    ]
    for (row, figures) in printed {
      let found = [row.income, row.tax, row.disposable, row.consumption, row.money]
      for (value, figure) in zip(found, figures) { #expect(abs(value - figure) <= 0.05) }
    }
  }

  /// The path that another program prints, where its output lies beside the package.
  @Test func anotherProgramsPath() throws {
    for (_, vector) in try vectors("sfc") {
      guard let times = vector["input"]?["time_index"]?.numbers, !times.isEmpty,
        let series = vector["expected"]?["series"]
      else { continue }
      let rows = try [ModelSIM.Row(), ModelSIM.Row()] + ModelSIM.rows(99)
      let figures: [(name: String, value: (ModelSIM.Row) -> Double)] = [
        ("NationalIncome|Macroeconomy", \.income), ("HouseholdMoneyStock|Household", \.money),
        ("ConsumptionDemand|Household", \.consumption), ("TaxDemand|Government", \.tax),
        ("DisposableIncome|Household", \.disposable),
      ]
      for (name, value) in figures {
        let expected = series[name]?.numbers ?? []
        #expect(expected.count == times.count)
        for (time, figure) in zip(times, expected) {
          #expect(abs(value(rows[Int(time)]) - figure) <= 2e-4 + 2e-5 * figure)
        }
      }
    }
  }

  /// Where all that is received comes back in the same month, there is no end, and it says so.
  @Test func endlessShares() throws {
    let view = try ModelSIM.story.view("2025-12-31")
    let text = ModelSIM.scenario.replacing("48%, of-cash: 40%", with: "100%")
      .replacing("of-receipts: 20%", with: "of-receipts: 0%")
    let scenario = try ScenarioReader(view).scenario(text, file: "sim") { _ in nil }
    #expect(throws: ProjectionError.endlessShares(month: "2026-01")) {
      try CentralPath(ProjectionPlan(view, scenario, months: 2))
    }
  }
}
