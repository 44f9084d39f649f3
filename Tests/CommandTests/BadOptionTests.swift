import Foundation
import TestKit
import Testing

/// Command lines that ask for what is not there or makes no sense: the exit code says which.
@Suite struct BadOptionTests {
  private static let book = "Tests/CommandTests/Fixtures/loop-book"

  /// A command line, its exit code, and a part of what it says.
  static let lines: [(line: String, status: Int32, words: String)] = [
    ("report BOOK --told-by gazet", 65, "nobody in the book is called gazet; did you mean gazette"),
    ("report BOOK --told-by zzzz", 65, "name a party, a publisher or a source of the book"),
    ("deals BOOK --told-by press,zzzz", 65, "nobody in the book is called zzzz"),
    ("measure closure BOOK --told-by zzzz", 65, "nobody in the book is called zzzz"),
    ("report BOOK --as-of 2025-02-30", 64, "2025-02-30"),
    ("report BOOK --as-of yesterday", 64, "yesterday"),
    ("report BOOK --period 2025-13", 64, "2025-13"),
    ("report BOOK --period 2026..2025", 64, "2026..2025"),
    ("report BOOK --policy strict", 64, "strict"),
    ("report BOOK --basis stocks", 64, "stocks"),
    ("report BOOK --complete guess", 64, "guess"),
    ("report BOOK --samples 0", 64, "--samples takes 1 to 100000"),
    ("report BOOK --seed=-1", 64, "-1"),
    ("report", 64, "book"),
    ("loops BOOK --top=-1", 64, "take counts"),
    ("loops BOOK --limit 0", 64, "--limit"),
    ("trace BOOK alba --depth 0", 64, "--depth takes 1 to 20"),
    ("trace BOOK alba --least 101", 64, "--least takes 0 to 100"),
    ("trace BOOK", 64, "party"),
    ("diff BOOK --from 2025-06-30 --to 2025-03-31", 64, "--from lies after --to"),
    ("diff BOOK --from 2025-06-30", 64, "--to"),
    ("deals BOOK --flows --left-out", 64, "ask for one at a time"),
    ("export BOOK --format csv", 64, "give their folder with -o"),
    ("export BOOK --format xlsx", 64, "xlsx"),
    ("trace BOOK nobody", 65, "there is no party nobody; list all with `ouro party`"),
    ("trace BOOK dnue", 65, "there is no party dnue; did you mean dune?"),
    ("trace BOOK alb", 65, "say which: alba, alba-tools"),
    ("party BOOK nobody", 65, "there is no party nobody"),
    ("deals BOOK --party nobody", 65, "there is no party nobody"),
    ("disputes BOOK --party nobody", 65, "there is no party nobody"),
    ("diff BOOK --from 2025 --to 2026 --party nobody", 65, "there is no party nobody"),
    ("report nowhere", 66, "nowhere"),
    ("report nowhere.ouro", 66, "ouro: nowhere.ouro: there is no such file"),
    ("loops nowhere", 66, "nowhere"),
    ("measure closure nowhere.csv", 66, "nowhere.csv: there is no such file"),
    ("measure closure nowhere.ouro", 66, "nowhere.ouro: there is no such file"),
    ("measure closure - --nodes nowhere.csv", 66, "nowhere.csv: there is no such file"),
    ("report README.md", 65, "README.md"),
    ("export BOOK --format gexf -o no/where.gexf", 74, "could not write"),
    ("measure closure BOOK --nodes x.csv", 64, "--nodes goes with EDGES.csv"),
    ("measure closure - --as-of 2025", 64, "days, tellers and periods are for a book"),
    ("measure closure - --told-by press", 64, "days, tellers and periods are for a book"),
    ("measure closure - --period 2025", 64, "days, tellers and periods are for a book"),
    ("measure closure - --samples=-1", 64, "--samples must be 0 or more"),
    ("measure potential - --weighting heavy", 64, "heavy"),
    ("measure concentration - --looked-through", 64, "needs --of"),
    ("measure concentration BOOK --of nobody", 64, "there is no party nobody"),
    ("measure cycles - --within soon", 64, "soon"),
    ("measure cycles - --min 5", 64, "need --within"),
    ("measure cycles - --within 3d", 64, "needs a column time"),
    ("measure openness -", 64, "openness"),
  ]

