import Books
import Claims
import Foundation
import Tables
import TestKit
import Testing

@Test func anExportOfAnImportIsTheSameBytes() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let out = folder + "/out"
    try BookFolder.write(book.snapshot().contents, to: out)
    for (table, text) in fixture {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(out)/\(table.rawValue).csv"))
      #expect(String(decoding: bytes, as: UTF8.self) == text, "\(table)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: out).count == 6)
  }
}

@Test func aFolderIsKnownByWhatItSays() throws {
  try inTemporaryFolder { folder in
    let path = try writeFixture(in: folder)
    let first = try BookFile.open(path)
    #expect(first.name == "small")
    #expect(first.contents.parties.first?.name == "Acme, Inc.")
    // Order of rows and other files do not matter, cells do.
    let lines = try #require(fixture[.deals]).split(separator: "\n")
    let swapped = [lines[0], lines[2], lines[1]].joined(separator: "\r\n")
    _ = try writeFixture(in: folder, replacing: [.deals: Array(swapped.utf8)])
    try Data("x".utf8).write(to: URL(fileURLWithPath: path + "/README"))
    #expect(try BookFile.open(path + "/").headHash == first.headHash)
    let changed = try #require(fixture[.deals]).replacingOccurrences(of: "1.5", with: "1.6")
    _ = try writeFixture(in: folder, replacing: [.deals: Array(changed.utf8)])
    #expect(try BookFile.open(path).headHash != first.headHash)
  }
}

@Test func aFolderMustBeWhole() throws {
  try inTemporaryFolder { folder in
    let path = try writeFixture(in: folder)
    try FileManager.default.removeItem(atPath: path + "/facts.csv")
    let first = bookError { _ = try BookFile.open(path) }
    #expect(
      first
        == BookError.noSuchInput(
          path: path + "/facts.csv",
          reason: "there is no such file or folder"
        )
    )
    let error = bookError { _ = try BookFile.open(path, recordedBy: noon) }
    #expect(error?.description.contains("is a folder") == true)
    let missing = bookError { _ = try BookFile.open(folder + "/no.ouro") }
    #expect(
      missing == BookError.noSuchInput(path: folder + "/no.ouro", reason: "there is no such file")
    )
  }
}

/// A change that breaks one file, and the place it must be reported at.
struct BrokenRow: Sendable {
  let table: BookTable
  let old: String
  let new: String
  let line: Int
  let column: String?
  let reason: String

  init(
    _ table: BookTable,
    _ old: String,
    _ new: String,
    _ line: Int,
    _ column: String?,
    _ reason: String
  ) {
    (self.table, self.old, self.new) = (table, old, new)
    (self.line, self.column, self.reason) = (line, column, reason)
  }
}

