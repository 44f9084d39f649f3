import Foundation
import TestKit
import Testing

@Suite struct ScanTests {
  private let text = """
    date,payer,payee,amount,note
    2025-01-01,a,b,100,
    2025-01-02,b,c,90.50,
    2025-01-03,c,a,80,
    2025-01-03,b,a,95,
    oops
    2025-02-01,a,b,1,
    2025-02-02,b,a,1,

    """

  @Test func tellsOfLoops() throws {
    let result = try runOuro(["scan", "-", "--within", "30d"], input: text)
    #expect(result.status == 0)
    #expect(result.stderr.contains("-:6: the row has 1 cells"))
    #expect(result.stderr.contains("left out 1 row"))
    try golden(result.stdout, named: "scan.txt")
  }

  @Test func answersInJSON() throws {
    let result = try runOuro(
      ["scan", "-", "--within", "2d", "--max-hops", "2", "--json"],
      input: text
    )
    let json = try JSON(result.stdout)
    #expect(json["count"]?.number == 2)
    #expect(json["complete"] == .bool(true))
    #expect(json["rejected"]?.number == 1)
    #expect(json["by_length"]?.members == ["2": .number(2)])
    #expect(json["by_month"]?.members == ["2025-01": .number(1), "2025-02": .number(1)])
    #expect(json["largest"]?.elements.first?["bottleneck"]?.number == 95)
    #expect(json["largest"]?.elements.first?["payments"]?.elements.last?["line"]?.number == 5)
  }

  @Test func listsEveryLoop() throws {
    let csv = try runOuro(["scan", "-", "--within", "2d", "--list", "-"], input: text)
    #expect(csv.status == 0)
    let rows = csv.stdout.split(separator: "\n").map { row in
      row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    #expect(rows.first?.suffix(2) == ["finding", "currency"])
    #expect(rows.dropFirst().allSatisfy { $0[7].hasPrefix("ring-") && $0[8].isEmpty })
    #expect(Set(rows.dropFirst().map { $0[7] }).count == 3)
    #expect(
      rows.map { $0.dropLast(2).joined(separator: ",") }.joined(separator: "\n") == """
        loop,step,line,payer,payee,time,amount
        1,1,2,a,b,2025-01-01,100.00
        1,2,3,b,c,2025-01-02,90.50
        1,3,4,c,a,2025-01-03,80.00
        2,1,2,a,b,2025-01-01,100.00
        2,2,5,b,a,2025-01-03,95.00
        3,1,7,a,b,2025-02-01,1.00
        3,2,8,b,a,2025-02-02,1.00
        """
    )
    #expect(csv.stderr.contains("3 loops within 2d"))
    let arguments = ["scan", "-", "--within", "1d", "--list", "-", "--format", "jsonl"]
    let lines = try runOuro(arguments, input: text).stdout.split(separator: "\n")
    #expect(try lines.map { try JSON(String($0)) }.first?["lines"]?.numbers == [7, 8])
  }

