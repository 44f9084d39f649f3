import Foundation
import TestKit
import Testing

/// Amounts of many digits: exact as far as they can be, rounded when that is asked for, and else refused with what helps.
@Suite struct LargeAmountTests {
  private func sum(
    _ amount: String,
    _ options: String = "",
    header: String = "payer,payee,amount,date"
  )
    throws -> ProgramResult
  {
    let text = "\(header)\na,b,\(amount),2025-01-01\n"
    return try runOuro(["sum", "-"] + options.split(separator: " ").map(String.init), input: text)
  }

  /// The plain reader, and the one that understands first.
  private static let headers = ["payer,payee,amount,date", "from,to,amount,date"]

  @Test(arguments: headers) func theLargestAmountIsExact(header: String) throws {
    // 2⁵³ minor units, which every number of floating point up to it tells apart.
    #expect(
      try sum("90071992547409.92", header: header).stdout.hasSuffix("a,b,90071992547409.92\n")
    )
    let above = try sum("90071992547409.93", header: header)
    #expect(above.status == 65)
    #expect(above.stderr.contains("too large to be exact"))
    let whole = try sum("9007199254740992", "--digits 0", header: header)
    #expect(whole.stdout.hasSuffix("a,b,9007199254740992\n"))
    #expect(try sum("9007199254740993", "--digits 0", header: header).status == 65)
  }

  /// What the refusal advises is what works.
  @Test(arguments: [
    ("123456789012345678", "123456789012346000"), ("999999999999999999", "1000000000000000000"),
    ("9223372036854775807", "9223372036854780000"), ("9223372036854775808", "9223372036854780000"),
    ("18446744073709551615", "18446744073709600000"),
  ])
  func eighteenDigitsAreRoundedWhenAsked(amount: String, rounded: String) throws {
    let refused = try sum(amount)
    #expect(refused.status == 65)
    #expect(refused.stdout.isEmpty)
    let advised = try #require(refused.stderr.firstMatch(of: /--round --digits -?[0-9]+/))
    let read = try sum(amount, String(advised.output))
    #expect(read.status == 0, "\(read.stderr)")
    #expect(read.stdout == "from,to,weight\na,b,\(rounded)\n")
  }

  @Test func moreThanAnyNumberHoldsIsRefused() throws {
    for amount in ["99999999999999999999999", "1e300"] {
      let refused = try sum(amount, "--round --digits -18")
      #expect(refused.status == 65, "\(refused.stdout)")
      #expect(refused.stderr.contains("is too large"), "\(refused.stderr)")
    }
  }

  @Test func sumsOfTheLargestStayExact() throws {
    let rows = (1...1_000).map { "a,b,90071992547409.92,2025-01-0\($0 % 9 + 1)" }
    let text = "payer,payee,amount,date\n" + rows.joined(separator: "\n") + "\n"
    let total = try runOuro(["sum", "-"], input: text)
    #expect(total.stdout == "from,to,weight\na,b,90071992547409920.00\n", "\(total.stderr)")
  }
}
