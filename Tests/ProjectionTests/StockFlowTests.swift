import TestKit
import Testing

@testable import Projection

/// Model SIM of Godley and Lavoie, *Monetary Economics*, 2007, chapter 3, on the accounts that every
/// projection runs on.
///
/// The behaviour (a consumption function and a tax rate) is this test's own; what is tested is that
/// the accounts carry a textbook's stocks and flows from period to period and close in each.
private struct SimModel {
  var accounts = Accounts(cash: [0, 0])
  private let households = 0
  private let producers = 1
  /// Whole units of a millionth of what the book counts in.
  static let unit = 1e6

  struct Row {
    var income = 0.0
    var tax = 0.0
    var disposable = 0.0
    var consumption = 0.0
    var money = 0.0
  }

  /// One period in which the government buys `spending`.
  mutating func period(spending: Double) -> Row {
    let (alpha1, alpha2, theta) = (0.6, 0.4, 0.2)
    let before = Double(accounts.cash[households]) / Self.unit
    let income = (spending + alpha2 * before) / (1 - alpha1 * (1 - theta))
    let row = Row(
      income: income,
      tax: theta * income,
      disposable: (1 - theta) * income,
      consumption: income - spending
    )
    let units = { (value: Double) in Int64((value * Self.unit).rounded()) }
    accounts.openMonth()
    accounts.receive(producers, units(spending))
    accounts.pay(households, producers, units(row.consumption))
    accounts.pay(producers, households, accounts.cash[producers])
    accounts.spend(households, units(row.tax))
    var closed = row
    closed.money = Double(accounts.cash[households]) / Self.unit
    return closed
  }
}

@Suite struct StockFlowTests {
  /// The table of the book, and its steady state.
  @Test func theTextbooksTable() {
    var model = SimModel()
    let first = model.period(spending: 20)
    #expect(model.accounts.residual == 0)
    for (value, printed) in [
      (first.income, 38.5), (first.tax, 7.7), (first.disposable, 30.8), (first.consumption, 18.5),
      (first.money, 12.3),
    ] {
      #expect(abs(value - printed) <= 0.05)
    }
    let second = model.period(spending: 20)
    #expect(abs(second.income - 47.9) <= 0.05 && abs(second.money - 22.7) <= 0.05)
    var last = second
    for _ in 0..<300 {
      last = model.period(spending: 20)
      #expect(model.accounts.residual == 0)
    }
    #expect(abs(last.income - 100) < 0.05 && abs(last.money - 80) < 0.05)
  }

  /// The path that another program prints, where its output lies beside the package.
  @Test func anotherProgramsPath() throws {
    for (_, vector) in try vectors("sfc") {
      guard let times = vector["input"]?["time_index"]?.numbers, !times.isEmpty,
        let series = vector["expected"]?["series"]
      else { continue }
      var model = SimModel()
      var rows = [SimModel.Row(), SimModel.Row()]
      while rows.count <= 100 { rows.append(model.period(spending: 20)) }
      let income = series["NationalIncome|Macroeconomy"]?.numbers ?? []
      let money = series["HouseholdMoneyStock|Household"]?.numbers ?? []
      #expect(income.count == times.count && money.count == times.count)
      for (index, time) in times.enumerated() {
        let row = rows[Int(time)]
        #expect(abs(row.income - income[index]) <= 2e-4 + 2e-5 * income[index])
        #expect(abs(row.money - money[index]) <= 2e-4 + 2e-5 * money[index])
      }
    }
  }
}
