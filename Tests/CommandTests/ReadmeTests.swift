import Books
import Claims
import Foundation
import Loops
import Networks
import TestKit
import Testing

/// The README shows what the program prints, and code that compiles.
///
/// Run with `UPDATE_GOLDEN=1` to put the present output into it.
@Suite struct ReadmeTests {
  private static let file = packageRoot.appending(path: "README.md")

  @Test func commandsPrintWhatTheReadmeShows() throws {
    let readme = try String(contentsOf: Self.file, encoding: .utf8)
    let present = try withOutputs(readme)
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try present.write(to: Self.file, atomically: true, encoding: .utf8)
    }
    let fault = firstDifference(expected: readme, actual: present)
    #expect(fault == nil)
    #expect(present.components(separatedBy: "\n    $ ouro ").count > 8)
  }

  /// The text with what is shown below each `$ ouro` line replaced by what the command prints.
  private func withOutputs(_ text: String) throws -> String {
    var lines: [String] = []
    var isOutput = false
    for line in text.components(separatedBy: "\n") {
      if line.hasPrefix("    $ ouro ") {
        if isOutput { lines.append("") }
        isOutput = true
        lines.append(line)
        lines += try output(of: String(line.dropFirst("    $ ouro ".count)))
      } else if isOutput, line.hasPrefix("    ") || line.isEmpty {
        continue
      } else {
        if isOutput { lines.append("") }
        isOutput = false
        lines.append(line)
      }
    }
    return lines.joined(separator: "\n")
  }

  /// What the command line prints: `head -N` and `grep WORD` after a bar are understood.
  private func output(of line: String) throws -> [String] {
    let parts = line.components(separatedBy: " | ")
    let result = try runOuro(parts[0].components(separatedBy: " "), in: packageRoot)
    #expect(result.status == 0, "ouro \(line)")
    var lines = result.stdout.components(separatedBy: "\n")
    while lines.last?.isEmpty == true { lines.removeLast() }
    for filter in parts.dropFirst().map({ $0.components(separatedBy: " ") }) {
      switch filter[0] {
      case "head": lines = Array(lines.prefix(-(Int(filter[1]) ?? 0)))
      case "grep": lines = lines.filter { $0.contains(filter[1]) }
      default: Issue.record("the README test does not know \(filter[0])")
      }
    }
    return lines.map { $0.isEmpty ? "" : "    \($0)" }
  }

  @Test func exampleIsTheCodeBelow() throws {
    let readme = try String(contentsOf: Self.file, encoding: .utf8)
    let code = try String(contentsOfFile: #filePath, encoding: .utf8)
    let example = try #require(code.components(separatedBy: "// example\n").dropFirst().first)
    let lines = example.components(separatedBy: "\n").map { line in
      line.hasPrefix("    ") ? String(line.dropFirst(4)) : line
    }
    let imports = "import Books\nimport Claims\nimport Loops\nimport Networks\n\n"
    let body = lines.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
    let shown = "```swift\n\(imports)\(body)\n```"
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try replaceExample(in: readme, with: shown)
    }
    #expect(readme.contains(shown))
  }

  private func replaceExample(in readme: String, with shown: String) throws {
    let parts = readme.components(separatedBy: "```")
    try #require(parts.count == 3)
    let text = parts[0] + shown + parts[2]
    try text.write(to: Self.file, atomically: true, encoding: .utf8)
  }

  @Test func exampleRuns() throws {
    var printed: [String] = []
    func print(_ words: String) { printed.append(words) }
    let folder = packageRoot.appending(path: "Examples/ai-economy").path
    try example(folder: folder, print: print)
    #expect(printed.count == 1)
    #expect(printed.first?.hasPrefix("Closed-loop share of 2025: ") == true)
  }

  private func example(folder: String, print: (String) -> Void) throws {
    // example
    let book = try BookFile.open(folder)
    guard let day = Day(year: 2026, month: 6, day: 30) else { return }
    let view = try View(of: book.contents, ViewRequest(asOf: day, policy: .reported))

    let ledger = Ledger(view, Ledger.Request(period: Period(.year(2025))))
    let flows = ledger.network(completion: .entropy)

    let closure = Circulation(of: flows.network)
    print("Closed-loop share of 2025: \(closure.share), of \(closure.total / 100) dollars")

    // example
  }
}