private let brokenRows: [BrokenRow] = [
  BrokenRow(.parties, ",inside,", ",insider,", 1, "insider", "not known"),
  BrokenRow(.parties, "Labs,company", "Labs,firm", 3, "kind", "\"firm\" is not one of"),
  BrokenRow(.parties, "company,acme,", "company,acne,", 3, "parent", "there is no party acne"),
  BrokenRow(.parties, "lenders,Lenders", "acme,Lenders", 6, "id", "the id acme stands twice"),
  BrokenRow(.parties, "fund,,no", "fund,,yes", 6, "inside", "never inside"),
  BrokenRow(.parties, "ticker:ACME", "ACME", 2, "identifiers", "has no scheme"),
  BrokenRow(.parties, "members:acme,bolt", "members:acme,bo", 6, "identifiers", "no party bo"),
  BrokenRow(.parties, "acme-labs,", "Acme-Labs,", 3, "id", "is not an id"),
  BrokenRow(.sources, "title", "titel", 1, "titel", "not known"),
  BrokenRow(.sources, "2025-03-10", "2025-02-30", 2, "published", "is not a date"),
  BrokenRow(.sources, "s2,Acme", "s1,Acme", 3, "id", "the id s1 stands twice"),
  BrokenRow(.sources, "filing", "rumor", 3, "kind", "is not one of"),
  BrokenRow(.sources, "s2,Acme", "s2,\"Acme", 3, "publisher", "never closed"),
  BrokenRow(.deals, "capacity_unit,note", "capacity_unit", 1, "note", "missing from the header"),
  BrokenRow(.deals, "d1,acme", "d1,acne", 2, "payer", "there is no party acne"),
  BrokenRow(.deals, "1.5", "12abc", 2, "capacity", "\"12abc\" is not a number"),
  BrokenRow(.deals, "1.5", "\"1,5\"", 2, "capacity", "\"1,5\" is not a number"),
  BrokenRow(.deals, "1.5", "1,5", 2, nil, "the record has 9 cells"),
  BrokenRow(.deals, "1.5", "-1.5", 2, "capacity", "is negative"),
  BrokenRow(.deals, "d2,", "d1,", 3, "id", "the id d1 stands twice"),
  BrokenRow(.deals, "lenders,acme", "acme,acme", 3, "payee", "would pay itself"),
  BrokenRow(.claims, "c1,d1", "c1,d9", 2, "deal", "there is no deal d9"),
  BrokenRow(.claims, "d1,s1", "d1,s9", 2, "source", "there is no source s9"),
  BrokenRow(.claims, "2025-03-10", "10.03.2025", 2, "reported", "is not a date"),
  BrokenRow(.claims, "11900000000", "12abc", 2, "high", "\"12abc\" is not a number"),
  BrokenRow(.claims, "11900000000", "\"1,5\"", 2, "high", "\"1,5\" is not a number"),
  BrokenRow(.claims, "11900000000", "-5", 2, "high", "is negative"),
  BrokenRow(.claims, "11900000000", "1.234", 2, "high", "does not fit whole minor units"),
  BrokenRow(
    .claims,
    "c2,d1,s2,acme,2026-02,signed,binding,10000000000,10000000000.5,USD,2025-04,2029-12,2026-01:1500000000;2026-07:500000000,c1,amend",
    "c1,d1,s2,,2026-02,signed,,,,,,,,,",
    3,
    "id",
    "the id c1 stands twice"
  ),
  BrokenRow(.claims, "c1,amend", "c7,amend", 3, "about", "there is no claim c7"),
  BrokenRow(.claims, "USD,2025-04", "usd,2025-04", 3, "currency", "is not a currency"),
  BrokenRow(.claims, "0.9", "9", 2, "confidence", "not between 0 and 1"),
  BrokenRow(.facts, "f1,bolt", "f1,bold", 2, "party", "there is no party bold"),
  BrokenRow(.facts, "bolt,,revenue", "bolt,,profit", 2, "metric", "is not one of"),
  BrokenRow(.facts, "1900000000,1900000000", "-1,1", 2, "low", "is negative"),
  BrokenRow(.facts, "62,62", "62,12abc", 3, "high", "is not a number"),
  BrokenRow(.facts, "62,62", "\"6,2\",62", 3, "low", "is not a number"),
  BrokenRow(.facts, "f2,bolt", "f1,bolt", 3, "id", "the id f1 stands twice"),
  BrokenRow(.facts, "2024,2024,s2,,2026-02,,,,,1", "2024,20,s2,,2026-02,,,,,1", 2, "end", "a date"),
  BrokenRow(.assumptions, "end:d2", "end:d9", 2, "name", "there is no deal d9"),
  BrokenRow(.assumptions, "2030-01,2030-01", "2030-13,2030-01", 2, "low", "is not a date"),
  BrokenRow(.assumptions, "judgment", "guess", 2, "basis", "is not one of"),
  BrokenRow(.assumptions, "date,", "ratio,", 2, "low", "is not a number"),
  BrokenRow(.assumptions, "s1,\n", "s1,\na1,x,1,1,ratio,judgment,x,,\n", 3, "id", "stands twice"),
]

