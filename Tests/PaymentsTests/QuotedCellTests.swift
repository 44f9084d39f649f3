import Columns
import Foundation
import Payments
import Tables
import TestKit
import Testing

/// Quoted cells that hold line ends, and quotes that are never closed.
@Suite struct QuotedCellTests {
  private static let header = "payer,payee,amount,date,memo\n"

  @Test func aCellMayHaveLines() throws {
    let text =
      Self.header + """
        a,b,1,2024-01-01,"line one
        line two"
        b,a,2,2024-01-02,x
        c,a,1,2024-01-02,"he said ""hi"", then\r
        left"
        d,e,5,2024-01-02,"a


        b,c,1000000,2024-01-05,z"
        oops
        e,"f\rg",3,2024-01-03,5" pipe
        f,"a\n",3,2024-01-03,
        """
    let payments = try read(text)
    #expect(
      rows(payments) == [
        "a>b 100 2024-01-01", "b>a 200 2024-01-02", "c>a 100 2024-01-02", "d>e 500 2024-01-02",
        "f>a\n 300 2024-01-03",
      ]
    )
    #expect((0..<payments.count).map(payments.line(of:)) == [2, 4, 5, 7, 13])
    #expect(payments.rejected.lines == [11, 12])
  }

  @Test func aHeaderMayHaveLines() throws {
    let text = "\u{FEFF}\"the\npayer\",payee,amount,date\nb,a,1,1\nx\nb,a,1,2\n"
    var format = PaymentFormat()
    format.payer = "the\npayer"
    let payments = try read(text, format)
    #expect((0..<payments.count).map(payments.line(of:)) == [3, 5])
    #expect(payments.rejected.lines == [4])
  }

  /// Blocks end where rows end, wherever quotes are, as another reader of CSV sees them.
  @Test(arguments: UInt64(0)..<6) func blocksEndWithRows(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let pieces = ["\n", "\r\n", "\"\"", ",", "b,c,1000000,2024-01-05,z", "x", "\n\n", "é"]
    var text = Self.header
    while text.utf8.count < 900_000 {
      let length = Int.random(in: 0...(seed % 2 == 0 ? 12 : 4_000), using: &rng)
      let memo = (0..<length).map { _ in pieces.randomElement(using: &rng) ?? "" }.joined()
      let cell = Bool.random(using: &rng) ? "\"\(memo)\"" : "plain"
      text += "a,b,\(Int.random(in: 0...99, using: &rng)),2024-01-01,\(cell)\n"
    }
    var reader = try CSVReader(bytes: Array(text.utf8), file: "p.csv", longestCell: 1 << 20)
    var wanted: [(line: Int, units: Int64)] = []
    while let record = try reader.next() {
      wanted.append((record.line, (Int64(record[2]) ?? -1) * 100))
    }
    var format = PaymentFormat()
    for threads in [1, 3] {
      format.threads = threads
      let payments = try read(text, format)
      #expect(payments.rejected.count == 0)
      #expect((0..<payments.count).map { payments.amountMinorUnits[$0] } == wanted.map(\.units))
      #expect((0..<payments.count).map(payments.line(of:)) == wanted.map(\.line))
    }
  }

  /// A quote that is never closed, or behind which text follows on a later line, costs the line on which it stands.
  @Test(arguments: [
    ("a,b,1,1,\"x\na,b,1,2,y\n", 1), ("\"a,b,1,1,x\na,b,1,2,y", 1),
    // It runs on for more than a quoted cell may, whatever is behind it.
    ("\"\(String(repeating: "a,b,1,1,y\n", count: 200_000))", 199_999),
    ("\"\(String(repeating: "a,b,1,1,y\n", count: 200_000))\",b,1,1,x\n", 199_999),
    // Text behind a quote that closes on a later line: one of the two is one too many.
    ("a,b,1,1,\"x\na,b,1,2,\"y\"\n", 1),
  ])
  func aQuoteNeverClosedCostsItsLine(rows: String, payments: Int) throws {
    for before in [1, 60_000] {
      let text = Self.header + String(repeating: "a,b,1,1,x\n", count: before) + rows
      let read = try read(text)
      #expect(read.count == before + payments)
      #expect(read.rejected.lines.first == 2 + before)
      #expect(read.rejected.first.first?.reason.contains("quote") == true)
      #expect(read.line(of: before) == 3 + before)
    }
  }

  @Test func aLongRowEndsWhereItsQuotesSay() throws {
    let long = String(repeating: "x", count: 1_100_000)
    let text = Self.header + "\(long),\"\nb,c,1000000,2024-01-05,z\n\"\na,b,1,1,x\n"
    let payments = try read(text)
    #expect(rows(payments) == ["a>b 100 1970-01-01T00:00:01Z"])
    #expect(payments.rejected.lines == [2])
    #expect(payments.line(of: 0) == 5)
  }

  @Test func aPackKeepsLines() throws {
    let text = Self.header + "a,b,1,1,\"x\n\n\"\noops\nb,a,1,2,\n"
    let payments = try read(text)
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "p.pack").path
      try payments.pack(to: path)
      let packed = try Payments(packed: path)
      #expect((0..<packed.count).map(packed.line(of:)) == [2, 6])
      #expect(packed.rejected.lines == [5])
    }
  }
}
