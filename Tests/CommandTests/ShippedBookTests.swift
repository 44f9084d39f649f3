import Foundation
import TestKit
import Testing

/// The book that ships, asked in every way: it answers, the same each time, and shows its evidence.
@Suite struct ShippedBookTests {
  private static let book = "Examples/ai-economy"

  private func ask(_ line: String) throws -> String {
    let result = try runOuro(line.split(separator: " ").map(String.init))
    #expect(result.status == 0, "\(line): \(result.stderr)")
    #expect(result.stderr.isEmpty, "\(line): \(result.stderr)")
    return result.stdout
  }

  /// Each day under each policy, the bases and completions taking turns, then the other options.
  static let questions: [String] = {
    let days = ["2024-06-30", "2025-03-31", "2025-10-01", "2026-01-01", "2026-06-01", nil]
    let policies = ["binding", "reported", "generous"]
    let networks = [
      "--complete none", "--complete entropy", "--complete sample", "--basis commitments",
    ]
    var questions: [String] = []
    for (turn, day) in days.enumerated() {
      for (row, policy) in policies.enumerated() {
        let asOf = day.map { " --as-of \($0)" } ?? ""
        let network = networks[(turn + row) % networks.count]
        questions.append("--policy \(policy) \(network)\(asOf)")
      }
    }
    questions += networks.map { "\($0) --unconsolidated" }
    questions += ["press", "companies", "coreweave", "Semafor"].map { "--told-by \($0)" }
    return questions
  }()

  @Test(arguments: questions) func itAnswers(question: String) throws {
    let text = try ask("report \(Self.book) --samples 3 \(question)")
    #expect(text.hasPrefix("ai-economy in "))
    #expect(text.utf8.count > 400)
    for word in ["nan", "inf ", "Optional", "e+", "$-", "-0 "] {
      #expect(!text.contains(word), "\(word) in the answer")
    }
  }

  /// Hash seeds differ between processes: an order that hangs on one shows up here.
  @Test(arguments: ["report --samples 2", "report --samples 2 --json"])
  func twentyProcessesSayTheSame(question: String) throws {
    let words = question.split(separator: " ").map(String.init)
    let line = ([words[0], Self.book] + words.dropFirst()).joined(separator: " ")
    let first = try ask(line)
    for _ in 1..<20 { #expect(try ask(line) == first) }
  }

  /// The ids of the rows, by table.
  private func ids() throws -> [String: Set<String>] {
    let json = try JSON(ask("export \(Self.book) --format json"))
    return json.members.mapValues { Set($0.elements.compactMap { $0["id"]?.string }) }
  }

  /// Every list below a key that cites rows, wherever it stands.
  private func cited(_ json: JSON) -> [(key: String, id: String)] {
    let here = json.members.flatMap { key, value in
      ["evidence", "claims"].contains(key)
        ? value.elements.compactMap { element in element.string.map { (key: key, id: $0) } } : []
    }
    return here + json.members.values.flatMap(cited) + json.elements.flatMap(cited)
  }

  @Test(arguments: [
    "report BOOK --samples 3", "report BOOK --samples 3 --policy generous --as-of 2025-10-01",
    "loops BOOK", "trace BOOK openai", "deals BOOK", "deals BOOK --flows", "deals BOOK --left-out",
    "deals BOOK --flows --basis commitments", "party BOOK coreweave", "disputes BOOK",
    "diff BOOK --from 2025-03-01 --to 2025-03-31",
  ])
  func everyRowCitedIsInTheBook(line: String) throws {
    let tables = try ids()
    let rows = ["claims", "facts", "assumptions"].reduce(Set<String>()) {
      $0.union(tables[$1] ?? [])
    }
    let cited = cited(try JSON(ask(line.replacing("BOOK", with: Self.book) + " --json")))
    #expect(cited.count > 10)
    for (key, id) in cited {
      #expect(key == "claims" ? tables["claims"]?.contains(id) == true : rows.contains(id))
    }
  }

  @Test(arguments: ["--complete none", "--complete entropy", "--basis commitments"])
  func everyFlowHasEvidence(network: String) throws {
    let flows = try JSON(ask("deals \(Self.book) --flows --json \(network)"))["flows"]
    #expect((flows?.elements.count ?? 0) > 20)
    for flow in flows?.elements ?? [] {
      let (low, amount, high) = (flow["low"]?.number, flow["amount"]?.number, flow["high"]?.number)
      #expect(flow["evidence"]?.elements.isEmpty == false)
      // Without an amount there is a range, without a high nobody says how much.
      let worked = flow["worked"]?.number ?? .nan
      #expect(worked > 0 || (high ?? 1) > 0)
      #expect((low ?? .nan) <= worked && worked <= (high ?? .infinity))
      #expect(amount.map { $0 == worked } ?? true)
    }
  }

  /// Each row that was collected is in the book under the id it was given, or set aside with a reason.
  @Test func everyCollectedRowIsAccountedFor() throws {
    let tables = try ids()
    let placed = try rows("raw-rows.csv").dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
    for row in placed {
      #expect(row.count == 3)
      #expect(tables[row[1]]?.contains(row[2]) == true, "\(row)")
    }
    let aside = try rows("set-aside.csv").dropFirst()
    let reasons = aside.map { $0.split(separator: ",", maxSplits: 1).map(String.init) }
    #expect(reasons.allSatisfy { $0.count == 2 && $0[1].count > 20 })
    let collected = Set(placed.map { $0[0] }).union(reasons.map { $0[0] })
    let numbers = collected.compactMap { Int($0.dropFirst()) }.sorted()
    // The collection was numbered in three runs.
    #expect(numbers == Array(1...307) + Array(400...683) + Array(1000...1350))
    #expect(collected.count == 942)
    #expect(Set(placed.map { $0[0] }).isDisjoint(with: reasons.map { $0[0] }))
    // And nothing stands in the book that was not collected, but what the editor read (`x-`).
    let named = Set(placed.map { $0[1] + " " + $0[2] })
    let unnamed = ["claims", "facts"].flatMap { table in
      (tables[table] ?? []).filter { !$0.hasPrefix("x-") && !named.contains("\(table) \($0)") }
    }
    #expect(unnamed.sorted() == [])
  }

  private func rows(_ file: String) throws -> [Substring] {
    let url = packageRoot.appending(path: "\(Self.book)/\(file)")
    return try String(contentsOf: url, encoding: .utf8).split(whereSeparator: \.isNewline)
  }
}
