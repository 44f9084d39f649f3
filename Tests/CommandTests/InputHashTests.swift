import Foundation
import TestKit
import Testing

/// Every answer and export of payments says on which files it rests, by their SHA-256, and in which currency its amounts are.
@Suite struct InputHashTests {
  private static let payments = """
    payer,payee,amount,currency,date
    a,b,100,EUR,2025-01-01
    b,c,98,EUR,2025-01-02
    c,a,97,EUR,2025-01-03

    """

  private static let edges = "from,to,weight\na,b,5\nb,a,4\n"

  private func inFolder(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let files = [
        "p.csv": Self.payments, "e.csv": Self.edges, "alias.csv": "alias,party\nb,beta\n",
        "n.csv": "id,external_assets,buffer\na,1,1\nb,1,1\n", "open.csv": "party,balance\na,500\n",
      ]
      for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
      try body(folder)
    }
  }

  /// The hash of a file by another program than ours.
  private func hash(_ name: String, in folder: URL) throws -> String {
    let sum = try runProgram(URL(filePath: "/usr/bin/sha256sum"), [name], in: folder)
    return String(sum.stdout.prefix(64))
  }

  @Test(arguments: [
    "scan p.csv --within 9d", "scan p.csv --within 9d --split", "scan p.csv --within 9d --patterns",
    "scan p.csv --within 9d --aliases alias.csv", "sum p.csv", "sum p.csv --by month",
    "parties p.csv",
    "follow p.csv --from a --at 2025-01-01 --amount 50 --openings open.csv",
    "trace p.csv --to c --at 2025-01-02", "measure closure p.csv", "measure cycling p.csv",
    "measure closure p.csv --by month", "measure cycles p.csv --within 9d",
    "measure closure e.csv", "stress clearing e.csv --nodes n.csv",
    "stress cascade e.csv --nodes n.csv",
  ])
  func everyAnswerTellsItsFiles(command: String) throws {
    try inFolder { folder in
      let words = command.split(separator: " ").map(String.init)
      let answer = try runOuro(words + ["--json"], in: folder)
      #expect(answer.status == 0, "\(answer.stderr)")
      let inputs = try JSON(answer.stdout)["inputs"]?.elements ?? []
      let named = words.filter { $0.hasSuffix(".csv") }
      #expect(inputs.map { $0["file"]?.string } == named)
      #expect(try inputs.map { $0["sha256"]?.string } == named.map { try hash($0, in: folder) })
    }
  }

  @Test(arguments: ["scan - --within 9d", "sum -", "measure closure -", "parties -"])
  func whatComesThroughAPipeIsHashedAsItComes(command: String) throws {
    try inFolder { folder in
      let words = command.split(separator: " ").map(String.init) + ["--json"]
      for text in [Self.payments, "Summary\n\n" + Self.payments.replacing(",", with: ";")] {
        let answer = try runOuro(words, input: text, in: folder)
        #expect(answer.status == 0, "\(answer.stderr)")
        try Data(text.utf8).write(to: folder.appending(path: "sent"))
        let input = try JSON(answer.stdout)["inputs"]?.elements.first
        #expect(try input?["sha256"]?.string == hash("sent", in: folder))
      }
    }
  }

  @Test func slicesThatAreMergedTellTheSame() throws {
    try inFolder { folder in
      let scan = ["scan", "p.csv", "--within", "9d"]
      for part in ["1/2", "2/2"] {
        let slice = ["--shard", part, "-o", "part\(part.prefix(1))"]
        #expect(try runOuro(scan + slice, in: folder).status == 0)
      }
      let merged = try runOuro(["merge", "part1", "part2", "--json"], in: folder)
      #expect(try merged.stdout == runOuro(scan + ["--json"], in: folder).stdout)
      #expect(merged.stdout.contains("\"inputs\""))
    }
  }

  @Test(arguments: [
    "export p.csv --format graphml", "export p.csv --format gexf", "export e.csv --format gexf",
    "draw sankey p.csv -o -",
  ])
  func everyPictureAndNetworkTellsItsFile(command: String) throws {
    try inFolder { folder in
      let words = command.split(separator: " ").map(String.init)
      let told = try runOuro(words, in: folder)
      #expect(told.status == 0, "\(told.stderr)")
      #expect(told.stdout.contains("\(words[1 + (words[0] == "draw" ? 1 : 0)]), SHA-256 "))
      let file = words.first { $0.hasSuffix(".csv") } ?? ""
      #expect(try told.stdout.contains(hash(file, in: folder)))
    }
  }

  @Test func aPackKnowsWhatItIsOf() throws {
    try inFolder { folder in
      let mixed = Self.payments + "c,a,9,USD,2025-01-04\n"
      try Data(mixed.utf8).write(to: folder.appending(path: "m.csv"))
      #expect(try runOuro(["pack", "m.csv", "-o", "m.pack"], in: folder).status == 0)
      let options = ["--within", "9d", "--json"]
      let packed = try JSON(runOuro(["scan", "m.pack"] + options, in: folder).stdout)
      let plain = try JSON(runOuro(["scan", "m.csv"] + options, in: folder).stdout)
      #expect(packed.without("inputs", "sources") == plain.without("inputs", "sources"))
      #expect(packed["totals"]?.elements.count == 2)
      let input = packed["inputs"]?.elements.first
      let from = input?["packed_from"]?.elements.first
      #expect(try input?["sha256"]?.string == hash("m.pack", in: folder))
      #expect(from?["file"] == .string("m.csv"))
      #expect(try from?["sha256"]?.string == hash("m.csv", in: folder))
    }
  }

  @Test func aWorkbookTellsTheFileOfThePlainForm() throws {
    try inFolder { folder in
      _ = try runOuro(["export", "p.csv", "--xlsx", "p.xlsx"], in: folder)
      let unzipped = try runProgram(URL(filePath: "/usr/bin/unzip"), ["-p", "p.xlsx"], in: folder)
      // On the sheet of the question, and on that of the files.
      let own = try hash("p.csv", in: folder)
      #expect(unzipped.stdout.contains(own))
      #expect(unzipped.stdout.contains("the plain form"))
    }
  }

  @Test func aCheckpointKnowsWhatItRead() throws {
    try inFolder { folder in
      let watch = [
        "watch", "-", "--within", "9d", "--currency", "EUR", "--checkpoint", "state", "--json",
      ]
      let first = try runOuro(watch, input: Self.payments, in: folder)
      let own = try hash("p.csv", in: folder)
      #expect(first.stderr.contains("read 4 lines, SHA-256 \(own)"))
      #expect(first.stdout.contains("\"currencies\":[\"EUR\",\"EUR\",\"EUR\"]"))
      let state = try String(contentsOf: folder.appending(path: "state"), encoding: .utf8)
      #expect(state.contains("\"sha256\":\"\(own)\""))
      let more = Self.payments + "a,b,1,EUR,2025-01-09\n"
      #expect(try runOuro(watch, input: more, in: folder).status == 0)
      let other = try runOuro(watch, input: more.replacing("b,c,98", with: "b,c,99"), in: folder)
      #expect(other.status == 65)
      #expect(other.stderr.contains("its first 5 lines are not those"))
    }
  }

  @Test func amountsHaveTheirCurrency() throws {
    try inFolder { folder in
      func answer(_ command: String) throws -> JSON {
        try JSON(
          runOuro(command.split(separator: " ").map(String.init) + ["--json"], in: folder).stdout
        )
      }
      for command in [
        "measure closure p.csv", "measure provenance p.csv", "measure closure p.csv --by month",
        "measure cycles p.csv --within 9d", "trace p.csv --to c --at 2025-01-02",
        "follow p.csv --from a --at 2025-01-01 --amount 50", "scan p.csv --within 9d",
      ] {
        #expect(try answer(command)["currency"] == .string("EUR"), "\(command)")
      }
      let sums = try answer("sum p.csv")["sums"]?.elements ?? []
      #expect(sums.count == 3 && sums.allSatisfy { $0["currency"] == .string("EUR") })
      let loops = ["scan", "p.csv", "--within", "9d", "--list", "-", "--format", "jsonl"]
      let loop = try JSON(runOuro(loops, in: folder).stdout)
      #expect(loop["currencies"]?.elements == [.string("EUR"), .string("EUR"), .string("EUR")])
      // An edge list has no currency to tell.
      #expect(try answer("measure closure e.csv")["currency"] == nil)
    }
  }
}
