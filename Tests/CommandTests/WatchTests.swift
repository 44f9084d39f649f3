import Foundation
import TestKit
import Testing

/// `ouro watch`.
@Suite struct WatchTests {
  private let text = """
    time,payer,payee,amount
    2025-01-01T10:00:00Z,a,b,100
    2025-01-01T11:00:00Z,b,c,90
    2025-01-01T12:00:00Z,c,a,80
    2025-01-01T12:30:00Z,b,a,7

    """

  /// As many payments as that: few parties, so that loops are many, in the order of time.
  private func payments(_ count: Int, seed: UInt64) -> String {
    var rng = SplitMix64(seed: seed)
    var lines = ["time,payer,payee,amount"]
    var time = 1_735_689_600
    for _ in 0..<count {
      time += Int.random(in: 0...900, using: &rng)
      let (from, to) = (Int.random(in: 0..<120, using: &rng), Int.random(in: 0..<120, using: &rng))
      lines.append("\(time),p\(from),p\(to),\(Int.random(in: 1...900, using: &rng))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func eachLoopIsToldWithItsLastPayment() throws {
    let words = try runOuro(["watch", "-", "--within", "1d"], input: text)
    #expect(words.status == 0, "\(words.stderr)")
    let lines = words.stdout.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].contains("a → b → c → a  least 80.00"))
    #expect(lines[0].contains("lines 2 3 4"))
    #expect(words.stderr.contains("2 loops closed by 4 payments"))
    let json = try runOuro(["watch", "-", "--within", "1d", "--json"], input: text).stdout
    let first = try JSON(String(json.split(separator: "\n")[0]))
    let scan = try JSON(runOuro(["scan", "-", "--within", "1d", "--json"], input: text).stdout)
    let ids = scan["largest"]?.elements.compactMap { $0["id"]?.string } ?? []
    #expect(ids.contains(first["id"]?.string ?? ""))
  }

  /// 99,000 leave in three, and 98,000 come back in two.
  private let split = """
    time,payer,payee,amount
    2025-01-01T10:00:00Z,a,b,33000
    2025-01-01T10:05:00Z,a,c,33000
    2025-01-01T10:10:00Z,a,d,33000
    2025-01-01T11:00:00Z,b,e,32667
    2025-01-01T11:05:00Z,c,e,32667
    2025-01-01T11:10:00Z,d,e,32666
    2025-01-01T12:00:00Z,e,a,50000
    2025-01-01T13:00:00Z,e,a,48000
    2025-01-01T14:00:00Z,b,a,100

    """

