import Foundation
import TestKit
import Testing

/// `ouro draw ring`.
@Suite struct RingTests {
  private let text = """
    date,payer,payee,amount
    2025-01-01T10:00:00Z,a,b,40
    2025-01-01T11:00:00Z,a,c,59
    2025-01-02T10:00:00Z,b,d,40
    2025-01-02T11:00:00Z,c,d,60
    2025-01-03T10:00:00Z,d,a,98
    2025-03-01,p,s,1
    2025-03-02,q,s,2
    2025-03-03,r,s,4

    """

  private func draw(_ answer: [String], _ options: [String]) throws -> ProgramResult {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "scan.json").path
      let scan = try runOuro(["scan", "-", "--within", "7d"] + answer, input: text)
      try Data(scan.stdout.utf8).write(to: URL(filePath: file))
      return try runOuro(["draw", "ring", file, "-o", "-"] + options)
    }
  }

  @Test(arguments: [
    (
      ["--split", "--json"],
      "99.00 left a, 98.00 came back within 2 days, 1 % less than left"
    ),
    (["--list", "-", "--format", "jsonl"], "40.00 left a, 98.00 came back"),
    (["--json"], "came back within 1 day 23 hours"),
    (["--patterns", "--kind", "fan-in", "--json"], "7.00 in 3 payments within 2 days"),
  ])
  func aFindingIsDrawn(answer: [String], words: String) throws {
    let result = try draw(answer, [])
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stdout.hasPrefix("<svg"))
    #expect(result.stdout.contains(words), "\(result.stdout.prefix(3_000))")
  }

  @Test func whatIsNoFindingIsTold() throws {
    let none = try draw(["--split", "--json"], ["--finding", "split-0"])
    #expect(none.status == 64)
    #expect(none.stderr.contains("is numbered split-0"))
    let words = try draw(["--split"], [])
    #expect(words.status == 65)
    #expect(words.stderr.contains("it is no JSON"))
    let empty = try draw(["--min", "1000", "--json"], [])
    #expect(empty.status == 65)
    #expect(empty.stderr.contains("no finding in it has payments"))
    #expect(try runOuro(["draw", "ring", "Examples/ai-economy", "-o", "-"]).status == 64)
  }
}
