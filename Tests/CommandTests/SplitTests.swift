import Foundation
import TestKit
import Testing

/// `ouro scan --split`.
@Suite struct SplitTests {
  /// a splits 99 in three, e gathers it and pays 98 home; b returns 5 of 6 straight.
  private let text = """
    date,payer,payee,amount
    2025-01-01T10:00:00Z,a,b,40
    2025-01-01T11:00:00Z,a,c,35
    2025-01-01T12:00:00Z,a,d,24
    2025-01-02T10:00:00Z,b,e,39
    2025-01-02T11:00:00Z,c,e,36
    2025-01-02T12:00:00Z,d,e,24
    2025-01-03T10:00:00Z,e,a,98
    2025-03-01T10:00:00Z,f,b,6
    2025-03-02T10:00:00Z,b,f,5

    """

  @Test func splitAndRejoinedIsTold() throws {
    let result = try runOuro(["scan", "-", "--within", "7d", "--split", "--json"], input: text)
    #expect(result.status == 0, "\(result.stderr)")
    let json = try JSON(result.stdout)
    #expect(json["measure"] == .string("split"))
    #expect(json["complete"] == .bool(true))
    #expect(json["through_others_count"]?.number == 1)
    let first = try #require(json["through_others"]?.elements.first)
    #expect(first["party"] == .string("a"))
    #expect(first["returned"]?.number == 98)
    #expect(first["left"]?.number == 99)
    #expect(first["beyond_two"]?.number == 98)
    #expect(first["first"] == .string("2025-01-01T10:00:00Z"))
    #expect(first["last"] == .string("2025-01-03T10:00:00Z"))
    #expect(first["payments"]?.elements.compactMap { $0["line"]?.number } == [2, 3, 4, 5, 6, 7, 8])
    // f's five came straight back.
    #expect(json["returned"]?.elements.compactMap { $0["returned"]?.number } == [98, 5])
    #expect(result.stderr.contains("what can have come back, not what did"))
  }

  @Test func backAndForthIsHiddenUnlessAsked() throws {
    let hidden = try runOuro(["scan", "-", "--within", "7d", "--split"], input: text).stdout
    #expect(hidden.contains("1 return through at least two others within 7d among 9 payments"))
    #expect(hidden.contains("a by way of b, c, d, e"))
    #expect(hidden.contains("1 return between two alone, the largest of 5.00 to f"))
    let other = try runOuro(
      ["scan", "-", "--within", "7d", "--split", "--party", "a"],
      input: text
    )
    #expect(!other.stdout.contains("between two alone"))
    let all = ["scan", "-", "--within", "7d", "--split", "--back-and-forth"]
    #expect(try runOuro(all, input: text).stdout.contains("f by way of b"))
  }

  @Test func onlyNewFindingsAreTold() throws {
    try withTemporaryFolder { folder in
      let before = folder.appending(path: "before.json").path
      let arguments = ["scan", "-", "--within", "7d", "--split", "--json"]
      let first = try runOuro(arguments, input: text).stdout
      try Data(first.utf8).write(to: URL(filePath: before))
      // The same payments, newest first, and one return more.
      let rows = text.split(separator: "\n")
      let more = [
        "2025-06-01,x,y,7", "2025-06-02,y,z,7", "2025-06-03,z,x,7",
      ]
      let later = ([String(rows[0])] + (rows.dropFirst().map(String.init) + more).reversed())
        .joined(separator: "\n")
      let again = try JSON(runOuro(arguments, input: later).stdout)
      #expect(again["through_others_count"]?.number == 2)
      let new = try JSON(runOuro(arguments + ["--since", before], input: later).stdout)
      let parties = new["through_others"]?.elements.compactMap { $0["party"] }
      #expect(parties == [.string("x")])
      try Data("nothing".utf8).write(to: URL(filePath: before))
      let bad = try runOuro(arguments + ["--since", before], input: later)
      #expect(bad.status == 65)
      #expect(bad.stderr.contains("it has no numbers of findings"))
    }
  }

  @Test func aListHasWhatEachPaymentCarried() throws {
    let list = try runOuro(
      ["scan", "-", "--within", "7d", "--split", "--list", "-", "--party", "a"],
      input: text
    )
    #expect(list.status == 0)
    let rows = list.stdout.split(separator: "\n").map { $0.split(separator: ",").dropFirst() }
    #expect(rows.first?.joined(separator: ",") == "party,line,payer,payee,time,amount,carried")
    #expect(rows.last?.joined(separator: ",") == "a,8,e,a,2025-01-03T10:00:00Z,98.00,98.00")
    #expect(rows.count == 8)
  }

  @Test(arguments: [
    (["--split", "--max-hops", "3"], 64, "--split takes every way"),
    (["--back-and-forth"], 64, "goes with --split"),
    (["--split", "--party", "nobody"], 64, "no party of the payments is called nobody"),
    (["--split", "--since", "/nowhere/x"], 66, "/nowhere/x"),
  ])
  func badOptionsAreTold(options: [String], status: Int32, words: String) throws {
    let result = try runOuro(["scan", "-", "--within", "7d"] + options, input: text)
    #expect(result.status == status)
    #expect(result.stderr.contains(words), "\(result.stderr)")
  }

  @Test func daysAloneAreAnUpperBound() throws {
    let days = "date,payer,payee,amount\n2025-01-01,a,b,5\n2025-01-01,b,c,5\n2025-01-01,c,a,5\n"
    let result = try runOuro(["scan", "-", "--within", "7d", "--split"], input: days)
    #expect(result.status == 0)
    #expect(result.stdout.contains("an upper bound"))
    #expect(result.stdout.contains("3 returns through at least two others"))
    let strict = ["scan", "-", "--within", "7d", "--split", "--no-allow-ties"]
    #expect(try runOuro(strict, input: days).stdout.contains("0 returns"))
  }
}
