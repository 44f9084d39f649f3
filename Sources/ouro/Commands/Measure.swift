import ArgumentParser
import Claims
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
  var isBook: Bool { isBookPath(input) }

  /// The view of the book.
  func view() throws -> View {
    try choice.view(of: choice.open(input))
  }
}

/// What measures keep apart.
enum MeasuredPeriod: String, ExpressibleByArgument, CaseIterable {
  case all
  case month
}

/// Whether payments are measured in all, or month by month.
struct MeasuredPeriods: ParsableArguments {
  @Option(help: "Of payments: all at once, or each month by itself (all or month).")
  var by = MeasuredPeriod.all
}

/// A command that takes one measure.
protocol MeasureCommand: ParsableCommand {
  associatedtype Answer: MeasureReport

  var input: NetworkInput { get }
  var periods: MeasuredPeriods { get }
  /// The party it is about, where it is about one.
  var party: String? { get }

  func report(on source: FlowSource) throws -> Answer
}

extension MeasureCommand {
  var party: String? { nil }

  func run() throws { try measure() }

  /// Measures the input, whole or month by month, and shows what was found.
  func measure() throws {
    if periods.by == .month { return try measureMonths() }
    let source = try input.source()
    let report = try Progress.during("measuring") { try told(source) }
    try show(
      report,
      asJSON: input.json,
      names: PartyNames(ids: []),
      inputs: source.inputs,
      currency: source.currency
    )
  }

  private func measureMonths() throws {
    let months = try input.months()
    if let party, !months.contains(where: { $0.source.has(party) }) {
      throw input.refusal(NoSuchParty(party: party))
    }
    var answers: [MonthReport<Answer>] = []
    let progress = Progress()
    defer { progress.end() }
    for (number, (month, source)) in months.enumerated() {
      progress.show(Double(number) / Double(months.count))
      if let party, !source.has(party) {
        say("left out \(month): \(party) neither pays nor is paid in it")
        continue
      }
      let answer = MonthReport(month, try told(source))
      guard input.json else {
        answers.append(answer)
        continue
      }
      let told = AnswerOfFiles(answer, inputs: source.inputs, currency: source.currency)
      try show(json(told, isPretty: false))
    }
    if !input.json { try show(MonthReport.text(answers)) }
  }

  /// The answer, after a word on what was left out of it.
  private func told(_ source: FlowSource) throws -> Answer {
    do {
      let report = try report(on: source)
      for notice in report.notices { say(notice) }
      return report
    } catch let error as NoSuchParty {
      throw input.refusal(error)
    }
  }
}
