import Books
import Foundation
import GRDB
import TestKit
import Testing

/// The inbox in the book file: what waits, what became of it, and that it leaves the log alone.
struct InboxTests {
  private func version(_ path: String) throws -> Int? {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") }
  }

  private func execute(_ sql: String, on path: String) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.write { db in try db.execute(sql: sql) }
  }

  @Test func aBookIsAsItWasUntilSomethingIsPutIn() throws {
    try inTemporaryFolder { folder in
      let book = try fixtureBook(in: folder)
      let before = try Data(contentsOf: URL(fileURLWithPath: book.path))
      #expect(try book.inbox() == [])
      #expect(try Data(contentsOf: URL(fileURLWithPath: book.path)) == before)
      #expect(try version(book.path) == 2)
      let head = try book.snapshot().headHash
      #expect(try book.propose([["payer": "acme"]], now: noon) == [1])
      #expect(try version(book.path) == 3)
      #expect(try Book(at: book.path).verify().headHash == head)
    }
  }

  @Test func theSameIsPutInOnce() throws {
    try inTemporaryFolder { folder in
      let book = try fixtureBook(in: folder)
      let cells = ["payer": "acme", "quote": "a \"b\"\n\u{1}é"]
      #expect(try book.propose([cells, cells, ["payer": "bolt"]], now: noon) == [1, 2])
      #expect(try book.propose([cells], now: noon) == [])
      #expect(try book.inbox().map(\.fields) == [cells, ["payer": "bolt"]])
    }
  }

  @Test func whatIsAcceptedWaitsAgainOnceUndone() throws {
    try inTemporaryFolder { folder in
      let book = try fixtureBook(in: folder)
      _ = try book.propose([["payer": "acme"]], now: noon)
      let receipt = try book.accept(1, as: [party("more")], reason: "seen", now: noon)
      #expect(try book.inbox().map(\.state) == [.accepted(batch: receipt.batch ?? 0)])
      let again = bookError { _ = try book.accept(1, as: [party("other")], reason: "", now: noon) }
      #expect(again?.description.contains("was accepted with batch") == true)
      _ = try book.undo(now: noon)
      #expect(try book.inbox().map(\.state) == [.open])
    }
  }

  @Test func rowsThatDoNotFitLeaveTheCandidateWaiting() throws {
    try inTemporaryFolder { folder in
      let book = try fixtureBook(in: folder)
      _ = try book.propose([["payer": "acme"]], now: noon)
      let head = try book.snapshot().headHash
      #expect(
        bookError { _ = try book.accept(1, as: [party("acme")], reason: "", now: noon) } != nil
      )
      #expect(try book.inbox().map(\.state) == [.open])
      #expect(try book.snapshot().headHash == head)
    }
  }

  @Test func whatIsRejectedStaysSo() throws {
    try inTemporaryFolder { folder in
      let book = try fixtureBook(in: folder)
      _ = try book.propose([["payer": "acme"], ["payer": "bolt"]], now: noon)
      try book.reject([2], reason: "a headline", now: noon)
      #expect(try book.inbox().map(\.state) == [.open, .rejected(reason: "a headline")])
      let again = bookError { try book.reject([2], reason: "x", now: noon) }
      #expect(again?.description.contains("was rejected: a headline") == true)
      #expect(
        bookError { try book.reject([9], reason: "x", now: noon) }?.description.contains(
          "no candidate 9"
        ) == true
      )
    }
  }

  @Test(arguments: [
    "UPDATE candidates SET cells = '{}'", "DELETE FROM candidates",
    "UPDATE decisions SET verdict = 'accepted'",
    "DELETE FROM decisions",
  ])
  func nothingIsChangedByOtherMeans(sql: String) throws {
    try inTemporaryFolder { folder in
      let book = try fixtureBook(in: folder)
      _ = try book.propose([["payer": "acme"]], now: noon)
      try book.reject([1], reason: "no", now: noon)
      #expect(throws: DatabaseError.self) { try execute(sql, on: book.path) }
    }
  }

  @Test(arguments: [
    "DROP TRIGGER candidates_stay", "DROP TABLE decisions", "PRAGMA user_version = 2",
    "CREATE TABLE more (x)",
  ])
  func anInboxOfAnotherMakeIsRefused(sql: String) throws {
    try inTemporaryFolder { folder in
      let book = try fixtureBook(in: folder)
      _ = try book.propose([["payer": "acme"]], now: noon)
      try execute(sql, on: book.path)
      #expect(
        bookError { _ = try Book(at: book.path).inbox() }?.description.contains("damaged") == true
      )
    }
  }
}
