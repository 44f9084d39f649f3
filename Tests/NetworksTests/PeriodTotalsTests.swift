import Claims
import TestKit
import Testing

@testable import Networks

private func amount(
  _ first: String,
  _ last: String,
  _ point: Double,
  _ trust: Trust = .filing,
  _ id: String = "f"
) -> DatedAmount {
  DatedAmount(
    period: days(first, last),
    amount: Estimate(low: point, point: point, high: point),
    trust: trust,
    evidence: [.fact(id)]
  )
}

@Suite struct PeriodTotalsTests {
  @Test func aQuarterTakesItsDaysOutOfTheYear() {
    let totals = PeriodTotals([amount("2025", "2025", 1000), amount("2025-01", "2025-03", 450)])
    #expect(totals.slice([days("2025-01", "2025-03")]).amount.point == 450)
    #expect(totals.slice([days("2025-04", "2025-12")]).amount.point == 550)
    #expect(totals.slice([days("2025")]).amount.point == 1000)
    #expect(totals.slice([days("2025-07", "2025-09")]).amount.point == 550 * 92 / 275)
    #expect(totals.slice([days("2025")]).days == 365)
  }

  @Test func aFiscalYearFallsOnCalendarYearsByDays() {
    let totals = PeriodTotals([amount("2025-02", "2026-01", 365)])
    #expect(totals.slice([days("2025")]).amount.point == 334)
    #expect(totals.slice([days("2026")]).amount.point == 31)
    #expect(totals.slice([days("2024")]).days == 0)
  }

  @Test func fourQuartersReplaceTheirYear() {
    let quarters = [
      ("2025-01", "2025-03"), ("2025-04", "2025-06"), ("2025-07", "2025-09"),
      ("2025-10", "2025-12"),
    ]
    let totals = PeriodTotals(
      [amount("2025", "2025", 1000)] + quarters.map { amount($0.0, $0.1, 300) }
    )
    #expect(totals.slice([days("2025")]).amount.point == 1200)
  }

  @Test func partsBeyondTheWholeLeaveNothing() {
    let totals = PeriodTotals([amount("2025", "2025", 100), amount("2025-01", "2025-03", 150)])
    #expect(totals.slice([days("2025")]).amount.point == 150)
    #expect(totals.slice([days("2025-04", "2025-12")]).amount.point == 0)
  }

  @Test func whatMayBeNegativeIsLeftSo() {
    let parts = [amount("2025", "2025", 100), amount("2025-01", "2025-03", 150)]
    let totals = PeriodTotals(parts, signed: true)
    #expect(totals.slice([days("2025")]).amount.point == 100)
    #expect(totals.slice([days("2025-04", "2025-12")]).amount.point == -50)
  }

  @Test(arguments: [
    (Trust.filing, Trust.news, "a"), (.news, .filing, "b"), (.news, .news, "b"),
  ])
  func ofPeriodsThatCrossTheBetterIsKept(a: Trust, b: Trust, kept: String) {
    let totals = PeriodTotals([
      amount("2025", "2025", 1000, a, "a"), amount("2025-07", "2026-03", 900, b, "b"),
    ])
    let all = totals.slice([days("2025", "2026")])
    #expect(all.evidence == [.fact(kept)])
    #expect(totals.crossing.count == 1)
  }

  @Test func ofTheSamePeriodOneCounts() {
    let totals = PeriodTotals([
      amount("2025", "2025", 1000, .news, "a"), amount("2025", "2025", 900, .filing, "b"),
    ])
    #expect(totals.slice([days("2025")]).amount.point == 900)
    #expect(totals.crossing.map(\.evidence) == [[.fact("a")]])
  }

  @Test func aRangeIsKeptInTheSum() {
    var year = amount("2025", "2025", 100)
    year.amount = Estimate(low: 80, point: 100, high: 120)
    let totals = PeriodTotals([year, amount("2025-01", "2025-03", 30)])
    let whole = totals.slice([days("2025")]).amount
    #expect((whole.low, whole.point, whole.high) == (80, 100, 120))
  }

  /// Amounts of random periods: slices over a partition add up to the slice of the whole; an outermost
  /// period that its parts do not fill holds just what is said of it, or what its parts say where
  /// that is more.
  @Test(arguments: UInt64(0)..<200) func slicesAddUpAndNothingCountsTwice(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let year = days("2025")
    let amounts = (0..<Int.random(in: 1...8, using: &chance)).map { index in
      let first = year.first.advanced(by: Int.random(in: -200...500, using: &chance))
      let last = first.advanced(by: Int.random(in: 0...400, using: &chance))
      return DatedAmount(
        period: Period(first: first, last: last) ?? year,
        amount: Estimate(
          low: 0,
          point: Double(Int.random(in: 0...1000, using: &chance)),
          high: 1000
        ),
        trust: Trust.allCases.randomElement(using: &chance) ?? .news,
        evidence: [.fact("f\(index)")]
      )
    }
    let totals = PeriodTotals(amounts)
    let whole = totals.slice([year])
    var cuts: [Period] = []
    var first = year.first
    while first <= year.last {
      let last = min(year.last, first.advanced(by: Int.random(in: 0...60, using: &chance)))
      cuts.append(try #require(Period(first: first, last: last)))
      first = last.advanced(by: 1)
    }
    let parts = cuts.map { totals.slice([$0]) }
    #expect(parts.reduce(0) { $0 + $1.days } == whole.days)
    #expect(abs(parts.reduce(0) { $0 + $1.amount.point } - whole.amount.point) < 1e-6)
    #expect(abs(totals.slice(cuts).amount.point - whole.amount.point) < 1e-6)
    #expect(whole.days <= year.dayCount)
    #expect(whole.amount.low <= whole.amount.point && whole.amount.point <= whole.amount.high)

    for piece in totals.covered {
      let kept = amounts.filter { amount in
        !totals.crossing.contains { $0.evidence == amount.evidence }
          && piece.contains(amount.period)
      }
      guard let outermost = kept.first(where: { $0.period == piece }) else { continue }
      let inner = kept.filter { $0.evidence != outermost.evidence }
      let isFilled = piece.subtracting(inner.map(\.period)).isEmpty
      let sum = totals.slice([piece]).amount.point
      if !isFilled { #expect(sum >= outermost.amount.point - 1e-6) }
      if inner.isEmpty { #expect(abs(sum - outermost.amount.point) < 1e-6) }
    }
  }
}
