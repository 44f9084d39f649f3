import Foundation
import TestKit
import Testing

/// `ouro scan --patterns`, and findings by number.
@Suite struct PatternTests {
  /// Three pay a in two days, which passes 290 of 300 on to x and y within hours; b and c pay each other.
  private let text = """
    date,payer,payee,amount
    2025-01-01T10:00:00Z,p,a,100
    2025-01-01T11:00:00Z,q,a,100
    2025-01-02T10:00:00Z,r,a,100
    2025-01-02T12:00:00Z,a,x,145
    2025-01-02T13:00:00Z,a,y,145
    2025-02-01T10:00:00Z,b,c,5
    2025-02-01T11:00:00Z,c,b,5
    2025-02-01T12:00:00Z,b,c,5
    2025-02-01T13:00:00Z,c,b,5

    """
  private let question = ["scan", "-", "--within", "7d", "--patterns"]

  @Test func shapesAreTold() throws {
    let result = try runOuro(question + ["--passing", "2d", "--json"], input: text)
    #expect(result.status == 0, "\(result.stderr)")
    let json = try JSON(result.stdout)
    #expect(json["measure"] == .string("patterns"))
    #expect(json["complete"] == .bool(true))
    let groups = json["patterns"]?.elements ?? []
    let counts = groups.compactMap { $0["count"]?.number }
    // fan-in, fan-out, gather-scatter, scatter-gather, pass-through, bipartite, stack.
    #expect(counts == [1, 0, 1, 0, 1, 0, 0])
    let fan = try #require(groups.first?["findings"]?.elements.first)
    #expect(fan["party"] == .string("a"))
    #expect(fan["measure"]?.number == 3)
    #expect(fan["as_unusual"]?.number == 1)
    #expect(fan["among"]?.number == 8)
    #expect(fan["duration"]?.number == 86_400)
    #expect(fan["payments"]?.elements.compactMap { $0["line"]?.number } == [2, 3, 4])
    let pass = try #require(groups[4]["findings"]?.elements.first)
    // 290 of 300 leave; of the receipts all do in part.
    #expect(abs((pass["measure"]?.number ?? 0) - 290.0 / 300) < 1e-12)
    #expect(abs((pass["loss"]?.number ?? 0) - 10.0 / 300) < 1e-12)
    let words = try runOuro(question, input: text).stdout
    #expect(words.contains("fan-in: 1, by payers within the window"))
    #expect(words.contains("p, q and 1 more → a"))
    #expect(words.contains("1 pair paid each other at least twice each way"))
    #expect(words.contains("A pattern is no proof"))
    let table = try runOuro(question + ["--csv", "-"], input: text).stdout
    #expect(table.hasPrefix("number,kind,party,known by,measure,parties with as much,of,who,"))
    #expect(table.contains(",fan-in,a,a,3,1,8,\"p, q, r → a\",300,"))
    let all = try runOuro(question + ["--back-and-forth"], input: text).stdout
    #expect(all.contains("b → c"))
  }

  @Test func aKindAPartyAndAThresholdAreChosen() throws {
    let one = try runOuro(question + ["--kind", "fan-in", "--party", "x"], input: text).stdout
    #expect(one.contains("0 patterns"))
    let near = question + ["--kind", "structured-in", "--threshold", "105", "--json"]
    let json = try JSON(runOuro(near, input: text).stdout)
    let found = json["patterns"]?.elements.first?["findings"]?.elements
    #expect(found?.compactMap { $0["party"] } == [.string("a")])
  }

  @Test func everyFindingIsListedAndLaterOnesAreNew() throws {
    try withTemporaryFolder { folder in
      let list = folder.appending(path: "list.csv").path
      let first = try runOuro(question + ["--list", list], input: text)
      #expect(first.status == 0, "\(first.stderr)")
      let rows = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
      #expect(rows[0] == "finding,kind,party,line,payer,payee,time,amount")
      #expect(rows[1].hasSuffix(",fan-in,a,2,p,a,2025-01-01T10:00:00Z,100.00"))
      let again = try runOuro(question + ["--since", list], input: text).stdout
      #expect(again.contains("0 patterns"))
      let more = text + (1...4).map { "2025-05-01,s\($0),t,7\n" }.joined()
      let later = try runOuro(question + ["--since", list, "--json"], input: more)
      let groups = try JSON(later.stdout)["patterns"]?.elements ?? []
      let parties = groups.flatMap { $0["findings"]?.elements ?? [] }.compactMap { $0["party"] }
      #expect(parties == [.string("t")])
    }
  }

  @Test func loopsHaveNumbersToo() throws {
    let loops = """
      date,payer,payee,amount
      2025-01-01,a,b,10
      2025-01-02,b,c,9
      2025-01-03,c,a,8.1
      2025-01-02,b,a,7

      """
    let scan = ["scan", "-", "--within", "7d"]
    try withTemporaryFolder { folder in
      let list = folder.appending(path: "list.jsonl").path
      let short = scan + ["--max-hops", "2", "--list", list, "--format", "jsonl"]
      #expect(try runOuro(short, input: loops).status == 0)
      let new = try JSON(runOuro(scan + ["--since", list, "--json"], input: loops).stdout)
      #expect(new["count"]?.number == 1)
      #expect(new["by_length"]?["3"]?.number == 1)
      let loop = new["largest"]?.elements.first
      #expect(loop?["duration"]?.number == 172_800)
      #expect(abs((loop?["loss_per_hop"]?.number ?? 0) - 0.1) < 1e-12)
      // A list of nothing is a header, or an empty file.
      let none = scan + ["--min", "100", "--list", list]
      #expect(try runOuro(none, input: loops).status == 0)
      let all = try JSON(runOuro(scan + ["--since", list, "--json"], input: loops).stdout)
      #expect(all["count"]?.number == 2)
      #expect(try runOuro(none + ["--format", "jsonl"], input: loops).status == 0)
      #expect(try runOuro(scan + ["--since", list], input: loops).status == 0)
    }
    let filtered = try JSON(runOuro(scan + ["--party", "c", "--json"], input: loops).stdout)
    #expect(filtered["count"]?.number == 1)
    let long = try JSON(runOuro(scan + ["--min-hops", "3", "--json"], input: loops).stdout)
    #expect(long["count"]?.number == 1)
    #expect(long["busiest"]?.elements.count == 3)
  }

  @Test(arguments: [
    (["--patterns", "--split"], "two searches"),
    (["--patterns", "--max-hops", "3"], "its own shapes"),
    (["--kind", "stack"], "go with --patterns"), (["--back-and-forth"], "goes with --split"),
    (["--patterns", "--kind", "structured-in"], "need --threshold"),
    (["--patterns", "--kind", "square"], "square"), (["--min-hops", "1"], "2 or more"),
    (["--patterns", "--kept", "120%"], "--kept takes"),
    (["--patterns", "--hub", "1"], "--hub must"),
    (["--patterns", "--threshold", "0.001"], "--threshold has more digits"),
  ])
  func badOptionsAreTold(options: [String], words: String) throws {
    let result = try runOuro(["scan", "-", "--within", "7d"] + options, input: text)
    #expect(result.status == 64)
    #expect(result.stderr.contains(words), "\(result.stderr)")
  }
}