  @Test(arguments: lines)
  func whatCannotBeAskedIsTold(line: String, status: Int32, words: String) throws {
    let arguments = line.split(separator: " ").map { $0 == "BOOK" ? Self.book : String($0) }
    let result = try runOuro(arguments, input: "from,to,weight\na,b,1\nb,a,1\n")
    #expect(result.status == status, "\(result.stderr)")
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains(words), "\(result.stderr)")
    #expect(status == 64 || result.stderr.filter { $0 == "\n" }.count == 1, "\(result.stderr)")
  }

  /// Edges, and what is said of them.
  static let edges: [(edges: String, place: String, words: String)] = [
    ("", "-:1", "the file is empty"),
    ("from,to\na,b\n", "-:1, column weight", "missing from the header"),
    ("from,to,weight,colour\na,b,1,red\n", "-:1, column colour", "not known"),
    ("from,to,weight\na,,1\n", "-:2, column to", "the party has no id"),
    ("from,to,weight\na,b,\n", "-:2, column weight", "there is no amount"),
    ("from,to,weight\na,b,12abc\n", "-:2, column weight", "is not a number"),
    ("from,to,weight\na,b,\"1,5\"\n", "-:2, column weight", "is not a number"),
    ("from,to,weight\na,b,nan\n", "-:2, column weight", "is not a number"),
    ("from,to,weight\na,b,1e999\n", "-:2, column weight", "is more than 1e+300"),
    ("from,to,weight\na,b,0x10\n", "-:2, column weight", "is not a number"),
    ("from,to,weight\na,b,-5\n", "-:2, column weight", "below zero"),
    ("from,to,weight\na,b,1\na,b\n", "-:3", "cells"),
    ("from,to,weight\n\"a,b,1\n", "-:2, column from", "quote"),
    ("from,to,weight,time\na,b,1,2025-02-30\n", "-:2, column time", "is not a time"),
    ("from,to,weight,time\na,b,1,noon\n", "-:2, column time", "is not a time"),
  ]

  @Test(arguments: edges)
  func brokenEdgesAreNamed(edges: String, place: String, words: String) throws {
    for measure in ["closure", "cycles", "concentration"] {
      let result = try runOuro(["measure", measure, "-"], input: edges)
      #expect(result.status == 65, "\(edges): \(result.stderr)")
      #expect(result.stdout.isEmpty)
      #expect(result.stderr.hasPrefix("ouro: \(place): "), "\(result.stderr)")
      #expect(result.stderr.contains(words), "\(result.stderr)")
      #expect(result.stderr.filter { $0 == "\n" }.count == 1, "\(result.stderr)")
    }
  }

  @Test func brokenNodesAreNamed() throws {
    try withTemporaryFolder { folder in
      for (nodes, place, words) in [
        ("id,inflow\na,x\n", ":2, column inflow", "is not a number"),
        ("id,inflow\na,-1\n", ":2, column inflow", "below zero"),
        ("id\na\na\n", ":3, column id", "given twice"),
        ("name\na\n", ":1, column", "column"),
      ] {
        try Data(nodes.utf8).write(to: folder.appending(path: "nodes.csv"))
        let arguments = ["measure", "closure", "-", "--nodes", "nodes.csv"]
        let result = try runOuro(arguments, input: "from,to,weight\na,b,1\n", in: folder)
        #expect(result.status == 65)
        #expect(result.stderr.hasPrefix("ouro: nodes.csv\(place)"), "\(result.stderr)")
        #expect(result.stderr.contains(words), "\(result.stderr)")
      }
    }
  }

  @Test func aHyphenIsStandardInput() throws {
    let edges = "from,to,weight\na,b,3\nb,a,2\n"
    try withTemporaryFolder { folder in
      try Data(edges.utf8).write(to: folder.appending(path: "edges.csv"))
      let piped = try runOuro(["measure", "closure", "-"], input: edges)
      let named = try runOuro(["measure", "closure", "edges.csv"], in: folder)
      #expect(piped.status == 0)
      #expect(piped.stdout.contains("80.0 %"))
      #expect(piped.stdout == named.stdout)
    }
  }

  /// A full disk and a reader who went away, for each kind of answer.
  @Test(arguments: [
    "report BOOK --samples 5", "loops BOOK", "deals BOOK --json", "party BOOK",
    "measure closure BOOK", "export BOOK --format graphml",
  ])
  func whatNobodyTakesIsTold(line: String) throws {
    let program = try #require(builtProgram())
    let command = "\(program) \(line.replacing("BOOK", with: Self.book))"
    for script in [
      "\(command) > /dev/full", "{ sleep 0.1; \(command); } | :", "\(command) >&-",
      "\(command) >&- 2>&-",
    ] {
      let shell = URL(filePath: "/bin/bash")
      let result = try runProgram(shell, ["-o", "pipefail", "-c", script])
      #expect(result.status == 74, "\(script): \(result.stderr)")
      let words = "ouro: standard output: could not write: "
      #expect(result.stderr.hasPrefix(words) || script.hasSuffix("2>&-"))
    }
  }

  /// The `ouro` beside the running tests.
  private func builtProgram() -> String? {
    let running = [Bundle.main.executableURL?.path, CommandLine.arguments.first].compactMap { $0 }
    return running.map {
      URL(filePath: $0).deletingLastPathComponent().appending(path: "ouro").path
    }
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  }
}
