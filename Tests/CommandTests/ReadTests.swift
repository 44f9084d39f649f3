import Foundation
import TestKit
import Testing

/// `ouro read`: documents in, candidates out, and what is no document.
struct ReadTests {
  private let text = "Acme Robotics has agreed to buy $2 billion of chips from Borex Foundry.\n"

  private func claims(_ words: [String], input: String = "") throws -> [JSON] {
    let result = try runOuro(["read"] + words + ["--json"], input: input)
    #expect(result.status == 0, "\(result.stderr)")
    return try JSON(result.stdout)["claims"]?.elements ?? []
  }

  @Test func standardInputIsRead() throws {
    let found = try claims(["-"], input: text)
    #expect(found.map { $0["payer"]?.string } == ["acme-robotics"])
    #expect(found.first?["span"]?["start"]?.number == 28)
    #expect(found.first?.members.keys.contains("from_payer") == true)
  }

  @Test(arguments: [
    (
      "html",
      "<html><body><script>var x = 'Acme paid Borex $9 billion';</script><p>%</p></body></html>"
    ),
    ("markdown", "# News\n\n**%**\n"), ("text", "%"),
  ])
  func everyFormatSaysTheSame(format: String, frame: String) throws {
    let document = frame.replacingOccurrences(of: "%", with: text.trimmingCharacters(in: .newlines))
    let found = try claims(["-", "--as", format], input: document)
    #expect(found.map { $0["high"]?.number } == [2e9])
  }

  @Test func partiesOfABookHaveItsIds() throws {
    let found = try claims(
      ["-", "--book", "Examples/ai-economy"],
      input: "NVDA has bought $2 billion of shares in Nebius Group, Bloomberg reported.\n"
    )
    #expect(found.first?["payer"]?.string == "nvidia")
    #expect(found.first?["payee"]?.string == "nebius")
  }

  @Test(arguments: [
    ("", "holds no text"), ("%PDF-1.7", "a PDF"),
    ("<!DOCTYPE html [<!ENTITY a \"b\">]><p>x", "declares entities"),
    ("a\0b", "binary"),
  ])
  func whatIsNoDocumentIsRefused(input: String, expected: String) throws {
    let result = try runOuro(["read", "-"], input: input)
    #expect(result.status == 65)
    #expect(result.stderr.contains(expected), "\(result.stderr)")
  }

  @Test func aMissingFileIsNoInput() throws {
    #expect(try runOuro(["read", "no-such-file.txt"]).status == 66)
  }

  @Test func theSameTextGivesTheSameBytes() throws {
    let first = try runOuro(["read", "Examples/reading/article.txt", "--json"])
    let again = try runOuro(["read", "Examples/reading/article.txt", "--json"])
    #expect(first == again)
  }
}
