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
    kernels sum FILE.csv THREADS                      read, and add up by pair and month: prints CPU
                                                      seconds, peak megabytes, and the number of sums
    kernels temporal FILE WINDOW THREADS LOOPS [HOPS] temporal loops; expects LOOPS; a packed or CSV file,
                                                      or lines of `from to time` (.txt)
    kernels elementary FILE.pairs HOPS THREADS        loops of up to HOPS distinct pairs
    kernels components FILE.pairs                     strong components: how many, and the largest
    kernels circulation FILE.pairs                    the largest circulation
    kernels scenarios PARTIES SCENARIOS THREADS       a dense network in many scenarios
    kernels clearing PARTIES LINKS                    one large network
    kernels potential FILE.pairs                      who is upstream, to a residual of 1e-8
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
      try await read(arguments[1], threads: number(arguments[2]), expecting: number(arguments[3]))
    case ("sum", 3): try sum(arguments[1], threads: number(arguments[2]))
    case ("temporal", 5...6):
      let hops = arguments.count == 6 ? number(arguments[5]) : .max
      try await temporal(
        columns(of: arguments[1]),
        window: number(arguments[2]),
        threads: number(arguments[3]),
        expecting: number(arguments[4]),
        hops: hops
      )
    case ("elementary", 4):
      try elementary(arguments[1], hops: number(arguments[2]), threads: number(arguments[3]))
    case ("components", 2): try components(arguments[1])
    case ("circulation", 2): try circulation(arguments[1])
    case ("scenarios", 4):
      try await dense(
        size: number(arguments[1]),
        scenarios: number(arguments[2]),
        threads: number(arguments[3])
      )
    case ("clearing", 3):
      try await sparse(size: number(arguments[1]), links: number(arguments[2]))
    case ("potential", 2): try potential(arguments[1])
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

  private static func read(_ path: String, threads: Int, expecting rows: Int) async throws {
    var format = PaymentFormat()
    format.threads = threads
    let payments = try await timed("read \(path)") { try Payments(contentsOf: path, format) }
    expect(payments.count, rows, "payments")
  }

  private static func sum(_ path: String, threads: Int) throws {
    var format = PaymentFormat()
    format.threads = threads
    let began = Usage.cpu
    let sums = try Payments(contentsOf: path, format).sums(byMonth: true, threads: threads)
    print(String(format: "%.3f %d %d", Usage.cpu - began, Usage.peak, sums.count))
  }

  private static func temporal(
    _ columns: TransferColumns,
    window: Int,
    threads: Int,
    expecting loops: Int,
    hops: Int
  ) async {
    var rules = TemporalCycles.Rules(window: window)
    rules.maximumLength = hops
    let cycles = await timed("prepare") { TemporalCycles(of: columns, rules: rules) }
    var request = TemporalCycles.Request(limit: .max, topCount: 0)
    request.threads = threads
    let answer = await timed("search") { cycles.answer(request) }
    expect(answer.tally.count, loops, "loops")
  }

  private static func columns(of path: String) throws -> TransferColumns {
    if path.hasSuffix(".txt") { return try triples(path) }
    let isPacked = try Payments.isPacked(path)
    let payments =
      isPacked ? try Payments(packed: path) : try Payments(contentsOf: path, PaymentFormat())
    return TransferColumns(
      payer: payments.payer,
      payee: payments.payee,
      time: payments.time,
      amounts: .minorUnits(payments.amountMinorUnits),
      nodeCount: payments.parties.count
    )
  }
}
