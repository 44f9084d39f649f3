import Claims
import Networks
import Reports
import TestKit
import Testing

/// Which deals and flows are listed, on a book of five deals with figures chosen by hand.
@Suite struct DealSelectionTests {
  private static let story = Story(
    """
    party acme
    party bolt
    party cog
    deal acme > bolt purchase
    c1 filing 2025-01 active paid 10 in 2025
    deal acme > cog lease
    c2 herald 2025-01 signed binding 8~12 in 2025..2026
    deal bolt > acme equity
    c3 gazette 2025-02 announced headline ~50
    deal bolt > cog loan
    c4 filing 2025-02 completed paid 4 in 2025
    deal cog > acme purchase
    c5 herald 2025-02 withdrawn
    """
  )

  private static let cases: [(@Sendable (inout DealSelection) -> Void, [String])] = [
    ({ $0.parties = ["cog"] }, ["acme-cog", "bolt-cog", "cog-acme"]),
    ({ $0.payer = "acme" }, ["acme-bolt", "acme-cog"]),
    ({ ($0.payer, $0.payee) = ("bolt", "acme") }, ["bolt-acme"]),
    ({ $0.kinds = [.purchase] }, ["acme-bolt", "cog-acme"]),
    ({ $0.kinds = [.lease, .loan] }, ["acme-cog", "bolt-cog"]),
    ({ $0.statuses = [.withdrawn, .announced] }, ["bolt-acme", "cog-acme"]),
    // Up to 12 can be 12; what has no amount can be nothing that is asked for.
    ({ $0.least = 11 }, ["acme-cog", "bolt-acme"]),
    ({ $0.grades = [.disclosed] }, ["acme-bolt", "bolt-cog"]),
    ({ $0.grades = [.press] }, ["acme-cog", "bolt-acme"]),
    ({ $0.order = .size }, ["bolt-acme", "acme-cog", "acme-bolt", "bolt-cog", "cog-acme"]),
    ({ $0.order = .kind }, ["bolt-acme", "acme-cog", "bolt-cog", "acme-bolt", "cog-acme"]),
    ({ $0.order = .status }, ["bolt-acme", "acme-cog", "acme-bolt", "bolt-cog", "cog-acme"]),
    ({ $0.order = .grade }, ["acme-bolt", "bolt-cog", "acme-cog", "bolt-acme", "cog-acme"]),
    ({ $0.order = .pair }, ["acme-bolt", "acme-cog", "bolt-acme", "bolt-cog", "cog-acme"]),
  ]

  @Test(arguments: cases.indices) func dealsAreThoseAskedFor(index: Int) throws {
    var selection = DealSelection()
    Self.cases[index].0(&selection)
    let listed = DealsReport(try Self.story.view("2026-06-30"), selection).deals.map(\.id)
    #expect(listed == Self.cases[index].1)
  }

  @Test func flowsAreThoseAskedFor() throws {
    let view = try Self.story.view("2026-06-30")
    let question = Question(view: view.request, period: Period(.year(2025)), completion: .none)
    let footing = Economy.footing(question, of: view)
    func pairs(_ set: (inout DealSelection) -> Void) -> [String] {
      var selection = DealSelection()
      set(&selection)
      return DealsReport(flowsOf: footing, selection).flows.map { "\($0.payer)-\($0.payee)" }
    }
    let all = pairs { _ in }
    #expect(all.first == "acme-bolt")
    #expect(all.contains("bolt-cog"))
    #expect(pairs { $0.payee = "cog" } == all.filter { $0.hasSuffix("-cog") })
    #expect(pairs { $0.least = 9 }.contains("acme-bolt"))
    #expect(!pairs { $0.least = 9 }.contains("bolt-cog"))
    #expect(pairs { $0.grades = [.disclosed] } == ["acme-bolt", "bolt-cog"])
    #expect(pairs { $0.order = .pair } == all.sorted())
  }
}
