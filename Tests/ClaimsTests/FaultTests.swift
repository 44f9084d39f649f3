import Claims
import TestKit
import Testing

/// Every fault of a cell, provoked: which column it names, and a word of the reason.
@Suite struct FaultTests {
  /// A change of a sound row, and the fault it makes.
  struct Case: Sendable {
    let change: [String: String]
    let column: String
    let reason: String

    init(_ change: [String: String], _ column: String, _ reason: String) {
      (self.change, self.column, self.reason) = (change, column, reason)
    }
  }

  private static let long = String(repeating: "a", count: 2 << 20)

  @Test(arguments: [
    Case(["id": ""], "id", "empty"), Case(["id": "Acme"], "id", "not an id"),
    Case(["id": "-a"], "id", "not an id"), Case(["id": "é"], "id", "not an id"),
    Case(["id": "a b"], "id", "not an id"),
    Case(["id": String(repeating: "a", count: 65)], "id", "not an id"),
    Case(["name": ""], "name", "empty"), Case(["kind": "firm"], "kind", "not one of"),
    Case(["kind": "market"], "inside", "never inside"),
    Case(["kind": "fund"], "inside", "never inside"),
    Case(["inside": "true"], "inside", "not one of"), Case(["inside": ""], "inside", "empty"),
    Case(["parent": "A"], "parent", "not an id"),
    Case(["identifiers": "ACME"], "identifiers", "no scheme"),
    Case(["identifiers": ":ACME"], "identifiers", "no scheme"),
    Case(["note": long], "note", "2097152 bytes"), Case(["note": "a\0b"], "note", "NUL"),
  ])
  func parties(_ example: Case) { expect(Party.self, Sample.party, example) }

  @Test(arguments: [
    Case(["publisher": ""], "publisher", "empty"), Case(["title": ""], "title", "empty"),
    Case(["published": "March 2025"], "published", "not a date"),
    Case(["kind": "blog"], "kind", "not one of"),
  ])
  func sources(_ example: Case) { expect(Source.self, Sample.source, example) }

  @Test(arguments: [
    Case(["payee": "acme"], "payee", "pay itself"),
    Case(["capacity": "-1"], "capacity", "negative"),
    Case(["capacity": "1GW"], "capacity", "not a number"),
    Case(["kind": "sale"], "kind", "not one of"), Case(["payer": ""], "payer", "empty"),
    Case(["title": ""], "title", "empty"),
  ])
  func deals(_ example: Case) { expect(Deal.self, Sample.deal, example) }

  @Test(arguments: [
    Case(["deal": ""], "deal", "empty"), Case(["source": "S"], "source", "not an id"),
    Case(["reported": ""], "reported", "empty"),
    Case(["reported": "2025-02-30"], "reported", "not a date"),
    Case(["status": "closed"], "status", "not one of"),
    Case(["level": "total"], "level", "not one of"),
    Case(["low": "12abc"], "low", "not a number"), Case(["low": "1,5"], "low", "not a number"),
    Case(["high": "1e9"], "high", "not a number"), Case(["high": " 5"], "high", "not a number"),
    Case(["high": "٥"], "high", "not a number"), Case(["low": "-1"], "low", "negative"),
    Case(["low": "20000000000"], "high", "less than low"),
    Case(["low": "0.001"], "low", "minor units"),
    Case(["low": "1", "high": "90071992547409.93"], "high", "minor units"),
    Case(["currency": "dollars"], "currency", "not a currency"),
    Case(["currency": "", "schedule": ""], "currency", "no currency"),
    Case(["level": ""], "level", "no level"),
    Case(["level": "paid", "start": ""], "start", "no period"),
    Case(["level": "paid", "end": ""], "end", "no period"),
    Case(["start": "2030"], "end", "before the start"),
    Case(["start": "soon"], "start", "not a date"),
    Case(["schedule": "monthly"], "schedule", "not a schedule"),
    Case(["schedule": "2026-01:-5"], "schedule", "not a schedule"),
    Case(["schedule": "2026-01:5;"], "schedule", "not a schedule"),
    Case(["schedule": "2026-01:0.005"], "schedule", "minor units"),
    Case(["currency": "", "low": "", "high": ""], "schedule", "not a schedule"),
    Case(["says": ""], "says", "stand together"), Case(["about": ""], "about", "stand together"),
    Case(["about": "c1"], "about", "itself"), Case(["says": "replace"], "says", "not one of"),
    Case(["says": "confirm", "status": "active"], "new_payer", "novation"),
    Case(["confidence": "1.01"], "confidence", "between 0 and 1"),
    Case(["confidence": "-0.5"], "confidence", "between 0 and 1"),
    Case(["confidence": "high"], "confidence", "not a number"),
    Case(["quote": long], "quote", "bytes"),
  ])
  func claims(_ example: Case) { expect(Claim.self, Sample.claim, example) }

