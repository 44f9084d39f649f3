import Foundation
import TestKit
import Testing

/// Rows that are wrong, each put into an otherwise sound folder: nothing of it is taken, and one
/// sentence says where and what to do.
@Suite struct BadRowTests {
  /// One fault: what replaces what in which file, and what is said of it.
  struct Fault: Sendable, CustomTestStringConvertible {
    let file: String
    let old: String
    let new: String
    /// The place, as `:3, column low`.
    let place: String
    /// A part of the reason or the advice.
    let words: String

    init(_ file: String, _ old: String, _ new: String, _ place: String, _ words: String) {
      (self.file, self.old, self.new, self.place, self.words) = (file, old, new, place, words)
    }

    var testDescription: String { "\(file)\(place) \(words)" }
  }

  /// Sound rows, short enough that the lines below can be counted.
  private static let sound: [String: String] = [
    "parties": """
    id,name,kind,parent,inside,identifiers,note
    acme,Acme,company,,yes,ticker:ACME,
    bolt,Bolt,company,acme,yes,,
    folk,Folk,households,,no,,

    """,
    "sources": """
    id,publisher,title,published,url,kind,seen_as,note
    s1,Gazette,Acme buys,2025-03-10,,news,,

    """,
    "deals": """
    id,payer,payee,kind,title,capacity,capacity_unit,note
    d1,folk,acme,purchase,Goods,100,GW,

    """,
    "claims": """
    id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,\
    new_payer,quote,note,confidence
    c1,d1,s1,,2025-03-10,active,paid,10,20,USD,2024,2025,,,,,words,,0.5
    c2,d1,s1,folk,2025-03-11,,,,,,,,,c1,confirm,,,,

    """,
    "facts": """
    id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,\
    note,confidence
    f1,acme,folk,revenue-share,10,20,percent,2024,2025,s1,,2025-03-10,,,words,,0.5
    f2,acme,,revenue,10,20,USD,2024,2025,s1,,2025-03-10,f1,confirm,,,

    """,
    "assumptions": """
    id,name,low,high,unit,basis,reason,source,note
    a1,end:d1,2026,2026,date,judgment,because,s1,
    a2,growth,1,2,ratio,judgment,because,,

    """,
  ]

  static let parties: [Fault] = [
    Fault("parties", "identifiers,note", "identifiers,colour", ":1, column colour", "not known"),
    Fault("parties", "inside,", "", ":1, column inside", "missing from the header"),
    Fault("parties", "kind,parent", "kind,kind", ":1, column kind", "stands twice"),
    Fault("parties", "acme,Acme", "ac me,Acme", ":2, column id", "is not an id"),
    Fault("parties", "acme,Acme", ",Acme", ":2, column id", "the cell is empty"),
    Fault("parties", "acme,Acme,", "acme,,", ":2, column name", "the cell is empty"),
    Fault("parties", "Acme,company", "Acme,firm", ":2, column kind", "use one of: company"),
    Fault("parties", "company,,yes", "company,,maybe", ":2, column inside", "use one of: yes, no"),
    Fault("parties", "ticker:ACME", "ACME", ":2, column identifiers", "has no scheme"),
    Fault(
      "parties",
      "bolt,Bolt,company,acme",
      "bolt,Bolt,company,who",
      ":3, column parent",
      "no party who"
    ),
    Fault(
      "parties",
      "folk,Folk,households,,no",
      "folk,Folk,households,,yes",
      ":4, column inside",
      "never inside"
    ),
    Fault("parties", "folk,Folk", "acme,Folk", ":4, column id", "acme"),
    Fault("parties", "Acme,company,,yes,ticker:ACME,", "Acme,company", ":2", "cells"),
    Fault("parties", "folk,Folk,households,,no,,", "folk,\"Folk,households,,no,,", ":4", "quote"),
    Fault("parties", "Folk,households", "Fo\"lk,households", ":4", "quote"),
    Fault("parties", "Folk,households", "Fo\u{0}lk,households", ":4, column name", "NUL"),
  ]

  static let sources: [Fault] = [
    Fault("sources", "seen_as", "seen", ":1, column seen", "not known"),
    Fault("sources", "url,kind", "kind", ":1, column url", "missing from the header"),
    Fault("sources", "Gazette", "", ":2, column publisher", "the cell is empty"),
    Fault("sources", "2025-03-10", "2025-02-30", ":2, column published", "is not a date"),
    Fault("sources", "news", "gossip", ":2, column kind", "use one of: filing"),
    Fault("sources", "s1,", "S1,", ":2, column id", "is not an id"),
  ]

  static let deals: [Fault] = [
    Fault("deals", "capacity_unit", "unit", ":1, column unit", "not known"),
    Fault("deals", "title,", "", ":1, column title", "missing from the header"),
    Fault("deals", "d1,folk", "d1,who", ":2, column payer", "no party who"),
    Fault("deals", "folk,acme", "folk,who", ":2, column payee", "no party who"),
    Fault("deals", "purchase", "gift", ":2, column kind", "use one of: purchase"),
    Fault("deals", "100,GW", "12abc,GW", ":2, column capacity", "is not a number"),
    Fault("deals", "100,GW", "\"1,5\",GW", ":2, column capacity", "is not a number"),
    Fault("deals", "100,GW", "-1,GW", ":2, column capacity", "negative"),
  ]

