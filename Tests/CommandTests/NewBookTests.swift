import Books
import Claims
import Foundation
import TestKit
import Testing

/// A book of one's own: begun from nothing, filled by lines of plain words, answered.
@Suite struct NewBookTests {
  @Test func aLoopFromNothingInFourCommands() throws {
    try withTemporaryFolder { folder in
      let book = folder.appending(path: "market.ouro").path
      #expect(try runOuro(["new", book]).status == 0)
      for line in ["Acme invests 2bn in Bolt in 2025", "Bolt pays Acme 1.5bn in 2025"] {
        let added = try runOuro(["add", book, line, "--source", "Gazette", "--on", "2026-01-15"])
        #expect(added.status == 0)
      }
      let report = try runOuro(["report", book, "--period", "2025", "--json"])
      let known = try #require(JSON(report.stdout)["footings"]?.elements.first)
      // Of 3.5bn the 1.5bn that goes both ways goes round: 3bn.
      #expect(known["total"]?.number == 3.5e9)
      #expect(known["circulation"]?.number == 3e9)
    }
  }

  @Test func aFolderSaysWhatEachColumnHolds() throws {
    try withTemporaryFolder { folder in
      let book = folder.appending(path: "mine").path
      #expect(try runOuro(["new", book]).status == 0)
      let guide = try String(contentsOfFile: "\(book)/README.txt", encoding: .utf8)
      for table in BookTable.allCases {
        let text = try String(contentsOfFile: "\(book)/\(table.rawValue).csv", encoding: .utf8)
        #expect(text == table.record.allColumns.joined(separator: ",") + "\n")
        let part = try #require(
          guide.components(separatedBy: "\n\n").first { $0.hasPrefix("\(table.rawValue).csv\n") }
        )
        let told = part.split(separator: "\n").dropFirst().map {
          $0.split(separator: " ", maxSplits: 1)
        }
        #expect(told.map { String($0[0]) } == table.record.allColumns)
        #expect(told.allSatisfy { $0.count == 2 })
      }
      let report = try runOuro(["report", book])
      #expect(report.status == 0)
      #expect(report.stderr.contains("the book is empty"))
    }
  }

  @Test func nothingIsOverwrittenAndFaultsAreSentences() throws {
    try withTemporaryFolder { folder in
      let book = folder.appending(path: "market.ouro").path
      #expect(try runOuro(["new", book]).status == 0)
      #expect(try runOuro(["new", book]).stderr.contains("is there already; give another name"))
      #expect(try runOuro(["new", folder.path]).stderr.contains("is there already"))
      let vague = try runOuro(["add", book, "Acme likes Bolt"])
      #expect(vague.status == 65 && vague.stderr.hasPrefix("ouro: no verb says who pays"))
      let typo = try runOuro(["add", book, "party", "id=a"])
      #expect(typo.status == 64)
      let option = try runOuro(["add", book, "parties", "id=a", "--outside"])
      #expect(option.status == 64)
    }
  }

  @Test func amountsOfCellsMayBeWrittenShort() throws {
    try withTemporaryFolder { folder in
      let book = folder.appending(path: "market.ouro").path
      #expect(try runOuro(["new", book]).status == 0)
      for row in [
        ["sources", "id=s", "publisher=Gazette", "title=T", "kind=news"],
        ["parties", "id=acme", "name=Acme", "kind=company", "inside=yes"],
        [
          "facts", "id=f", "party=acme", "metric=revenue", "low=1.5bn", "high=$1,500m", "unit=USD",
          "start=2025", "end=2025", "source=s", "reported=2026-02-01",
        ],
      ] {
        #expect(try runOuro(["add", book] + row).status == 0)
      }
      let facts = try Book(at: book).snapshot().contents.facts
      #expect(facts.map { $0.values[4] } == ["1500000000"])
      #expect(facts.map { $0.values[5] } == ["1500000000"])
    }
  }
}
