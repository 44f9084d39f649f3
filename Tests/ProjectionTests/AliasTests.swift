import TestKit
import Testing

@testable import Projection

/// Texts that say more than they hold are refused at once, with the place of the first repetition.
@Suite struct AliasTests {
  private func fault(_ text: String) throws -> ScenarioError? {
    let reader = ScenarioReader(try SmallEconomy.view())
    do {
      _ = try reader.scenario(text, file: "s.yaml") { _ in nil }
      return nil
    } catch {
      return error
    }
  }

  /// Nine of nine of nine, and so on, where `entry` says how one level is written.
  private func laugh(_ entry: (_ anchor: Int, _ of: String) -> String) -> String {
    (1...12).reduce(into: entry(0, "x")) { text, level in
      text += entry(level, "*a\(level - 1)")
    }
  }

  private func nine(_ word: String) -> String {
    "[" + [String](repeating: word, count: 9).joined(separator: ", ") + "]"
  }

  @Test func asKeys() throws {
    let text = "name: x\nparties:\n" + laugh { "  ? &a\($0) \(nine($1))\n  : 1\n" }
    let error = try #require(try fault(text))
    #expect((error.line, error.column) == (5, 10) && error.problem == "an alias stands here")
  }

  @Test(arguments: [
    "  a%: &a% LIST\n", "  a%: !!seq &a% LIST\n", "  a%: &a% {<<: LIST}\n",
    "  a%: &a% {? LIST : 1}\n", "  ? {? &a% LIST : 1}\n  : 1\n",
    "  a%: &a%\n    - ? LIST\n      : 1\n", "  \"a%\": &a% {\"k\":LIST}\n",
  ])
  func anywhere(level: String) throws {
    let text =
      "name: x\ngiven:\n"
      + laugh { anchor, word in
        level.replacing("%", with: "\(anchor)").replacing("LIST", with: nine(word))
      }
    let error = try #require(try fault(text))
    #expect(error.line > 2 && error.column > 1 && error.problem == "an alias stands here")
  }

  /// One sentence, and soon, of what is deep, long, double or many.
  @Test(arguments: [
    String(repeating: "[", count: 500_000), String(repeating: "? ", count: 300_000),
    String(repeating: "- ", count: 300_000), String(repeating: "{a: ", count: 200_000),
    "name: x\nname: y\n", "--- {name: x}\n--- {name: y}\n", "name: x\n&a b: *c\n",
    "name: x\n" + String(repeating: "k", count: 900_000) + ": 1\n",
    "name: x\nparties: {\(String(repeating: "p", count: 900_000)): {}}\n",
    "extends: \(String(repeating: "../", count: 10_000))\nname: x\n",
  ])
  func aSentence(text: String) throws {
    let error = try #require(try fault(text))
    #expect(error.description.count < 400 && !error.description.contains("\n"))
  }

  /// Signs of names that repeat nothing are words.
  @Test func namesAlone() throws {
    #expect(try fault("name: x\ndescription: R&D *and* 2 * 3 & more of R*D, 'as &a'\n") == nil)
    #expect(try fault("name: &x y\n") == nil)
  }

  @Test(.timeLimit(.minutes(1))) func extendsInARing() throws {
    let reader = ScenarioReader(try SmallEconomy.view())
    let text = "extends: s.yaml\nname: x\n"
    do {
      _ = try reader.scenario(text, file: "s.yaml") { _ in ("s.yaml", text) }
      Issue.record("a file that extends itself was taken")
    } catch {
      #expect(error.line == 1 && error.problem.contains("8 times over"))
    }
  }
}
