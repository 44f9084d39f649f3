import Columns
import Foundation
import Networks
import Payments
import Tables
import TestKit
import Testing

/// Reads `text` as a payments file.
func read(_ text: String, _ format: PaymentFormat = PaymentFormat()) throws -> Payments {
  try withTemporaryFolder { folder in
    let file = folder.appending(path: "payments.csv")
    try Data(text.utf8).write(to: file)
    return try Payments(contentsOf: file.path, format)
  }
}

/// The rows of `payments` as text.
func rows(_ payments: Payments) -> [String] {
  (0..<payments.count).map { index in
    let parties = [payments.payer[index], payments.payee[index]].map { payments.parties[Int($0)] }
    let time = PaymentTime.text(payments.time[index])
    return "\(parties.joined(separator: ">")) \(payments.amountMinorUnits[index]) \(time)"
  }
}

@Suite struct PaymentReaderTests {
  @Test func columnsStandInAnyOrder() throws {
    let text =
      "note,date,payee,amount,payer\nx,2025-01-31,b,12.5,a\n\"p, q\",2025-02-01,\"c \"\"d\"\"\",3,b\r\n"
    let payments = try read(text)
    #expect(rows(payments) == ["a>b 1250 2025-01-31", "b>c \"d\" 300 2025-02-01"])
    #expect(payments.rejected.count == 0)
    #expect((0..<payments.parties.count).map { payments.parties[$0] } == ["a", "b", "c \"d\""])
  }

