import Foundation
import TestKit
import Testing

/// What others wrote steers no terminal and forges no line, wherever it is printed.
@Suite struct LegibleOutputTests {
  /// A name that clears the screen, turns what follows, and would begin a line.
  private static let name = "x\u{1B}[2J\u{9B}31m\u{202E}\u{200B}\u{2028}y"
  private static let told = "x\\u{1b}[2J\\u{9b}31m\\u{202e}\\u{200b}\\u{2028}y"

  private func expectLegible(_ result: ProgramResult, _ arguments: [String]) {
    for text in [result.stdout, result.stderr] {
      for scalar in text.unicodeScalars where scalar != "\n" {
        let isForbidden: Bool =
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator: true
          default: false
          }
        #expect(!isForbidden, "\(arguments): \(scalar.value)")
      }
      #expect(!text.split(separator: "\n").contains { $0.hasPrefix("FORGED") }, "\(arguments)")
    }
  }

  @Test func namesInPayments() throws {
    let text =
      "payer,payee,amount,date\n\"\(Self.name)\",b,1,2025-01-01\nb,\(Self.name),1,2025-01-02\n"
    for arguments in [
      ["scan", "-", "--within", "9d"], ["scan", "-", "--within", "9d", "--json"],
      ["measure", "closure", "-"], ["measure", "provenance", "-"], ["measure", "cycles", "-"],
      ["measure", "concentration", "-", "--of", Self.name], ["measure", "closure", "-", "--json"],
      ["measure", "closure", "-", "--by", "month", "--json"], ["draw", "sankey", "-", "-o", "-"],
      ["scan", "-", "--within", "9d", "--list", "-", "--format", "jsonl"],
    ] {
      let result = try runOuro(arguments, input: text)
      #expect(result.status == 0, "\(arguments): \(result.stderr)")
      expectLegible(result, arguments)
    }
    let scan = try runOuro(["scan", "-", "--within", "9d"], input: text)
    #expect(scan.stdout.contains(Self.told))
    let json = try runOuro(["scan", "-", "--within", "9d", "--json"], input: text)
    #expect(json.stdout.contains(#"x\u001b[2J\u009b31m\u202e\u200b\u2028y"#))
  }

  @Test func dataKeepWhatWasWritten() throws {
    let text = "payer,payee,amount,date\n\(Self.name),b,1,2025-01-01\nb,\(Self.name),1,2025-01-02\n"
    let sum = try runOuro(["sum", "-"], input: text)
    #expect(sum.stdout.contains(Self.name))
    let list = try runOuro(["scan", "-", "--within", "9d", "--list", "-"], input: text)
    #expect(list.stdout.contains(Self.name))
  }

  @Test func namesInEdges() throws {
    let name = "\(Self.name)\nFORGED line\r\n"
    let text = "from,to,weight\n\"\(name)\",b,1\nb,\"\(name)\",2\n"
    let nodes = "id,external_assets,external_liabilities,equity\n\"\(name)\",1,9,1\nb,1,1,1\n"
    try withTemporaryFolder { folder in
      try Data(nodes.utf8).write(to: folder.appending(path: "n.csv"))
      try Data(text.utf8).write(to: folder.appending(path: "e.csv"))
      for arguments in [
        ["measure", "closure", "e.csv"], ["measure", "provenance", "e.csv", "--of", name],
        ["measure", "potential", "e.csv"], ["measure", "cycles", "e.csv"],
        ["measure", "concentration", "e.csv", "--of", name],
        ["stress", "clearing", "e.csv", "--nodes", "n.csv"],
        ["stress", "cascade", "e.csv", "--nodes", "n.csv"],
        ["stress", "debtrank", "e.csv", "--nodes", "n.csv", "--shock", "\(name)=1"],
      ] {
        let result = try runOuro(arguments, in: folder)
        #expect(result.status == 0, "\(arguments): \(result.stderr)")
        expectLegible(result, arguments)
      }
    }
  }

  @Test func cellsAndPathsInErrors() throws {
    let bad = "payer,payee,amount,date\na,b,\(Self.name),2025-01-01\na,b,1,\(Self.name)\n"
    let rows = try runOuro(["scan", "-", "--within", "9d"], input: bad)
    #expect(rows.stderr.contains(Self.told))
    expectLegible(rows, ["scan"])
    let path = "\(Self.name)\nFORGED"
    for arguments in [
      ["scan", path, "--within", "9d"], ["report", path], ["measure", "closure", path],
      ["measure", "closure", "Examples", "--nodes", path], ["scan", "-", "--within", path],
      ["scan", "-", "--within", "9d", "--\(path)"], [path], ["draw", "sankey", "-", "-o", path],
      ["merge", path, "-o", path], ["party", "Examples/ai-economy", path],
    ] {
      let result = try runOuro(arguments, input: "from,to,weight\na,b,1\n")
      #expect([64, 65, 66].contains(result.status), "\(arguments): \(result.stderr)")
      expectLegible(result, arguments)
    }
    for header in ["from,to,weight,\"\(path)\"\na,b,1,2\n", "\"\(path)\"\n1\n"] {
      let result = try runOuro(["measure", "closure", "-"], input: header)
      #expect(result.status == 65, "\(result.stderr)")
      expectLegible(result, [header])
    }
  }

  @Test func whatABookSays() throws {
    try withTemporaryFolder { folder in
      let book = folder.appending(path: "book")
      try FileManager.default.copyItem(
        at: packageRoot.appending(path: "Examples/ai-economy"),
        to: book
      )
      try spoil(book)
      for arguments in [
        ["report"], ["loops"], ["deals"], ["deals", "--left-out"], ["disputes"], ["party"],
        ["party", "openai"], ["trace", "openai"], ["verify"], ["report", "--json"],
        ["diff", "--from", "2024-12-31", "--to", "2026-01-01"],
      ] {
        let all = [arguments[0], book.path] + arguments.dropFirst()
        let result = try runOuro(all)
        #expect(result.status == 0, "\(arguments): \(result.stderr)")
        expectLegible(result, arguments)
      }
      let file = folder.appending(path: "b.ouro").path
      #expect(try runOuro(["import", book.path, file]).status == 0)
      let reason = ["retract", file, "claims", "none", "--reason", "\(Self.name)\nFORGED"]
      expectLegible(try runOuro(reason), reason)
      expectLegible(try runOuro(["history", file]), ["history"])
    }
  }

  /// Puts marks into every name, title, note and publisher of a book folder.
  private func spoil(_ book: URL) throws {
    let columns: Set = ["name", "title", "note", "publisher", "quote", "reason"]
    for table in ["parties", "deals", "sources", "claims", "facts", "assumptions"] {
      let file = book.appending(path: "\(table).csv")
      var csv = try CSVText(String(contentsOf: file, encoding: .utf8))
      for (column, name) in csv.header.enumerated() where columns.contains(name) {
        guard table != "assumptions" || name != "name" else { continue }
        for row in csv.rows.indices where !csv.rows[row][column].isEmpty {
          csv.rows[row][column] += "\(Self.name)\nFORGED\r\n\u{85}"
        }
      }
      try Data(csv.text.utf8).write(to: file)
    }
  }
}

/// A table of cells, each in quotes.
private struct CSVText {
  let header: [String]
  var rows: [[String]]

  init(_ text: String) throws {
    var (cells, cell, rows, isQuoted) = ([String](), "", [[String]](), false)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: (cells, cell) = (cells + [cell], "")
      case "\n" where !isQuoted:
        rows.append(cells + [cell])
        (cells, cell) = ([], "")
      default: cell.unicodeScalars.append(scalar)
      }
    }
    header = try #require(rows.first)
    self.rows = Array(rows.dropFirst())
  }

  var text: String {
    ([header] + rows).map { row in row.map { "\"\($0)\"" }.joined(separator: ",") + "\n" }.joined()
  }
}
