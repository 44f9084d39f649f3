import Columns
import Graphs
import ArgumentParser
import Loops
import Networks
import Payments

/// A stretch of time: `30d`, `12h`, `90m`, `3600s`, or plain seconds.
struct Stretch: ExpressibleByArgument, CustomStringConvertible {
  let seconds: Int
  /// As it was written.
  let description: String

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800]
    let unit = argument.last.flatMap { units[$0] }
    let digits = unit == nil ? argument[...] : argument.dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(digits)
    else { return nil }
    let (seconds, overflow) = number.multipliedReportingOverflow(by: unit ?? 1)
    guard !overflow else { return nil }
    self.seconds = seconds
    description = argument
  }
}

struct MeasureCycles: ParsableCommand, NetworkMeasure {
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

  struct Answer: Encodable {
    struct Cycle: Encodable {
      let parties: [String]
      let bottleneck: Double
      let total: Double
    }

    let measure = "cycles"
    let count: Int
    let complete: Bool
    let by_length: [String: Int]
    let top: [Cycle]
  }

  /// What was found of one network.
  struct Finding {
    let tally: CycleTally
    let names: [String]
    /// What amounts are counted in.
    var scale = 1.0
  }

  static let headings = ["loops", "all of them", "largest", "least on it"]

  func run() throws {
    guard let within else { return try measure() }
    let finding = try timed(within)
    try input.json ? show(json: answer(finding)) : show(words(finding))
  }

  func finding(in source: NetworkSource) throws -> Finding {
    let network = try source.statedNetwork()
    let tally = network.elementaryCycles(
      limit: limit,
      maximumLength: maxHops ?? .max,
      topCount: top
    )
    return Finding(tally: tally, names: network.nodes)
  }

  func answer(_ found: Finding) -> Answer {
    var byLength: [String: Int] = [:]
    for (length, count) in found.tally.byLength.enumerated() where count > 0 {
      byLength["\(length)"] = count
    }
    return Answer(
      count: found.tally.count,
      complete: found.tally.isComplete,
      by_length: byLength,
      top: found.tally.top.map { cycle in
        Answer.Cycle(
          parties: cycle.nodes.map { found.names[$0] },
          bottleneck: cycle.bottleneck / found.scale,
          total: cycle.total / found.scale
        )
      }
    )
  }

  func line(_ found: Finding) -> [String] {
    let largest = found.tally.top.first
    return [
      grouped(String(found.tally.count)), found.tally.isComplete ? "yes" : "no",
      largest.map { path($0, found.names) } ?? "–", figure(largest.map(\.bottleneck)),
    ]
  }

  private func timed(_ within: Stretch) throws -> Finding {
    guard !input.isBook else {
      throw ValidationError("--within is for payments with times: give EDGES.csv, not a book.")
    }
    guard periods.by == .all else {
      throw ValidationError("--within and --by month do not go together; ouro scan tells of months")
    }
    var rules = TemporalCycles.Rules(window: within.seconds)
    rules.maximumLength = maxHops ?? .max
    rules.minimumAmount = min
    rules.tolerance = tolerance ?? .infinity
    rules.allowsTies = allowTies
    switch try input.file() {
    case .edges(let list):
      guard list.hasTimes else {
        throw ValidationError("--within needs a column time in \(input.input)")
      }
      let transfers = list.edges.map {
        Transfer(payer: $0.payer, payee: $0.payee, time: $0.time ?? 0, amount: $0.weight)
      }
      let tally = TemporalCycles(of: transfers, nodeCount: list.parties.count, rules: rules)
        .tally(limit: limit, topCount: top)
      return Finding(tally: tally, names: list.parties.map(\.id))
    case .payments(let payments):
      let scale = input.scale(payments)
      // The least whole number of minor units that is no less.
      rules.minimumAmount = (min * scale).rounded(.down)
      if rules.minimumAmount / scale < min { rules.minimumAmount += 1 }
      let tally = TemporalCycles(of: payments.columns, rules: rules)
        .tally(limit: limit, topCount: top)
      let names = (0..<payments.parties.count).map { payments.parties[$0] }
      return Finding(tally: tally, names: names, scale: scale)
    }
  }

  /// A loop by the names of those on it.
  private func path(_ cycle: CycleTally.Cycle, _ names: [String]) -> String {
    (cycle.nodes + cycle.nodes.prefix(1)).map { names[$0] }.joined(separator: " → ")
  }

  /// Why there are more loops than were counted, or may be.
  private func incompleteness(_ tally: CycleTally) -> String {
    tally.count >= limit
      ? ", and more: --limit stopped."
      : ", and perhaps more: INCOMPLETE, as all of them take too long; --max-hops bounds them."
  }

  func words(_ found: Finding) -> String {
    let tally = found.tally
    var lines = [
      count(tally.count, "loop") + (tally.isComplete ? "." : incompleteness(tally))
    ]
    let lengths = tally.byLength.enumerated().filter { $0.element > 0 }
    if !lengths.isEmpty {
      lines.append(
        table(["payments", "loops"], lengths.map { ["\($0.offset)", "\($0.element)"] })
      )
      lines.append("")
    }
    let rows = tally.top.map { cycle in
      [
        path(cycle, found.names), figure(cycle.bottleneck / found.scale),
        figure(cycle.total / found.scale),
      ]
    }
    if !rows.isEmpty { lines.append(table(["", "least on it", "in all"], rows)) }
    return lines.joined(separator: "\n")
  }
}
