import Books
import Claims
import Foundation
import TestKit
import Testing

/// The story that the tool was built to tell, on the book that ships with it.
@Suite struct ShippedBookTests {
  private static let contents = Result {
    try BookFolder.read(packageRoot.appending(path: "Examples/ai-economy").path)
  }

  private func view(_ day: String, _ policy: Policy = .reported, toldBy: [String] = []) throws
    -> View
  {
    let day = try #require(PartialDate(day)).last
    return try View(
      of: Self.contents.get(),
      ViewRequest(asOf: day, toldBy: toldBy, policy: policy)
    )
  }

  private func deal(_ id: String, in view: View) -> DealView? {
    view.deals.first { $0.deal.id == id }
  }

  /// Whether a policy lets the standing reading of a deal into a network.
  private func counts(_ id: String, in view: View) -> Bool {
    guard let reading = deal(id, in: view)?.standing, reading.isInForce else { return false }
    return reading.status.map(view.request.policy.admits) ?? true
  }

  @Test(arguments: [
    ("2025-09-21", Policy.reported, false, false), ("2025-10-01", .binding, false, false),
    ("2025-10-01", .reported, true, false), ("2025-10-01", .generous, true, false),
    ("2026-01-01", .binding, false, false), ("2026-01-01", .reported, true, false),
    ("2026-01-01", .generous, true, false), ("2026-02-10", .reported, true, false),
    ("2026-02-27", .reported, false, true), ("2026-06-01", .binding, false, true),
    ("2026-06-01", .reported, false, true), ("2026-06-01", .generous, false, true),
  ])
  func nvidiaNeverInvestsBothAHundredAndThirty(
    day: String,
    policy: Policy,
    hundred: Bool,
    thirty: Bool
  ) throws {
    let view = try view(day, policy)
    #expect(counts("nvidia-openai-100bn-plan", in: view) == hundred)
    #expect(counts("nvidia-openai-2026", in: view) == thirty)
  }

  @Test func theHundredNeverBoundAnybody() throws {
    for day in ["2025-10-01", "2026-01-01", "2026-02-10"] {
      let plan = try #require(deal("nvidia-openai-100bn-plan", in: view(day)))
      #expect(plan.standing.status == .intended)
      #expect(plan.standing.headline?.range.high == Int64(10_000_000_000_000))
      #expect(plan.standing.binding == nil)
    }
  }

  @Test func microsoftsContractsWithCoreWeaveRanAndWereDisputed() throws {
    let services = try #require(deal("microsoft-coreweave-services", in: view("2025-03-31")))
    #expect(services.standing.status == .active)
    #expect(services.standing.isInForce && services.isDisputed)
    #expect(services.disputes.map(\.contesting) == ["c001"])
    #expect(services.readings.map(\.isInForce) == [true, false])
  }

  @Test func beforeThePressSpokeNothingWasDisputed() throws {
    let services = try #require(deal("microsoft-coreweave-services", in: view("2025-03-05")))
    #expect(!services.isDisputed)
  }

  @Test func whoIsAskedDecidesWhatIsTold() throws {
    let press = try #require(
      deal("microsoft-coreweave-services", in: view("2025-03-31", toldBy: ["Financial Times"]))
    )
    #expect(!press.standing.isInForce)
    let company = try #require(
      deal("microsoft-coreweave-services", in: view("2025-03-31", toldBy: ["coreweave"]))
    )
    #expect(company.standing.isInForce && !company.isDisputed)
  }

  @Test func theOptionLapsed() throws {
    let option = try #require(deal("microsoft-coreweave-option", in: view("2025-03-31")))
    #expect(option.standing.status == .lapsed && !option.standing.isInForce)
    #expect(option.standing.headline?.range.high == Int64(1_200_000_000_000))
  }

  /// Nothing that is told depends on the order in which rows stand in the files.
  @Test func theOrderOfRowsDoesNotMatter() throws {
    let book = try Self.contents.get()
    let turned = try BookContents(
      parties: book.parties.reversed(),
      sources: book.sources.reversed(),
      deals: book.deals.reversed(),
      claims: book.claims.reversed(),
      facts: book.facts.reversed(),
      assumptions: book.assumptions.reversed()
    )
    #expect(turned == book)
  }
}