  static let claims: [Fault] = [
    Fault("claims", "teller", "speaker", ":1, column speaker", "not known"),
    Fault("claims", ",confidence", "", ":1, column confidence", "missing from the header"),
    Fault("claims", "c1,d1,s1", "c1,d9,s1", ":2, column deal", "no deal d9"),
    Fault("claims", "c1,d1,s1", "c1,d1,s9", ":2, column source", "no source s9"),
    Fault("claims", "c1,confirm", "c9,confirm", ":3, column about", "no claim c9"),
    Fault("claims", "c1,confirm", "c1,", ":3, column says", "stand together"),
    Fault("claims", "c1,confirm", "c1,agree", ":3, column says", "use one of: confirm"),
    Fault("claims", "c1,confirm", "c2,confirm", ":3, column about", "speaks of itself"),
    Fault(
      "claims",
      "2025-03-10,active",
      "2025-02-30,active",
      ":2, column reported",
      "is not a date"
    ),
    Fault("claims", "2025-03-10,active", ",active", ":2, column reported", "the cell is empty"),
    Fault("claims", "active,paid", "done,paid", ":2, column status", "use one of: rumoured"),
    Fault("claims", "active,paid", "active,said", ":2, column level", "use one of: headline"),
    Fault("claims", "paid,10,20", ",10,20", ":2, column level", "no level"),
    Fault("claims", "paid,10,20", "paid,12abc,20", ":2, column low", "is not a number"),
    Fault("claims", "paid,10,20", "paid,10,\"1,5\"", ":2, column high", "is not a number"),
    Fault("claims", "paid,10,20", "paid,1e9,20", ":2, column low", "is not a number"),
    Fault("claims", "paid,10,20", "paid,-10,20", ":2, column low", "negative"),
    Fault("claims", "paid,10,20", "paid,30,20", ":2, column high", "less than low"),
    Fault("claims", "paid,10,20", "paid,10.001,20", ":2, column low", "whole minor units"),
    Fault("claims", "20,USD", "20,", ":2, column currency", "no currency"),
    Fault("claims", "20,USD", "20,dollar", ":2, column currency", "is not a currency"),
    Fault("claims", "2024,2025", ",2025", ":2, column start", "no period"),
    Fault("claims", "2024,2025", "2024,", ":2, column end", "no period"),
    Fault("claims", "2024,2025", "2026,2025", ":2, column end", "before the start"),
    Fault("claims", "2024,2025,", "2024,2025,weekly", ":2, column schedule", "is not a schedule"),
    Fault("claims", ",words,,0.5", "folk,words,,0.5", ":2, column new_payer", "needs a novation"),
    Fault("claims", "words,,0.5", "words,,1.5", ":2, column confidence", "between 0 and 1"),
  ]

  static let facts: [Fault] = [
    Fault("facts", "metric", "measure", ":1, column measure", "not known"),
    Fault("facts", "unit,", "", ":1, column unit", "missing from the header"),
    Fault("facts", "f1,acme,folk", "f1,who,folk", ":2, column party", "no party who"),
    Fault("facts", "f1,acme,folk", "f1,,folk", ":2, column party", "the cell is empty"),
    Fault("facts", "f1,acme,folk", "f1,acme,who", ":2, column counterparty", "no party who"),
    Fault("facts", "revenue-share", "share-of-revenue", ":2, column metric", "use one of: revenue"),
    Fault(
      "facts",
      "2025,s1,,2025-03-10,,",
      "2025,s9,,2025-03-10,,",
      ":2, column source",
      "no source s9"
    ),
    Fault("facts", "10,20,percent", "10,120,percent", ":2, column high", "more than the whole"),
    Fault("facts", "10,20,percent", "10,20,miles", ":2, column unit", "is not a unit"),
    Fault("facts", "revenue,10,20", "revenue,-10,20", ":3, column low", "negative"),
    Fault("facts", "revenue,10,20", "revenue,10,1.", ":3, column high", "is not a number"),
    Fault("facts", "f1,confirm", "f9,confirm", ":3, column about", "no fact f9"),
    Fault("facts", "f1,confirm", ",confirm", ":3, column about", "stand together"),
    Fault(
      "facts",
      "2024,2025,s1,,2025-03-10,,",
      "2024,2025-13,s1,,2025-03-10,,",
      ":2, column end",
      "is not a date"
    ),
  ]

