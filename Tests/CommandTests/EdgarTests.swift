import Foundation
import TestKit
import Testing

/// Filings of a company of our own, told, compared with a book and put in its inbox.
struct EdgarTests {
  private static let facts = """
    {"cik":42,"entityName":"ACME","facts":{"us-gaap":{"Revenues":{"label":"Revenues","units":{"USD":[
    {"start":"2025-01-01","end":"2025-09-30","val":70000000,"accn":"0000000042-25-000003","fy":2025,"fp":"Q3","form":"10-Q","filed":"2025-11-01"},
    {"start":"2025-01-01","end":"2025-12-31","val":100000000,"accn":"0000000042-26-000001","fy":2025,"fp":"FY","form":"10-K","filed":"2026-02-01"}
    ]}},"Widgets":{"label":"Widgets","units":{"USD":[]}}}}}
    """

  private func withFilings(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let filings = folder.appending(path: "filings")
      try FileManager.default.createDirectory(at: filings, withIntermediateDirectories: true)
      try Data(Self.facts.utf8).write(to: filings.appending(path: "facts.json"))
      try Data("hello".utf8).write(to: filings.appending(path: "notes.txt"))
      try body(folder)
    }
  }

  @Test func figuresAreTold() throws {
    try withFilings { folder in
      let result = try runOuro(["edgar", "42", "--from", "filings"], in: folder)
      #expect(result.status == 0)
      #expect(
        result.stdout.contains(
          "30,000,000  10-K filed 2026-02-01 · derived: year less nine"
        )
      )
      #expect(result.stdout.contains("us-gaap:Widgets 0"))
      #expect(result.stderr.contains("notes.txt: passed over"))
      let json = try JSON(try runOuro(["edgar", "--from", "filings", "--json"], in: folder).stdout)
      #expect(json["company"]?["cik"]?.string == "0000000042")
      let facts = try #require(json["facts"]?.elements)
      #expect(facts.map { $0["fiscal_period"]?.string } == ["FY2025 9M", "FY2025", "FY2025 Q4"])
      #expect(facts.map { $0["low"]?.number } == [70_000_000, 100_000_000, 30_000_000])
    }
  }

  /// A dry run changes nothing; adding puts in the inbox what is new, and nothing the second time.
  @Test func whatIsNewIsAddedOnce() throws {
    try withFilings { folder in
      let shipped = packageRoot.appending(path: "Examples/ai-economy").path
      #expect(try runOuro(["import", shipped, "market.ouro"], in: folder).status == 0)
      let words = ["edgar", "--from", "filings", "--book", "market.ouro"]
      let dry = try runOuro(words, in: folder)
      #expect(dry.stdout.contains("acme, whom the book does not have: 0 confirmed"))
      #expect(dry.stdout.contains("3 new"))
      let waiting = {
        try JSON(try runOuro(["review", "market.ouro", "--json"], in: folder).stdout)
      }
      #expect(try waiting().elements.isEmpty)
      let added = try runOuro(words + ["--add"], in: folder)
      #expect(added.stderr.contains("3 candidates in the inbox"))
      #expect(try waiting().elements.count == 3)
      let again = try runOuro(words + ["--add"], in: folder)
      #expect(again.status == 0)
      #expect(again.stderr.contains("0 candidates in the inbox"))
      #expect(try waiting().elements.count == 3)

      let accepted = try runOuro(["review", "market.ouro", "--accept", "1"], in: folder)
      #expect(accepted.status == 0, "\(accepted.stderr)")
      let after = try runOuro(words, in: folder)
      #expect(after.stdout.contains("acme in the book"))
      #expect(after.stdout.contains("1 confirmed"))
    }
  }

  private static let misuses: [(words: [String], status: Int32)] = [
    (["edgar"], 64), (["edgar", "x", "--from", "filings"], 64),
    (["edgar", "--from", "filings", "--add"], 64), (["edgar", "7", "--from", "filings"], 65),
    (["edgar", "--from", "filings/notes.txt"], 65), (["edgar", "--from", "nowhere"], 66),
    (["edgar", "--from", "filings", "--book", "none.ouro"], 66),
  ]

  @Test(arguments: misuses)
  func whatCannotBeDoneIsToldAndNothingPrinted(words: [String], status: Int32) throws {
    try withFilings { folder in
      let result = try runOuro(words, in: folder)
      #expect(result.status == status, "\(result.stderr)")
      #expect(result.stdout.isEmpty)
      #expect(!result.stderr.isEmpty)
    }
  }
}
