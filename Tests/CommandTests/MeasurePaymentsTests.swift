import Foundation
import TestKit
import Testing

/// Every measure of a payments file is that of the edges `ouro sum` makes of it.
@Suite struct MeasurePaymentsTests {
  private let text = """
    date,payer,payee,amount
    2025-01-01,N,O,10.25
    2025-01-02,N,O,19.75
    2025-01-03,O,R,50
    2025-01-31,O,M,10
    oops
    2025-02-01,R,N,40
    2025-02-01,M,N,15
    2025-02-03,M,M,7
    2025-02-03,M,O,5

    """

  private func run(
    _ measure: String,
    _ options: [String] = [],
    input: String
  ) throws -> String {
    let result = try runOuro(["measure", measure, "-", "--json"] + options, input: input)
    #expect(result.status == 0, "\(result.stderr)")
    return result.stdout
  }

  @Test(arguments: [
    ["closure"], ["cycling"], ["potential"], ["provenance", "--of", "O"], ["concentration"],
    ["gain"], ["cycles"],
  ])
  func paymentsAreAddedUpFirst(measure: [String]) throws {
    let edges = try runOuro(["sum", "-"], input: text).stdout
    let options = Array(measure.dropFirst())
    let (payments, sums) = (
      try JSON(run(measure[0], options, input: text)),
      try JSON(run(measure[0], options, input: edges))
    )
    #expect(payments.without("inputs", "currency") == sums.without("inputs"))
    // Month by month: as the rows of each month by themselves.
    let lines = text.split(separator: "\n")
    let months = try run(measure[0], options + ["--by", "month"], input: text)
      .split(separator: "\n").map { try JSON(String($0)) }
    #expect(months.map { $0["month"]?.string } == ["2025-01", "2025-02"])
    for (month, found) in zip(["2025-01", "2025-02"], months) {
      let rows = lines.prefix(1) + lines.filter { $0.hasPrefix(month) }
      let own = try JSON(run(measure[0], options, input: rows.joined(separator: "\n")))
      #expect(found.without("month", "inputs") == own.without("inputs"))
    }
    let table = try runOuro(["measure", measure[0], "-", "--by", "month"] + options, input: text)
    #expect(table.status == 0)
    #expect(table.stdout.split(separator: "\n").count == 3)
  }

  @Test func everyFormIsTheSame() throws {
    try withTemporaryFolder { folder in
      let plain = folder.appending(path: "p.csv").path
      try Data(text.utf8).write(to: URL(filePath: plain))
      let pack = folder.appending(path: "p.pack").path
      #expect(try runOuro(["pack", plain, "-o", pack]).status == 0)
      #expect(try runProgram(URL(filePath: "/bin/sh"), ["-c", "gzip -k \(plain)"]).status == 0)
      let answers = try [plain, pack, plain + ".gz"].map {
        try JSON(runOuro(["measure", "closure", $0, "--json"]).stdout).without("inputs")
      }
      #expect(answers.allSatisfy { $0 == answers[0] })
      #expect(answers[0]["total"]?.number == 150)
      let nodes = folder.appending(path: "n.csv").path
      try Data("id,inflow,outflow\nN,,25\nO,25,\nR,,10\nM,10,\n".utf8).write(
        to: URL(filePath: nodes)
      )
      let edges = try runOuro(["sum", plain]).stdout
      let cycling = try runOuro(["measure", "cycling", plain, "--nodes", nodes, "--json"])
      let ofEdges = try JSON(run("cycling", ["--nodes", nodes], input: edges)).without("inputs")
      #expect(try JSON(cycling.stdout).without("inputs", "currency") == ofEdges)
    }
  }

  @Test func loopsInTimeAreThoseOfAScan() throws {
    let scan = try JSON(runOuro(["scan", "-", "--within", "60d", "--json"], input: text).stdout)
    let cycles = try JSON(run("cycles", ["--within", "60d"], input: text))
    #expect(scan["count"]?.number == cycles["count"]?.number)
    #expect(cycles["top"]?.elements.first?["bottleneck"]?.number == 19.75)
    let some = try JSON(run("cycles", ["--within", "60d", "--min", "19.75"], input: text))
    #expect(some["count"]?.number == 1)
  }

  @Test func misuseIsOneSentence() throws {
    let edges = "from,to,weight\na,b,1\n"
    for (arguments, input, words) in [
      (["closure", "-", "--by", "month"], edges, "--by month is for payments"),
      (["provenance", "-", "--by", "month"], text, "name it with --of"),
      (["provenance", "-", "--by", "month", "--of", "X"], text, "there is no party X"),
      (["cycles", "-", "--by", "month", "--within", "1d"], text, "do not go together"),
      (["gain", "-", "--period", "2025"], text, "are for a book"),
    ] {
      let result = try runOuro(["measure"] + arguments, input: input)
      #expect(result.status == 64, "\(arguments): \(result.stderr)")
      #expect(result.stderr.contains(words), "\(result.stderr)")
      #expect(result.stdout.isEmpty)
    }
    let missing = try runOuro(["measure", "gain", "-"], input: "payer,payee\na,b\n")
    #expect(missing.status == 65)
    #expect(missing.stderr.contains("column amount"))
  }

  @Test func aMonthWithoutThePartyIsTold() throws {
    let result = try runOuro(
      ["measure", "concentration", "-", "--by", "month", "--of", "R"],
      input: text + "2025-03-01,M,O,5\n"
    )
    #expect(result.status == 0)
    #expect(result.stderr.contains("left out 2025-03: R neither pays nor is paid in it"))
  }
}