  static let assumptions: [Fault] = [
    Fault("assumptions", "basis", "base", ":1, column base", "not known"),
    Fault("assumptions", ",note", "", ":1, column note", "missing from the header"),
    Fault("assumptions", "end:d1", "end:d9", ":2, column name", "no deal d9"),
    Fault("assumptions", "2026,2026,date", "2026,soon,date", ":2, column high", "is not a date"),
    Fault(
      "assumptions",
      "judgment,because,s1",
      "guess,because,s1",
      ":2, column basis",
      "use one of: disclosed"
    ),
    Fault("assumptions", "because,s1", ",s1", ":2, column reason", "the cell is empty"),
    Fault("assumptions", "because,s1", "because,s9", ":2, column source", "no source s9"),
    Fault("assumptions", "growth,1,2", "growth,,", ":3, column low", "no value"),
    Fault("assumptions", "growth,1,2", "growth,3,2", ":3, column high", "less than low"),
  ]

  @Test(arguments: parties + sources + deals + claims + facts + assumptions)
  func aBrokenRowIsNamed(fault: Fault) throws {
    let text = try #require(Self.sound[fault.file])
    let range = try #require(text.firstRange(of: fault.old), "the fixture has no \(fault.old)")
    let broken = text.replacingCharacters(in: range, with: fault.new)
    try expectRefused(fault.file, Array(broken.utf8), fault.place, fault.words)
  }

  @Test(arguments: sound.keys.sorted()) func everyFileIsReadAsBytes(file: String) throws {
    let text = try #require(Self.sound[file])
    let header = text.prefix { $0 != "\n" }
    let columns = header.filter { $0 == "," }.count
    let commas = Array(String(repeating: ",", count: columns).utf8)
    let rows = Array(text.utf8)
    let line = text.filter { $0 == "\n" }.count + 1
    // Latin-1: é is the single byte E9.
    try expectRefused(file, rows + Array("caf".utf8) + [0xE9] + commas + [10], ":\(line)", "UTF-8")
    let large = [UInt8](repeating: 120, count: 2 << 20)
    try expectRefused(file, rows + large + commas + [10], ":\(line)", "bytes")
    try expectRefused(file, rows + Array("\"x".utf8) + commas + [10], ":\(line)", "quote")
    try expectRefused(file, [], ":1", "the file is empty")
    try expectRefused(file, rows + Array("one,two".utf8) + commas + [10], ":\(line)", "cells")
    let twice = try #require(text.split(separator: "\n").dropFirst().first)
    try expectRefused(file, rows + Array("\(twice)\n".utf8), ":\(line), column id", "stands twice")
  }

  @Test func theSoundFolderIsTaken() throws {
    try inFolder { folder in
      let result = try runOuro(["import", "book", "new.ouro"], in: folder)
      #expect(result.status == 0, "\(result.stderr)")
      #expect(result.stderr.hasPrefix("imported 11 rows in batch 1"))
    }
  }

  @Test func aMissingFileIsNamed() throws {
    try inFolder { folder in
      try FileManager.default.removeItem(at: folder.appending(path: "book/facts.csv"))
      let result = try runOuro(["import", "book", "new.ouro"], in: folder)
      #expect(result.status == 66)
      #expect(result.stderr.hasPrefix("ouro: book/facts.csv: "))
    }
  }

  /// A folder to work in, with the sound rows in `book`.
  private func inFolder(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try Self.write(to: folder)
      try body(folder)
    }
  }

  /// A book file with the sound rows, made once.
  private static let soundBook = Result {
    try withTemporaryFolder { folder in
      try write(to: folder)
      let made = try runOuro(["import", "book", "old.ouro"], in: folder)
      #expect(made.status == 0, "\(made.stderr)")
      return try Data(contentsOf: folder.appending(path: "old.ouro"))
    }
  }

  private static func write(to folder: URL) throws {
    let book = folder.appending(path: "book")
    try FileManager.default.createDirectory(at: book, withIntermediateDirectories: true)
    for (table, text) in sound {
      try Data(text.utf8).write(to: book.appending(path: "\(table).csv"))
    }
  }

  /// Expects that a folder with `bytes` as `file` is refused, by a book that is there and by none.
  private func expectRefused(
    _ file: String,
    _ bytes: [UInt8],
    _ place: String,
    _ words: String
  ) throws {
    try inFolder { folder in
      let old = folder.appending(path: "old.ouro")
      let before = try Self.soundBook.get()
      try before.write(to: old)
      try Data(bytes).write(to: folder.appending(path: "book/\(file).csv"))
      for target in ["old.ouro", "new.ouro"] {
        let result = try runOuro(["import", "book", target], in: folder)
        #expect(result.status == 65, "\(result.stderr)")
        #expect(result.stdout.isEmpty)
        #expect(result.stderr.hasPrefix("ouro: book/\(file).csv\(place)"), "\(result.stderr)")
        #expect(result.stderr.contains(words), "\(result.stderr)")
        #expect(result.stderr.contains("; "), "no advice: \(result.stderr)")
        #expect(result.stderr.filter { $0 == "\n" }.count == 1, "\(result.stderr)")
        #expect(result.stderr.utf8.count < 1_000)
      }
      #expect(try Data(contentsOf: old) == before)
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "new.ouro").path))
    }
  }
}
