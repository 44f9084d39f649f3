import Claims
import Tables
import TestKit
import Testing

/// Cells of one row of each table, every column filled.
enum Sample {
  static let party = [
    "id": "acme", "name": "Acme, Inc.", "kind": "company", "parent": "holding", "inside": "yes",
    "identifiers": "ticker:ACME url:https://acme.example", "note": "says \"hello\"\non two lines",
  ]
  static let source = [
    "id": "s1", "publisher": "The Gazette", "title": "Acme buys", "published": "2025-03",
    "url": "https://gazette.example/1", "kind": "company-statement", "seen_as": "page",
    "note": "été",
  ]
  static let deal = [
    "id": "d1", "payer": "acme", "payee": "bolt", "kind": "revenue-share", "title": "capacity",
    "capacity": "1.5", "capacity_unit": "GW", "note": "n", "part": "cloud",
  ]
  static let claim = [
    "id": "c1", "deal": "d1", "source": "s1", "teller": "acme", "reported": "2025-03-10",
    "status": "novated", "level": "binding", "low": "0.01", "high": "11900000000.5",
    "currency": "USD", "start": "2025-04", "end": "2029",
    "schedule": "2026-01:1500000000;2026-07:0.5", "about": "c0", "says": "novate",
    "new_payer": "bolt", "quote": "up to", "note": "n", "confidence": "0.25", "signed": "2025-03",
    "condition": "closing", "pen": "estimate",
  ]
  static let fact = [
    "id": "f1", "party": "bolt", "counterparty": "acme", "metric": "operating-cash-flow",
    "low": "-500.25", "high": "62", "unit": "EUR", "start": "2024-02", "end": "2025-01-26",
    "source": "s1", "teller": "The Herald", "reported": "2026", "about": "f0", "says": "part",
    "quote": "q", "note": "n", "confidence": "1", "pen": "forecast", "part": "cloud",
  ]
  static let assumption = [
    "id": "a1", "name": "end:d1", "low": "2030-01", "high": "2031", "unit": "date",
    "basis": "derived", "reason": "loans like it run five years", "source": "s1", "note": "n",
  ]
}

@Suite struct RecordTests {
  @Test func everyRowReadsItselfBack() throws {
    try check(Party.self, Sample.party)
    try check(Source.self, Sample.source)
    try check(Deal.self, Sample.deal)
    try check(Claim.self, Sample.claim)
    try check(Fact.self, Sample.fact)
    try check(Assumption.self, Sample.assumption)
  }

  /// Cells go in and come out the same; so does the row with each optional cell left out.
  private func check<Row: Record>(_: Row.Type, _ cells: [String: String]) throws {
    let row = try Row(Fields(cells))
    #expect(row.values == Row.allColumns.map { cells[$0] ?? "?" })
    for column in Row.allColumns {
      guard let less = try? Row(Fields(cells.filter { $0.key != column })) else { continue }
      let again = try Row(
        Fields(Dictionary(uniqueKeysWithValues: zip(Row.allColumns, less.values)))
      )
      #expect(again == less)
      #expect(again.values == less.values)
    }
  }

  @Test(arguments: Claim.Status.allCases) func statuses(status: Claim.Status) throws {
    let claim = try Claim(
      Fields(Sample.claim.merging(["status": status.rawValue]) { $1 })
    )
    #expect(claim.status == status)
    #expect(!(status.isWayOut && status.isBinding))
  }

  @Test(arguments: ["", "even", "at-start", "at-end", "back-loaded", "2026:1"])
  func schedules(schedule: String) throws {
    let claim = try Claim(Fields(Sample.claim.merging(["schedule": schedule]) { $1 }))
    #expect(claim.values[12] == schedule)
  }

  @Test(arguments: ["percent", "shares", "units", "GW", "JPY"])
  func units(unit: String) throws {
    let cells = ["metric": "plan", "unit": unit, "low": "3", "high": "3"]
    let fact = try Fact(Fields(Sample.fact.merging(cells) { $1 }))
    #expect(fact.unit.description == unit)
    #expect(fact.amount?.point == (unit == "JPY" ? 3 : nil))
  }

