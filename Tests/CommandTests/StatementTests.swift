import Foundation
import TestKit
import Testing

/// Statements at the command: what is said first, what is asked, and that every command goes through the same door.
@Suite struct StatementTests {
  private static let here = "DE89370400440532013000"
  private static let there = "GB29NWBK60161331926819"

  private static let journal = """
    Journal 2025

    Buchungstag;Auftraggeber;IBAN Auftraggeber;Empfänger;IBAN Empfänger;Betrag;Währung
    31.01.2025;Müller GmbH;\(here);Two Ltd;\(there);1.250,50;EUR
    01.02.2025;Two Ltd;\(there);Müller GmbH;\(here);1.250,00;EUR
    Summe;;;;;2.500,50;EUR

    """

  private func inFolder<Result>(
    _ files: [String: String],
    _ body: (URL) throws -> Result
  ) throws -> Result {
    try withTemporaryFolder { folder in
      for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
      return try body(folder)
    }
  }

  @Test func howAFileIsUnderstoodIsSaidFirst() throws {
    try inFolder(["p.csv": Self.journal]) { folder in
      let told = try runOuro(["scan", "p.csv", "--within", "7d"], in: folder)
      #expect(told.status == 0)
      #expect(
        told.stderr.hasPrefix(
          "p.csv: understood as a table: semicolons between cells, UTF-8, header on line 3\n"
        )
      )
      #expect(told.stderr.contains("IBAN Auftraggeber (named by Auftraggeber) pays IBAN Empfänger"))
      #expect(told.stderr.contains("decimal comma in Währung; when: Buchungstag, day first"))
      #expect(told.stdout.contains("1 loop within 7d among 2 payments in EUR between 2 parties"))
      let json = try JSON(
        runOuro(["scan", "p.csv", "--within", "7d", "--json"], in: folder).stdout
      )
      #expect(json["totals"]?.elements.first?["currency"] == .string("EUR"))
      #expect(json["totals"]?.elements.first?["total"]?.number == 2500.5)
      #expect(json["largest"]?.elements.first?["currency"] == .string("EUR"))
      let source = json["sources"]?.elements.first
      #expect(source?["file"] == .string("p.csv"))
      #expect(source?["understanding"]?["decimal"] == .string("comma"))
      let hash = try runProgram(URL(filePath: "/bin/sh"), ["-c", "sha256sum \(folder.path)/p.csv"])
      #expect(source?["sha256"] == .string(String(hash.stdout.prefix(64))))
    }
  }

  @Test(arguments: [
    ["scan", "p.csv", "--within", "7d"], ["sum", "p.csv"], ["pack", "p.csv", "-o", "p.pack"],
    ["measure", "closure", "p.csv"], ["draw", "sankey", "p.csv", "-o", "p.svg"],
    ["parties", "p.csv"],
    ["export", "p.csv", "--format", "graphml"],
  ])
  func everyCommandReadsThemAndAsks(command: [String]) throws {
    try inFolder(["p.csv": Self.journal]) { folder in
      let read = try runOuro(command, in: folder)
      #expect(read.status == 0, "\(read.stderr)")
      #expect(read.stderr.contains("p.csv: understood as a table"))
    }
    try inFolder(["p.csv": "From;To;Amount;Date\na;b;1;03/04/2025\nb;a;1;05/06/2025\n"]) { folder in
      let asked = try runOuro(command, in: folder)
      #expect(asked.status == 65)
      #expect(asked.stdout.isEmpty)
      #expect(asked.stderr.contains("--day-order DMY") && asked.stderr.contains("--day-order MDY"))
      #expect(try runOuro(command + ["--day-order", "MDY"], in: folder).status == 0)
    }
  }

  @Test func aMapIsWrittenAndGoneBy() throws {
    try inFolder(["p.csv": "From;To;Amount;Date\na;b;1,000;03/04/2025\n"]) { folder in
      let answers = ["--day-order", "DMY", "--decimal", "comma", "--map", "m.json"]
      #expect(
        try runOuro(["sum", "p.csv"] + answers, in: folder).stdout == "from,to,weight\na,b,1.00\n"
      )
      let again = try runOuro(["sum", "p.csv", "--by", "day", "--map", "m.json"], in: folder)
      #expect(again.stdout == "from,to,weight,time\na,b,1.00,2025-04-03\n")
      try Data("{}".utf8).write(to: folder.appending(path: "m.json"))
      let broken = try runOuro(["sum", "p.csv", "--map", "m.json"], in: folder)
      #expect(broken.status == 65)
      #expect(broken.stderr.contains("m.json"))
    }
  }

  @Test func severalFilesAreOne() throws {
    let head = { (iban: String) in
      "IBAN;\(iban)\nWährung;EUR\n\nDatum;Gegenpartei;IBAN Gegenpartei;Betrag\n"
    }
    let files = [
      "a.csv": head(Self.here) + "31.01.2025;Two;\(Self.there);-5,00\n",
      "b.csv": head(Self.there)
        + "31.01.2025;One;\(Self.here);5,00\n13.02.2025;One;\(Self.here);-4,00\n",
    ]
    try inFolder(files) { folder in
      let read = try runOuro(["scan", "a.csv", "b.csv", "--within", "30d", "--json"], in: folder)
      let json = try JSON(read.stdout)
      #expect(json["payments"]?.number == 2)
      #expect(json["count"]?.number == 1)
      #expect(read.stderr.contains("1 transfer told by both accounts counts once"))
      let payments = json["largest"]?.elements.first?["payments"]?.elements
      #expect(payments?.map { $0["file"] } == [.string("a.csv"), .string("b.csv")])
      #expect(payments?.map { $0["line"]?.number } == [5, 6])
    }
  }

  @Test func currenciesStayApartWithoutRates() throws {
    let files = [
      "p.csv":
        "payer,payee,amount,currency,date\na,b,100,USD,2024-01-01\nb,a,10000,JPY,2024-01-02\n",
      "r.csv": "currency,rate,to,day\nJPY,0.0065,USD,2024-01-01\n",
    ]
    try inFolder(files) { folder in
      let apart = try runOuro(["scan", "p.csv", "--within", "9d"], in: folder)
      #expect(apart.stdout.contains("each loop stays within one currency"))
      #expect(apart.stdout.contains("0 loops"))
      #expect(apart.stdout.contains("In all JPY 10,000.00 · USD 100.00."))
      let met = try runOuro(
        ["scan", "p.csv", "--within", "9d", "--rates", "r.csv", "--json"],
        in: folder
      )
      let loop = try JSON(met.stdout)["largest"]?.elements.first
      #expect(loop?["bottleneck"]?.number == 65)
      #expect(loop?["currency"] == .string("USD"))
      let sums = try runOuro(["sum", "p.csv"], in: folder)
      #expect(sums.stdout == "from,to,weight,currency\nb,a,10000.00,JPY\na,b,100.00,USD\n")
      let measured = try runOuro(["measure", "closure", "p.csv"], in: folder)
      #expect(measured.status == 65)
      #expect(
        measured.stderr.contains("--currency JPY") && measured.stderr.contains("--rates FILE")
      )
      #expect(
        try runOuro(["measure", "closure", "p.csv", "--rates", "r.csv"], in: folder).status == 0
      )
      try Data("currency,rate,to\nJPY,0,USD\n".utf8).write(to: folder.appending(path: "r.csv"))
      #expect(try runOuro(["sum", "p.csv", "--rates", "r.csv"], in: folder).status == 65)
    }
  }

  @Test func partiesAreProposedAndMergedWhenConfirmed() throws {
    let text = """
      payer,payee,amount,date
      Müller & Söhne GmbH,Acme,5,2025-01-01
      Mueller Soehne,Acme,5,2025-01-02
      Acme Ltd.,SOEHNE MUELLER AG,5,2025-01-03
      Acme,Other Concern,5,2025-01-04
      Other Comcern,Acme,5,2025-01-05

      """
    try inFolder(["p.csv": text]) { folder in
      let proposed = try runOuro(["parties", "p.csv", "-o", "a.csv", "--json"], in: folder)
      let proposals = try JSON(proposed.stdout)["proposals"]?.elements ?? []
      #expect(proposals.count == 4)
      let strengths = proposals.compactMap { $0["strength"]?.number }
      #expect(strengths == strengths.sorted(by: >))
      #expect(try runOuro(["sum", "p.csv"], in: folder).stdout.split(separator: "\n").count == 6)
      let merged = try runOuro(["sum", "p.csv", "--aliases", "a.csv"], in: folder)
      #expect(merged.status == 0)
      #expect(merged.stdout.split(separator: "\n").count == 5)
      try Data("alias,party\na,b\nb,a\n".utf8).write(to: folder.appending(path: "a.csv"))
      #expect(try runOuro(["sum", "p.csv", "--aliases", "a.csv"], in: folder).status == 65)
    }
  }

  @Test func whatIsLeftOutIsTold() throws {
    let text =
      "payer,payee,amount,date,kind\na,b,5,2025-01-01,x\na,Tax,7,2025-01-02,x\nb,a,5,2025-01-03,y\n"
    try inFolder(["p.csv": text, "l.txt": "# not ours\nTax\nNobody\n"]) { folder in
      let left = try runOuro(["sum", "p.csv", "--leave-out", "l.txt"], in: folder)
      #expect(left.stdout == "from,to,weight\na,b,5.00\nb,a,5.00\n")
      #expect(left.stderr.contains("left out 1 payment of Tax, 7.00"))
      #expect(left.stderr.contains("left out 0 payments of Nobody"))
      let kept = try runOuro(["sum", "p.csv", "--where", "kind=y"], in: folder)
      #expect(kept.stdout == "from,to,weight\nb,a,5.00\n")
      #expect(kept.stderr.contains("left out 2 rows that --where does not ask for"))
      #expect(try runOuro(["sum", "p.csv", "--where", "sort=y"], in: folder).status == 65)
      #expect(try runOuro(["sum", "p.csv", "--where", "kind"], in: folder).status == 64)
    }
  }

  @Test(arguments: ["graphml", "gexf"]) func networksComeOutOfPaymentsAndEdges(format: String)
    throws
  {
    let files = [
      "p.csv": Self.journal, "e.csv": "Source,Target,Weight\na,b,5\n",
      "v.csv": "source,target,value\na,b,5\n",
    ]
    try inFolder(files) { folder in
      let payments = try runOuro(["export", "p.csv", "--format", format], in: folder)
      #expect(payments.status == 0)
      #expect(payments.stdout.contains("1250.5"))
      #expect(payments.stdout.contains("Müller GmbH"))
      for file in ["e.csv", "v.csv"] {
        #expect(
          try runOuro(["export", file, "--format", format], in: folder).stdout.contains(
            "target=\"b\""
          )
        )
      }
      #expect(
        try runOuro(["export", "e.csv", "--format", "csv", "-o", "x"], in: folder).status == 64
      )
    }
  }

  /// Line ends by the million cost no memory each.
  @Test func rejectedLinesAreCheap() throws {
    try inFolder([:]) { folder in
      let text =
        "payer,payee,amount,date\na,b,1,2025-01-01\n" + String(repeating: "\n", count: 3_000_000)
      try Data(text.utf8).write(to: folder.appending(path: "p.csv"))
      let read = try runOuro(["sum", "p.csv", "--errors", "0"], in: folder)
      #expect(read.status == 0)
      #expect(read.stderr.contains("left out 3000000 rows"))
    }
  }
}
