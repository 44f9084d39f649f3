import Columns
import Networks
import Payments
import TestKit
import Testing

@Suite struct SumTests {
  @Test(arguments: UInt64(0)..<50) func sumsAreThoseOfTheRows(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    var wanted: [String: (amount: Int64, count: Int32)] = [:]
    var text = "payer,payee,amount,date\n"
    for _ in 0..<Int.random(in: 0...200, using: &rng) {
      let pair = (0..<2).map { _ in "p\(Int.random(in: 0...3, using: &rng))" }
      let month =
        "20\(Int.random(in: 24...25, using: &rng))-\(Int.random(in: 10...12, using: &rng))"
      let day = Int.random(in: 10...30, using: &rng)
      let amount = Int.random(in: 0...999, using: &rng)
      text += "\(pair[0]),\(pair[1]),\(amount),\(month)-\(day)\n"
      let known = wanted["\(pair) \(month)"] ?? (0, 0)
      wanted["\(pair) \(month)"] = (known.amount + Int64(amount) * 100, known.count + 1)
    }
    let payments = try read(text)
    for threads in [1, 3] {
      let sums = try payments.sums(by: .month, threads: threads)
      #expect(sums.count == wanted.count)
      for index in 0..<sums.count {
        let pair = [sums.payer[index], sums.payee[index]].map { payments.parties[Int($0)] }
        let first = "\(sums.periods[Int(sums.period[index])])"
        let sum = wanted["\(pair) \(first.prefix(7))"]
        #expect(sum?.amount == sums.amountMinorUnits[index])
        #expect(sum?.count == sums.paymentCount[index])
      }
      let all = try payments.sums(by: .all, threads: threads)
      let total = (0..<all.count).reduce(0) { $0 + all.amountMinorUnits[$1] }
      #expect(total == wanted.values.reduce(0) { $0 + $1.amount })
    }
  }

  @Test func sumsBeyondNumbersAreRefused() throws {
    let rows = String(repeating: "a,b,90071992547409.92,0\n", count: 1_024)
    let payments = try read("payer,payee,amount,time\n" + rows)
    #expect(throws: SumTooLarge.self) { try payments.sums(by: .month) }
  }

  /// Every period begins where its calendar says, before 1970 too.
  @Test(arguments: [
    (SumPeriod.day, ["1969-12-31", "1970-01-01", "2024-12-30", "2025-01-01", "2025-04-01"]),
    (.week, ["1969-12-29", "2024-12-30", "2025-03-31"]),
    (.quarter, ["1969-10-01", "1970-01-01", "2024-10-01", "2025-01-01", "2025-04-01"]),
    (.year, ["1969-01-01", "1970-01-01", "2024-01-01", "2025-01-01"]),
    (.all, []),
  ])
  func periodsBeginOnTheirDays(period: SumPeriod, starts: [String]) throws {
    let days = ["1969-12-31", "1970-01-01", "2024-12-30", "2025-01-01", "2025-04-01"]
    let payments = try read("payer,payee,amount,date\n" + days.map { "a,b,1,\($0)\n" }.joined())
    let sums = try payments.sums(by: period)
    #expect((0..<sums.count).reduce(0) { $0 + sums.amountMinorUnits[$1] } == 500)
    guard period != .all else { return }
    #expect((0..<sums.count).map { "\(sums.periods[Int(sums.period[$0])])" } == starts)
  }
}