  @Test(arguments: [
    ("revenue", "percent"), ("revenue-from", "GW"), ("revenue-share", "USD"), ("stake", "USD"),
    ("units-bought", "USD"), ("exchange-rate", "units"),
  ])
  func unitsThatDoNotFit(metric: String, unit: String) throws {
    let cells = ["metric": metric, "unit": unit, "low": "3", "high": "3"]
    let fields = Fields(Sample.fact.merging(cells) { $1 })
    let fault = #expect(throws: FieldFault.self) { try Fact(fields) }
    #expect(fault?.column == "unit")
  }

  @Test(arguments: [
    ("usd", "USD"), ("EURO", nil), ("UDS", "USD"), ("EUP", "EUR"), ("Jpy", "JPY"), ("ZZZ", nil),
  ])
  func anUnknownCurrencyIsRefusedWithTheNearest(code: String, nearest: String?) throws {
    let claim = Fields(Sample.claim.merging(["currency": code]) { $1 })
    let fault = #expect(throws: FieldFault.self) { try Claim(claim) }
    #expect(fault?.column == "currency")
    #expect(fault?.advice.contains("did you mean") == (nearest != nil))
    if let nearest { #expect(fault?.advice.hasSuffix("did you mean \(nearest)?") == true) }
    let fact = Fields(Sample.fact.merging(["unit": code]) { $1 })
    #expect(throws: FieldFault.self) { try Fact(fact) }
  }

  @Test(arguments: [
    ("0", "1", "EUR", "low"), ("0", "0", "EUR", "low"), ("", "0", "EUR", "high"),
    ("-1", "1", "EUR", "low"), ("2", "2", "USD", "low"), ("1", "1.5", "USD", "high"),
    ("0.99", "1", "USD", "low"),
  ])
  func aRateIsAboveZeroAndOfTheDollarOne(
    low: String,
    high: String,
    unit: String,
    column: String
  ) throws {
    let cells = [
      "metric": "exchange-rate", "party": "", "counterparty": "", "low": low, "high": high,
      "unit": unit,
    ]
    let fault = #expect(throws: FieldFault.self) {
      try Fact(Fields(Sample.fact.merging(cells) { $1 }))
    }
    #expect(fault?.column == column)
  }

  @Test(arguments: [("ZZZ", "1", "unit"), ("USD", "0.001", "low"), ("USD", "-1", "low")])
  func anAssumedAmountIsMoney(unit: String, low: String, column: String) throws {
    let cells = [
      "id": "a", "name": "amount:d", "low": low, "high": "2", "unit": unit, "basis": "judgment",
      "reason": "as told",
    ]
    let fault = #expect(throws: FieldFault.self) { try Assumption(Fields(cells)) }
    #expect(fault?.column == column)
  }

  @Test func anAggregateNamesItsMembers() throws {
    let cells = ["id": "big", "name": "Big", "kind": "other", "inside": "no"]
    let big = try Party(Fields(cells.merging(["identifiers": "x:y members:a,b"]) { $1 }))
    #expect(big.members == ["a", "b"])
    #expect(big.references.map(\.id) == ["a", "b"])
    #expect(try Party(Fields(cells)).members.isEmpty)
  }

  @Test func oneBoundLeavesTheOtherSideOpen() throws {
    let upTo = try Claim(Fields(Sample.claim.filter { $0.key != "low" }))
    #expect(upTo.amount?.low == nil)
    let atLeast = try Claim(Fields(Sample.claim.filter { $0.key != "high" }))
    #expect(atLeast.amount?.high == nil)
    let unknown = try Claim(Fields(Sample.claim.filter { !["low", "high"].contains($0.key) }))
    #expect(unknown.amount == nil)
  }

  @Test func anAssumptionWithOneBoundIsThatBound() throws {
    let change = ["name": "x", "unit": "ratio", "low": "", "high": "2"]
    let assumption = try Assumption(Fields(Sample.assumption.merging(change) { $1 }))
    #expect(assumption.low == "2" && assumption.high == "2")
  }
}
