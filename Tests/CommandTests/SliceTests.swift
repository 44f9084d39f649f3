import Foundation
import TestKit
import Testing

/// `ouro scan -o` and `ouro merge` of what it writes.
@Suite struct SliceTests {
  private let payments = "Examples/payments/year.csv"
  private let options = ["--within", "5d", "--max-hops", "5"]

  private func slices(_ parts: Int, in folder: URL, _ more: [String] = []) throws -> [String] {
    try (1...parts).map { part in
      let file = folder.appending(path: "slice\(part)").path
      let shard = ["--shard", "\(part)/\(parts)", "-o", file]
      let result = try runOuro(["scan", payments] + options + shard + more)
      #expect(result.status == 0, "\(result.stderr)")
      #expect(result.stderr.contains("that needs"))
      return file
    }
  }

  @Test func slicesComeToTheAnswerOfTheWhole() throws {
    try withTemporaryFolder { folder in
      let files = try slices(5, in: folder, ["--keep-loops"])
      let backwards = Array(files.reversed())
      for form in [[], ["--json"]] {
        let whole = try runOuro(["scan", payments] + options + form)
        let merged = try runOuro(["merge"] + backwards + files.prefix(1) + form)
        #expect(merged.status == 0, "\(merged.stderr)")
        #expect(merged.stdout == whole.stdout)
      }
      for form in ["csv", "jsonl"] {
        let list = ["--list", "-", "--format", form]
        let whole = try runOuro(["scan", payments] + options + list)
        #expect(try runOuro(["merge"] + files + list).stdout == whole.stdout)
        #expect(whole.stdout.contains("ring-"))
      }
    }
  }

  @Test func partsThatDoNotFitAreNamed() throws {
    try withTemporaryFolder { folder in
      let files = try slices(3, in: folder)
      let gap = try runOuro(["merge", files[0], files[2], "--json"])
      #expect((gap.status, gap.stdout) == (65, ""))
      #expect(gap.stderr.contains("are in no part; scan that slice (--roots-from"))
      let list = try runOuro(["merge"] + files + ["--list", "-"])
      #expect(list.status == 65)
      #expect(list.stderr.contains("slice1 does not hold its loops one by one"))
      let other = folder.appending(path: "other").path
      let shard = ["--shard", "2/3", "-o", other]
      #expect(try runOuro(["scan", payments, "--within", "6d"] + shard).status == 0)
      let mixed = try runOuro(["merge", files[0], other, files[2]])
      #expect(mixed.status == 65)
      #expect(mixed.stderr.contains("other is of another scan than"))
      var bytes = try Data(contentsOf: URL(filePath: files[1]))
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: URL(filePath: files[1]))
      let damaged = try runOuro(["merge"] + files)
      #expect(damaged.status == 65)
      #expect(damaged.stderr.contains("slice2 is damaged"))
      #expect(try runOuro(["merge", payments, "-o", other]).status == 65)
      #expect(try runOuro(["merge", files[0], folder.appending(path: "none").path]).status == 66)
    }
  }

  @Test func aPieceOfATableIsReadFromAPipe() throws {
    try withTemporaryFolder { folder in
      let rows = "2,a,b,5,10\n3,b,a,5,20\n4,a,b,7,30\n5,b,a,7,40\n"
      let (head, whole) = ("payer,payee,amount,time\n", folder.appending(path: "whole.json").path)
      let said = """
        {"inputs": [{"file": "table", "sha256": null}], "searched": {"payments": 4, "parties": 2, "rejected": 0,
          "first": 10, "last": 40, "days_only": false, "digits": 2, "currency": null, "sources": [],
          "currency_notes": [], "totals": [{"currency": null, "payments": 4, "minor_units": "2400"}]}}
        """
      try Data(said.utf8).write(to: URL(filePath: whole))
      let lines = rows.split(separator: "\n")
      let plain = lines.map { $0.drop { $0 != "," }.dropFirst() + "\n" }.joined()
      let options = ["--within", "15", "--json"]
      let answer = try runOuro(["scan", "-"] + options, input: head + plain)
      let pieces = [(10, 21, lines[0..<3]), (21, 41, lines[2...])]
      let files = try pieces.map { from, until, rows in
        let file = folder.appending(path: "from\(from)").path
        let roots = ["--roots-from", "\(from)", "--roots-until", "\(until)", "-o", file]
        let text = "line,\(head)" + rows.map { $0 + "\n" }.joined()
        let asked = ["scan", "-", "--within", "15", "--piece-of", whole]
        let result = try runOuro(asked + roots, input: text)
        #expect(result.status == 0, "\(result.stderr)")
        return file
      }
      let merged = try runOuro(["merge", "--json"] + files)
      // Nobody states the hash of the table that the pieces are of.
      let (joined, one) = (try JSON(merged.stdout), try JSON(answer.stdout))
      #expect(joined.without("inputs") == one.without("inputs"))
      #expect(joined["count"]?.number == 3)
      // A payment that got lost is missed.
      let roots = ["--roots-from", "21", "--roots-until", "41", "-o", files[1]]
      let text = "line,\(head)\(lines[2])\n"
      let asked = ["scan", "-", "--within", "15", "--piece-of", whole]
      #expect(try runOuro(asked + roots, input: text).status == 0)
      let lost = try runOuro(["merge"] + files)
      #expect(lost.status == 65)
      #expect(lost.stderr.contains("the parts have 3 payments, and 4 there are"))
    }
  }

  @Test func aWindowMayBeLongerThanAllTime() throws {
    try withTemporaryFolder { folder in
      let part = folder.appending(path: "part").path
      let window = ["--within", "106751991167300d"]
      let text = "payer,payee,amount,time\na,b,1,1700000000\nb,a,1,1700000001\n"
      let scan = try runOuro(["scan", "-"] + window + ["-o", part], input: text)
      #expect(scan.status == 0, "\(scan.stderr)")
      #expect(scan.stderr.contains("1 loop begins in"))
      #expect(try JSON(runOuro(["merge", part, "--json"]).stdout)["count"]?.number == 1)
    }
  }

  @Test(arguments: [
    ["--shard", "1/2"], ["--keep-loops"], ["-o", "f", "--split"], ["-o", "f", "--json"],
    ["-o", "f", "--shard", "1/2", "--roots-from", "0"], ["-o", "f", "--piece-of", "w"],
    ["-o", "f", "--list", "l"],
  ])
  func optionsThatDoNotGoTogetherAreRefused(options: [String]) throws {
    #expect(try runOuro(["scan", payments, "--within", "1d"] + options).status == 64)
  }
}
