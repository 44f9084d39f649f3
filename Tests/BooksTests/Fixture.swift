import Books
import Claims
import Foundation
import TestKit
import Testing

/// A small book in its canonical form, with the cells that CSV finds hard.
let fixture: [BookTable: String] = [
  .parties: """
  id,name,kind,parent,inside,identifiers,note
  acme,"Acme, Inc.",company,,yes,ticker:ACME cik:0000000001,
  acme-labs,Acme Labs,company,acme,yes,,
  bolt,Bolt,company,,yes,,"says ""hello""
  on two lines"
  lenders,Lenders,fund,,no,"members:acme,bolt",'=1+1

  """,
  .sources: """
  id,publisher,title,published,url,kind,seen_as,note
  s1,Gazette,Acme buys from Bolt,2025-03-10,https://gazette.example/1,news,page,
  s2,Acme,Form 10-K,2026-02,,filing,,été

  """,
  .deals: """
  id,payer,payee,kind,title,capacity,capacity_unit,note
  d1,acme,bolt,purchase,capacity,1.5,GW,
  d2,lenders,acme,loan,a loan,,,

  """,
  .claims: """
  id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,\
  new_payer,quote,note,confidence
  c1,d1,s1,,2025-03-10,announced,headline,,11900000000,USD,2025,2029,back-loaded,,,,"up to $11.9bn",,0.9
  c2,d1,s2,acme,2026-02,signed,binding,10000000000,10000000000.5,USD,2025-04,2029-12,\
  2026-01:1500000000;2026-07:500000000,c1,amend,,,,

  """,
  .facts: """
  id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,\
  note,confidence
  f1,bolt,,revenue,1900000000,1900000000,USD,2024,2024,s2,,2026-02,,,,,1
  f2,bolt,acme,revenue-share,62,62,percent,2024,2024,s2,,2026-02,,,,,
  f3,acme,,operating-cash-flow,-500,-500,USD,2024,2024,s2,,2026-02,f1,part,,,

  """,
  .assumptions: """
  id,name,low,high,unit,basis,reason,source,note
  a1,end:d2,2030-01,2030-01,date,judgment,loans like it run five years,s1,

  """,
].mapValues { $0.replacingOccurrences(of: "\"up to $11.9bn\"", with: "up to $11.9bn") }

let noon = Timestamp(secondsSince1970: 1_764_000_000)

/// A folder of its own for one test, gone afterwards.
func inTemporaryFolder(_ body: (String) throws -> Void) throws {
  try withTemporaryFolder { folder in try body(folder.path) }
}

/// Writes the fixture, with some tables replaced, and gives the folder.
func writeFixture(in folder: String, replacing: [BookTable: [UInt8]] = [:]) throws -> String {
  let path = folder + "/small"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  for (table, text) in fixture {
    let bytes = replacing[table] ?? Array(text.utf8)
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(table.rawValue).csv"))
  }
  return path
}

/// A book file that holds the fixture.
func fixtureBook(in folder: String) throws -> Book {
  let source = try writeFixture(in: folder)
  let book = try Book.openOrCreate(at: folder + "/small.ouro", now: noon)
  _ = try book.importFolder(source, now: noon)
  return book
}

/// The error that `body` throws.
func bookError(_ body: () throws -> Void) -> BookError? {
  #expect(throws: BookError.self) { try body() }
}

func party(_ id: String, parent: String = "", note: String = "") throws -> NewRow {
  NewRow(
    try Party(
      Fields([
        "id": id, "name": id, "kind": "company", "inside": "yes", "parent": parent, "note": note,
      ])
    )
  )
}

extension Book {
  /// Imports a folder as `ouro import` does.
  func importFolder(_ folder: String, now: Timestamp) throws -> Receipt {
    try add(BookFolder.rows(folder), present: .skip, reason: "import", now: now)
  }
}
