import Foundation
import TestKit
import Testing

@testable import Web

/// A book that changes on the disk while it is served.
@Suite struct MovingBookTests {
  /// A small book in a folder of its own.
  private static func book(in folder: URL) throws {
    let files = [
      "parties.csv":
        "id,name,kind,parent,inside,identifiers,note\na,Alpha,company,,yes,,\nb,Beta,company,,yes,,\n",
      "sources.csv":
        "id,publisher,title,published,url,kind,seen_as,note\ns,Gazette,News,2025-01-01,,news,full,\n",
      "deals.csv":
        "id,payer,payee,kind,title,capacity,capacity_unit,note\nd,a,b,purchase,Chips,,,\n",
      "claims.csv": claims("100"), "facts.csv": facts, "assumptions.csv": assumptions,
    ]
    for (name, text) in files {
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
  }

  private static func claims(_ amount: String) -> String {
    "id,deal,source,teller,reported,status,level,low,high,currency,start,end,schedule,about,says,new_payer,quote,note,confidence\n"
      + "c1,d,s,,2025-01-01,completed,paid,\(amount),\(amount),USD,2024,2024,,,,,,,\n"
  }

  private static let facts =
    "id,party,counterparty,metric,low,high,unit,start,end,source,teller,reported,about,says,quote,note,confidence\n"
  private static let assumptions = "id,name,low,high,unit,basis,reason,source,note\n"

  @Test func theBookIsReadAgainAndAddressesKeepTheirState() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "moving-\(UUID().uuidString)"
    )
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Self.book(in: folder)
    let served = try await ServedBook(folder.path)
    let first = try await served.get("/flows")
    let place = try #require(first["Location"])
    #expect(try await served.get(place).body.contains("$100"))
    #expect(try await !served.get(place).body.contains("moved on"))

    let claims = folder.appending(path: "claims.csv")
    try Data(Self.claims("250").utf8).write(to: claims)
    try await Task.sleep(for: .milliseconds(300))
    // The address names the state before, and says that it is one.
    let before = try await served.get(place).body
    #expect(before.contains("$100") && !before.contains("$250"))
    #expect(before.contains("The book has moved on"))
    let now = try #require(before.firstMatch(of: /href="([^"]+)">Show it as it is now/)).output.1
    let after = try await served.get(String(now).replacing("&amp;", with: "&")).body
    #expect(after.contains("$250") && !after.contains("moved on"))

    // Half a file is no book: what was last whole stays, with why.
    try Data("id,deal\n".utf8).write(to: claims)
    try await Task.sleep(for: .milliseconds(300))
    let broken = try await served.page("/flows").body
    #expect(broken.contains("$250"))
    #expect(broken.contains("cannot be read"))

    try Data(Self.claims("70").utf8).write(to: claims)
    try await Task.sleep(for: .milliseconds(300))
    let mended = try await served.page("/flows").body
    #expect(mended.contains("$70") && !mended.contains("cannot be read"))

    // A state that nobody has is told.
    let unknown = place.replacing(/head=[0-9a-f]+/, with: "head=0123456789ab")
    #expect(try await served.get(unknown).body.contains("no longer in memory"))
  }
}