@Test(arguments: brokenRows)
func aBrokenRowIsNamedAndNothingEnters(broken: BrokenRow) throws {
  try inTemporaryFolder { folder in
    let text = try #require(fixture[broken.table])
    let range = try #require(text.range(of: broken.old))
    let bytes = Array(text.replacingCharacters(in: range, with: broken.new).utf8)
    try expectFault(bytes, broken, in: folder)
  }
}

@Test(arguments: BookTable.allCases)
func everyFileMustBeTextOfReasonableSize(table: BookTable) throws {
  try inTemporaryFolder { folder in
    let text = try #require(fixture[table])
    let end = try #require(text.firstIndex(of: "\n"))
    let first = text[...end]
    let id = String(repeating: "x", count: 2_000_000)
    let commas = String(repeating: ",", count: table.record.columns.count - 1)
    let huge = BrokenRow(table, "", "", 2, "id", "more than 65536 bytes")
    try expectFault(Array("\(first)\(id)\(commas)\n".utf8), huge, in: folder)
    let latin = BrokenRow(table, "", "", 2, "id", "is not UTF-8")
    try expectFault(Array(first.utf8) + [0xE9] + Array("\(commas)\n".utf8), latin, in: folder)
    let utf16 = BrokenRow(table, "", "", 1, "1", "NUL")
    try expectFault(
      [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
      utf16,
      in: folder
    )
  }
}

private func expectFault(_ bytes: [UInt8], _ broken: BrokenRow, in folder: String) throws {
  let path = try writeFixture(in: folder, replacing: [broken.table: bytes])
  let book = try Book.openOrCreate(at: folder + "/b.ouro", now: noon)
  let thrown = bookError { _ = try book.importFolder(path, now: noon) }
  // A row that loses its id, or a name, may be missed by others too: the fault itself stands first.
  let error: TableError
  switch thrown {
  case BookError.badTable(let one)?: error = one
  case BookError.badTables(let several)?: error = several[0]
  default: return #expect(Bool(false), "\(String(describing: thrown))")
  }
  #expect(error.file == "\(path)/\(broken.table.rawValue).csv")
  #expect(error.line == broken.line)
  #expect(error.column == broken.column)
  #expect(error.reason.contains(broken.reason), "\(error)")
  #expect(!error.advice.isEmpty)
  #expect(try book.history().isEmpty)
}

/// Whoever mends a folder by hand wants to see all that is wrong with it.
@Test func everyFaultOfAFolderIsTold() throws {
  try withTemporaryFolder { url in
    let folder = url.path
    let claims = try #require(fixture[.claims]).split(separator: "\n").map(String.init)
    let broken = [claims[0]] + claims.dropFirst().map { $0.replacing("2025", with: "20x5") }
    let facts = try #require(fixture[.facts]).replacing("2024", with: "20x4")
    let path = try writeFixture(
      in: folder,
      replacing: [.claims: Array(broken.joined(separator: "\n").utf8), .facts: Array(facts.utf8)]
    )
    let thrown = bookError { _ = try BookFolder.read(path) }
    guard case .badTables(let faults) = thrown else {
      return #expect(Bool(false), "\(String(describing: thrown))")
    }
    #expect(Set(faults.map(\.file)) == ["\(path)/claims.csv", "\(path)/facts.csv"])
    #expect(thrown?.sentences.count == faults.count && faults.count > 2)
    // Names of rows that are not there are told together as well.
    let deals = try #require(fixture[.deals]).split(
      separator: "\n",
      omittingEmptySubsequences: true
    )
    let alone = try writeFixture(
      in: folder + "/alone",
      replacing: [.deals: Array("\(deals[0])\n".utf8)]
    )
    guard case .badTables(let dangling) = bookError({ _ = try BookFolder.read(alone) }) else {
      return #expect(Bool(false), "no faults")
    }
    #expect(dangling.allSatisfy { $0.column == "deal" || $0.column == "name" })
  }
}

