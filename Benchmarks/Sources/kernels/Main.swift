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
    kernels temporal FILE WINDOW THREADS LOOPS [HOPS] temporal loops; expects LOOPS; a packed or CSV file,
                                                      or lines of `from to time` (.txt)
    kernels scenarios PARTIES SCENARIOS THREADS       a dense network in many scenarios
    kernels clearing PARTIES LINKS                    one large network

    The last line of read, sum, build and temporal is CPU seconds, peak megabytes, and the answer: the number
    of payments or of sums, of payments that can lie on a loop, of loops.
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
    case ("temporal", 5...6):
      var rules = TemporalCycles.Rules(window: number(arguments[2]))
      if arguments.count == 6 { rules.maximumLength = number(arguments[5]) }
      try temporal(
        arguments[1],
        rules,
        threads: number(arguments[3]),
        expecting: number(arguments[4])
      )
    case ("scenarios", 4):
      try await dense(
        size: number(arguments[1]),
        scenarios: number(arguments[2]),
        threads: number(arguments[3])
      )
    case ("clearing", 3):
      try await sparse(size: number(arguments[1]), links: number(arguments[2]))
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
    var format = PaymentFormat()
    format.threads = threads
    let began = Usage.cpu
    let payments = try Payments(contentsOf: path, format)
    tell(since: began, payments.count)
    expect(payments.count, rows, "payments")
  }

  private static func sum(_ path: String, threads: Int) throws {
    var format = PaymentFormat()
    format.threads = threads
    let began = Usage.cpu
    let sums = try Payments(contentsOf: path, format).sums(byMonth: true, threads: threads)
    tell(since: began, sums.count)
  }

  private static func build(_ path: String, _ rules: TemporalCycles.Rules, threads: Int) throws {
    let began = Usage.cpu
    let cycles = try TemporalCycles(of: columns(of: path, threads), rules: rules, threads: threads)
    tell(since: began, cycles.candidateCount)
  }

  private static func temporal(
    _ path: String,
    _ rules: TemporalCycles.Rules,
    threads: Int,
    expecting loops: Int
  ) throws {
    let cycles = try TemporalCycles(of: columns(of: path, threads), rules: rules, threads: threads)
    var request = TemporalCycles.Request(limit: .max, topCount: 0)
    request.threads = threads
    var cpu = Double.infinity
    var found = 0
    for _ in 0..<3 {
      let (began, date) = (Usage.cpu, Date())
      found = cycles.answer(request).tally.count
      cpu = min(cpu, Usage.cpu - began)
      print(String(format: "search: wall %.4f s", Date().timeIntervalSince(date)))
    }
    tell(cpu, found)
    expect(found, loops, "loops")
  }

  /// The last line: CPU seconds, peak megabytes, answer.
  private static func tell(_ cpu: Double, _ answer: Int) {
    print(String(format: "%.4f %d %d", cpu, Usage.peak, answer))
  }

  private static func tell(since began: Double, _ answer: Int) { tell(Usage.cpu - began, answer) }

  private static func columns(of path: String, _ threads: Int) throws -> TransferColumns {
    if path.hasSuffix(".txt") { return try triples(path) }
    var format = PaymentFormat()
    format.threads = threads
    let isPacked = try Payments.isPacked(path)
    let payments =
      isPacked ? try Payments(packed: path) : try Payments(contentsOf: path, format)
    return TransferColumns(
      payer: payments.payer,
      payee: payments.payee,
      time: payments.time,
      amounts: .minorUnits(payments.amountMinorUnits),
      nodeCount: payments.parties.count
    )
  }
}
