import Columns
import Disk
import Foundation
import Loops
import Networks
import Payments
import Reports
import TestKit
import Testing

@testable import Inputs

/// What files of payments become, and what is told of it on the way.
@Suite struct PaymentFilesTests {
  private final class Told {
    var words: [String] = []
    var all: String { words.joined(separator: "\n") }
  }

  private static let table = """
    payer,payee,amount,date
    acme,bolt,10.00,2025-01-01
    bolt,cog,6.00,2025-01-02
    cog,acme,5.50,2025-02-03

    """

  private func write(_ text: String, _ name: String, in folder: URL) throws -> String {
    let path = folder.appending(path: name).path
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  @Test func everyPaymentIsReadAndItsFileNamed() throws {
    try withTemporaryFolder { folder in
      let path = try write(Self.table, "p.csv", in: folder)
      let told = Told()
      let files = PaymentFiles(ReadingHints(), say: { told.words.append($0) })
      let payments = try files.read([path])
      #expect(payments.count == 3)
      #expect((0..<3).map { payments.amountMinorUnits[$0] } == [1000, 600, 550])
      let inputs = files.inputs([path], payments)
      #expect(inputs.map(\.file) == [path])
      #expect(inputs[0].sha256 == FileHash.of(Array(Self.table.utf8)))
    }
  }

  /// The first run writes down how it understood the file, the second reads that, and a map that is none is refused.
  @Test func aMapIsWrittenThenRead() throws {
    try withTemporaryFolder { folder in
      let text = "Datum;Zahler;Empfänger;Betrag\n13.01.2025;acme;bolt;1.000,50\n"
      let path = try write(text, "p.csv", in: folder)
      let told = Told()
      var hints = ReadingHints()
      (hints.payer, hints.payee, hints.amount) = ("Zahler", "Empfänger", "Betrag")
      var files = PaymentFiles(hints, say: { told.words.append($0) })
      files.map = folder.appending(path: "map.json").path
      let first = try files.read([path])
      #expect(first.amountMinorUnits[0] == 100_050)
      #expect(told.all.contains("wrote how \(path) was understood to"))
      var again = PaymentFiles(ReadingHints(), say: { _ in })
      again.map = files.map
      #expect(try again.read([path]).amountMinorUnits[0] == 100_050)
      again.map = try write("[]", "bad.json", in: folder)
      #expect(throws: PaymentError.self) { try again.read([path]) }
    }
  }

  @Test func namesStandForOthersAndPartiesAreLeftOut() throws {
    try withTemporaryFolder { folder in
      let path = try write(Self.table, "p.csv", in: folder)
      let told = Told()
      var files = PaymentFiles(ReadingHints(), say: { told.words.append($0) })
      files.aliases = try write("alias,party\nbolt,Bolt Works\n", "a.csv", in: folder)
      files.leftOut = try write("# known\ncog\n", "l.txt", in: folder)
      let payments = try files.read([path])
      #expect(payments.count == 1)
      #expect(payments.parties[Int(payments.payee[0])] == "Bolt Works")
      #expect(told.all.contains("1 name of \(files.aliases ?? "") stand for others"))
      // Of cog are the two payments of 6.00 and 5.50.
      #expect(told.all.contains("left out 2 payments of cog, 11.50"))
      files.leftOut = try write("acme\ncog\n", "all.txt", in: folder)
      #expect(throws: PaymentError.self) { try files.read([path]) }
      #expect(files.inputs([path], payments).count == 3)
    }
  }

  /// 10 dollars and 8 euros at 1.25: 20 dollars in all; a yen has no rate.
  @Test func amountsAreConverted() throws {
    try withTemporaryFolder { folder in
      let text = """
        payer,payee,amount,date,currency
        acme,bolt,10.00,2025-01-01,USD
        bolt,acme,8.00,2025-01-02,EUR
        bolt,acme,1.00,2025-01-02,JPY

        """
      let path = try write(text, "p.csv", in: folder)
      let told = Told()
      var files = PaymentFiles(ReadingHints(), say: { told.words.append($0) })
      let read = try files.read([path])
      #expect(throws: PaymentError.self) { try files.oneCurrency(read, path) }
      files.rates = try write("currency,rate,to\nEUR,1.25,USD\n", "r.csv", in: folder)
      let payments = try files.oneCurrency(read, path)
      #expect(payments.count == 2)
      #expect((0..<2).map { payments.amountMinorUnits[$0] } == [1000, 1000])
      #expect(told.all.contains("left out 1 payment in currencies without a rate"))
    }
  }

  @Test func namesThatLookAlikeAreTold() {
    #expect(lookAlikes(["Nestl\u{E9}", "Nestle", "Acme"]) == nil)
    // One letter with its accent, and a letter and an accent.
    let words = lookAlikes(["Nestl\u{E9}", "Nestle\u{301}"])
    #expect(words?.contains("count as two parties") == true)
  }

  @Test func aFileIsEdgesOrPayments() throws {
    try withTemporaryFolder { folder in
      let reading = PaymentFiles(ReadingHints(), say: { _ in })
      func file(_ path: String) -> FlowFiles {
        FlowFiles(path, nodes: nil, reading, say: { _ in })
      }
      let edges = file(try write("from,to,weight\na,b,2\nb,a,1\n", "e.csv", in: folder))
      let contents = try edges.read()
      guard case .edges(let list, _) = contents else {
        throw FileError.noSuchInput(path: "", reason: "")
      }
      #expect(list.edges.count == 2 && contents.currency == nil)
      #expect(try edges.source(contents).network().flows.map(\.weight).reduce(0, +) == 3)

      let payments = file(try write(Self.table, "p.csv", in: folder))
      guard case .payments(let read) = try payments.read() else {
        throw FileError.noSuchInput(path: "", reason: "")
      }
      let months = try payments.months(read)
      #expect(months.map(\.month) == ["2025-01", "2025-02"])
      #expect(months.map { $0.source.has("cog") } == [true, true])
    }
  }

  @Test func debtsToOneselfAreTold() throws {
    try withTemporaryFolder { folder in
      let path = try write("from,to,weight\na,a,2\na,b,1\n", "e.csv", in: folder)
      let debts = try FlowFiles.debts(in: path, nodes: nil)
      #expect(debts.list.edges.count == 2 && debts.inputs.count == 1)
      #expect(debts.notice == "left out 1 row in which a party owes itself")
    }
  }

  /// A list of loops has a row a payment, and a later run finds the loop's number in it.
  @Test func loopsAreListedAndKnownAgain() throws {
    try withTemporaryFolder { folder in
      let path = try write(Self.table, "p.csv", in: folder)
      let payments = try PaymentFiles(ReadingHints(), say: { _ in }).read([path])
      let list = folder.appending(path: "loops.csv").path
      let answer = try ListFile(list, isForPeople: false).loops(LoopListing(payments, .csv)) {
        $0([0, 1, 2])
      }
      #expect(answer)
      let rows = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
      #expect(rows.count == 4)
      let numbers = try findingNumbers(in: list)
      #expect(numbers.count == 1 && numbers.allSatisfy { $0.hasPrefix("ring-") })
      #expect(throws: PaymentError.self) { try findingNumbers(in: path) }
    }
  }

  @Test func whatIsNoListHasNoNumbers() {
    #expect(FindingNumber.all(in: Array("loop,step\n".utf8)) == [])
    #expect(FindingNumber.all(in: []) == [])
    #expect(
      FindingNumber.all(in: Array("a ring-0123456789 and ring-12".utf8)) == ["ring-0123456789"]
    )
    #expect(FindingNumber.all(in: Array("nothing of ours".utf8)) == nil)
  }
}
