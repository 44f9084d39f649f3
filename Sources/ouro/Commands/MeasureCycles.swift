import ArgumentParser
import Loops
import Networks

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

struct MeasureCycles: ParsableCommand {
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

  private struct Answer: Encodable {
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

  func run() throws {
    let (tally, names) = try within.map(timed) ?? untimed()
    guard input.json else { return try show(words(tally, names)) }
    var byLength: [String: Int] = [:]
    for (length, count) in tally.byLength.enumerated() where count > 0 {
      byLength["\(length)"] = count
    }
    try show(
      json: Answer(
        count: tally.count,
        complete: tally.isComplete,
        by_length: byLength,
        top: tally.top.map { cycle in
          Answer.Cycle(
            parties: cycle.nodes.map { names[$0] },
            bottleneck: cycle.bottleneck,
            total: cycle.total
          )
        }
      )
    )
  }

  private func untimed() throws -> (tally: CycleTally, names: [String]) {
    let network = try input.statedNetwork()
    let tally = network.elementaryCycles(
      limit: limit,
      maximumLength: maxHops ?? .max,
      topCount: top
    )
    return (tally, network.nodes)
  }

  private func timed(_ within: Stretch) throws -> (tally: CycleTally, names: [String]) {
    guard !input.isBook else {
      throw ValidationError("--within is for payments with times: give EDGES.csv, not a book.")
    }
    let list = try input.edgeList(keepsEmpty: true)
    guard list.hasTimes else {
      throw ValidationError("--within needs a column time in \(input.input)")
    }
    var rules = TemporalCycles.Rules(window: within.seconds)
    rules.maximumLength = maxHops ?? .max
    rules.minimumAmount = min
    rules.tolerance = tolerance ?? .infinity
    rules.allowsTies = allowTies
    let transfers = list.edges.map {
      Transfer(payer: $0.payer, payee: $0.payee, time: $0.time ?? 0, amount: $0.weight)
    }
    let tally = TemporalCycles(of: transfers, nodeCount: list.parties.count, rules: rules)
      .tally(limit: limit, topCount: top)
    return (tally, list.parties.map(\.id))
  }

  private func words(_ tally: CycleTally, _ names: [String]) -> String {
    var lines = [
      count(tally.count, "loop") + (tally.isComplete ? "." : ", and more: --limit stopped.")
    ]
    let lengths = tally.byLength.enumerated().filter { $0.element > 0 }
    if !lengths.isEmpty {
      lines.append(
        table(["payments", "loops"], lengths.map { ["\($0.offset)", "\($0.element)"] })
      )
      lines.append("")
    }
    let rows = tally.top.map { cycle in
      let path = (cycle.nodes + cycle.nodes.prefix(1)).map { names[$0] }
      return [path.joined(separator: " → "), figure(cycle.bottleneck), figure(cycle.total)]
    }
    if !rows.isEmpty { lines.append(table(["", "least on it", "in all"], rows)) }
    return lines.joined(separator: "\n")
  }
}
