import Foundation
import TestKit
import Testing

/// Books through other tools' formats and back, and tables of claims by a map.
struct ExchangeTests {
  @discardableResult
  private func ouro(_ words: [String], in folder: URL, status: Int32 = 0) throws -> ProgramResult {
    let result = try runOuro(words, in: folder)
    #expect(result.status == status, "\(words): \(result.stderr)")
    return result
  }

  @Test(arguments: ["ftm", "ftm-statements"])
  func theShippedBookComesBackToTheByte(format: String) throws {
    try withTemporaryFolder { folder in
      let shipped = packageRoot.appending(path: "Examples/ai-economy").path
      try ouro(["export", shipped, "--format", format, "-o", "book.txt"], in: folder)
      try ouro(["import", "book.txt", "again.ouro"], in: folder)
      let before = try ouro(["export", shipped, "--format", "json"], in: folder).stdout
      let after = try ouro(["export", "again.ouro", "--format", "json"], in: folder).stdout
      #expect(before == after)
      let twice = try ouro(["import", "book.txt", "again.ouro"], in: folder)
      #expect(twice.stderr.contains("imported 0 rows"))
    }
  }

  private static let entities = """
    {"id":"a","schema":"Company","properties":{"name":["Acme"]}}
    {"id":"b","schema":"Company","properties":{"name":["Bolt"]}}
    {"id":"p","schema":"Payment","properties":{"payer":["a"],"beneficiary":["b"],"amount":["5"],"currency":["USD"],"date":["2025"]}}
    {"id":"v","schema":"Vessel","properties":{"name":["Ship"]}}
    """

  @Test func aDryRunAddsNothing() throws {
    try withTemporaryFolder { folder in
      try Data(Self.entities.utf8).write(to: folder.appending(path: "net.json"))
      let words = ["import", "net.json", "new.ouro", "--publisher", "Leak"]
      let dry = try ouro(words + ["--dry-run"], in: folder)
      #expect(dry.stdout.hasPrefix("would add 2 parties, 1 sources, 1 deals, 1 claims\n"))
      #expect(dry.stderr.contains("Vessel v"))
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "new.ouro").path))
      let json = try JSON(try ouro(words + ["--dry-run", "--json"], in: folder).stdout)
      #expect(json["left_out"]?.elements.count == 1)
      #expect(json["rows"]?.elements.count == 5)
      try ouro(words, in: folder)
      let again = try JSON(try ouro(words + ["--dry-run", "--json"], in: folder).stdout)
      #expect(again["rows"] == .array([]))
      #expect(again["skipped"]?.number == 3)
      #expect(try ouro(words, in: folder).stderr.contains("imported 0 rows"))
    }
  }

  private static let table = """
    Vertragsliste;;;;
    Auftraggeber;Auftragnehmer;Wert;Datum;Stand
    Stadt Ulm;Acme GmbH;1.234,50;31.12.2024;unterzeichnet
    Stadt Ulm;Bolt AG;€ 2,00;01.02.2025;geplant

    """
  private static let map = """
    {"columns": {"payer": "Auftraggeber", "payee": "Auftragnehmer", "amount": "Wert", "reported": "Datum", "status": "Stand"},
     "values": {"kind": "purchase", "level": "binding", "currency": "EUR"},
     "words": {"status": {"unterzeichnet": "signed", "geplant": "intended"}}, "unit": 1000}
    """

  @Test func aTableIsReadByItsMap() throws {
    try withTemporaryFolder { folder in
      try Data(Self.table.utf8).write(to: folder.appending(path: "list.csv"))
      let words = ["import", "list.csv", "new.ouro", "--map", "map.json"]
      let proposed = try ouro(words, in: folder)
      #expect(proposed.stderr.contains("correct it"))
      let written = try String(contentsOf: folder.appending(path: "map.json"), encoding: .utf8)
      #expect(written.contains("\"payer\": \"Auftraggeber\""))
      try Data(Self.map.utf8).write(to: folder.appending(path: "map.json"))
      try ouro(words + ["--dry-run"], in: folder)
      try ouro(words, in: folder)
      let book = try JSON(try ouro(["export", "new.ouro", "--format", "json"], in: folder).stdout)
      let claims = try #require(book["claims"]?.elements)
      #expect(claims.map { $0["low"]?.string } == ["1234500", "2000"])
      #expect(claims.map { $0["status"]?.string } == ["signed", "intended"])
      #expect(claims.map { $0["reported"]?.string } == ["2024-12-31", "2025-02-01"])
      #expect(try ouro(words, in: folder).stderr.contains("imported 0 rows"))
    }
  }

  private static let misuses: [(table: String, map: String, expected: String)] = [
    (table, "{", "map.json: byte"), (table, "{\"colums\":{}}", "colums is not known"),
    (table, "{\"columns\":{\"payr\":\"x\"}}", "payr is no cell"),
    (table, "{\"columns\":{\"payer\":1,\"payee\":true}}", "write a text"),
    (table, "{\"values\":{\"payer\":\"x\"}}", "nothing says the payee"),
    (table, "{\"unit\":0}", "unit"), (table, "{\"decimal\":\"dot\"}", "decimal"),
    (table, map.replacing("\"Wert\"", with: "\"Werte\""), "column Werte"),
    (table.replacing("1.234,50", with: "viel"), map, "line 3, amount: \"viel\""),
    (table.replacing("31.12.2024", with: "Heute"), map, "line 3, reported: \"Heute\""),
    (table.replacing("31.12.2024", with: "03.04.2024"), map, "day_order"),
    (table.replacing("1.234,50", with: "1.234").replacing("2,00", with: "2"), map, "decimal"),
    (table.replacing("geplant", with: "bald"), map, "status"),
    (table.replacing("Auftragnehmer;Wert", with: "x;Wert"), map, "Auftragnehmer"),
  ]

  @Test(arguments: misuses)
  func whatATableLacksIsTold(table: String, map: String, expected: String) throws {
    try withTemporaryFolder { folder in
      try Data(table.utf8).write(to: folder.appending(path: "list.csv"))
      try Data(map.utf8).write(to: folder.appending(path: "map.json"))
      let words = ["import", "list.csv", "new.ouro", "--map", "map.json"]
      let result = try ouro(words, in: folder, status: 65)
      #expect(result.stderr.contains(expected), "\(result.stderr)")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "new.ouro").path))
    }
  }

  @Test(
    arguments: [
      (["import", "none.json", "new.ouro"], 66), (["import", "odd.txt", "new.ouro"], 65),
      (["import", "odd.txt", "new.ouro", "--map", "new.json"], 65),
      (["export", "new.ouro", "--by", "year", "--format", "ftm"], 64),
    ] as [([String], Int32)]
  )
  func whatCannotBeDoneIsTold(words: [String], status: Int32) throws {
    try withTemporaryFolder { folder in
      try Data("hello\n".utf8).write(to: folder.appending(path: "odd.txt"))
      #expect(try !ouro(words, in: folder, status: status).stderr.isEmpty)
    }
  }
}