  @Test func columnsMayBeNamed() throws {
    var format = PaymentFormat()
    (format.payer, format.payee, format.amount, format.time) = ("from", "to", "sum", "at")
    format.digits = 0
    #expect(
      try rows(read("at,from,to,sum\n86399,a,b,7\n", format)) == ["a>b 7 1970-01-01T23:59:59Z"]
    )
    #expect(throws: PaymentError.self) { try read("at,from,to,sum\n0,a,b,7\n") }
  }

  @Test(arguments: [
    ("2024-02-29", "2024-02-29"), ("2025-01-01T00:00", "2025-01-01"),
    ("2025-01-01T10:20:30Z", "2025-01-01T10:20:30Z"),
    ("2025-01-01 10:20:30", "2025-01-01T10:20:30Z"),
    ("2025-01-01T01:00:00+02:00", "2024-12-31T23:00:00Z"),
    ("2025-01-01T01:00:00.000-0130", "2025-01-01T02:30:00Z"), ("-1", "1969-12-31T23:59:59Z"),
    ("0001-01-01", "0001-01-01"), ("9999-12-31", "9999-12-31"),
  ])
  func timesAreStrict(text: String, meaning: String) throws {
    #expect(PaymentTime.seconds(text).map(PaymentTime.text) == meaning)
  }

  @Test(arguments: [
    "", "2025-1-1", "2025-02-29", "2025-13-01", "0000-01-01", "2025-01-01T", "2025-01-01T24:00",
    "2025-01-01T10:60", "2025-01-01T10:00:60", "2025-01-01T10:00:00.5", "2025-01-01T10:00:00.",
    "2025-01-01T10:00:00z", "2025-01-01T10:00+1", "20250101x", "1735689600000", "--1", "-", "1e9",
    " 2025-01-01", "2025-01-01 ", "2025/01/01",
  ])
  func noOtherTimes(text: String) { #expect(PaymentTime.seconds(text) == nil) }

  @Test(arguments: [
    ("1", 100), ("1.5", 150), ("1.500", 150), ("0", 0), ("0.01", 1), ("000000000000000001", 100),
    ("90071992547409.92", 1 << 53),
  ])
  func amountsAreExact(text: String, units: Int64) throws {
    let payments = try read("payer,payee,amount,time\na,b,\(text),0\n")
    #expect(payments.amountMinorUnits[0] == units)
  }

  @Test(arguments: [
    "", "1.", ".5", "1.001", "-1", "+1", "1e3", "1,5", "0x10", "NaN", "90071992547409.93",
    "99999999999999999999", "1 ", "1.5.5", "１",
  ])
  func noOtherAmounts(text: String) throws {
    let payments = try read("payer,payee,amount,time\na,b,\(text),0\n")
    #expect(payments.count == 0)
    #expect(payments.rejected.lines == [2])
    #expect(payments.rejected.first.map(\.line) == [2])
  }

  /// The same cell with quotes around it is read by other code.
  @Test(arguments: 0...9) func quotesChangeNoAmount(digits: Int) throws {
    var rng = SplitMix64(seed: UInt64(digits))
    var format = PaymentFormat()
    (format.digits, format.toldRows) = (digits, 0)
    let alphabet = Array("0123456789.")
    let cells = (0..<1_000).map { _ in
      String(
        (0..<Int.random(in: 1...10, using: &rng)).map { _ in
          alphabet.randomElement(using: &rng) ?? "0"
        }
      )
    }
    func amounts(_ quote: String) throws -> (units: [Int64], rejected: [Int]) {
      let rows = cells.map { "a,b,\(quote)\($0)\(quote),0\n" }.joined()
      let payments = try read("payer,payee,amount,time\n" + rows, format)
      let units = (0..<payments.count).map { payments.amountMinorUnits[$0] }
      return (units, payments.rejected.lines)
    }
    let (plain, quoted) = (try amounts(""), try amounts("\""))
    #expect(plain.units == quoted.units)
    #expect(plain.rejected == quoted.rejected)
    #expect(!plain.units.isEmpty)
  }

  @Test func namesOfAnyLengthAreKeptApart() throws {
    // Names that begin and end alike, that hold one another, and that differ in one byte.
    var names: [String] = []
    for length in 1...40 {
      let stem = String(repeating: "a", count: length)
      for end in ["a", "é", "b", " b"] { names.append(stem.dropLast() + end) }
      names.append("b" + stem)
    }
    let text = names.map { "\($0),x,1,0\nx,\"\($0)\",1,0\n" }.joined()
    let payments = try read("payer,payee,amount,time\n" + text)
    let distinct = Set(names).union(["x"])
    let wanted = names.flatMap { ["\($0)>x 100 1970-01-01", "x>\($0) 100 1970-01-01"] }
    #expect(payments.rejected.count == 0)
    #expect(payments.parties.count == distinct.count)
    #expect(rows(payments) == wanted)
  }

  @Test func lineEndsAndMarksAreNoContents() throws {
    let text = "\u{FEFF}payer,payee,amount,date\r\na,b,1,2025-01-01\r\nb,c,2,2025-01-02"
    let payments = try read(text)
    #expect(rows(payments) == ["a>b 100 2025-01-01", "b>c 200 2025-01-02"])
    #expect(payments.rejected.count == 0)
    // Ten NULs are no day, whichever day came before.
    let nuls = String(repeating: "\0", count: 10)
    #expect(try read("payer,payee,amount,date\na,b,1,\(nuls)\n").rejected.lines == [2])
    let after = "payer,payee,amount,date\na,b,1,2025-01-01\na,b,1,\(nuls)\na,b,1,2025-01-01 \n"
    #expect(try read(after).rejected.lines == [3, 4])
  }

  @Test func textInMemoryIsReadAlike() throws {
    let rows = (0..<30_000).map { "party \($0 % 700),p\($0 % 911),\($0).5,\($0)\n" }.joined()
    let text = "payer,payee,amount,time\n" + rows
    let file = try read(text)
    let memory = try Payments(text: Array(text.utf8), from: "-", PaymentFormat())
    #expect(PaymentsTests.rows(file) == PaymentsTests.rows(memory))
    #expect(throws: PaymentError.self) {
      try Payments(text: [], from: "-", PaymentFormat())
    }
  }

  @Test func everyBadRowIsCounted() throws {
    let bad = [
      "", "a,b,1", "a,b,1,0,5", ",b,1,0", "a,,1,0", "\"a\"b,c,1,0", "a\"b,c,1,0", "a\0,b,1,0",
    ]
    let text = bad.map { "\($0)\na,b,1,0\n" }.joined()
    var format = PaymentFormat()
    format.toldRows = 3
    let payments = try read("payer,payee,amount,time\n" + text, format)
    #expect(payments.count == bad.count)
    #expect(payments.rejected.lines == bad.indices.map { 2 + 2 * $0 })
    #expect(payments.rejected.first.map(\.line) == [2, 4, 6])
    #expect((0..<payments.count).map { payments.line(of: $0) } == bad.indices.map { 3 + 2 * $0 })
  }

  @Test func whatIsNoPaymentsFileIsRefused() throws {
    for text in [
      "", "\n", "a,b\n", "payer,payee,amount\n", "\u{0}\u{1}\u{2}", "payer,payer,amount,date\n",
    ] {
      #expect(throws: PaymentError.self) { try read(text) }
    }
    #expect(try read("payer,payee,amount,date\n").count == 0)
    #expect(try read("payer,payee,amount,date").count == 0)
    #expect(throws: PaymentError.self) {
      try Payments(contentsOf: "/no/such/file", PaymentFormat())
    }
  }

  @Test(arguments: UInt64(0)..<30) func threadsChangeNothing(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    var text = "payer,payee,amount,time\n"
    for _ in 0..<Int.random(in: 0...3_000, using: &rng) {
      let names = (0..<2).map { _ in
        String(repeating: "n", count: Int.random(in: 0...20, using: &rng))
          + String(Int.random(in: 0...50, using: &rng))
      }
      let note = String(repeating: "x", count: Int.random(in: 0...900, using: &rng))
      text += "\(names[0])\(note),\(names[1]),\(Int.random(in: -1...9, using: &rng)),0\n"
    }
    var format = PaymentFormat()
    let one = try read(text, format)
    format.threads = 3
    let three = try read(text, format)
    #expect(rows(one) == rows(three))
    #expect(one.parties.count == three.parties.count)
    #expect((0..<one.parties.count).allSatisfy { one.parties[$0] == three.parties[$0] })
    #expect(one.rejected.lines == three.rejected.lines)
    #expect(one.rejected.first.map(\.reason) == three.rejected.first.map(\.reason))
    #expect(one.rejected.first.map(\.line) == three.rejected.first.map(\.line))
  }

  @Test func longLinesAreOneBadRow() throws {
    let long = String(repeating: "x", count: 2_500_000)
    let text = "payer,payee,amount,time\na,b,1,0\n\(long)\nb,a,1,1\n\(long)"
    let payments = try read(text)
    #expect(payments.count == 2)
    #expect(payments.rejected.lines == [3, 5])
    #expect(payments.line(of: 1) == 4)
    #expect(throws: PaymentError.self) { try read(long) }
  }

  @Test(arguments: UInt64(0)..<100) func anyBytesAreReadOrRefused(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let hasQuotes = seed % 2 == 0
    let alphabet =
      Array("payer,payee,amount,time\n\n,,\(hasQuotes ? "\"\"" : "")0123456789.-'=\r\0é\u{FF}".utf8)
      + [0xFF, 0xC3]
    var bytes = Array("payer,payee,amount,time\n".utf8)
    for _ in 0..<400 {
      bytes.append(alphabet[Int.random(in: 0..<alphabet.count, using: &rng)])
    }
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "p.csv")
      try Data(bytes).write(to: file)
      let lines = bytes.count { $0 == 10 } - 1 + (bytes.last == 10 ? 0 : 1)
      do throws(PaymentError) {
        let payments = try Payments(contentsOf: file.path, PaymentFormat())
        let told = payments.count + payments.rejected.count
        #expect(hasQuotes ? told <= lines : told == lines)
      } catch {
        #expect(hasQuotes && error.description.contains("quote"))
      }
    }
  }

  @Test func aFileThatIsNoTableIsTold() throws {
    let error = #expect(throws: PaymentError.self) { try read("") }
    guard case PaymentError.badTable(let fault)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect((fault.line, fault.reason) == (1, "the file is empty"))
  }
}
