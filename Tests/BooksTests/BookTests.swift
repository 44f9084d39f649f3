import Books
import Claims
import Foundation
import TestKit
import Testing

@Test func rowsCountUntilTheyAreRetracted() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let before = try book.snapshot()
    let late = Timestamp(secondsSince1970: 1_764_000_060)
    let receipt = try book.retract(["f2"], from: .facts, reason: "misread", now: late)
    #expect(receipt.written == 1)
    #expect(receipt.batch == 2)
    #expect(try book.snapshot().contents.facts.map(\.id) == ["f1", "f3"])
    #expect(try book.snapshot(recordedBy: noon) == before)
    #expect(try book.snapshot(recordedBy: Timestamp(secondsSince1970: 0)).contents == .empty)
    let entries = try book.history(of: "f2")
    #expect(entries.map(\.action) == [.add, .retract])
    #expect(entries.map(\.reason) == ["import", "misread"])
    #expect(entries.last?.hash == receipt.headHash)
    #expect(entries.first?.fields?["metric"] == "revenue-share")
    let verified = try book.verify(expecting: String(before.headHash.prefix(8)))
    #expect(verified.rows == 13 && verified.entries == 15 && verified.batches == 2)
    #expect(throws: BookError.self) { try book.verify(expecting: "00000000") }
  }
}

@Test func aRowThatOthersNeedStays() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let error = bookError { _ = try book.retract(["d1"], from: .deals, reason: "x", now: noon) }
    #expect(
      error
        == BookError.refused(
          reason: "deals d1 is referred to by claims c1, claims c2",
          advice: "retract those first"
        )
    )
    #expect(throws: BookError.self) {
      try book.retract(["nobody"], from: .deals, reason: "x", now: noon)
    }
    // Rows that need only each other go together.
    #expect(try book.retract(["c1", "c2"], from: .claims, reason: "x", now: noon).written == 2)
    #expect(try book.retract(["d1"], from: .deals, reason: "x", now: noon).written == 1)
    _ = try book.verify()
  }
}

@Test func undoGoesBackBatchByBatch() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let imported = try book.snapshot().contents
    _ = try book.add([party("new"), party("sub", parent: "new")], now: noon)
    let added = try book.snapshot().contents
    _ = try book.retract(["sub"], from: .parties, reason: "x", now: noon)
    _ = try book.undo(now: noon)
    #expect(try book.snapshot().contents == added)
    _ = try book.undo(now: noon)
    #expect(try book.snapshot().contents == imported)
    _ = try book.undo(now: noon)
    #expect(try book.snapshot().contents == .empty)
    #expect(throws: BookError.self) { try book.undo(now: noon) }
    // What was undone may be said again, even otherwise.
    _ = try book.add([party("acme", note: "other")], now: noon)
    #expect(try book.snapshot().contents.parties.map(\.note) == ["other"])
    #expect(try book.verify().batches == 7)
    #expect(try book.history().filter { $0.undoes != nil }.map(\.batch).last == 6)
  }
}

/// Against a plain editor with two stacks: after any steps the book holds what the editor does.
@Test(arguments: 0..<20) func undoAndRedoAreAnEditors(seed: UInt64) throws {
  try inTemporaryFolder { folder in
    var generator = SplitMix64(seed: seed)
    let book = try fixtureBook(in: folder)
    var done = [try book.snapshot().contents.parties.map(\.id)]
    var undone: [[String]] = []
    for step in 0..<25 {
      let standing = done[done.count - 1]
      switch Int.random(in: 0..<5, using: &generator) {
      case 0, 1:
        _ = try book.add([party("p\(step)")], now: noon)
        done.append((standing + ["p\(step)"]).sorted())
        undone = []
      case 2:
        guard let gone = standing.first(where: { $0.hasPrefix("p") }) else { continue }
        _ = try book.retract([gone], from: .parties, reason: "x", now: noon)
        done.append(standing.filter { $0 != gone })
        undone = []
      case 3 where done.count > 1:
        _ = try book.undo(now: noon)
        undone.append(done.removeLast())
      default:
        guard let again = undone.popLast() else {
          #expect(throws: BookError.self) { try book.redo(now: noon) }
          continue
        }
        _ = try book.redo(now: noon)
        done.append(again)
      }
      #expect(try book.snapshot().contents.parties.map(\.id) == done[done.count - 1])
    }
    _ = try book.verify()
  }
}

