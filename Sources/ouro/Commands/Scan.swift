import ArgumentParser
import Inputs
import Loops
import Payments
import Reports

struct Scan: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find money that leaves a party and comes back, in a file of payments.",
    discussion: """
      PAYMENTS.csv has a header with payer,payee,amount and date or time, in any order, among other columns. \
      A loop is payments one after another, each later than the one before, back to the first payer, with \
      no party twice, all within a stretch of time. Rows that are no payments are told and counted, and the \
      rest is read all the same.

      With --split: the most money that can have left each party and come back within the time however it was \
      split and rejoined on the way, through at least two others, with payments that can have carried it.

      With --patterns: fan-in, fan-out, gather-scatter, scatter-gather, pass-through, bipartite and stack, and with \
      --threshold payments just below an amount; each ranked by how few parties of the file have as much.

      With -o: what one slice of time comes to, as a file; ouro merge joins slices to the answer of the whole.

      EXAMPLES
        ouro scan payments.csv.gz --within 30d --max-hops 6
        ouro scan payments.csv --within 7d --min 10000 --tolerance 5% --list loops.csv
        ouro scan payments.csv --within 7d --split --list returns.csv
        ouro scan payments.csv --within 14d --patterns --threshold 10000
        ouro scan statements/*.csv --within 7d --xlsx loops.xlsx
        ouro scan payments.pack --within 1d --roots-from 2025-03-01 --roots-until 2025-04-01 --json
        ouro scan payments.pack --within 1d --shard 3/16 -o slice3.json

      EXIT CODES
        0 scanned · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  @OptionGroup var input: PaymentInput

  @Option(help: "The most time from the first payment of a loop to the last: 30d, 12h, 90m, 3600.")
  var within: Stretch

  @Option(help: "The most payments in a loop.") var maxHops: Int?
  @Option(help: "The fewest payments in a loop that is told.") var minHops: Int?
  @Option(help: "The least amount of a payment.") var min: Amount?

  @Option(help: "The most an amount may change from one payment to the next, in percent: 5%.")
  var tolerance: Percentage?

  @Flag(
    inversion: .prefixedNo,
    help:
      "Let a payment follow another of the same moment (default: where no time of day is known)."
  )
  var allowTies: Bool?

  @Flag(
    help: "Look for money that was split and rejoined on its way, not for loops of single payments."
  )
  var split = false

  @Flag(help: "Look for the shapes of payments that people who hide money make.")
  var patterns = false

  @OptionGroup var shapes: PatternOptions

  @Flag(
    help: "With --split or --patterns: tell of money that goes back and forth between two as well."
  )
  var backAndForth = false

  @Option(help: "The party to tell of, by name or account; repeatable.")
  var party: [String] = []

  @Option(
    help: "An earlier answer in JSON, or a list: only findings that are not in it are told.",
    completion: .file()
  )
  var since: String?

  @Option(help: "The number of loops after which to stop; an answer that stopped says so.")
  var limit = 1_000_000_000

  @Option(help: "The earliest time of a finding's first payment.") var rootsFrom: Moment?
  @Option(help: "The time before which a finding's first payment lies.") var rootsUntil: Moment?
  @Option(
    help: "How many of the largest loops, of the busiest parties, or of each pattern to tell."
  ) var top = 10

  @Option(help: "A file to write every finding to, or - for standard output.", completion: .file())
  var list: String?

  @Option(help: "The form of the list: csv (a row a payment) or jsonl (a line a finding).")
  var format = LoopListing.Format.csv

  @OptionGroup var slice: SliceOptions
  @OptionGroup var tables: TableOptions

  @Flag(help: "Answer in JSON.") var json = false

  func validate() throws {
    try validateSlice()
    guard limit >= 0, top >= 0 else { throw ValidationError("--limit and --top must be 0 or more") }
    guard maxHops.map({ $0 > 1 }) ?? true else {
      throw ValidationError("--max-hops must be 2 or more")
    }
    guard minHops.map({ $0 > 1 }) ?? true else {
      throw ValidationError("--min-hops must be 2 or more")
    }
    guard !(split && patterns) else {
      throw ValidationError("--split and --patterns are two searches; ask for one after the other")
    }
    guard split || patterns || !backAndForth else {
      throw ValidationError("--back-and-forth goes with --split or --patterns")
    }
    guard !(split || patterns) || (maxHops == nil && minHops == nil && tolerance == nil) else {
      throw ValidationError(
        "--max-hops, --min-hops and --tolerance are about loops of single payments; --split takes every way and any split, --patterns its own shapes"
      )
    }
    guard patterns || !shapes.isAsked else {
      throw ValidationError("--kind, --threshold, --passing, --kept and --hub go with --patterns")
    }
    guard !(json && list == "-") else {
      throw ValidationError("--json and --list - both want standard output; list to a file")
    }
  }

  func run() throws {
    if split { return try runSplit() }
    if patterns { return try runPatterns() }
    if let output = slice.output { return try runSlice(to: output) }
    let known = try known()
    let payments = try input.read()
    var request = try request(payments, known, knowsOnlyDays: payments.knowsOnlyDays)
    (request.rules.rootsFrom, request.rules.rootsUntil) = (rootsFrom?.seconds, rootsUntil?.seconds)
    let report = try scan(payments, request)
    for note in json || list == "-" ? report.notes : [report.tieNote].compactMap(\.self) {
      say(note)
    }
    try tell(report, payments)
  }

  /// The files that an answer rests on, earlier findings among them.
  func inputs(_ payments: Payments) -> [InputFile] {
    input.inputs(payments) + [since].compactMap(\.self).map { InputFile($0) }
  }

  /// What is asked of payments, of which it is known whether any has a time of day.
  func request(
    _ payments: Payments,
    _ known: Set<String>,
    knowsOnlyDays: Bool
  ) throws -> ScanReport.Request {
    var rules = TemporalCycles.Rules(window: within.seconds)
    rules.maximumLength = maxHops ?? .max
    rules.tolerance = tolerance?.share ?? .infinity
    let isDaily = allowTies == nil && knowsOnlyDays
    rules.allowsTies = allowTies ?? isDaily
    rules.minimumAmount = try leastUnits(payments)
    var request = ScanReport.Request(
      rules,
      within: within.description,
      limit: limit,
      top: top,
      threads: input.threadCount,
      rates: try input.files.readRates()
    )
    request.saysTies = isDaily
    request.selection.parties = try asked(of: payments)
    request.selection.known = known
    request.selection.leastHops = minHops ?? 2
    return request
  }

  /// Shows an answer, or says it where its list takes standard output, and writes its tables.
  func tell(_ report: some TabularReport, _ payments: Payments) throws {
    guard list == "-" else {
      return try tables.show(report, asJSON: json, of: inputs(payments))
    }
    let names = PartyNames(ids: [])
    say(lines: String(report.text(names).dropLast()))
    try tables.write(report, names: names, TableOptions.question(of: inputs(payments)))
  }

  /// The least amount of a payment, in minor units.
  func leastUnits(_ payments: Payments) throws -> Double {
    guard let min else { return 0 }
    guard let units = min.units(digits: payments.digits) else {
      throw ValidationError("--min has more digits than an amount, or is too large")
    }
    return Double(units)
  }

  /// Whether the list goes to a terminal.
  var isForPeople: Bool { list == "-" && Terminal.takesOutput }

  /// The numbers of the findings that are known already.
  func known() throws -> Set<String> { try since.map { try findingNumbers(in: $0) } ?? [] }

  /// The parties asked for, by what the file calls them.
  func asked(of payments: Payments) throws -> Set<String> {
    Set(try party.map { payments.parties[try ouro.party($0, of: payments)] })
  }

  private func scan(_ payments: Payments, _ request: ScanReport.Request) throws -> ScanReport {
    let progress = Progress()
    defer { progress.end() }
    guard let list else {
      return ScanReport(of: payments, request) { progress.show($0) }
    }
    return try ListFile(list, isForPeople: isForPeople).loops(LoopListing(payments, format)) {
      ScanReport(of: payments, request, each: $0) { progress.show($0) }
    }
  }
}