  @Test func moneyThatComesBackInPartsIsToldAsItComes() throws {
    let words = try runOuro(["watch", "-", "--within", "1d", "--split"], input: split)
    #expect(words.status == 0, "\(words.stderr)")
    let lines = words.stdout.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines[0].hasPrefix("2025-01-01T12:00:00Z  a by way of "))
    #expect(lines[0].contains("  50,000.00 of "))
    #expect(lines[1].hasPrefix("2025-01-01T13:00:00Z  a by way of "))
    #expect(lines[1].contains("  98,000.00 of 99,000.00  since 2025-01-01T10:00:00Z"))
    #expect(words.stderr.contains("2 returns closed by 9 payments"))
    let json = try runOuro(["watch", "-", "--within", "1d", "--split", "--json"], input: split)
    let told = try json.stdout.split(separator: "\n").map { try JSON(String($0)) }
    let scan = try runOuro(["scan", "-", "--within", "1d", "--split", "--json"], input: split)
    let found = try JSON(scan.stdout)["through_others"]?.elements.first
    #expect(told.last?["id"]?.string == found?["id"]?.string)
    #expect(told.last?["payments"]?.elements.count == 8)
  }

  @Test func patternsAreToldAsTheyGrow() throws {
    let rows = (0..<12).map { "\(1_735_725_600 + 600 * $0),p\($0),x,\(100 + $0)" }
    let text = (["time,payer,payee,amount"] + rows).joined(separator: "\n") + "\n"
    let ask = ["--within", "1d", "--patterns", "--kind", "fan-in", "--json"]
    let watch = try runOuro(["watch", "-"] + ask, input: text)
    #expect(watch.status == 0, "\(watch.stderr)")
    // The looks of 11:00 and 12:00 and that at the end.
    let told = try watch.stdout.split(separator: "\n").map { try JSON(String($0)) }
    #expect(told.compactMap { $0["payments"]?.elements.count } == [6, 12])
    let scan = try JSON(runOuro(["scan", "-"] + ask, input: text).stdout)
    let found = scan["patterns"]?.elements.first?["findings"]?.elements.first
    #expect(found?["id"]?.string == told.last?["id"]?.string)
    let seldom = try runOuro(["watch", "-"] + ask + ["--look", "1d"], input: text)
    #expect(seldom.stdout.split(separator: "\n").count == 1)
    #expect(seldom.stderr.contains("1 pattern among 12 payments"))
  }

  @Test(arguments: [["--split"], ["--patterns", "--look", "30m"]])
  func whatWasToldOfReturnsAndPatternsIsNotToldAgain(ask: [String]) throws {
    let rows = split.split(separator: "\n").map { $0 + "\n" }
    try withTemporaryFolder { folder in
      let (list, whole) = (folder.appending(path: "list"), folder.appending(path: "whole"))
      let arguments = ["watch", "-", "--within", "1d"] + ask
      let once = try runOuro(arguments + ["--list", whole.path], input: split)
      #expect(once.status == 0, "\(once.stderr)")
      let state = ["--checkpoint", folder.appending(path: "state").path, "--list", list.path]
      for count in [4, 8, 9] {
        _ = try runOuro(arguments + state + ["--every", "1"], input: rows[..<count].joined())
      }
      let last = try runOuro(arguments + state, input: split)
      #expect(last.status == 0, "\(last.stderr)")
      let ids = { (file: URL) in
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
          .map { try JSON(String($0))["id"]?.string }
      }
      let told = try ids(list)
      #expect(Set(told).count == told.count)
      // At each end the window is looked at once more for patterns.
      #expect(try ask == ["--split"] ? ids(whole) == told : told.count >= ids(whole).count)
    }
  }

  @Test func lateRowsAreToldOrWaitedFor() throws {
    let rows = text.split(separator: "\n").map(String.init)
    let late = [rows[0], rows[1], rows[3], rows[2], rows[4]].joined(separator: "\n") + "\n"
    let plain = try runOuro(["watch", "-", "--within", "1d"], input: late)
    #expect(plain.stderr.contains("line 4 came late"))
    #expect(plain.stderr.contains("left out 1 row that came late"))
    #expect(plain.stdout.split(separator: "\n").count == 1)
    let patient = try runOuro(["watch", "-", "--within", "1d", "--slack", "1h"], input: late)
    #expect(patient.stdout.split(separator: "\n").count == 2)
    #expect(!patient.stderr.contains("late"))
  }

  @Test func killedTwentyTimesItLosesNoneAndTellsNoneTwice() throws {
    let text = payments(6_000, seed: 7)
    try withTemporaryFolder { folder in
      let (input, list) = (folder.appending(path: "in.csv"), folder.appending(path: "list.jsonl"))
      let whole = folder.appending(path: "whole.jsonl").path
      let state = folder.appending(path: "state").path
      try Data(text.utf8).write(to: input)
      let arguments = ["watch", "-", "--within", "2d", "--max-hops", "5", "--slack", "5m"]
      let once = try runOuro(arguments + ["--list", whole], input: text)
      #expect(once.status == 0, "\(once.stderr)")
      let goesOn =
        arguments + ["--list", list.path, "--checkpoint", state, "--every", "150"]
      // Each time it is sent some more of the payments, slowly, and killed before their end.
      for kill in 1...20 {
        let process = Process()
        process.executableURL = try builtOuro()
        process.arguments = goesOn
        let pipe = Pipe()
        process.standardInput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        let bytes = Data(text.utf8.prefix(text.utf8.count * kill / 21))
        try pipe.fileHandleForWriting.write(contentsOf: bytes)
        Thread.sleep(forTimeInterval: Double(kill % 4) * 0.02)
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? pipe.fileHandleForWriting.close()
      }
      let last = try runOuro(goesOn, input: text)
      #expect(last.status == 0, "\(last.stderr)")
      #expect(last.stderr.contains("goes on after line"))
      let told = try String(contentsOf: list, encoding: .utf8)
      #expect(try told == String(contentsOfFile: whole, encoding: .utf8))
      let scan = ["scan", input.path, "--within", "2d", "--max-hops", "5", "--json"]
      let count = try JSON(runOuro(scan).stdout)["count"]?.number
      #expect(Double(told.split(separator: "\n").count) == count)
      #expect((count ?? 0) > 100)
      // Other settings would tell other loops.
      let other = try runOuro(goesOn + ["--tolerance", "5%"], input: text)
      #expect(other.status == 65)
      #expect(other.stderr.contains("with other --within"))
      try Data("{}\n".utf8).write(to: URL(filePath: state))
      #expect(try runOuro(goesOn, input: text).stderr.contains("no checkpoint of a watch"))
    }
  }

  @Test func itGoesOnWithoutBeingSentAllAgain() throws {
    let rows = text.split(separator: "\n").map(String.init)
    try withTemporaryFolder { folder in
      let state = folder.appending(path: "state").path
      let arguments = ["watch", "-", "--within", "1d", "--checkpoint", state]
      let first = try runOuro(arguments, input: rows[0...2].joined(separator: "\n") + "\n")
      #expect(first.stdout.isEmpty)
      let rest = [rows[0], rows[3], rows[4]].joined(separator: "\n") + "\n"
      let second = try runOuro(arguments + ["--goes-on"], input: rest)
      #expect(second.stdout.contains("lines 2 3 4"))
      #expect(second.stdout.split(separator: "\n").count == 2)
    }
  }

  @Test func rowsThatAreNoPaymentsAreTold() throws {
    let bad = "payer,payee,amount,date\na,b,x,2025-01-01\na,b,1,2025-01-01\n\"b\",a,1,2025-01-02"
    let result = try runOuro(["watch", "-", "--within", "3d"], input: bad)
    #expect(result.status == 0)
    #expect(result.stderr.contains("standard input:2"), "\(result.stderr)")
    #expect(result.stderr.contains("left out 1 row that"), "\(result.stderr)")
    #expect(result.stdout.contains("a → b → a"))
  }

  @Test(arguments: [
    (["in.csv", "--within", "1d"], "", 64, "reads a pipe"),
    (["-", "--within", "1d", "--goes-on"], "", 64, "goes with --checkpoint"),
    (["-", "--within", "1d", "--max-hops", "1"], "", 64, "2 or more"),
    (["-", "--within", "1d", "--every", "0"], "", 64, "above 0"),
    (["-", "--within", "1d", "--payer", "payee"], "", 64, "four columns"),
    (["-", "--within", "1d", "--split", "--patterns"], "", 64, "ask one"),
    (["-", "--within", "1d", "--split", "--max-hops", "4"], "", 64, "asked of loops"),
    (["-", "--within", "1d", "--top", "4"], "", 64, "go with --patterns"),
    (["-", "--within", "1d", "--patterns", "--top", "0"], "", 64, "above 0"),
    (["-", "--within", "1d", "--min", "0.001"], "", 64, "more digits"),
    (["-", "--within", "1d"], "", 65, "nothing came"),
    (["-", "--within", "1d"], "payer,amount,date\n", 65, "column payee"),
    (["-", "--within", "1d"], "payer,payee,amount,date,currency\n", 65, "say which to watch"),
    (
      ["-", "--within", "1d", "--currency", "USD"], "payer,payee,amount,date\n", 65,
      "leave --currency"
    ),
  ])
  func whatCannotBeWatchedIsTold(
    options: [String],
    input: String,
    status: Int32,
    words: String
  ) throws {
    let result = try runOuro(["watch"] + options, input: input)
    #expect(result.status == status, "\(result.stderr)")
    #expect(result.stderr.contains(words), "\(result.stderr)")
  }
}
