import Foundation
import TestKit
import Testing

/// The whole way of an article: read, reviewed, accepted into a copy of the shipped book, and undone.
struct ReviewTests {
  @discardableResult
  private func ouro(_ words: [String], in folder: URL, status: Int32 = 0) throws -> ProgramResult {
    let result = try runOuro(words, in: folder)
    #expect(result.status == status, "\(words): \(result.stderr)")
    return result
  }

  private static let article = packageRoot.appending(path: "Examples/reading/article.txt").path
  private static let told = ["--publisher", "The Daily Loop", "--published", "2026-07-06"]

  /// A copy of the shipped book with the article in its inbox.
  private func withInbox(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try ouro(
        ["import", packageRoot.appending(path: "Examples/ai-economy").path, "market.ouro"],
        in: folder
      )
      try ouro(["review", "market.ouro", "--read", Self.article] + Self.told, in: folder)
      try body(folder)
    }
  }

  private func answer(_ words: [String], in folder: URL) throws -> JSON {
    try JSON(try ouro(words + ["--json"], in: folder).stdout)
  }

  @Test func anArticleMovesTheReportAndIsUndone() throws {
    try withInbox { folder in
      let report = ["report", "market.ouro", "--samples", "1", "--as-of", "2026-08-22"]
      let before = try answer(report, in: folder)
      let waiting = try answer(["review", "market.ouro"], in: folder).elements
      #expect(waiting.map { $0["cells"]?["kind"]?.string } == ["purchase", "equity", "loan"])

      // What it would change is told beforehand.
      let shown = try answer(["review", "market.ouro", "--show", "2"], in: folder)
      #expect(shown["effect"]?["rows"]?.elements.count == 3)
      #expect(shown["effect"]?["missing"]?.string == nil)

      try ouro(
        ["review", "market.ouro", "--accept", "1", "--split", "--set", "status=active"],
        in: folder
      )
      let changed = try answer(report, in: folder)
      #expect(changed["footings"] != before["footings"])
      let diff = try answer(
        ["diff", "market.ouro", "--from", "2026-07-05", "--to", "2026-07-06"],
        in: folder
      )
      let deals = try #require(diff["changes"]?.elements.map { $0["deal"]?["id"]?.string })
      #expect(deals == ["openai-oracle-purchase"])

      // The claim leads back to the words.
      let claim = try answer(["export", "market.ouro", "--format", "json"], in: folder)["claims"]?
        .elements.last {
          $0["source"]?.string == "daily-loop-2026-07-06"
        }
      #expect(claim?["quote"]?.string == "pay Oracle $24 billion")
      #expect(claim?["status"]?.string == "active")

      try ouro(["undo", "market.ouro"], in: folder)
      #expect(try answer(report, in: folder)["footings"] == before["footings"])
      #expect(try answer(["review", "market.ouro"], in: folder).elements.count == 3)
      try ouro(["verify", "market.ouro"], in: folder)
    }
  }

  @Test func contradictionsAreShownBeforeAccepting() throws {
    try withInbox { folder in
      let shown = try answer(["review", "market.ouro", "--show", "1"], in: folder)
      let compared = try #require(shown["known"]?.elements.map { $0["compared"]?.string })
      #expect(compared.contains("contradicts"))
      let merged = try answer(
        ["review", "market.ouro", "--show", "3", "--merge", "oracle-bonds-2025-09"],
        in: folder
      )
      #expect(merged["known"]?.elements.isEmpty == false)
    }
  }

  @Test func aCandidateIsRejectedWithAReason() throws {
    try withInbox { folder in
      try ouro(["review", "market.ouro", "--reject", "2"], in: folder, status: 64)
      try ouro(["review", "market.ouro", "--reject", "2", "--reason", "a rumour"], in: folder)
      #expect(try answer(["review", "market.ouro"], in: folder).elements.count == 2)
      let all = try answer(["review", "market.ouro", "--all"], in: folder).elements
      #expect(all[1]["state"]?.string == "rejected")
      #expect(all[1]["reason"]?.string == "a rumour")
      let again = try ouro(["review", "market.ouro", "--accept", "2"], in: folder, status: 65)
      #expect(again.stderr.contains("was rejected: a rumour"))
    }
  }

  @Test(arguments: [
    (["--set", "status=sgned"], "status"), (["--set", "published="], "--set published=YYYY-MM-DD"),
    (["--merge", "no-such-deal"], "no deal no-such-deal"), (["--set", "payee=openai"], "payee"),
  ])
  func aBadCorrectionIsToldAndNothingEnters(words: [String], expected: String) throws {
    try withInbox { folder in
      let result = try ouro(
        ["review", "market.ouro", "--accept", "1", "--split"].filter {
          $0 != "--split" || !words.contains("--merge")
        } + words,
        in: folder,
        status: 65
      )
      #expect(result.stderr.contains(expected), "\(result.stderr)")
      #expect(try answer(["review", "market.ouro"], in: folder).elements.count == 3)
    }
  }

  @Test func whatIsReadTwiceWaitsOnce() throws {
    try withInbox { folder in
      let words = ["review", "market.ouro", "--read", Self.article] + Self.told
      let added = try answer(words, in: folder)["added"]
      #expect(added == .array([]))
    }
  }

  @Test func aFolderHasNoInbox() throws {
    let result = try runOuro(["review", "Examples/ai-economy"])
    #expect(result.status == 65)
    #expect(result.stderr.contains("has no inbox"))
    #expect(result.stderr.contains("ouro import"))
  }
}
