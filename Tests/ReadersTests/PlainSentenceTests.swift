import Claims
import Readers
import TestKit
import Testing

/// Lines of plain words, each with what it says: who pays whom, of what kind, how much, and when.
@Suite struct PlainSentenceTests {
  private static let lines: [(line: String, says: String)] = [
    (
      "Nvidia invests 2bn in OpenAI in 2025",
      "Nvidia>OpenAI equity paid 2000000000-2000000000 USD 2025..2025"
    ),
    (
      "SK hynix pays TSMC $1.5bn in 2025-03.",
      "SK hynix>TSMC purchase paid 1500000000-1500000000 USD 2025-03..2025-03"
    ),
    (
      "Oracle orders at least €1.5 billion from Dell from 2026 to 2028",
      "Oracle>Dell purchase promise 1500000000- EUR 2026..2028"
    ),
    (
      "Acme committed up to GBP 20m to Bolt until 2027",
      "Acme>Bolt purchase promise -20000000 GBP -..2027"
    ),
    (
      "Blue Owl lent 300 million EUR to Crusoe on 2025-05-01",
      "Blue Owl>Crusoe loan paid 300000000-300000000 EUR 2025-05-01..2025-05-01"
    ),
    (
      "Microsoft leased 12,500,000 from Nscale during 2026",
      "Microsoft>Nscale lease paid 12500000-12500000 USD 2026..2026"
    ),
    ("The State grants 5k to Acme in 2024", "The State>Acme grant paid 5000-5000 USD 2024..2024"),
    (
      "Acme buys chips from Bolt for 120m in 2025",
      "Acme>Bolt purchase paid 120000000-120000000 USD 2025..2025"
    ),
    (
      "Acme pays Bolt 40m for power hosting in 2025",
      "Acme>Bolt purchase paid 40000000-40000000 USD 2025..2025"
    ),
    (
      "Acme borrowed 75 million from Northway Bank in 2025-03",
      "Northway Bank>Acme loan paid 75000000-75000000 USD 2025-03..2025-03"
    ),
    (
      "Acme sells $5bn of chips to Partners for Growth in 2025",
      "Partners for Growth>Acme purchase paid 5000000000-5000000000 USD 2025..2025"
    ),
    (
      "Acme agreed to pay Bolt 300bn from 2027 to 2031",
      "Acme>Bolt purchase promise 300000000000-300000000000 USD 2027..2031"
    ),
    (
      "Acme commits to invest at least 1bn in Bolt until 2027",
      "Acme>Bolt equity promise 1000000000- USD -..2027"
    ),
    (
      "Acme will buy 30m of servers from Bolt in 2026",
      "Acme>Bolt purchase promise 30000000-30000000 USD 2026..2026"
    ),
  ]

  @Test(arguments: [
    ("Acme buys chips from Bolt for 120m in 2025", "chips"),
    ("Acme pays Bolt 40m for power hosting in 2025", "power hosting"),
    ("Acme orders $5bn of chips from Bolt in 2025", "chips"), ("Acme pays Bolt 1m in 2025", ""),
  ])
  func purposes(line: String, purpose: String) throws {
    #expect(try PlainSentence(line).purpose == purpose)
  }

  @Test(arguments: lines)
  func read(line: String, says: String) throws {
    let read = try PlainSentence(line)
    let promise = read.isPromise ? "promise" : "paid"
    let days = "\(read.start?.description ?? "-")..\(read.end?.description ?? "-")"
    #expect(
      "\(read.payer)>\(read.payee) \(read.kind.rawValue) \(promise) \(read.low)-\(read.high) \(read.currency) \(days)"
        == says
    )
  }

  @Test(arguments: [
    ("OpenAI wants money", "no verb says who pays"),
    ("pays Nvidia 3bn in 2025", "nobody says who pays"),
    ("OpenAI pays 3bn in 2025", "nobody says who is paid"),
    ("OpenAI pays Nvidia much in 2025", "nobody says how much"),
    ("OpenAI pays Nvidia 3bn in 20255", "\"20255\" is not a date"),
    ("OpenAI pays Nvidia $90m a year from 2025 to 2027", "what is paid again and again"),
    ("OpenAI pays Nvidia 90m monthly in 2025", "what is paid again and again"),
  ])
  func faults(line: String, reason: String) {
    #expect {
      try PlainSentence(line)
    } throws: { error in
      "\(error)".hasPrefix(reason)
    }
  }

  private func contents(_ rows: [any Record]) throws -> BookContents {
    try BookContents(
      parties: rows.compactMap { $0 as? Party },
      sources: rows.compactMap { $0 as? Source },
      deals: rows.compactMap { $0 as? Deal },
      claims: rows.compactMap { $0 as? Claim },
      facts: [],
      assumptions: []
    )
  }

  private let today = PartialDate("2026-02-01")?.first

  private func rows(_ line: String, into contents: BookContents) throws -> PlainRows {
    let origin = PlainRows.Origin(
      reported: try #require(today),
      source: "https://example.com/story",
      teller: "",
      isInside: true
    )
    return try PlainRows(PlainSentence(line), from: origin, into: contents)
  }

  @Test func aSecondLineOfTheSameDealAddsOnlyAClaim() throws {
    let empty = try contents([])
    let first = try rows("Nvidia invests 2bn in OpenAI in 2025", into: empty).rows
    #expect(
      first.map { type(of: $0).table } == ["sources", "parties", "parties", "deals", "claims"]
    )
    let book = try contents(first)
    let second = try rows("nvidia invested 1bn in OPENAI in 2026-01", into: book).rows
    #expect(second.map { type(of: $0).table } == ["claims"])
    #expect(second[0].id == "nvidia-openai-equity.2")
    let whole = try contents(first + second)
    #expect(whole.claims.map(\.level) == [.paid, .paid])
  }

  @Test func whatLiesAheadIsAPromise() throws {
    let made = try rows("Acme pays Bolt 1bn in 2027", into: contents([])).rows
    let claim = try #require(made.last as? Claim)
    #expect(claim.level == .binding && claim.status == .signed)
  }

  @Test func aNameNearlyKnownIsTold() throws {
    let first = try rows("Nvidia invests 2bn in OpenAI in 2025", into: contents([])).rows
    let book = try contents(first)
    let made = try rows("Nvidea pays OpenAI 1bn in 2025", into: book)
    #expect(made.doubtful.map(\.new) == ["Nvidea"])
    #expect(made.doubtful.map { $0.known.lowercased() } == ["nvidia"])
  }

  @Test func nobodyPaysItselfOrAtNoTime() throws {
    let book = try contents([])
    #expect(throws: PlainSentence.Fault.self) { try rows("Acme pays acme 1bn in 2025", into: book) }
    #expect(throws: PlainSentence.Fault.self) { try rows("Acme pays Bolt 1bn", into: book) }
  }
}
