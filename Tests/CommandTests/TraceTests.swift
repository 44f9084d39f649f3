import Foundation
import TestKit
import Testing

/// `ouro trace` in payments.
@Suite struct TraceTests {
  /// a pays b 100, who held 50 and gets 30 from e; b pays c 60 and d 90, and d pays a 45; a pays f 20.
  private let text = """
    date,payer,payee,amount
    2025-01-01,a,b,100
    2025-01-02,e,b,30
    2025-01-03,b,c,60
    2025-01-04,b,d,90
    2025-01-05,d,a,45
    2025-01-06,a,f,20

    """
  private let question = ["--to", "a", "--at", "2025-01-05"]

  private func trace(_ options: [String]) throws -> ProgramResult {
    try runTrail("trace", options, text)
  }

  @Test func everyRuleStandsBesideTheOthers() throws {
    let result = try trace(question + ["--amount", "45", "--json"])
    #expect(result.status == 0, "\(result.stderr)")
    let json = try JSON(result.stdout)
    #expect(json["measure"] == .string("trace"))
    #expect(json["amount"]?.number == 45)
    let rules = json["rules"]?.elements ?? []
    #expect(
      rules.map { $0["rule"] } == ["pro-rata", "fifo", "lifo", "lowest-balance"].map(JSON.string)
    )
    // 30 of 180, to the cent: 7.50 are e's; 37.50 · 100 / 150 = 25 are a's, 12.50 are b's.
    #expect(rules.map { $0["came_back"]?.number } == [25, 45, 25, 25])
    #expect(
      rules.first?["origins"]?.elements.compactMap { $0["amount"]?.number } == [25, 12.5, 7.5]
    )
    #expect(rules.last?["unclaimed"]?.number == 20)
    #expect(rules[0]["payments"]?.elements.compactMap { $0["line"]?.number } == [2, 3, 5, 6])
    // a has nothing but the 45 once it is back.
    #expect(rules[1]["now"]?.elements.compactMap { $0["amount"]?.number } == [25, 20])
    #expect(
      json["poison"]?.elements.compactMap { $0["payer"] } == ["d", "b", "e"].map(JSON.string)
    )
  }

  @Test func itIsToldInWords() throws {
    let words = try trace(question)
    #expect(words.status == 0, "\(words.stderr)")
    #expect(words.stdout.contains("45.00 that a received on 2025-01-05, traced back by 4 rules"))
    #expect(words.stdout.contains("a's own, come back"))
    #expect(words.stdout.contains("began with b"))
    #expect(words.stdout.contains("Where it is now:"))
    #expect(words.stdout.contains("3 parties can have fed it"))
    let table = try trace(question + ["--rule", "fifo", "--csv", "-"]).stdout
    #expect(
      table.hasPrefix("rule,party,known by,it was,amount\nfifo,a,a,\"its own, come back\",45\n")
    )
    let assumed = try runOuro(["trace", "-"] + question, input: text).stdout
    #expect(assumed.contains("Assumed: 3 accounts"))
  }

  @Test(arguments: [
    (["--to", "a", "--at", "2025-01-01"], 65, "a receives nothing on 2025-01-01"),
    (["--to", "a", "--at", "2025-01-05", "--amount", "46"], 65, "a receives only 45.00"),
    (["--to", "aa", "--at", "2025-01-05"], 64, "no party of the payments"),
    (["--to", "a"], 64, "needs --to PARTY and --at TIME"),
    (["--to", "a", "--at", "2025-01-05", "--amount", "x"], 64, "--amount takes the sum"),
  ])
  func whatCannotBeTracedIsTold(options: [String], status: Int32, words: String) throws {
    let result = try runOuro(["trace", "-"] + options, input: text)
    #expect(result.status == status, "\(result.stderr)")
    #expect(result.stderr.contains(words), "\(result.stderr)")
  }

  @Test func aBookTakesNoReceipt() throws {
    let book = "Tests/CommandTests/Fixtures/loop-book"
    let result = try runOuro(["trace", book, "alba"] + question)
    #expect(result.status == 64)
    #expect(result.stderr.contains("--to and --at are for payments"))
    #expect(try runOuro(["trace", "/nowhere/book", "alba"]).status == 66)
  }
}
