import Payments
import TestKit
import Testing

@testable import Reports

/// Sums that are written group by group of payers.
@Suite struct SumTableTests {
  @Test(arguments: UInt64(0)..<50) func groupsOfPayersAddUpToAll(seed: UInt64) throws {
    let payments = try SlicedScan(seed: seed).payments
    func text(atOnce: Int) throws -> [UInt8] {
      var text: [UInt8] = []
      let period: SumPeriod = seed.isMultiple(of: 2) ? .day : .all
      try PaymentSumTable.write(payments, by: period, threads: 2, atOnce: atOnce) { text += $0 }
      return text
    }
    let whole = try text(atOnce: .max)
    #expect(String(decoding: whole, as: UTF8.self).contains("\"carl, jr\""))
    for atOnce in [1, 7, 30] { #expect(try text(atOnce: atOnce) == whole) }
  }

  /// What is too large is told before any row is.
  @Test func sumsThatAreTooLargeAreToldFirst() throws {
    let largest = "90071992547409.92"
    let rows = "b,a,1,0\n" + String(repeating: "a,b,\(largest),0\n", count: 1_025)
    let payments = try Payments(
      text: Array("payer,payee,amount,time\n\(rows)".utf8),
      from: "-",
      PaymentFormat()
    )
    #expect(payments.payers(of: 1).count == 1)
    #expect(throws: SumTooLarge.self) {
      try PaymentSumTable.write(payments, by: .all, threads: 1, atOnce: 1) { _ in
        Issue.record("a row was told")
      }
    }
  }
}