  @Test func sumsAreEdges() throws {
    let sums = try runOuro(["sum", "-", "--by", "month"], input: text)
    #expect(sums.status == 0)
    #expect(
      sums.stdout == """
        from,to,weight,time
        a,b,100.00,2025-01-01
        a,b,1.00,2025-02-01
        b,a,95.00,2025-01-01
        b,a,1.00,2025-02-01
        b,c,90.50,2025-01-01
        c,a,80.00,2025-01-01

        """
    )
    let all = try runOuro(["sum", "-"], input: text).stdout
    let closure = try runOuro(["measure", "closure", "-", "--json"], input: all)
    #expect(try JSON(closure.stdout)["total"]?.number == 367.5)
  }

  @Test func aLimitIsSaidAloud() throws {
    let result = try runOuro(["scan", "-", "--within", "2d", "--limit", "1"], input: text)
    #expect(result.status == 0)
    #expect(result.stdout.contains("INCOMPLETE"))
    let json = try runOuro(["scan", "-", "--within", "2d", "--limit", "1", "--json"], input: text)
    #expect(try JSON(json.stdout)["complete"] == .bool(false))
  }

  @Test func packedAndCompressedAreTheSame() throws {
    try withTemporaryFolder { folder in
      let plain = folder.appending(path: "p.csv").path
      try Data(text.utf8).write(to: URL(filePath: plain))
      let pack = folder.appending(path: "p.pack").path
      #expect(try runOuro(["pack", plain, "-o", pack]).status == 0)
      let gzip = try runProgram(URL(filePath: "/bin/sh"), ["-c", "gzip -k \(plain)"])
      #expect(gzip.status == 0)
      let answers = try [plain, pack, plain + ".gz"].map {
        let answer = try runOuro(["scan", $0, "--within", "30d", "--min", "2", "--json"])
        return try JSON(answer.stdout).without("inputs")
      }
      #expect(answers.allSatisfy { $0 == answers[0] })
      let whole = try Data(contentsOf: URL(filePath: plain + ".gz"))
      try whole.prefix(whole.count - 20).write(to: URL(filePath: plain + ".gz"))
      let cut = try runOuro(["scan", plain + ".gz", "--within", "30d"])
      #expect(cut.status == 65)
      #expect(cut.stderr.contains("the compressed data ends too early"))
    }
  }

  private static let header = "payer,payee,amount,date\n"

  /// Files that ask for trouble, and the number of loops in them.
  private static let hostile: [(text: String, loops: Int)] = {
    let rally: [String] = (0..<50).map { "a,b,1,\($0)\nb,a,1,\($0)\n" }
    let instant: [String] = (0..<50).map { "p\($0 % 7),p\(($0 + 1) % 7),1,5\n" }
    let long = String(repeating: "x", count: 1_200_000)
    return [
      (header + "a,a,5,2025-01-01\n", 0), (header + "a,b,5,2025-01-01\n", 0),
      (header + rally.joined(), 2_450), (header + rally.reversed().joined(), 2_450),
      (header + instant.joined(), 0),
      (header + "b,a,90071992547409.92,1\na,b,90071992547409.92,0\n", 1),
      (header + "a,b,1,0\n\(long),b,1,0\na\0,b,1,0\n\"a\"b,b,1,0\nb,a,1,1\n", 1),
      ("\u{FEFF}payer,payee,amount,date\r\na,b,1,0\r\n\"b\",\"a\",\"1.00\",1\r\n", 1),
      (header + "a,b,1,0001-01-01\nb,a,1,9999-12-31\na,b,1,1970-01-01\nb,a,1,1970-01-02\n", 1),
    ]
  }()

  @Test(arguments: hostile.indices)
  func loopsOfHostileFilesAreCounted(file: Int) throws {
    let (text, loops) = Self.hostile[file]
    // Each leaves all loops of these files in.
    let options = [
      ["--threads", "1"], ["--tolerance", "0%"], ["--min", "0.01", "--threads", "2"],
      ["--max-hops", "3"],
    ]
    let arguments =
      ["scan", "-", "--within", "99999w", "--json", "--no-allow-ties"] + options[file % 4]
    let result = try runOuro(arguments, input: text)
    #expect(result.status == 0, "\(result.stderr)")
    // A day of the year 1 and one of the year 9999 are further apart than the window.
    #expect(try JSON(result.stdout)["count"]?.number == Double(loops))
  }

  @Test(arguments: [
    ("", 65, "the file is empty"), (header, 65, "it has no payments"),
    (header + "\"b,a,1,1\n", 65, "a quote is out of place"),
    ("payer,payee\n", 65, "column amount"),
    ("\u{0}\u{1}", 65, "NUL"), (String(repeating: "x", count: 3_000_000), 65, "the first line"),
  ])
  func whatIsNoPaymentsFileIsRefused(text: String, status: Int32, words: String) throws {
    let result = try runOuro(["scan", "-", "--within", "1d"], input: text)
    #expect(result.status == status)
    #expect(result.stderr.contains(words), "\(result.stderr)")
    #expect(result.stderr.split(separator: "\n").last?.hasPrefix("ouro: ") == true)
    #expect(result.stdout.isEmpty)
  }

  @Test func misuseIsTold() throws {
    for arguments in [
      ["--within", "1x"], ["--within", "1d", "--tolerance", "-1"],
      ["--within", "1d", "--min", "x"],
      ["--within", "1d", "--max-hops", "1"], ["--within", "1d", "--json", "--list", "-"],
      ["--within", "1d", "--payer", "payee"], ["--within", "1d", "--roots-from", "soon"],
    ] {
      #expect(try runOuro(["scan", "-"] + arguments, input: text).status == 64, "\(arguments)")
    }
    #expect(try runOuro(["scan", "/no/such", "--within", "1d"]).status == 66)
    let list = ["scan", "-", "--within", "2d", "--list", "/no/such/folder/x.csv"]
    #expect(try runOuro(list, input: text).status == 74)
  }
}
