import Foundation
import TestKit
import Testing

/// The inbox gone through line by line, as a person or a pipe answers.
struct ReviewDialogueTests {
  private func ouro(
    _ words: [String],
    input: String = "",
    in folder: URL,
    status: Int32 = 0
  ) throws -> ProgramResult {
    let result = try runOuro(words, input: input, in: folder)
    #expect(result.status == status, "\(words): \(result.stderr)")
    return result
  }

  private static let article = """
    Gannet Power agreed to lend Hollin Systems $40 million, the companies said on Monday. Subject to regulatory \
    approval, Hollin Systems will invest $25 million in Gannet Power. Separately, Hollin Systems signed a contract on \
    March 3, 2026 to buy turbines from Tarrant Works for $12 million.
    """

  /// A book of our own with three candidates in its inbox.
  private func withInbox(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      try Data(Self.article.utf8).write(to: folder.appending(path: "a.txt"))
      _ = try ouro(["new", "own.ouro"], in: folder)
      _ = try ouro(
        [
          "review", "own.ouro", "--read", "a.txt", "--publisher", "Gazette", "--published",
          "2026-03-09",
        ],
        in: folder
      )
      try body(folder)
    }
  }

  private func rows(_ folder: URL) throws -> JSON {
    try JSON(try ouro(["export", "own.ouro", "--format", "json"], in: folder).stdout)
  }

  @Test func linesDecide() throws {
    try withInbox { folder in
      let lines = """
        ?
        inside=gannet-power,hollin-systems
        a
        r
        r not this one
        status=sgned
        a
        status=signed
        a

        """
      let result = try ouro(["review", "own.ouro", "--each"], input: lines, in: folder)
      #expect(result.stderr.contains("say why"))
      #expect(result.stderr.contains("sgned"))
      #expect(result.stderr.contains("accepted 2, rejected 1, 0 still waiting"))
      #expect(result.stdout.contains("›"))
      let book = try rows(folder)
      #expect(book["claims"]?.elements.count == 2)
      let inside = book["parties"]?.elements.filter { $0["inside"]?.string == "yes" }
      #expect(inside?.compactMap { $0["id"]?.string } == ["gannet-power", "hollin-systems"])
      let all = try JSON(try ouro(["review", "own.ouro", "--all", "--json"], in: folder).stdout)
      #expect(all.elements[1]["reason"]?.string == "not this one")
    }
  }

  /// What the text says of conditions and signing enters the claim.
  @Test func conditionsAndSigningAreTakenOver() throws {
    try withInbox { folder in
      _ = try ouro(["review", "own.ouro", "--each"], input: "a\na\na\n", in: folder)
      let claims = try #require(try rows(folder)["claims"]?.elements)
      #expect(claims.map { $0["condition"]?.string } == ["", "approval", ""])
      #expect(claims.map { $0["signed"]?.string } == ["", "", "2026-03-03"])
    }
  }

  @Test func theEndOfInputLeavesTheRestWaiting() throws {
    try withInbox { folder in
      let result = try ouro(["review", "own.ouro", "--each"], input: "n\na\n", in: folder)
      #expect(result.stderr.contains("accepted 1, rejected 0, 2 still waiting"))
      let undone = try ouro(["review", "own.ouro", "--each"], input: "u\nq\n", in: folder)
      #expect(undone.stderr.contains("undone"))
      #expect(undone.stderr.contains("3 still waiting"))
      #expect(try rows(folder)["claims"] == .array([]))
      let none = try ouro(
        ["review", "own.ouro", "--each"],
        input: "m nowhere\ns\nl\nq",
        in: folder
      )
      #expect(none.stderr.contains("accepted 0"))
    }
  }

  @Test(arguments: [
    ["--each", "--json"], ["--each", "--show", "1"], ["--model", "http://127.0.0.1:1"],
  ])
  func aMisuseIsTold(words: [String]) throws {
    try withInbox { folder in
      _ = try ouro(["review", "own.ouro"] + words, in: folder, status: 64)
    }
  }
}