@Test(arguments: UInt64(0)..<300) func anyFolderIsABookOrAnError(seed: UInt64) throws {
  var rng = SplitMix64(seed: seed)
  let table = try #require(BookTable.allCases.randomElement(using: &rng))
  var bytes = Array(try #require(fixture[table]).utf8)
  for _ in 0..<Int.random(in: 1...4, using: &rng) {
    let index = Int.random(in: 0..<bytes.count, using: &rng)
    switch Int.random(in: 0..<3, using: &rng) {
    case 0: bytes[index] = UInt8.random(in: 0...255, using: &rng)
    case 1: bytes.insert(UInt8.random(in: 32...126, using: &rng), at: index)
    default: bytes.remove(at: index)
    }
  }
  try inTemporaryFolder { folder in
    let path = try writeFixture(in: folder, replacing: [table: bytes])
    do throws(BookError) {
      let contents = try BookFolder.read(path)
      try BookFolder.write(contents, to: folder + "/again")
      #expect(try BookFolder.read(folder + "/again") == contents)
    } catch {
      #expect(error.description.contains(table.rawValue) || table != .claims, "\(error)")
    }
  }
}

/// The fixture with a value in each optional column of some row.
let extended: [BookTable: String] = fixture.merging(
  [
    .deals: """
    id,payer,payee,kind,title,capacity,capacity_unit,note,part
    d1,acme,bolt,purchase,capacity,1.5,GW,,cloud
    d2,lenders,acme,loan,a loan,,,,

    """,
    .claims: """
    id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,\
    new_payer,quote,note,confidence,signed,condition,pen
    c1,d1,s1,,2025-03-10,announced,headline,,11900000000,USD,2025,2029,,,,,,,0.9,2025-03,performance,forecast
    c2,d1,s2,acme,2026-02,signed,,,,,,,,,,,,,,,,

    """,
    .facts: """
    id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,\
    note,confidence,pen,part
    f1,bolt,,revenue,1900000000,1900000000,USD,2024,2024,s2,,2026-02,,,,,1,estimate,cloud

    """,
  ],
  uniquingKeysWith: { _, new in new }
)

@Test func optionalColumnsGoThroughBooksOfBothKinds() throws {
  try inTemporaryFolder { folder in
    let path = try writeFixture(in: folder, replacing: extended.mapValues { Array($0.utf8) })
    let book = try Book.openOrCreate(at: folder + "/book.ouro", now: noon)
    _ = try book.importFolder(path, now: noon)
    try BookFolder.write(book.snapshot().contents, to: folder + "/out")
    for (table, text) in extended {
      let file = URL(fileURLWithPath: "\(folder)/out/\(table.rawValue).csv")
      #expect(String(decoding: try Data(contentsOf: file), as: UTF8.self) == text, "\(table)")
    }
    let contents = try book.snapshot().contents
    let claim = try #require(contents.claims.first)
    #expect(claim.signed == PartialDate("2025-03") && claim.condition == .performance)
    #expect(claim.pen == .forecast && contents.facts.first?.part == "cloud")
  }
}

@Test func anOptionalColumnMayBeMissingAndItsWordsAreChecked() throws {
  try inTemporaryFolder { folder in
    let claims = try #require(extended[.claims])
    let misspelt = claims.replacingOccurrences(of: "performance", with: "milestones")
    let path = try writeFixture(in: folder, replacing: [.claims: Array(misspelt.utf8)])
    let error = bookError { _ = try BookFile.open(path) }
    #expect(error?.description.contains("exercise, performance, closing, approval, other") == true)
    let some =
      "id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,"
      + "about,says,new_payer,quote,note,confidence,condition\nc1,d1,s1,,2025,,,,,,,,,,,,,,,closing\n"
    _ = try writeFixture(in: folder, replacing: [.claims: Array(some.utf8)])
    #expect(try BookFile.open(path).contents.claims.first?.condition == .closing)
  }
}
