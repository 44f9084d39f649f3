import Claims
import TestKit
import Testing

@testable import Networks

private let sides = """
  party acme
  party bolt
  party lenders market

  """

/// How planned money is laid on days.
@Suite struct ScheduleTests {
  @Test(arguments: [
    ("even", ["73", "73.2", "219"]), ("at-start", ["365.2", "0", "0"]),
    ("at-end", ["0", "0", "365.2"]),
    ("2023-05:1;2025:3", ["91.3", "0", "273.9"]),
  ])
  func years(schedule: String, amounts: [String]) throws {
    let end = schedule == "even" ? "2027" : "2025"
    let total = schedule == "even" ? "365.2" : "365.2"
    let story = """
      \(sides)deal acme > bolt purchase
      c1 filing 2023 signed binding \(total) in 2023..\(end) schedule=\(schedule)
      """
    let last = schedule == "even" ? days("2025", "2027") : days("2025")
    for (period, amount) in zip([days("2023"), days("2024"), last], amounts) {
      let items = try Ledger(story, period).items
      #expect(items.map { dollars($0.amount.point) } == (amount == "0" ? [] : [amount]))
    }
  }

  @Test func backLoadedRisesAndComesToTheWhole() throws {
    let story = """
      \(sides)deal acme > bolt purchase
      c1 filing 2025 signed binding 3600 in 2025..2027 schedule=back-loaded
      """
    let months = (0..<36).map { Month(index: 2025 * 12 + $0) }
    let amounts = try months.map { month -> Double in
      let period = try #require(Period(first: month.first, last: month.last))
      return try Ledger(story, period).items[0].amount.point
    }
    #expect(zip(amounts, amounts.dropFirst()).allSatisfy(<))
    #expect(abs(amounts.reduce(0, +) - 360_000) < 1e-6)
    #expect(abs(amounts[0] - 360_000 / (36 * 36)) < 1e-6)
  }

  @Test(arguments: [
    ("loan", "c1 filing 2025 signed binding 50 in 2025-03..2030", "50"),
    ("convertible", "c1 filing 2025 signed binding 50 start=2025-03", "50"),
    ("equity", "c1 filing 2025 signed binding 50 start=2025-03", "50"),
    ("grant", "c1 filing 2025 signed binding 50 start=2025-03", "50"),
    ("equity", "c1 filing 2025 signed binding 365 in 2025..2025", "365"),
  ])
  func oneOffs(kind: String, claim: String, amount: String) throws {
    let ledger = try Ledger("\(sides)deal lenders > bolt \(kind)\n\(claim)", days("2025"))
    #expect(ledger.items.map { dollars($0.amount) } == [amount])
  }

  @Test func aStakeNotYetFirmHasNoTerm() throws {
    let story =
      "\(sides)deal lenders > bolt equity\nc1 filing 2025 announced headline 50 start=2025-03"
    #expect(try Ledger(story, days("2025")).reasons == ["lenders-bolt no-term"])
  }

  @Test func anAssumedTermIsEvidence() throws {
    let story = """
      \(sides)deal acme > bolt purchase
      c1 filing 2025 signed binding 730 start=2025
      assume end:acme-bolt 2026 date
      """
    let item = try #require(Ledger(story, days("2026")).items.first)
    #expect(item.line == "acme > bolt spread 365 of 0~730")
    #expect(item.evidence == [.assumption("a0"), .claim("c1")])
  }

  @Test func anAssumedAmount() throws {
    let story = """
      \(sides)deal acme > bolt purchase
      c1 filing 2025 signed in 2025..2026
      assume amount:acme-bolt 730 USD
      """
    #expect(try Ledger(story, days("2025")).lines == ["acme > bolt spread 365 of 0~730"])
  }
}

/// What a deal carries in a period: what was paid before what is planned, and facts before both.
@Suite struct ActualsTests {
  private let year = days("2025")

  private func lines(_ story: String, _ policy: Policy = .reported) throws -> [String] {
    try Ledger(sides + "deal acme > bolt purchase\n" + story, year, policy).lines
  }

