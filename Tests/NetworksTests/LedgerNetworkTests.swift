import Claims
import TestKit
import Testing

@testable import Networks

/// Boundary flows in dollars: `lenders > acme 5`, or `acme > suppliers-of:acme 5`.
private func boundary(_ network: FlowNetwork) -> [String] {
  func name(_ outside: FlowNetwork.Outside) -> String {
    if case .party(let id) = outside { id } else { "reserves" }
  }
  return network.inflows.map {
    "\(name($0.outside)) > \(network.nodes[$0.node]) \(dollars($0.weight))"
  }
    + network.outflows.map {
      "\(network.nodes[$0.node]) > \(name($0.outside)) \(dollars($0.weight))"
    }
}

@Suite struct LedgerNetworkTests {
  private static let sides = """
    party acme
    party bolt
    party lenders market
    party homes households

    """
  private let year = days("2025")

  private func network(_ story: String) throws -> LedgerNetwork {
    try Ledger(Self.sides + story, year).network()
  }

  @Test func whatCrossesTheBoundary() throws {
    let made = try network(
      """
      deal acme > bolt purchase
      c1 filing 2025 active paid 30 in 2025
      deal homes > acme purchase
      c2 filing 2025 active paid 10 in 2025
      deal lenders > bolt loan
      c3 filing 2025 active paid 8 in 2025
      fact acme revenue 100 in 2025
      fact acme operating-cash-flow 20 in 2025
      fact acme capex 40 in 2025
      fact acme debt-repaid 3 in 2025
      fact acme buybacks 2 in 2025
      fact acme investments 1 in 2025
      fact bolt revenue 50 in 2025
      fact bolt operating-cash-flow 50 in 2025
      fact bolt debt-raised 12 in 2025
      fact bolt equity-raised 4 in 2025
      """
    )
    #expect(made.network.flows == [.init(payer: 0, payee: 1, weight: 3000)])
    #expect(
      boundary(made.network) == [
        "customers-of:acme > acme 90", "homes > acme 10", "reserves > acme 26",
        "customers-of:bolt > bolt 20", "investors-of:bolt > bolt 4", "lenders > bolt 8",
        "lenders-of:bolt > bolt 4", "acme > investees-of:acme 1", "acme > investors-of:acme 2",
        "acme > lenders-of:acme 3", "acme > suppliers-of:acme 90", "bolt > reserves 66",
      ]
    )
    #expect(made.network.firstUnbalanced() == nil)
  }

  @Test func moneyOfPartiesWithoutAccountsIsUndisclosed() throws {
    let made = try network("deal acme > bolt purchase\nc1 filing 2025 active paid 30 in 2025")
    #expect(
      boundary(made.network) == [
        "undisclosed-of:acme > acme 30", "bolt > undisclosed-of:bolt 30",
      ]
    )
  }

  private func ledger(_ story: String) throws -> Ledger { try Ledger(Self.sides + story, year) }

  @Test func plansAreTrimmedToWhatThePayeeTookIn() throws {
    let ledger = try ledger(
      """
      party cog
      deal acme > bolt purchase
      c1 filing 2025 signed binding 90 in 2025..2025
      deal cog > bolt purchase
      c2 filing 2025 signed binding 30 in 2025..2025
      deal homes > bolt purchase
      c3 filing 2025 active paid 20 in 2025
      fact bolt revenue 70 in 2025
      fact bolt prepayments 10 in 2025
      """
    )
    #expect(
      ledger.trimmed.map { "\($0.party) \(dollars($0.planned)) \(dollars($0.room))" } == [
        "bolt 120 60"
      ]
    )
    #expect(ledger.network().network.flows.map(\.weight) == [4500, 1500])
  }

  @Test func plansAreNotTrimmedWhereRevenueIsNotKnown() throws {
    let story = "deal acme > bolt purchase\nc1 filing 2025 signed binding 90 in 2025..2025"
    #expect(try ledger(story).trimmed.isEmpty)
    let half = story + "\nfact bolt revenue 10 in 2025-01..2025-06"
    // On the days of which it is known, it is.
    let trimmed = try ledger(half).trimmed
    #expect(
      trimmed.map { "\($0.party) \(dollars($0.planned)) \(dollars($0.room))" } == ["bolt 44.63 10"]
    )
  }

  @Test func fundingIsNotTrimmed() throws {
    let ledger = try ledger(
      """
      deal acme > bolt equity
      c1 filing 2025 signed binding 90 in 2025..2025
      fact bolt revenue 10 in 2025
      """
    )
    #expect(ledger.trimmed.isEmpty && ledger.network().network.flows.map(\.weight) == [9000])
  }

  @Test func groupsCountAsOne() throws {
    let story = """
      \(Self.sides)party acme-labs parent=acme
      party acme-chips parent=acme-labs
      deal acme-chips > bolt purchase
      c1 filing 2025 active paid 30 in 2025
      deal acme > acme-labs grant
      c2 filing 2025 active paid 5 in 2025
      """
    let group = try Ledger(story, year)
    #expect(group.lines == ["acme > bolt disclosed 30"])
    #expect(group.parties == ["acme", "bolt"])
    let parts = try Ledger(story, year, isConsolidated: false)
    #expect(parts.lines == ["acme > acme-labs disclosed 5", "acme-chips > bolt disclosed 30"])
    #expect(parts.parties == ["acme", "acme-chips", "acme-labs", "bolt"])
  }

  @Test(arguments: [("EUR", "0.5", "200"), ("JPY", "200", "0.5"), ("KWD", "0.25", "400")])
  func foreignMoneyConvertsAtTheLastRate(currency: String, rate: String, amount: String) throws {
    let story = """
      \(Self.sides)deal acme > bolt purchase
      c1 filing 2025 active paid 100 in 2025 currency=\(currency)
      fact rate exchange-rate 9 unit=\(currency) end=2024 reported=2024
      fact rate exchange-rate \(rate) unit=\(currency) end=2025 reported=2025
      """
    let item = try #require(Ledger(story, year).items.first)
    #expect(dollars(item.amount) == amount)
    #expect(item.evidence == [.claim("c1"), .fact("f2")])
  }

  /// Of a range of rates, and of rates of one day that differ, comes a range of amounts.
  @Test(arguments: [
    ("fact rate exchange-rate 0.5~0.8 unit=EUR end=2025", "125~200", ["f1"]),
    (
      """
      fact rate exchange-rate 0.5 unit=EUR end=2025 reported=2025-06
      fact rate exchange-rate 0.8 unit=EUR end=2025 reported=2025-06
      """, "125~200", ["f1", "f2"]
    ),
    (
      """
      fact rate exchange-rate 0.5 unit=EUR end=2024 reported=2025-06
      fact rate exchange-rate 0.8 unit=EUR end=2025 reported=2025-06
      """, "125", ["f2"]
    ),
  ])
  func aRangeOfRatesIsARangeOfAmounts(rates: String, amount: String, facts: [String]) throws {
    let story = """
      \(Self.sides)deal acme > bolt purchase
      c1 filing 2025 active paid 100 in 2025 currency=EUR
      \(rates)
      """
    let item = try #require(Ledger(story, year).items.first)
    #expect(dollars(item.amount) == amount)
    #expect(item.evidence == [.claim("c1")] + facts.map(Evidence.fact))
  }

  /// What is drawn, planned or assumed in a foreign currency rests on the rate too.
  @Test(arguments: [
    "c0 filing 2025 active in 2025..\nc1 filing 2025 drawn 100 end=2025-12-31 currency=EUR",
    "c1 filing 2025 signed binding 100 in 2025 currency=EUR",
    "c1 filing 2025 signed in 2025\nassume amount:acme-bolt 100 EUR",
  ])
  func everyForeignAmountNamesItsRate(said: String) throws {
    let story = """
      \(Self.sides)deal acme > bolt purchase
      \(said)
      fact rate exchange-rate 0.5 unit=EUR end=2025
      """
    let item = try #require(Ledger(story, year).items.first)
    #expect(dollars(item.amount) == "200")
    #expect(item.evidence.contains(.fact("f1")))
    let promised = try Ledger(story, days("2025-01-01"), basis: .commitments).items.first
    #expect(promised?.evidence.contains(.fact("f1")) ?? true)
  }

  /// Money of a currency without a rate enters no sum, and is told: of facts as of claims.
  @Test(arguments: [
    ("fact bolt < acme revenue-from 100 in 2025 unit=EUR", "f1"),
    ("fact bolt revenue 100 in 2025 unit=EUR", "f1"),
    ("deal acme > bolt purchase\nc1 filing 2025 active paid 100 in 2025 currency=EUR", "c1"),
    ("deal acme > bolt purchase\nc1 filing 2025 active drawn 100 in 2025 currency=EUR", "c1"),
    ("deal acme > bolt purchase\nc1 filing 2025 signed binding 9 in 2025 currency=EUR", "c1"),
  ])
  func moneyWithoutARateIsTold(said: String, row: String) throws {
    let ledger = try Ledger(Self.sides + said, year)
    #expect(ledger.items.isEmpty)
    #expect(ledger.unrated.map(\.evidence.id) == [row])
    #expect(ledger.unrated[0].amount.currency.code == "EUR")
    if row == "c1" { #expect(ledger.reasons == ["acme-bolt no-rate"]) }
  }

  @Test func aTotalThatItsPartsContradictIsToldWithBothSides() throws {
    let quarters = ["01..2025-03", "04..2025-06", "07..2025-09", "10..2025-12"]
    let story =
      Self.sides + "fact bolt < acme revenue-from 90 in 2025\n"
      + quarters.map { "fact bolt < acme revenue-from 10 in 2025-\($0)\n" }.joined()
    let ledger = try Ledger(story, year)
    #expect(ledger.lines == ["acme > bolt disclosed 40 of 40~90"])
    #expect(ledger.items[0].amount.point == 4_000)
    #expect(ledger.items[0].evidence.count == 5)
    let found = try #require(ledger.contradictions.first)
    #expect(ledger.contradictions.count == 1)
    #expect(dollars(found.whole.amount) == "90")
    #expect(dollars(found.parts.amount) == "40")
    #expect(found.whole.evidence == [.fact("f1")])
    #expect(found.parts.evidence.map(\.id) == ["f2", "f3", "f4", "f5"])
    #expect(!found.wholeStands)
  }

  /// Random books: every network balances, whatever is known, chosen, or filled in.
  @Test(arguments: UInt64(0)..<60) func everyNetworkBalances(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let story = randomStory(&chance)
    for basis in Basis.allCases {
      let policy = Policy.allCases.randomElement(using: &chance) ?? .reported
      let ledger = try Ledger(
        story,
        days("2024", "2025"),
        policy,
        basis: basis,
        isConsolidated: Bool.random(using: &chance)
      )
      let open = ledger.uncertain
      for (path, completion) in CompletionMethod.allCases.enumerated() {
        let choice = ledger.choice(among: open, seed: seed, path: UInt64(path))
        let made = ledger.network(choice, completion: completion, seed: seed)
        #expect(made.network.checkInvariants() == nil)
        #expect(made.network.firstUnbalanced(within: 1e-9) == nil)
        #expect(made.completionResidual < 1e-6)
        let again = ledger.network(choice, completion: completion, seed: seed)
        #expect(again.network == made.network)
      }
    }
  }
}

