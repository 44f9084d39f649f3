import ArgumentParser
import Inputs
import Loops
import Networks
import Reports

struct MeasureCycles: MeasureCommand {
  static let configuration = CommandConfiguration(
    commandName: "cycles",
    abstract: "Count the loops, and list those with the largest amounts.",
    discussion: """
      With --within, and a column time in EDGES.csv, counts loops of payments one after another.

      EXAMPLES
        ouro measure cycles edges.csv --max-hops 6
        ouro measure cycles payments.csv --within 30d --min 1000 --json
      """
  )

  @OptionGroup var input: NetworkInput
  @OptionGroup var periods: MeasuredPeriods

  @Option(help: "The number of loops after which to stop; an answer that stopped says so.")
  var limit = 10_000_000

  @Option(help: "The most payments in a loop.")
  var maxHops: Int?

  @Option(help: "How many loops to list.")
  var top = 10

  @Option(help: "The most time from the first payment of a loop to the last: 30d, 12h, 90m, 3600.")
  var within: Stretch?

  @Flag(help: "Let a payment follow another of the same moment.")
  var allowTies = false

  @Option(help: "The least amount of a payment (with --within).")
  var min = 0.0

  @Option(
    help: "The most an amount may change from one payment to the next, as a share (with --within)."
  )
  var tolerance: Double?

  func validate() throws {
    guard limit >= 0, top >= 0 else { throw ValidationError("--limit and --top must be 0 or more") }
    guard maxHops.map({ $0 > 0 }) ?? true else {
      throw ValidationError("--max-hops must be above 0")
    }
    guard min >= 0, min.isFinite else { throw ValidationError("--min must be 0 or more") }
    guard tolerance.map({ $0 >= 0 }) ?? true else {
      throw ValidationError("--tolerance must be 0 or more")
    }
    let isTimed = allowTies || min > 0 || tolerance != nil
    guard within != nil || !isTimed else {
      throw ValidationError("--allow-ties, --min and --tolerance need --within")
    }
  }

  func run() throws {
    guard let within else { return try measure() }
    guard !input.isBook else {
      throw ValidationError("--within is for payments with times: give EDGES.csv, not a book.")
    }
    guard periods.by == .all else {
      throw ValidationError("--within and --by month do not go together; ouro scan tells of months")
    }
    let contents = try input.file()
    try show(
      try timed(within, contents),
      asJSON: input.json,
      names: PartyNames(ids: []),
      inputs: input.inputs(contents),
      currency: contents.currency
    )
  }

  func report(on source: FlowSource) throws -> CyclesReport {
    try CyclesReport(of: source, request, maximumLength: maxHops ?? .max)
  }

  private var request: CyclesReport.Request { CyclesReport.Request(limit: limit, top: top) }

  private func timed(_ within: Stretch, _ contents: FlowContents) throws -> CyclesReport {
    var rules = TemporalCycles.Rules(window: within.seconds)
    rules.maximumLength = maxHops ?? .max
    rules.minimumAmount = min
    rules.tolerance = tolerance ?? .infinity
    rules.allowsTies = allowTies
    switch contents {
    case .edges(let list, _):
      guard list.hasTimes else {
        throw ValidationError("--within needs a column time in \(input.input)")
      }
      return CyclesReport(inTimeAmong: list, request, rules)
    case .payments(let payments): return CyclesReport(inTimeAmong: payments, request, rules)
    }
  }
}
