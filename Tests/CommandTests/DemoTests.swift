import Books
import Foundation
@testable import ouro
import TestKit
import Testing

/// `ouro demo` gives somebody with the program alone the shipped book, its report and what to try next.
@Suite struct DemoTests {
  private func demo(in folder: URL, _ arguments: [String]) throws -> ProgramResult {
    let shipped = packageRoot.appending(path: "Examples")
    let link = folder.appending(path: "Examples")
    try? FileManager.default.createSymbolicLink(at: link, withDestinationURL: shipped)
    return try runOuro(["demo"] + arguments, in: folder)
  }

  @Test func theShippedBookIsCopiedAndReported() throws {
    try withTemporaryFolder { folder in
      let answer = try demo(in: folder, ["market"])
      #expect(answer.status == 0, "\(answer.stderr)")
      let report = try runOuro(["report", "Examples/ai-economy"])
      #expect(answer.stdout == report.stdout)
      let copied = try BookFile.open(folder.appending(path: "market/ai-economy").path)
      let shipped = try BookFile.open(packageRoot.appending(path: "Examples/ai-economy").path)
      #expect(copied.headHash == shipped.headHash)
      let page = folder.appending(path: "market/report/index.html")
      #expect(try String(contentsOf: page, encoding: .utf8).contains("<svg"))
    }
  }

  @Test func whatItSaysToTryNextRuns() throws {
    try withTemporaryFolder { folder in
      let told = try demo(in: folder, []).stderr.components(separatedBy: "\n")
        .filter { $0.hasPrefix("  ouro ") }
      #expect(told.count > 4)
      for line in told {
        let words = line.split(separator: " ").map(String.init)
        let result = try runOuro(Array(words.dropFirst()), in: folder)
        #expect(result.status == 0, "\(line): \(result.stderr)")
        #expect(!(result.stdout + result.stderr).isEmpty)
      }
    }
  }

  @Test func asJSONItIsTheReport() throws {
    try withTemporaryFolder { folder in
      let answer = try JSON(demo(in: folder, ["--json"]).stdout)
      #expect(answer["header"]?["book"]?.string == "ai-economy")
    }
  }

  @Test func itRunsAgainAndOverwritesNothing() throws {
    try withTemporaryFolder { folder in
      _ = try demo(in: folder, [])
      #expect(try demo(in: folder, []).status == 0)
      let claims = folder.appending(path: "ouro-demo/ai-economy/claims.csv")
      try Data("mine".utf8).write(to: claims)
      let refused = try demo(in: folder, [])
      #expect(refused.status == 74)
      #expect(refused.stderr.contains("ouro-demo/ai-economy/claims.csv"))
      #expect(try String(contentsOf: claims, encoding: .utf8) == "mine")
    }
  }

  @Test func withoutTheShippedFilesItNamesThePlaces() throws {
    try withTemporaryFolder { folder in
      let answer = try runOuro(["demo"], in: folder)
      #expect(answer.status == 66)
      #expect(answer.stderr.contains("share/ouro and Examples"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func theVersionSaysWhatFilesDependOn() throws {
    let answer = try runOuro(["--version"])
    #expect(answer.status == 0)
    let lines = answer.stdout.components(separatedBy: "\n")
    #expect(lines[0].hasPrefix("ouro \(ouro.version), "))
    #expect(lines[0].contains("commit"))
    #expect(lines[1] == "SQLite \(try #require(BookFile.sqliteVersion))")
    #expect(lines[2].contains("1 to \(BookFile.newestVersion)"))
  }
}
