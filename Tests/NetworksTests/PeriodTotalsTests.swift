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
    grade: .disclosed,
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

  /// Every quarter at 10, the year at `year`; what stands, and the range of the year and of a quarter.
  @Test(arguments: [
    (90.0, Trust.statement, 40.0, 40.0, 90.0, true), (90.0, Trust.news, 40.0, 40.0, 90.0, true),
    (90.0, Trust.filing, 90.0, 40.0, 90.0, true), (20.0, Trust.statement, 40.0, 20.0, 40.0, true),
    (20.0, Trust.filing, 20.0, 20.0, 40.0, true), (40.0, Trust.filing, 40.0, 40.0, 40.0, false),
    (0.0, Trust.news, 40.0, 0.0, 40.0, true),
  ])
  func partsThatCannotBeTheWholeAreBothKept(
    year: Double,
    trust: Trust,
    point: Double,
    low: Double,
    high: Double,
    isContested: Bool
  ) {
    let quarters = [("01", "03"), ("04", "06"), ("07", "09"), ("10", "12")]
    let totals = PeriodTotals(
      [amount("2025", "2025", year, trust, "year")]
        + quarters.map { amount("2025-" + $0.0, "2025-" + $0.1, 10, .statement, "q" + $0.0) }
    )
    let whole = totals.slice([days("2025")])
    #expect(whole.amount == Estimate(low: low, point: point, high: high))
    let quarter = totals.slice([days("2025-01", "2025-03")])
    #expect(quarter.amount == Estimate(low: low / 4, point: point / 4, high: high / 4))
    #expect(totals.contradictions(in: days("2025")).count == (isContested ? 1 : 0))
    #expect(quarter.evidence.contains(.fact("year")) == isContested)
    #expect(totals.contradictions(in: days("2024")).isEmpty)
  }

  @Test func partsOfNothingFallShortByTheirDays() {
    let halves = [amount("2025-01", "2025-06", 0), amount("2025-07", "2025-12", 0)]
    let totals = PeriodTotals([amount("2025", "2025", 365)] + halves)
    #expect(totals.slice([days("2025-01", "2025-06")]).amount.high == 181)
    #expect(totals.slice([days("2025")]).amount == Estimate(low: 0, point: 0, high: 365))
  }

  @Test func partsKnownAsAtLeastGiveWayToTheWhole() {
    var halves = [amount("2025-01", "2025-06", 10), amount("2025-07", "2025-12", 10)]
    halves[0].amount.isOpen = true
    let totals = PeriodTotals([amount("2025", "2025", 90)] + halves)
    #expect(totals.slice([days("2025")]).amount == Estimate(low: 20, point: 90, high: 90))
    #expect(totals.contradictions(in: days("2025")).isEmpty)
  }

  @Test func ofNestedPeriodsEachContradictionIsTold() {
    let totals = PeriodTotals([
      amount("2025", "2025", 1000, .filing, "year"),
      amount("2025-01", "2025-06", 100, .filing, "half"),
      amount("2025-01", "2025-03", 60, .filing, "q1"),
      amount("2025-04", "2025-06", 60, .filing, "q2"),
      amount("2025-07", "2025-12", 100, .filing, "rest"),
    ])
    let found = totals.contradictions(in: days("2025"))
    #expect(found.map(\.whole.evidence) == [[.fact("half")], [.fact("year")]])
    #expect(totals.slice([days("2025")]).amount == Estimate(low: 200, point: 220, high: 1000))
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
        grade: [.disclosed, .press, .estimated].randomElement(using: &chance) ?? .press,
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
