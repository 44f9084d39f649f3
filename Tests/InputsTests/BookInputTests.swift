import Books
import Claims
import Disk
import Foundation
import Networks
import Readers
import Reports
import TestKit
import Testing

@testable import Inputs

/// Books, documents and others' files that a user names.
@Suite struct BookInputTests {
  private static let noon = Timestamp(secondsSince1970: 1_767_268_800)

  private func write(_ text: String, _ name: String, in folder: URL) throws -> String {
    let path = folder.appending(path: name).path
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  private func book(in folder: URL) throws -> Book {
    let book = try Book.openOrCreate(at: folder.appending(path: "b.ouro").path, now: Self.noon)
    let cells = ["id": "acme", "name": "Acme", "kind": "company", "inside": "yes"]
    _ = try book.add([NewRow(try Party(Fields(cells)))], reason: "first", now: Self.noon)
    return book
  }

  /// An article waits, is corrected, accepted, and its rows are in the book; what lacks a cell is told, and not accepted.
  @Test func aCandidateIsReadCorrectedAndAccepted() throws {
    try withTemporaryFolder { folder in
      let desk = InboxDesk(try book(in: folder), now: { Self.noon })
      let article = try write(
        "Acme will invest $2 billion in Bolt, the companies said on Monday.\n",
        "a.txt",
        in: folder
      )
      let documents = DocumentFiles(
        as: .text,
        publisher: "Gazette",
        published: PartialDate("2026-01-05"),
        nil
      )
      let put = try desk.read(article, at: "", documents, by: nil)
      #expect(put.numbers == [1] && put.refused.isEmpty)
      #expect(try desk.read(article, at: "", documents, by: nil).numbers.isEmpty)
      let item = try desk.item(1)
      #expect(throws: BookError.self) { try desk.item(2) }
      var changes = InboxDesk.Changes()
      changes.set("status=signed")
      let answer = try desk.answer(item, with: changes)
      #expect(answer.text.contains("status=signed"))
      #expect(InboxLine(item).text.contains("acme → bolt"))
      let receipt = try desk.accept(item, with: changes, reason: "")
      #expect(receipt.written > 0 && !receipt.namedRows.isEmpty)
      #expect(try desk.waiting().isEmpty)
      #expect(try desk.book.snapshot().contents.claims.map(\.status) == [.signed])
    }
  }

  @Test func whatIsNoDocumentNamesItsFile() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.txt").path
      try Data([0x25, 0x50, 0x44, 0x46, 0x2D, 0x31, 0, 0]).write(to: URL(filePath: path))
      let documents = DocumentFiles(as: nil, publisher: nil, published: nil, nil)
      let error = #expect(throws: UnreadableFile.self) { try documents.text(of: path) }
      #expect(error?.description.hasPrefix(path) == true)
    }
  }

  @Test func aTableIsReadByItsMap() throws {
    try withTemporaryFolder { folder in
      let table = try write(
        "Von;An;Summe;Tag\nAcme;Bolt;1.000,50;13.01.2026\n",
        "t.csv",
        in: folder
      )
      let map = folder.appending(path: "m.json").path
      let file = ExchangeFile(table, publisher: "Gazette", on: Self.noon.day)
      let words = """
        {"columns":{"payer":"Von","payee":"An","amount":"Summe","reported":"Tag"},
        "values":{"kind":"purchase","currency":"EUR","status":"signed","level":"headline"}}
        """
      _ = try write(words, "m.json", in: folder)
      let claims = try file.read(by: map, into: .empty).rows.compactMap { $0 as? Claim }
      #expect(claims.count == 1)
      // 1.000,50 is a thousand and a half: 100050 cents.
      #expect(claims.first?.amount?.low == 100_050 && claims.first?.amount?.high == 100_050)
      _ = try write("{}", "m.json", in: folder)
      #expect(throws: UnreadableFile.self) { try file.read(by: map, into: .empty) }
      #expect(throws: UnreadableFile.self) { try file.read(into: .empty) }
    }
  }

  @Test func aBookIsVerified() throws {
    try withTemporaryFolder { folder in
      let path = try book(in: folder).path
      let (whole, signing) = try VerifiedBook.file(
        path,
        expecting: nil,
        anchor: nil,
        signers: nil
      )
      #expect(whole.text(of: "b").hasPrefix("b: intact · 1 row · 1 entry in 1 batch"))
      #expect(signing == nil)
      let lines = try Book(at: path).history().map { HistoryLine($0).text }
      #expect(lines.count == 1 && lines[0].contains("add") && lines[0].contains("parties acme"))
      let rows = folder.appending(path: "rows").path
      try BookFolder.write(try BookFile.open(path).contents, to: rows)
      #expect(try VerifiedBook.folder(rows, expecting: nil).text(of: "r").contains("1 row"))
      #expect(throws: BookError.self) { try VerifiedBook.folder(rows, expecting: "00000000") }
    }
  }

  @Test func partiesAreNamedInAFile() throws {
    try withTemporaryFolder { folder in
      let contents = try book(in: folder).snapshot().contents
      let day = try #require(PartialDate("2026-01-01")).last
      let view = try View(of: contents, ViewRequest(asOf: day))
      let names = try write("# the sector\n  Acme  # or acme\n\nacme\n", "p.txt", in: folder)
      #expect(try view.parties(namedIn: names) == ["acme"])
      #expect(throws: BookError.self) { try view.party(named: "nobody") }
      let none = try write("# nobody\n", "n.txt", in: folder)
      #expect(throws: BookError.self) { try view.parties(namedIn: none) }
    }
  }

  @Test func filingsOfNobodyAreTold() throws {
    try withTemporaryFolder { folder in
      _ = try write("not a filing", "a.txt", in: folder)
      let files = try FilingFiles([folder.path])
      #expect(files.skipped.count == 1 && files.skipped[0].contains("passed over"))
      #expect(throws: NoFilings.self) { try files.companies([]) }
      let path = folder.appending(path: "a.txt").path
      #expect(throws: UnreadableFile.self) { try FilingFiles([path]) }
      #expect(throws: FileError.self) { try FilingFiles([folder.path + "/none"]) }
    }
  }

  @Test func whatIsKeptOfTheNetworkHasAPlainName() {
    #expect(FileCache.name("https://a.b/../x?y=1") == "a.b/_/x_y_1")
  }

  @Test func aPictureHasOneOfThreeEndings() throws {
    #expect(PictureFile("a.gif") == nil)
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "a.svg").path
      try #require(PictureFile(path)).write("<svg/>")
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "<svg/>")
    }
  }

  @Test func aProblemOfCompletionIsChecked() throws {
    try withTemporaryFolder { folder in
      let sound = "{\"rows\":[3],\"columns\":[4],\"cells\":[[0,0]],\"outside_weight\":1}"
      #expect(try CompletionProblem(reading: write(sound, "p", in: folder)).cells.count == 1)
      let faults = [
        "[]": "not the JSON", "{\"rows\":[0],\"columns\":[4],\"cells\":[]}": "not above zero",
        "{\"rows\":[3],\"columns\":[4],\"cells\":[[0,1]]}": "not a row and a column",
        "{\"rows\":[3],\"columns\":[4],\"cells\":[[0,0]],\"priors\":[-1]}": "priors are not",
        "{\"rows\":[3],\"columns\":[4],\"cells\":[[0,0]],\"blocks\":[{\"cells\":[]}]}":
          "a block is",
      ]
      for (text, words) in faults {
        let path = try write(text, "q", in: folder)
        let error = #expect(throws: BookError.self) { try CompletionProblem(reading: path) }
        #expect(error.map { "\($0)".contains(words) } == true)
      }
    }
  }
}
