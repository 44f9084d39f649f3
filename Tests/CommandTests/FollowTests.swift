import Foundation
import TestKit
import Testing

/// `ouro follow`.
@Suite struct FollowTests {
  /// a pays b 100, who held 50 and gets 30 from e; b pays c 60 and d 90, and d pays a 45.
  private let text = """
    date,payer,payee,amount
    2025-01-01,a,b,100
    2025-01-02,e,b,30
    2025-01-03,b,c,60
    2025-01-04,b,d,90
    2025-01-05,d,a,45

    """
  private let question = ["--from", "a", "--at", "2025-01-01", "--amount", "100"]

  private func follow(_ options: [String]) throws -> ProgramResult {
    try runTrail("follow", options, text)
  }

  @Test func everyRuleStandsBesideTheOthers() throws {
    let result = try follow(question + ["--json"])
    #expect(result.status == 0, "\(result.stderr)")
    let json = try JSON(result.stdout)
    let rules = json["rules"]?.elements ?? []
    #expect(
      rules.map { $0["rule"] } == ["pro-rata", "fifo", "lifo", "lowest-balance"].map(JSON.string)
    )
    // 60 of 180 with 100: 33.33; 90 of 120 with 66.67: 50.00; 45 of 90 with 50: 25.
    #expect(rules.map { $0["came_back"]?.number } == [25, 45, 25, 25])
    #expect(
      rules.first?["held"]?.elements.compactMap { $0["amount"]?.number } == [33.33, 25, 16.67]
    )
    #expect(json["assumed_openings"]?.elements.isEmpty == true)
    #expect(json["poison"]?["parties"]?.elements.count == 3)
  }

  @Test func itIsToldInWords() throws {
    let words = try runOuro(["follow", "-"] + question, input: text)
    #expect(words.status == 0)
    #expect(words.stdout.contains("100.00 that a paid on 2025-01-01, followed by 4 rules"))
    #expect(words.stdout.contains("Assumed: 3 accounts whose opening balance nobody states"))
    #expect(words.stdout.contains("came back"))
    #expect(words.stdout.contains("Poison, which conserves nothing"))
    let one = try runOuro(["follow", "-"] + question + ["--rule", "lifo"], input: text).stdout
    #expect(one.contains("followed by 1 rule"))
    #expect(!one.contains("Poison"))
    let early = question + ["--until", "2025-01-03", "--rule", "fifo", "--json"]
    let json = try JSON(runOuro(["follow", "-"] + early, input: text).stdout)
    #expect(json["rules"]?.elements.first?["came_back"]?.number == 0)
  }

  @Test(arguments: [
    (["--from", "a", "--at", "2025-01-02", "--amount", "1"], 65, "a pays nothing on 2025-01-02"),
    (["--from", "a", "--at", "2025-01-01", "--amount", "101"], 65, "a pays only 100.00"),
    (["--from", "aa", "--at", "2025-01-01", "--amount", "1"], 64, "no party of the payments"),
    (["--from", "a", "--at", "2025-01-01"], 64, "--amount SUM"),
    (["--from", "a", "--at", "2025-01-01", "--amount", "0"], 64, "--amount takes the sum"),
    (["--from", "a", "--at", "2025-01-01", "--amount", "0.001"], 64, "more digits"),
    (["--from", "a", "--at", "soon", "--amount", "1"], 64, "soon"),
  ])
  func whatCannotBeFollowedIsTold(options: [String], status: Int32, words: String) throws {
    let result = try runOuro(["follow", "-"] + options, input: text)
    #expect(result.status == status, "\(result.stderr)")
    #expect(result.stderr.contains(words), "\(result.stderr)")
  }

  @Test(arguments: [
    ("party\n", 1, "begin with party,balance"), ("party,balance\nx,1\n", 2, "no party"),
    ("party,balance\na,ten\n", 2, "this is no amount"),
    ("party,balance\na,1\na,2\n", 3, "two balances"),
  ])
  func badOpeningsAreTold(file: String, line: Int, words: String) throws {
    try withTemporaryFolder { folder in
      let openings = folder.appending(path: "openings.csv").path
      try Data(file.utf8).write(to: URL(filePath: openings))
      let result = try runOuro(
        ["follow", "-"] + question + ["--openings", openings],
        input: text
      )
      #expect(result.status == 65)
      #expect(result.stderr.contains("openings.csv:\(line)"), "\(result.stderr)")
      #expect(result.stderr.contains(words), "\(result.stderr)")
    }
  }
}