@Test func anIDIsUsedOnce() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let head = try book.snapshot().headHash
    for rows in [
      [try party("acme", note: "other")], [try party("x"), try party("x")],
      [try party("y"), try party("z", parent: "nobody")],
    ] {
      #expect(throws: BookError.self) { try book.add(rows, now: noon) }
    }
    _ = try book.retract(["acme-labs"], from: .parties, reason: "x", now: noon)
    #expect(throws: BookError.self) { try book.add([party("acme-labs")], now: noon) }
    _ = try book.undo(now: noon)
    #expect(try book.snapshot(recordedBy: noon).headHash != head)
  }
}

@Test func importingAgainAddsWhatIsNew() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let same = try book.importFolder(folder + "/small", now: noon)
    #expect(same.batch == nil && same.written == 0 && same.skipped == 14)
    let more = try #require(fixture[.deals]) + "d3,bolt,acme,lease,land,,,\n"
    let path = try writeFixture(in: folder, replacing: [.deals: Array(more.utf8)])
    let again = try book.importFolder(path, now: noon)
    #expect(again.written == 1 && again.skipped == 14)
    let other = more.replacingOccurrences(of: "land", with: "sea")
    _ = try writeFixture(in: folder, replacing: [.deals: Array(other.utf8)])
    let error = bookError { _ = try book.importFolder(path, now: noon) }
    #expect(
      error?.description == "\(path)/deals.csv:4, column id: the id d3 is in the book already, "
        + "with other cells; a correction is a new row: give it an id of its own"
    )
    _ = try book.retract(["d3"], from: .deals, reason: "no", now: noon)
    #expect(throws: BookError.self) { try book.importFolder(path, now: noon) }
  }
}

@Test func aClockThatRunsBehindIsHeld() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    _ = try book.add([party("x")], now: Timestamp(secondsSince1970: 5))
    #expect(try book.history(of: "x").map(\.recorded) == [noon])
    _ = try book.verify()
  }
}

@Test func eightConnectionsWriteAtATime() async throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("ouro-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: folder) }
  let path = folder + "/many.ouro"
  try await withThrowingTaskGroup { group in
    for writer in 0..<8 {
      group.addTask {
        let book = try Book.openOrCreate(at: path, now: noon)
        for row in 0..<20 { _ = try book.add([party("p\(writer)-\(row)")], now: noon) }
      }
    }
    try await group.waitForAll()
  }
  let verified = try Book(at: path).verify()
  #expect(verified.rows == 160 && verified.batches == 160)
  #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["many.ouro"])
}

@Test(arguments: [
  ("2026-03-01T17:04:05Z", true), ("2026-03-01T24:00:00Z", false), ("2026-02-30T00:00:00Z", false),
  ("2026-03-01 17:04:05Z", false), ("2026-03-01T17:04:05", false), ("2026-03-01T17:0a:05Z", false),
  ("", false),
])
func timesAreReadStrictly(text: String, isTime: Bool) {
  #expect((Timestamp(text) != nil) == isTime)
}

@Test func timesAreWritten() {
  #expect(Timestamp(secondsSince1970: 1_764_000_000).description == "2025-11-24T16:00:00Z")
  #expect(Timestamp(secondsSince1970: -1).description == "1969-12-31T23:59:59Z")
  #expect(Timestamp(endOf: .month(year: 2026, month: 2)).description == "2026-02-28T23:59:59Z")
}

@Test func aRowThatStandsTwiceIsRefused() throws {
  try inTemporaryFolder { folder in
    let book = try fixtureBook(in: folder)
    let error = bookError { _ = try book.add([party("twin"), party("twin")], now: noon) }
    guard case BookError.badRow(.parties, "twin", let fault)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(fault.column == "id")
    #expect(try book.snapshot().contents.parties.allSatisfy { $0.id != "twin" })
  }
}

@Test func aFileThatIsNoBookIsTold() throws {
  try inTemporaryFolder { folder in
    let path = folder + "/no.ouro"
    try "not a book".write(toFile: path, atomically: true, encoding: .utf8)
    let error = bookError { _ = try Book(at: path) }
    guard case BookError.notABook(path, _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }
}