/// A book of a few parties with deals of every kind, and facts about them.
private func randomStory(_ chance: inout SplitMix64) -> String {
  let parties = ["a", "b", "c", "d", "e"]
  var lines = parties.map { "party \($0)" } + ["party e2 parent=e", "party out market"]
  func amount() -> String {
    let low = Int.random(in: 1...90, using: &chance)
    return ["\(low)", "\(low)~\(low + 9)", "~\(low)", "\(low)~"].randomElement(using: &chance)
      ?? "1"
  }
  func period() -> String {
    let first = Int.random(in: 2023...2025, using: &chance)
    return
      "\(first)-0\(Int.random(in: 1...9, using: &chance))..\(first + Int.random(in: 0...2, using: &chance))"
  }
  for index in 0..<14 {
    let names = (parties + ["e2", "out"]).shuffled(using: &chance)
    let kind = Deal.Kind.allCases.randomElement(using: &chance) ?? .purchase
    lines.append("deal \(names[0]) > \(names[1]) \(kind.rawValue) id=d\(index)")
    for claim in 0..<Int.random(in: 1...3, using: &chance) {
      let source = ["filing", "gazette", "herald", "analyst"].randomElement(using: &chance) ?? ""
      let status = Claim.Status.allCases.randomElement(using: &chance) ?? .active
      let level = Claim.Level.allCases.randomElement(using: &chance) ?? .binding
      let money = Bool.random(using: &chance) ? "\(level.rawValue) \(amount()) in \(period())" : ""
      lines.append("c\(index)-\(claim) \(source) 202\(claim + 3) \(status.rawValue) \(money)")
    }
  }
  for party in parties {
    for metric in [
      "revenue", "costs", "capex", "operating-cash-flow", "debt-raised", "prepayments",
    ]
    where Bool.random(using: &chance) {
      for year in [2024, 2025] {
        lines.append(
          "fact \(party) \(metric) \(Int.random(in: 1...400, using: &chance)) in \(year)"
        )
      }
    }
  }
  lines.append("fact a < b revenue-from \(amount()) in 2024")
  lines.append("fact c < d revenue-share 40 in 2025 unit=percent")
  return lines.joined(separator: "\n")
}
