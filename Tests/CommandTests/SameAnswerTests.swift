import Books
import Claims
import Foundation
import TestKit
import Testing

/// The shipped book, asked as a folder, as a file, with its rows in another order, and with other ids: the same answers.
@Suite struct SameAnswerTests {
  /// What stands before every id in the book of other ids: it keeps their order, by which equals are told apart.
  private static let prefix = "zqz-"

  /// Every command that asks a book; `BOOK` is the book, `@` stands before an id.
  private static let commands = [
    "report BOOK", "report BOOK --as-of 2025-03-31 --period 2024",
    "report BOOK --basis commitments",
    "report BOOK --told-by @openai --policy binding", "loops BOOK", "trend BOOK",
    "trace BOOK @coreweave", "path BOOK @microsoft @openai @coreweave", "show BOOK @c013",
    "search BOOK capacity", "cite BOOK", "cite BOOK @microsoft @openai", "due BOOK",
    "diff BOOK --from 2025-02-01 --to 2025-04-30",
    "disputes BOOK", "check BOOK", "deals BOOK", "deals BOOK --flows --period 2025 --party @nvidia",
    "deals BOOK --left-out", "party BOOK", "party BOOK @openai", "follow BOOK @microsoft @openai",
    "measure closure BOOK", "measure cycling BOOK", "measure potential BOOK",
    "measure provenance BOOK", "measure concentration BOOK", "measure cycles BOOK",
  ]

  /// Commands of a scenario, which names parties of the shipped book.
  private static let scenarios = [
    "project BOOK SCENARIO --paths 40", "needed BOOK SCENARIO --paths 40",
    "stress scenario BOOK SCENARIO --paths 40",
  ]

  /// What a command prints as JSON, without what names the book itself.
  private static func answer(_ command: String, _ book: String) throws -> String {
    let scenario = packageRoot.appending(path: "Examples/scenarios/ipo-fails.yaml").path
    let before = book.hasSuffix("other-ids") ? prefix : ""
    let words = command.split(separator: " ").map { word -> String in
      switch word {
      case "BOOK": book
      case "SCENARIO": scenario
      default: String(word.replacing("@", with: before))
      }
    }
    let result = try runOuro(words + ["--json"])
    #expect(result.status == 0, "ouro \(words.joined(separator: " ")): \(result.stderr)")
    let own = /"(?:book|head|book_hash|inputs)" *: *"[^"]*"|Taken from the book [^,]*, [0-9a-f]{64}/
    return result.stdout.replacing(prefix, with: "").replacing(own, with: "")
  }

  /// Where two texts part, with what stands there; `nil` where they do not.
  private func difference(_ found: String, _ expected: String) -> String? {
    guard found != expected else { return nil }
    let same = zip(found.utf8, expected.utf8).prefix { $0 == $1 }.count
    func near(_ text: String) -> String {
      String(decoding: text.utf8.dropFirst(max(0, same - 80)).prefix(160), as: UTF8.self)
    }
    return "\(near(found)) | \(near(expected))"
  }

  @Test func theBookInEveryForm() throws {
    try withTemporaryFolder { folder in
      let shipped = packageRoot.appending(path: "Examples/ai-economy").path
      let contents = try BookFolder.read(shipped)
      func path(_ name: String) -> String { folder.appending(path: name).path }
      try BookFolder.write(contents.renamed { $1 }, to: path("other-order"))
      try BookFolder.write(contents.renamed { Self.prefix + $1 }, to: path("other-ids"))
      let imported = try runOuro(["import", shipped, path("file.ouro")])
      #expect(imported.status == 0, "\(imported.stderr)")
      for command in Self.commands {
        let expected = try Self.answer(command, shipped)
        #expect(expected.count > 2, "\(command) says nothing")
        for form in ["file.ouro", "other-order", "other-ids"] {
          let found = try Self.answer(command, path(form))
          #expect(difference(found, expected) == nil, "ouro \(command): \(form)")
        }
      }
      for command in Self.scenarios {
        let expected = try Self.answer(command, shipped)
        for form in ["file.ouro", "other-order"] {
          let found = try Self.answer(command, path(form))
          #expect(difference(found, expected) == nil, "ouro \(command): \(form)")
        }
      }
    }
  }
}
