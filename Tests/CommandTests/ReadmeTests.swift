import Foundation
import TestKit
import Testing

/// The README shows what the program prints.
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
}
