import Foundation
import Payments
import TestKit
import Testing

/// Amounts of more than one currency are not added.
@Suite struct CurrencyTests {
  private static let text = """
    payer,payee,amount,Currency,date
    a,b,100,USD,2024-01-01
    b,a,10000,JPY,2024-01-02
    c,a,1,usd,2024-01-02
    ,a,1,EUR,2024-01-02
    d,a,1,,2024-01-02
    b,a,7,"USD",2024-01-03

    """

  @Test func severalCurrenciesAreRefused() throws {
    for threads in [1, 3] {
      var format = PaymentFormat()
      format.threads = threads
      let error = #expect(throws: PaymentError.self) { try read(Self.text, format) }
      // Of rows that are no payments nothing is said.
      #expect(error?.description.contains("USD (2 rows), JPY (1 row); ") == true)
      #expect(error?.description.contains("--currency USD") == true)
    }
  }

  @Test func oneCurrencyIsKept() throws {
    var format = PaymentFormat()
    format.currency = "USD"
    let payments = try read(Self.text, format)
    #expect(rows(payments) == ["a>b 10000 2024-01-01", "b>a 700 2024-01-03"])
    #expect(payments.currency == "USD")
    #expect(payments.otherCurrencyRows == 2)
    #expect(payments.rejected.lines == [4, 6])
    #expect((0..<payments.count).map(payments.line(of:)) == [2, 7])
    // Who stands only in rows left out is no party.
    #expect(payments.parties.count == 2)
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "p.pack").path
      try payments.pack(to: path)
      #expect(try Payments(packed: path).currency == "USD")
    }
  }

  @Test func aCurrencyNeedsItsColumn() throws {
    var format = PaymentFormat()
    format.currency = "USD"
    #expect(throws: PaymentError.self) { try read("payer,payee,amount,date\na,b,1,1\n", format) }
    #expect(try read("payer,payee,amount,date,CCY\na,b,1,1,EUR\n").currency == "EUR")
    #expect(try read("payer,payee,amount,date\na,b,1,1\n").currency == nil)
  }
}
