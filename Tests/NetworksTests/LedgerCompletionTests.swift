import Claims
import TestKit
import Testing

@testable import Networks

/// Unknown flows of a book, filled in from what payers and payees have left.
@Suite struct LedgerCompletionTests {
  private static let story = """
    party acme
    party bolt
    party cog
    deal acme > bolt purchase
    c1 filing 2024 active
    fact acme capex 70 in 2025
    fact acme cost-of-revenue 30 in 2025
    fact bolt revenue 60 in 2025
    """
  private let year = days("2025")

  private func made(
    _ more: String = "",
    _ method: CompletionMethod = .entropy,
    seed: UInt64 = 0
  ) throws -> LedgerNetwork {
    try Ledger(Self.story + "\n" + more, year).network(completion: method, seed: seed)
  }

  private func filled(_ made: LedgerNetwork) -> [String] {
    made.items.filter { $0.item.grade == .filledIn }
      .map { "\($0.item.payer) > \($0.item.payee) \(dollars($0.amount))" }
  }

  @Test func leftOutWithoutCompletion() throws {
    let none = try made("", .none)
    #expect(none.network.flows.isEmpty)
    #expect(
      none.unplaced.map { "\($0.payer) > \($0.payee) \($0.most.map(dollars) ?? "?")" } == [
        "acme > bolt 60"
      ]
    )
  }

  @Test func inProportion() throws {
    let entropy = try made()
    #expect(filled(entropy) == ["acme > bolt 37.5"])
    #expect(entropy.unplaced.isEmpty && entropy.completionResidual < 1e-9)
    let item = try #require(entropy.items.first).item
    #expect(dollars(item.amount) == "37.5 of 0~60")
    #expect(item.evidence == [.claim("c1"), .fact("f1"), .fact("f2"), .fact("f3")])
  }

  @Test func knownFlowsAreTakenOutFirstAndStayAsTheyAre() throws {
    let more = """
      deal acme > cog purchase
      c2 filing 2025 active paid 20 in 2025
      deal cog > bolt purchase
      c3 filing 2025 active paid 10 in 2025
      """
    let entropy = try made(more)
    #expect(filled(entropy) == ["acme > bolt \(dollars(8000 * 5000 / 13_000))"])
    #expect(entropy.network.weight(from: 0, to: 2) == 2000)
    #expect(entropy.network.weight(from: 2, to: 1) == 1000)
  }

  @Test func aPairWithoutATotalStaysUnknown() throws {
    let entropy = try made(
      "deal bolt > cog purchase\nc2 filing 2024 active\nfact cog revenue 9 in 2025"
    )
    #expect(filled(entropy) == ["acme > bolt 37.5"])
    #expect(entropy.unplaced.map(\.payer) == ["bolt"])
    #expect(entropy.unplaced.map(\.most) == [900])
  }

  @Test func theAssumedWeightOfTheOutsideIsEvidence() throws {
    let entropy = try made("assume completion-outside-weight 2 ratio")
    let amount = try #require(entropy.items.first).amount / 100
    #expect(abs(4 * amount * amount - (100 - amount) * (60 - amount)) < 1e-4)
    #expect(entropy.items[0].item.evidence.contains(.assumption("a0")))
  }

  @Test func aShareOfSeveralPayersIsMetTogether() throws {
    let more = """
      party dot
      party big other identifiers=members:acme,cog
      deal cog > bolt purchase
      c2 filing 2024 active
      deal dot > bolt purchase
      c3 filing 2024 active
      fact cog capex 50 in 2025
      fact dot capex 50 in 2025
      fact bolt < big revenue-share 50 in 2025 unit=percent
      """
    for method in [CompletionMethod.entropy, .sample] {
      let made = try made(more, method, seed: 3)
      let members = made.items.filter { ["acme", "cog"].contains($0.item.payer) }
      #expect(members.count == 2)
      #expect(abs(members.reduce(0) { $0 + $1.amount } - 3000) < 1e-5)
    }
  }

  @Test func samplesKeepToTheirRangeAndTheirSeed() throws {
    var seen: Set<Double> = []
    for seed in UInt64(0)..<30 {
      let sample = try made("", .sample, seed: seed)
      let amount = try #require(sample.items.first).amount
      #expect((0...6000).contains(amount))
      #expect(try made("", .sample, seed: seed).network == sample.network)
      seen.insert(amount)
    }
    #expect(seen.count == 30)
  }

  @Test func aDealOfATenthOfTheDaysIsNotFilledIn() throws {
    let covered = "fact bolt < acme revenue-from 5 in 2025-01-01..2025-11-30"
    #expect(filled(try made(covered)).isEmpty)
    let half = "fact bolt < acme revenue-from 5 in 2025-01..2025-06"
    #expect(filled(try made(half)).count == 1)
  }
}
