import ArgumentParser
import Books
import Claims
import Foundation
import Networks
import Reports

struct Measure: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure how closed a network is, and how concentrated, in one of seven ways.",
    discussion: """
      EDGES.csv has a header with from,to,weight and optionally kind,time. NODES.csv gives id and what \
      enters and leaves the network at it: inflow, outflow. Parties without are balanced by reserves \
      and savings. A - reads standard input. A BOOK is measured as `ouro report` sees it. PAYMENTS.csv, \
      as of `ouro scan`, perhaps compressed or packed, is added up by pair first: in all, or with --by \
      month each month by itself, a line a month.

      EXAMPLES
        ouro measure closure Examples/ai-economy --period 2025
        ouro measure cycling edges.csv --nodes nodes.csv
        ouro measure closure payments.csv.gz --by month

      EXIT CODES
        0 measured · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """,
    subcommands: [
      MeasureClosure.self, MeasureCycling.self, MeasurePotential.self, MeasureProvenance.self,
      MeasureConcentration.self, MeasureGain.self, MeasureCycles.self,
    ]
  )
}

/// What every measure takes.
struct NetworkInput: ParsableArguments {
  @Argument(
    help:
      "A book (a file or a folder), the flows: EDGES.csv, or PAYMENTS.csv; - for standard input.",
    completion: .file()
  )
  var input: String

  @Option(help: "What is known of the parties: NODES.csv.", completion: .file())
  var nodes: String?

  @Flag(help: "Answer in JSON.")
  var json = false

  @OptionGroup(title: "Of a book") var choice: ViewChoice
  @OptionGroup(title: "Of a book") var options: NetworkOptions

  @OptionGroup(title: "Of payments") var payments: PaymentOptions

  /// Whether the input is a book.
  var isBook: Bool { input.hasSuffix(".ouro") || isFolder(input) }

  func bookNetwork() throws -> FlowNetwork {
    if nodes != nil { throw ValidationError("--nodes goes with EDGES.csv; a book has its facts.") }
    let footing = try options.footing(of: try view())
    sayUnrated(footing.ledger)
    return footing.standing.network.inWholeUnits
  }

  /// Tells what a figure of the book lacks because an amount could not be converted.
  func sayUnrated(_ ledger: Ledger) {
    for currency in Set(ledger.unrated.map(\.amount.currency)).sorted() {
      let rows = ledger.unrated.filter { $0.amount.currency == currency }
      let ids = rows.prefix(5).map(\.evidence.id).joined(separator: ", ")
      let more = rows.count > 5 ? ", …" : ""
      say("left out \(count(rows.count, "amount")) in \(currency), without a rate: \(ids)\(more)")
    }
  }

  /// The view of the book.
  func view() throws -> View {
    let opened = try BookFile.open(input, recordedBy: choice.recordedBy?.timestamp)
    return try choice.view(of: opened)
  }
}

/// Whether payments are measured in all, or month by month.
struct MeasuredPeriods: ParsableArguments {
  @Option(help: "Of payments: all at once, or each month by itself (all or month).")
  var by = Sum.Period.all
}

/// A measure of a network: what it finds, told in words, in a line of a table, or as JSON.
protocol NetworkMeasure {
  associatedtype Finding
  associatedtype Answer: Encodable

  var input: NetworkInput { get }
  var periods: MeasuredPeriods { get }
  /// The party it is about, where it is about one.
  var party: String? { get }
  /// What the cells of ``line(_:)`` are called.
  static var headings: [String] { get }

  func finding(in source: NetworkSource) throws -> Finding
  func answer(_ finding: Finding) -> Answer
  func words(_ finding: Finding) -> String
  func line(_ finding: Finding) -> [String]
}

extension NetworkMeasure {
  var party: String? { nil }

  /// Measures the input, whole or month by month, and shows what was found.
  func measure() throws {
    guard periods.by == .month else {
      let source = try input.source()
      let found = try Progress.during("measuring") { try finding(in: source) }
      return try input.json ? show(json: answer(found)) : show(words(found))
    }
    var rows: [[String]] = []
    let months = try input.months()
    if let party, !months.contains(where: { $0.source.has(party) }) {
      throw ValidationError("there is no party \(party) in \(input.input)")
    }
    let progress = Progress()
    defer { progress.end() }
    for (number, (month, source)) in months.enumerated() {
      progress.show(Double(number) / Double(months.count))
      if let party, !source.has(party) {
        say("left out \(month): \(party) neither pays nor is paid in it")
        continue
      }
      let finding = try finding(in: source)
      if input.json {
        try show(json(OfMonth(month: month, answer: answer(finding)), isPretty: false))
      } else {
        rows.append([month] + line(finding))
      }
    }
    if !input.json { try show(table(["month"] + Self.headings, rows)) }
  }
}

/// An answer with the month it is of.
private struct OfMonth<Answer: Encodable>: Encodable {
  private enum Key: CodingKey { case month }

  let month: String
  let answer: Answer

  func encode(to encoder: any Encoder) throws {
    try answer.encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(month, forKey: .month)
  }
}

/// A share of a whole, as JSON.
struct ShareAnswer: Encodable {
  let id: String
  let share: Double
}
