import Foundation
import TestKit
import Testing

/// Payments that ask for trouble, under options drawn at random: an answer, or one sentence.
///
/// Every file, and every value of every option, is drawn with each command.
@Suite struct HostilePaymentTests {
  /// What is to come of a file.
  private enum Outcome {
    /// It is answered whatever is asked; so many rows of it are told to be none.
    case answered(rejected: Int)
    /// It is refused with these words.
    case refused(String)
  }

  private struct File {
    let text: String
    let outcome: Outcome
  }

  private static let header = "payer,payee,amount,date\n"

  private static let files: [File] = {
    let back = (0..<20).map { "a,b,1,\(20 - $0)\nb,c,1,\(19 - $0)\nc,a,1,\(18 - $0)\n" }
    let instant = (0..<40).map { "p\($0 % 4),p\(($0 * 3 + 1) % 4),1.50,5\n" }
    let most = (0..<12).map { "a,b,9007199254740.99,\($0)\nb,a,9007199254740.98,\($0)\n" }
    let long = String(repeating: "x", count: 1_100_000)
    func answered(_ rows: String, rejected: Int = 0) -> File {
      File(text: header + rows, outcome: .answered(rejected: rejected))
    }
    return [
      answered("a,b,5,2025-01-01\n"), answered("a,a,5,2025-01-01\na,a,5,2025-01-02"),
      answered(instant.joined()), answered(back.joined()), answered(most.joined()),
      answered("a,b,0,1\nb,a,0.00,2\n"),
      answered("a,b,1,0001-01-01\nb,a,1,9999-12-31\n"),
      answered("a,b,1,1\n\(long),b,1,1\nb,a,1,2\n", rejected: 1),
      answered("a,b,1,1\n\u{0},b,1,0\n\"a\"b,b,1,0\n,,,\n\nb,a,1e3,-\n", rejected: 5),
      answered("\"a,\"\"\u{1F40D}\",\"=b\",1,1\r\n\"=b\",\"a,\"\"\u{1F40D}\",1,2\r\n"),
      File(text: header, outcome: .refused("it has no payments")),
      answered("a,b,1,1\n\"b,a,1,2\nb,a,1,3\n", rejected: 1),
      File(text: "", outcome: .refused("the file is empty")),
      File(text: "payer,payee\na,b\n", outcome: .refused("column amount")),
      File(text: "\u{1}\u{0}", outcome: .refused("NUL")),
      File(text: long, outcome: .refused("the first line")),
    ]
  }()

  private static func options(_ name: String, _ values: String...) -> [[String]] {
    [[]] + values.map { [name, $0] }
  }

  private static let reading = [
    options("--threads", "1", "3"), options("--errors", "0"), options("--time", "date"),
    [[], ["--digits", "3"]],
  ]

  private static let scanning =
    [
      [["--within", "0"], ["--within", "9d"], ["--within", "999999w"]],
      options("--max-hops", "2"), options("--tolerance", "0%", "50%"),
      options("--min", "0", "1.50", "9007199254740.99"), [[], ["--allow-ties"]],
      options("--limit", "0", "3"), options("--top", "0", "1"),
      options("--roots-from", "1970-01-01T00:00:05Z"), options("--roots-until", "6"),
      [[], ["--json"], ["--list", "LIST"], ["--list", "LIST", "--format", "jsonl"]],
    ] + reading

  private static let summing = [[[], ["--by", "all"], ["--by", "month"]]] + reading

  private static let measuring =
    [
      [
        ["closure"], ["cycling"], ["potential"], ["provenance"], ["concentration"], ["gain"],
        ["cycles"], ["cycles", "--within", "9d", "--allow-ties"],
      ], [[], ["--json"]],
    ] + reading

  private static let forms = [[["csv"], ["pack"]]]

  @Test func everyScanIsAnsweredOrRefused() throws {
    try tryAll(Self.forms + Self.scanning, draws: 24) { ["scan", $0] + $1 }
  }

  @Test func everySumIsWrittenOrRefused() throws {
    try tryAll(Self.forms + Self.summing, draws: 15) { ["sum", $0] + $1 }
  }

  @Test func everyMeasureIsAnsweredOrRefused() throws {
    try tryAll(Self.forms + Self.measuring, draws: 16) { ["measure", $1[0], $0] + $1.dropFirst() }
  }

  /// Runs a command with choices drawn at random; the first of them is the form of the file.
  private func tryAll(
    _ choices: [[[String]]],
    draws: Int,
    _ command: (String, [String]) -> [String]
  ) throws {
    var rng = SplitMix64(seed: 5)
    // Every so many draws each of a kind has come once.
    var decks = ([Self.files.count] + choices.map(\.count)).map { (size: $0, left: [Int]()) }
    for _ in 0..<draws {
      let row = decks.indices.map { kind in
        if decks[kind].left.isEmpty {
          decks[kind].left = Array(0..<decks[kind].size).shuffled(using: &rng)
        }
        return decks[kind].left.removeLast()
      }
      let options = zip(choices, row.dropFirst()).map { $0[$1] }
      try tryOne(Self.files[row[0]], form: options[0][0]) {
        command($0, Array(options.dropFirst().joined()))
      }
    }
  }

  private func tryOne(_ file: File, form: String, _ command: (String) -> [String]) throws {
    try withTemporaryFolder { folder in
      func expectFiles(_ names: String...) throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(found.sorted() == names.sorted())
      }
      try Data(file.text.utf8).write(to: folder.appending(path: "p.csv"))
      if form == "pack" {
        let packed = try runOuro(["pack", "p.csv", "-o", "p.pack"], in: folder)
        try expect(packed, of: file, isSilent: true, ["pack"])
        guard packed.status == 0 else { return try expectFiles("p.csv") }
        try expectFiles("p.csv", "p.pack")
        try FileManager.default.removeItem(at: folder.appending(path: "p.csv"))
      }
      let arguments = command("p.\(form)")
      let result = try runOuro(arguments, in: folder)
      if form == "pack" {
        // The rows that are none have been told.
        let rest = File(text: "", outcome: .answered(rejected: 0))
        try expect(result, of: rest, isSilent: false, arguments)
      } else {
        try expect(result, of: file, isSilent: false, arguments)
      }
      if result.status == 0, arguments.contains("LIST") {
        try expectFiles("LIST", "p.\(form)")
      } else {
        try expectFiles("p.\(form)")
      }
    }
  }

  private func expect(
    _ result: ProgramResult,
    of file: File,
    isSilent: Bool,
    _ arguments: [String]
  ) throws {
    let told = result.stderr.split(separator: "\n")
    switch file.outcome {
    case .answered(let rejected):
      #expect(result.status == 0, "\(arguments): \(result.stderr)")
      #expect(result.stdout.isEmpty == isSilent, "\(arguments)")
      if arguments.contains("--json") { _ = try JSON(result.stdout) }
      let rows = told.filter { $0.hasPrefix("ouro: p.csv:") }
      #expect(
        rows.count == (arguments.contains("--errors") ? 0 : rejected),
        "\(arguments): \(told)"
      )
      #expect(told.contains { $0.hasPrefix("left out \(rejected) row") } == (rejected > 0))
    case .refused(let words):
      #expect(result.status == 65, "\(arguments): \(result.stderr)")
      #expect(result.stdout.isEmpty, "\(arguments)")
      #expect(told.count == 1 && result.stderr.hasPrefix("ouro: p.csv"), "\(arguments): \(told)")
      #expect(result.stderr.contains(words), "\(arguments): \(told)")
    }
  }
}
