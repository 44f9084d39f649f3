import Foundation
import TestKit
import Testing

/// Files as each version of their form was written, read by this program: what docs/compatibility.md promises.
@Suite struct VersionsTests {
  private static let payments =
    "payer,payee,amount,date\na,b,100.00,2025-01-02\nb,c,90,2025-01-03\nc,a,80.5,2025-01-04\n"

  /// A copy of a file, in a folder of its own.
  private func withCopy(_ name: String, _ body: (URL, URL) throws -> Void) throws {
    let kept = packageRoot.appending(path: "Tests/CommandTests/Fixtures/versions/\(name)")
    try withTemporaryFolder { folder in
      let copy = folder.appending(path: name)
      try FileManager.default.copyItem(at: kept, to: copy)
      try body(folder, copy)
    }
  }

  private func ouro(_ line: String, input: String = "", in folder: URL) throws -> String {
    let result = try runOuro(line.split(separator: " ").map(String.init), input: input, in: folder)
    #expect(result.status == 0, "\(line): \(result.stderr)")
    return result.stdout
  }

  @Test(arguments: 1...3) func booksSayWhatWasWrittenIntoThem(version: Int) throws {
    try withCopy("book-\(version).ouro") { folder, book in
      let before = try Data(contentsOf: book)
      let source = packageRoot.appending(path: "Tests/CommandTests/Fixtures/loop-book").path
      _ = try ouro("import \(source) new.ouro", in: folder)
      #expect(
        try ouro("export \(book.path) --json", in: folder)
          == ouro("export new.ouro --json", in: folder)
      )
      _ = try ouro("verify \(book.path)", in: folder)
      #expect(try Data(contentsOf: book) == before, "who reads leaves the file as it is")
      let inbox = try ouro("review \(book.path)", in: folder)
      #expect(inbox.contains("Beta") == (version == 3))
      _ = try ouro("undo \(book.path)", in: folder)
      #expect(try ouro("verify \(book.path)", in: folder).contains("104 entries in 2 batches"))
    }
  }

  @Test(arguments: 1...2) func packedPaymentsAreThoseOfTheTable(version: Int) throws {
    try withCopy("payments-\(version).pack") { folder, pack in
      let scan = ["scan", "-", "--within", "5d", "--json"]
      let plain = try JSON(runOuro(scan, input: Self.payments).stdout)
      let packed = try JSON(ouro("scan \(pack.path) --within 5d --json", in: folder))
      #expect(plain["count"]?.number == 1)
      #expect(packed["largest"] == plain["largest"])
    }
  }

  @Test func partsOfAScanAreJoined() throws {
    try withCopy("scan-1.part") { folder, part in
      let joined = try JSON(ouro("merge \(part.path) --json", in: folder))
      #expect(joined["count"]?.number == 1)
    }
  }

  @Test func runsAreJoined() throws {
    try withCopy("run-3.json") { folder, run in
      _ = try ouro("merge \(run.path) -o again.json", in: folder)
      #expect(try Data(contentsOf: folder.appending(path: "again.json")) == Data(contentsOf: run))
    }
  }

  @Test func aWatchGoesOn() throws {
    try withCopy("watch-1.state") { folder, state in
      let told = try ouro(
        "watch - --within 5d --checkpoint \(state.path)",
        input: Self.payments + "b,a,5,2025-01-05\n",
        in: folder
      )
      #expect(told.split(separator: "\n").count == 1)
      #expect(told.contains("lines 2 5"))
    }
  }

  @Test func aFileIsReadByItsMap() throws {
    try withCopy("map-1.json") { folder, map in
      let german = map.path.replacing("/map-1.json", with: "/german.csv")
      let kept = packageRoot.appending(path: "Tests/CommandTests/Fixtures/versions/german.csv")
      try FileManager.default.copyItem(at: kept, to: URL(filePath: german))
      let scan = try JSON(ouro("scan \(german) --map \(map.path) --within 5d --json", in: folder))
      #expect(scan["count"]?.number == 1)
      #expect(scan["totals"]?.elements.first?["total"]?.number == 2_434.5)
    }
  }
}
