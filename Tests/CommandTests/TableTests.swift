import Foundation
import TestKit
import Testing

/// Tables of an answer: where they go, and what is refused. That they open is tried from Python.
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
