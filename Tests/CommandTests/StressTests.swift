import Foundation
import TestKit
import Testing

/// What `ouro stress` answers, and refuses.
@Suite struct StressTests {
  private let edges = "from,to,weight,kind\na,b,10,bond\nb,c,10,loan\nc,a,3,loan\nc,d,9,bond\n"
  private let nodes = """
    id,external_assets,external_liabilities,size
    a,4,0,4
    b,0,0,10
    c,0,12,13
    d,20,2,20

    """

  @Test(arguments: [
    ["clearing"], ["cascade", "--shock", "a=1"], ["debtrank", "--shock", "d=0.5"],
    ["valuation", "--function", "merton", "--volatility", "0.2"],
  ])
  func wordsAreGolden(arguments: [String]) throws {
    let result = try stress(arguments)
    #expect(result.status == 0)
    #expect(result.stderr == "")
    try golden(result.stdout, named: "stress-\(arguments[0]).txt")
  }

  @Test func jsonHasTheKeysOfTheDesign() throws {
    for (arguments, keys) in [
      (["clearing"], ["defaulted", "equity", "method", "payments", "rounds"]),
      (["debtrank", "--shock", "a=1"], ["method", "stress", "value"]),
      (["cascade", "--shock", "a=1"], ["defaulted", "method", "rounds"]),
    ] {
      let result = try stress(arguments + ["--json"])
      // Beside the answer stand the files that it rests on.
      #expect(try JSON(result.stdout).without("inputs").members.keys.sorted() == keys)
      let named = try JSON(try stress(arguments + ["--json", "--losses"]).stdout)
      #expect(named["losses"]?.elements.isEmpty == false)
    }
  }

  @Test func exposuresAreDebtsTurnedRound() throws {
    let turned = "from,to,weight\nb,a,10\nc,b,10\na,c,3\nd,c,9\n"
    let asDebt = try stress(["debtrank", "--shock", "c=1", "--json"])
    let asExposure = try stress(
      ["debtrank", "--shock", "c=1", "--json", "--edges-are", "exposure"],
      edges: turned
    )
    let (debts, exposures) = (try JSON(asDebt.stdout), try JSON(asExposure.stdout))
    #expect(debts.without("inputs") == exposures.without("inputs"))
  }

  @Test(arguments: [
    (["clearing", "--alpha", "2"], Int32(64), "--alpha must be from 0 to 1"),
    (["clearing", "--shock", "x=1"], 64, "there is no party x"),
    (["clearing", "--shock", "a=2"], 64, "is not PARTY=FRACTION"),
    (["clearing", "--shock", "a=1", "--shock", "a=0"], 64, "names a twice"),
    (["clearing", "--seniority", "none"], 64, "no edge"),
    (["valuation", "--function", "merton"], 64, "needs --volatility"),
  ])
  func misuseIsTold(arguments: [String], status: Int32, words: String) throws {
    let result = try stress(arguments)
    #expect(result.status == status)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains(words))
  }

  @Test func unknownIsNotZero() throws {
    let result = try stress(["cascade", "--shock", "a=1"], nodes: "id,buffer\na,1\n")
    #expect(result.status == 65)
    #expect(result.stderr == "ouro: there is no buffer for b, and the answer needs it\n")
  }

  private func stress(_ arguments: [String], edges: String? = nil, nodes: String? = nil) throws
    -> ProgramResult
  {
    try withTemporaryFolder { folder in
      let files = [("edges.csv", edges ?? self.edges), ("nodes.csv", nodes ?? self.nodes)]
      for (name, text) in files {
        try Data(text.utf8).write(to: folder.appending(path: name))
      }
      let command = ["stress", arguments[0], "edges.csv", "--nodes", "nodes.csv"]
      return try runOuro(command + arguments.dropFirst(), in: folder)
    }
  }
}
