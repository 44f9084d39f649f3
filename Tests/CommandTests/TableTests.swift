import Foundation
import TestKit
import Testing

/// Tables of an answer: where they go, and what is refused.
///
/// That they open is tried from Python.
@Suite struct TableTests {
  private static let book = packageRoot.appending(path: "Examples/ai-economy").path

  @Test func aTableOnStandardOutputIsAlone() throws {
    let told = try runOuro(["deals", Self.book, "--flows", "--csv", "-"])
    #expect(told.status == 0)
    let lines = told.stdout.split(separator: "\n")
    #expect(lines.first?.hasPrefix("payer,payer id,payee,payee id,dollars,") == true)
    let answer = try runOuro(["deals", Self.book, "--flows", "--json"])
    let flows =
      try #require(
        try JSONSerialization.jsonObject(with: Data(answer.stdout.utf8)) as? [String: Any]
      )["flows"] as? [Any]
    #expect(lines.count == (flows?.count ?? 0) + 1)
  }

  @Test func anAnswerIsShownBesideItsFiles() throws {
    try withTemporaryFolder { folder in
      let plain = try runOuro(["loops", Self.book])
      let told = try runOuro(
        ["loops", Self.book, "--xlsx", "loops.xlsx", "--csv", "loops.csv"],
        in: folder
      )
      #expect(told.status == 0)
      #expect(told.stdout == plain.stdout)
      #expect(told.stderr.contains("to loops.xlsx") && told.stderr.contains("to loops.csv"))
      let bytes = try Data(contentsOf: folder.appending(path: "loops.xlsx"))
      #expect(bytes.starts(with: Array("PK".utf8)))
    }
  }

  @Test(arguments: [
    ["loops", book, "--json", "--csv", "-"], ["loops", book, "--xlsx", "-", "--csv", "-"],
    ["export", book, "--xlsx", "a.xlsx", "--json"],
    ["export", book, "--xlsx", "a.xlsx", "-o", "b.xlsx"],
  ])
  func twoThatWantOnePlaceAreRefused(arguments: [String]) throws {
    let told = try runOuro(arguments)
    #expect(told.status == 64)
    #expect(told.stdout.isEmpty)
  }

  @Test func aPlaceThatTakesNothingIsAnError() throws {
    let told = try runOuro(["loops", Self.book, "--xlsx", "/nowhere/loops.xlsx"])
    #expect(told.status == 74)
    #expect(told.stderr.contains("/nowhere/loops.xlsx: could not write"))
  }
}

extension TableTests {
  /// Flows of a period are one file, each quarter the same as that quarter asked for alone.
  @Test func flowsOfEachQuarterAreThoseOfTheQuarter() throws {
    let book = packageRoot.appending(path: "Examples/ai-economy").path
    let all = try runOuro([
      "export", book, "--by", "quarter", "--period", "2025", "--format", "csv",
    ])
    #expect(all.status == 0)
    let lines = all.stdout.split(separator: "\n")
    let alone = try runOuro([
      "deals", book, "--flows", "--period", "2025-04..2025-06", "--csv", "-",
    ])
    let second = lines.filter { $0.hasPrefix("2025 Q2,2025-04-01,2025-06-30,") }
    #expect(second.count > 20)
    #expect(
      second.map { $0.dropFirst("2025 Q2,2025-04-01,2025-06-30,".count) }
        == alone.stdout.split(separator: "\n").dropFirst().map { $0[...] }
    )
    #expect(Set(lines.dropFirst().map { $0.prefix(7) }).count == 4)
  }

  @Test(arguments: [["--format", "gexf"], ["--basis", "commitments"]])
  func aSeriesIsOfFlowsAsATable(arguments: [String]) throws {
    let book = packageRoot.appending(path: "Examples/ai-economy").path
    let told = try runOuro(["export", book, "--by", "year", "-o", "/tmp/x"] + arguments)
    #expect(told.status == 64)
  }
}
