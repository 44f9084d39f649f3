import Tables
import Testing

@testable import Claims

/// Rows made of typed parts are the rows that a file would hold, and are held to the same.
@Suite struct TypedRowTests {
  private static func amount(_ low: Int64?, _ high: Int64?) -> AmountRange? {
    AmountRange(low: low, high: high, currency: .usDollar)
  }

  @Test func aClaimOfPartsIsTheClaimOfItsCells() throws {
    let claim = try Claim(
      id: "c1",
      deal: "d1",
      source: "s1",
      reported: .year(2025),
      teller: "unnamed people",
      status: .signed,
      level: .binding,
      amount: Self.amount(nil, 11_900_000_000_00),
      start: .year(2025),
      end: .year(2029),
      confidence: StrictDecimal("0.8")
    )
    let cells = [
      "id": "c1", "deal": "d1", "source": "s1", "reported": "2025", "teller": "unnamed people",
      "status": "signed", "level": "binding", "high": "11900000000", "currency": "USD",
      "start": "2025", "end": "2029", "confidence": "0.8",
    ]
    #expect(try claim == Claim(Fields(cells)))
  }

  @Test func aDealAndAFactOfPartsAreThoseOfTheirCells() throws {
    let deal = try Deal(id: "d1", payer: "a", payee: "b", kind: .loan, title: "A loan")
    let cells = ["id": "d1", "payer": "a", "payee": "b", "kind": "loan", "title": "A loan"]
    #expect(try deal == Deal(Fields(cells)))
    let fact = try Fact(
      id: "f1",
      party: "a",
      metric: .revenue,
      low: StrictDecimal("5"),
      high: StrictDecimal("5"),
      unit: .currency(.usDollar),
      source: "s1",
      reported: .year(2026),
      start: .year(2025),
      end: .year(2025)
    )
    let row = [
      "id": "f1", "party": "a", "metric": "revenue", "low": "5", "high": "5", "unit": "USD",
      "source": "s1", "reported": "2026", "start": "2025", "end": "2025",
    ]
    #expect(try fact == Fact(Fields(row)))
  }

  /// What no cell could say, no part can.
  @Test func partsThatNoRowCouldHaveAreRefused() {
    let faults: [(String, () throws -> Void)] = [
      ("id", { _ = try Claim(id: "C 1", deal: "d", source: "s", reported: .year(2025)) }),
      (
        "level",
        {
          _ = try Claim(
            id: "c",
            deal: "d",
            source: "s",
            reported: .year(2025),
            amount: Self.amount(1, 1)
          )
        }
      ),
      ("payee", { _ = try Deal(id: "d", payer: "a", payee: "a", kind: .loan, title: "t") }),
      ("title", { _ = try Deal(id: "d", payer: "a", payee: "b", kind: .loan, title: "") }),
      (
        "party",
        {
          _ = try Fact(
            id: "f",
            party: nil,
            metric: .revenue,
            low: nil,
            high: nil,
            unit: .currency(.usDollar),
            source: "s",
            reported: .year(2025)
          )
        }
      ),
    ]
    for (column, make) in faults {
      let fault = #expect(throws: FieldFault.self, performing: make)
      #expect(fault?.column == column)
    }
  }
}