  @Test func paidDaysTakeOutScheduledDays() throws {
    let plan = "c1 filing 2025 signed binding 730 in 2025..2026\n"
    #expect(try lines(plan) == ["acme > bolt spread 365 of 0~730"])
    #expect(
      try lines(plan + "c2 filing 2026 paid 500 in 2025-01..2025-06") == [
        "acme > bolt disclosed 500", "acme > bolt spread \(dollars(23_000 * 184 / 549)) of 0~230",
      ]
    )
    #expect(try lines(plan + "c2 filing 2026 paid 500 in 2025") == ["acme > bolt disclosed 500"])
  }

  @Test func aPaymentWithinAPaymentIsPartOfIt() throws {
    let paid = """
      c1 filing 2026 active paid 500 in 2025
      c2 filing 2026 active paid 200 in 2025-01..2025-06
      """
    #expect(try lines(paid) == ["acme > bolt disclosed 500"])
  }

  @Test func aPairFactReplacesPlansAndPaymentsOfItsDays() throws {
    let story = """
      c1 filing 2025 signed binding 730 in 2025..2026
      c2 filing 2025 paid 90 in 2025-01..2025-03
      fact bolt < acme revenue-from 100 in 2025-01..2025-06
      """
    #expect(try lines(story) == ["acme > bolt disclosed 100", "acme > bolt spread 184 of 0~640"])
    let ledger = try Ledger(sides + "deal acme > bolt purchase\n" + story, year)
    #expect(ledger.replaced.map(\.line) == ["acme > bolt spread 91 of 0~640"])
  }

  @Test func aPairFactLeavesFundingAlone() throws {
    let story = """
      \(sides)deal acme > bolt loan
      c1 filing 2025 signed binding 50 start=2025-03
      fact bolt < acme revenue-from 100 in 2025
      """
    #expect(
      try Ledger(story, year).lines == ["acme > bolt disclosed 100", "acme > bolt spread 50"]
    )
  }

  @Test(arguments: [("62", "620"), ("60~64", "600~640"), ("~62", "0~620"), ("62~", "620~1000")])
  func aShareOfKnownRevenueIsAnActual(share: String, amount: String) throws {
    let story = """
      fact bolt revenue 1000 in 2025
      fact bolt < acme revenue-share \(share) in 2025 unit=percent
      """
    #expect(try lines(story) == ["acme > bolt disclosed \(amount)"])
  }

  @Test func aShareOfUnknownRevenueIsNothing() throws {
    let story = """
      fact bolt revenue 500 in 2025-01..2025-06
      fact bolt < acme revenue-share 62 in 2025 unit=percent
      """
    #expect(try lines(story).isEmpty)
  }

  @Test func ofAShareAndASumTheMoreTrustedCounts() throws {
    let story = """
      fact bolt revenue 1000 in 2025
      fact bolt < acme revenue-share 62 in 2025 unit=percent source=gazette
      fact bolt < acme revenue-from 500 in 2025
      """
    #expect(try lines(story) == ["acme > bolt disclosed 500 of 500~620"])
  }

  @Test(arguments: [
    ("binding", "signed binding 365", "acme > bolt spread 365"),
    ("binding", "announced binding 365", ""), ("binding", "signed headline 365", ""),
    ("reported", "announced headline 365", ""),
    ("reported", "intended headline ~365", ""),
    ("reported", "rumoured headline 365", ""), ("reported", "withdrawn headline 365", ""),
    ("generous", "rumoured headline 365", ""),
    ("generous", "denied headline 365", ""),
  ])
  func policies(policy: String, claim: String, line: String) throws {
    let policy = try #require(Policy(rawValue: policy))
    let found = try lines("c1 filing 2025 \(claim) in 2025..2025", policy)
    #expect(found == (line.isEmpty ? [] : [line]))
  }

  @Test func aRumouredAmountCountsOnlyWhenGenerous() throws {
    let story = """
      c1 filing 2025 announced in 2025..2025
      c2 gazette 2025 rumoured paid 365 in 2025
      """
    #expect(try lines(story).isEmpty)
    #expect(try lines(story, .generous) == ["acme > bolt estimated 365"])
  }

  @Test(arguments: Policy.allCases) func whatWasPaidCountsUnderEachPolicy(policy: Policy) throws {
    #expect(
      try lines("c1 filing 2025 announced paid 5 in 2025", policy) == ["acme > bolt disclosed 5"]
    )
  }

  @Test func whatIsDrawnRunsUpToItsDayAndTheRestAfter() throws {
    let story = """
      c1 filing 2025 signed binding 1000 in 2025..2026
      c2 filing 2025 active drawn 181 end=2025-06-30
      """
    #expect(
      try lines(story) == [
        "acme > bolt disclosed 181", "acme > bolt spread \(dollars(81_900 * 184 / 549)) of 0~819",
      ]
    )
  }

  @Test(arguments: [
    (Deal.Kind.option, Policy.generous, "acme > bolt spread 365"), (.option, .reported, ""),
    (.backstop, .reported, ""), (.backstop, .generous, "acme > bolt spread 365"),
    (.warrant, .generous, ""), (.facility, .reported, ""),
  ])
  func contingentMoney(kind: Deal.Kind, policy: Policy, line: String) throws {
    let story = """
      \(sides)deal acme > bolt \(kind.rawValue)
      c1 filing 2025 signed binding 365 in 2025..2025
      """
    #expect(try Ledger(story, year, policy).lines == (line.isEmpty ? [] : [line]))
    let drawn = "\nc2 filing 2025 active drawn 30 end=2025-12-31"
    let expected = kind == .warrant ? [] : ["acme > bolt disclosed 30"]
    #expect(try Ledger(story + drawn, year, policy).lines == expected)
  }

  @Test func theNewPayerPaysFromTheDayOfTheNovation() throws {
    let story = """
      party cog
      c1 filing 2025 signed binding 365 in 2025..2025
      c2 filing 2025-03 novated novate c1 new_payer=cog start=2025-04-01
      """
    #expect(
      try lines(story) == ["acme > bolt spread 90 of 0~365", "cog > bolt spread 275 of 0~365"]
    )
  }

  @Test func aNovationWithoutADayCountsFromItsReport() throws {
    let story = """
      party cog
      c1 filing 2024 signed binding 730 in 2024..2025
      c2 filing 2025-01-01 novated novate c1 new_payer=cog
      """
    #expect(try lines(story).map { $0.prefix(3) } == ["cog"])
    let before = try Ledger(sides + "deal acme > bolt purchase\n" + story, days("2024"))
    #expect(before.items.map(\.payer) == ["acme"])
  }
}