  @Test(arguments: [
    Case(["party": ""], "party", "empty"), Case(["metric": "profit"], "metric", "not one of"),
    Case(["unit": "dollars"], "unit", "not a unit"), Case(["unit": ""], "unit", "empty"),
    Case(["metric": "revenue"], "low", "negative"),
    Case(["end": "2023"], "end", "before the start"),
    Case(["about": "f1"], "about", "itself"), Case(["about": ""], "about", "stand together"),
    Case(["says": "amend"], "says", "not one of"),
    Case(["confidence": "2"], "confidence", "between"),
    Case(
      ["metric": "revenue-share", "low": "1", "high": "100.5", "unit": "percent"],
      "high",
      "whole"
    ),
    Case(["metric": "revenue-share", "low": "101", "high": "", "unit": "percent"], "low", "whole"),
    Case(["metric": "revenue", "low": "0.001"], "low", "minor units"),
    Case(["high": "99999999999999999"], "high", "minor units"),
  ])
  func facts(_ example: Case) { expect(Fact.self, Sample.fact, example) }

  @Test(arguments: [
    Case(["low": "", "high": "", "unit": "USD"], "low", "no value"),
    Case(["basis": "guess"], "basis", "not one"), Case(["reason": ""], "reason", "empty"),
    Case(["unit": ""], "unit", "empty"), Case(["name": ""], "name", "empty"),
    Case(["low": "1"], "low", "not a date"),
    Case(["low": "5", "high": "4", "unit": "USD"], "high", "less"),
    Case(["low": "2032"], "high", "before"),
  ])
  func assumptions(_ example: Case) { expect(Assumption.self, Sample.assumption, example) }

  private func expect<Row: Record>(_: Row.Type, _ cells: [String: String], _ example: Case) {
    let fault = #expect(throws: FieldFault.self) {
      try Row(Fields(cells.merging(example.change) { $1 }))
    }
    #expect(fault?.column == example.column)
    #expect(fault?.reason.contains(example.reason) == true, "\(fault?.reason ?? "no fault")")
    #expect(fault?.advice.isEmpty == false)
    #expect((fault?.reason.count ?? 0) < 200)
  }
}

/// Rows that refer to others that are not there.
@Suite struct ReferenceTests {
  private static let base = """
    party acme
    party bolt
    deal acme > bolt purchase
    c1 gazette 2025 signed
    fact bolt revenue 5 in 2025
    assume end:acme-bolt 2029 date
    """

  @Test func theBaseIsSound() throws { #expect(try Story(Self.base).contents().claims.count == 1) }

  @Test(arguments: [
    ("party cog parent=nobody", "parties", "parent"),
    ("party all other identifiers=members:acme,nobody", "parties", "identifiers"),
    ("deal nobody > bolt loan", "deals", "payer"), ("deal acme > nobody loan", "deals", "payee"),
    ("c2 nobody 2025 signed", "claims", "source"),
    ("c2 gazette 2025 signed deal=nothing", "claims", "deal"),
    ("c2 gazette 2025 confirm c9", "claims", "about"),
    ("c2 gazette 2025 novate c1 new_payer=nobody", "claims", "new_payer"),
    ("fact nobody revenue 5", "facts", "party"),
    ("fact bolt < nobody revenue-from 5", "facts", "counterparty"),
    ("fact bolt revenue 5 source=nothing", "facts", "source"),
    ("fact bolt revenue 5 part f9", "facts", "about"),
    ("assume start:nothing 2029 date", "assumptions", "name"),
    ("assume x 1 ratio source=nothing", "assumptions", "source"),
    ("party acme", "parties", "id"), ("c1 gazette 2026 active", "claims", "id"),
  ])
  func danglingReference(line: String, table: String, column: String) {
    let fault = #expect(throws: BookContents.ReferenceFault.self) {
      try Story(Self.base + "\n" + line).contents()
    }
    #expect(fault?.table == table)
    #expect(fault?.fault.column == column)
  }

  @Test func rowsAreKeptById() throws {
    let story = try Story("party b\nparty a\nparty c").contents()
    #expect(story.parties.map(\.id) == ["a", "b", "c"])
  }
}
