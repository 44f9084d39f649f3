import Columns
import Foundation
import Loops
import Networks
import Payments

/// One kernel on one input: its answer, its CPU seconds, and its memory.
///
/// An answer that is not the expected one ends the program with 1.
@main
struct Kernels {
  static let usage = """
    kernels generate ROWS FILE                        payments, the same for the same ROWS: a CSV file, or
                                                      lines of `from to time` (.txt)
    kernels pairs FILE OUT.pairs                      the distinct pairs of a file of payments
    kernels random NODES LINKS OUT.pairs              distinct pairs at random, the same for the same sizes
    kernels read FILE.csv THREADS ROWS                read and build; expects ROWS payments
    kernels sum FILE.csv THREADS                      read, and add up by pair and month
    kernels build FILE WINDOW THREADS                 read, and prepare the search for temporal loops
    kernels temporal FILE WINDOW THREADS [LOOPS [HOPS]] temporal loops; expects LOOPS; a packed or CSV file,
                                                      or lines of `from to time` (.txt)
    kernels elementary FILE.pairs HOPS THREADS        loops of up to HOPS distinct pairs
    kernels components FILE.pairs                     strong components: how many, and the largest
    kernels circulation FILE.pairs                    the largest circulation
    kernels forwarding FILE.pairs MILLIONTHS          what goes round if all forward in proportion, within
                                                      a tolerance; its share, and what does not balance
    kernels scenarios PARTIES SCENARIOS THREADS [OUT] a dense network in many scenarios; writes the input of
                                                      its peer to OUT
    kernels clearing PARTIES LINKS [OUT.pairs]        one large network; the same, and OUT.pairs.assets
    kernels potential FILE.pairs                      who is upstream, to a residual of 1e-8
    kernels returns NODES LINKS                       the exact chance of each party that money comes back
    kernels cycling FILE.pairs THREADS                the same, estimated where exact takes too long
    kernels provenance FILE.pairs                     where money began, from the largest sources

    The last line is CPU seconds, peak megabytes, and the answer.
    """

  static func main() async throws {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch (arguments.first, arguments.count) {
    case ("generate", 3):
      try PaymentGenerator(rows: number(arguments[1])).write(to: arguments[2])
    case ("pairs", 3): try pairs(of: arguments[1]).write(to: arguments[2])
    case ("random", 4):
      try randomPairs(nodes: number(arguments[1]), links: number(arguments[2])).write(
        to: arguments[3]
      )
    case ("read", 4):
      try read(arguments[1], threads: number(arguments[2]), expecting: number(arguments[3]))
    case ("sum", 3): try sum(arguments[1], threads: number(arguments[2]))
    case ("build", 4):
      let rules = TemporalCycles.Rules(window: number(arguments[2]))
      try build(arguments[1], rules, threads: number(arguments[3]))
    case ("temporal", 4...6):
      var rules = TemporalCycles.Rules(window: number(arguments[2]))
      if arguments.count == 6 { rules.maximumLength = number(arguments[5]) }
      try temporal(
        arguments[1],
        rules,
        threads: number(arguments[3]),
        expecting: arguments.count > 4 ? number(arguments[4]) : nil
      )
    case ("elementary", 4):
      try elementary(arguments[1], hops: number(arguments[2]), threads: number(arguments[3]))
    case ("components", 2): try components(arguments[1])
    case ("circulation", 2): try circulation(arguments[1])
    case ("forwarding", 3):
      try forwarding(arguments[1], tolerance: 1e-6 * Double(number(arguments[2])))
    case ("scenarios", 4...5):
      try await dense(
        size: number(arguments[1]),
        scenarios: number(arguments[2]),
        threads: number(arguments[3]),
        writing: arguments.count == 5 ? arguments[4] : nil
      )
    case ("clearing", 3...4):
      try sparse(
        size: number(arguments[1]),
        links: number(arguments[2]),
        writing: arguments.count == 4 ? arguments[3] : nil
      )
    case ("potential", 2): try potential(arguments[1])
    case ("returns", 3): try returns(nodes: number(arguments[1]), links: number(arguments[2]))
    case ("cycling", 3): try cycling(arguments[1], threads: number(arguments[2]))
    case ("provenance", 2): try provenance(arguments[1])
    default:
      print(usage)
      exit(64)
    }
  }

  static func number(_ text: String) -> Int {
    guard let number = Double(text), number >= 0, number < 1e18 else {
      print("\(text) is not a number")
      exit(64)
    }
    return Int(number)
  }

  static func expect(_ found: Int, _ wanted: Int, _ what: String) {
    guard found != wanted else { return }
    print("\(found) \(what), not \(wanted)")
    exit(1)
  }

  private static func read(_ path: String, threads: Int, expecting rows: Int) throws {
    let count = try once { try Payments(contentsOf: path, format(threads)).count }
    expect(count, rows, "payments")
  }

  private static func sum(_ path: String, threads: Int) throws {
    try once {
      try Payments(contentsOf: path, format(threads)).sums(by: .month, threads: threads).count
    }
  }

  private static func build(_ path: String, _ rules: TemporalCycles.Rules, threads: Int) throws {
    try once {
      let columns = try columns(of: path, threads)
      let cycles = TemporalCycles(of: columns, rules: rules, threads: threads)
      print("\(cycles.candidateCount) payments left, \(cycles.rootCount) roots")
      return columns.count
    }
  }

  private static func temporal(
    _ path: String,
    _ rules: TemporalCycles.Rules,
    threads: Int,
    expecting loops: Int?
  ) throws {
    let cycles = try TemporalCycles(of: columns(of: path, threads), rules: rules, threads: threads)
    var request = TemporalCycles.Request(limit: .max, topCount: 0)
    request.threads = threads
    let count = once { cycles.answer(request).tally.count }
    if let loops { expect(count, loops, "loops") }
  }

  /// Runs `body`, whose answer is a number; the last line is CPU seconds, peak megabytes, answer.
  @discardableResult
  private static func once(_ body: () throws -> Int) rethrows -> Int {
    var watch = Stopwatch()
    let answer = try body()
    watch.stop()
    watch.report("\(answer)")
    return answer
  }

  private static func format(_ threads: Int) -> PaymentFormat {
    var format = PaymentFormat()
    format.threads = threads
    return format
  }

  private static func columns(of path: String, _ threads: Int) throws -> TransferColumns {
    if path.hasSuffix(".txt") { return try triples(path, threads: threads) }
    let isPacked = try Payments.isPacked(path)
    let payments =
      isPacked ? try Payments(packed: path) : try Payments(contentsOf: path, format(threads))
    return payments.columns
  }
}
