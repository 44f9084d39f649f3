internal import Columns
internal import Graphs
internal import Claims
public import Loops
internal import Networks
public import Payments

/// The loops of payments one after another: how many, how long, when they begin, the largest, and who is on most.
public struct ScanReport: Report {
  /// What is asked of payments.
  public struct Request: Sendable {
    /// What makes payments a loop; its least amount is in minor units.
    public var rules: TemporalCycles.Rules
    /// The window as its user wrote it.
    public var within: String
    /// The number of loops after which to stop.
    public var limit: Int
    /// How many of the largest loops and busiest parties to tell.
    public var top: Int
    /// The number of threads; the answer is the same for any.
    public var threads: Int

    /// Asks for the loops that keep `rules`.
    public init(
      _ rules: TemporalCycles.Rules,
      within: String,
      limit: Int,
      top: Int,
      threads: Int
    ) {
      (self.rules, self.within, self.limit) = (rules, within, limit)
      (self.top, self.threads) = (top, threads)
    }
  }

  /// One payment of a loop.
  public struct Payment: Encodable, Sendable {
    let amount: Double
    let line: Int
    let payee: String
    let payer: String
    let time: String
  }

  /// One loop.
  public struct Loop: Encodable, Sendable {
    private enum CodingKeys: CodingKey { case bottleneck, parties, payments, total }

    let bottleneck: Double
    let parties: [String]
    let payments: [Payment]
    let total: Double
    /// The amounts as people read them.
    let least: String
    let sum: String
  }

  /// A party that loops lead through.
  public struct Party: Encodable, Sendable {
    let id: String
    let loops: Int
  }

  private enum CodingKeys: String, CodingKey {
    case measure, payments, parties, rejected, first, last, within, count, currency
    case busiest, largest
    case isComplete = "complete"
    case byLength = "by_length"
    case byMonth = "by_month"
  }

  private let measure = "scan"
  private let payments: Int
  private let parties: Int
  private let rejected: Int
  @Nullable private var first: String?
  @Nullable private var last: String?
  private let within: Int
  private let window: String
  /// How many loops there are.
  public let count: Int
  /// Whether all were counted.
  public let isComplete: Bool
  /// Whether the limit of loops ended the count, rather than that of work.
  private let hasReachedLimit: Bool
  /// The one currency that the file names.
  @Nullable private var currency: String?
  private let byLength: [String: Int]
  private let byMonth: [String: Int]
  private let busiest: [Party]
  private let largest: [Loop]

  /// Finds the loops among `payments`.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - request: What is asked.
  ///   - consume: Is given each loop as positions among the payments, on one thread; says whether to go on.
  ///   - progress: Is told from time to time which share is done.
  public init(
    of payments: Payments,
    _ request: Request,
    each consume: (([Int]) -> Bool)? = nil,
    progress: @escaping @Sendable (Double) -> Void
  ) {
    let cycles = TemporalCycles(
      of: payments.columns,
      rules: request.rules,
      threads: request.threads
    )
    let months = payments.months
    var question = TemporalCycles.Request(limit: request.limit, topCount: request.top)
    question.periodStarts = months.map { $0.first.ordinal * 86_400 }
    question.countsParties = request.top > 0
    question.threads = request.threads
    let answer =
      if let consume {
        cycles.answer(question, progress: progress, forEach: consume)
      } else {
        cycles.answer(question, progress: progress)
      }
    self.init(payments, months, request, answer)
  }

  private init(
    _ payments: Payments,
    _ months: [Month],
    _ request: Request,
    _ answer: TemporalCycles.Answer
  ) {
    (self.payments, parties) = (payments.count, payments.parties.count)
    rejected = payments.rejected.count
    let span = payments.span
    first = span.map { PaymentTime.text($0.first) }
    last = span.map { PaymentTime.text($0.last) }
    (within, window) = (request.rules.window, request.within)
    (count, isComplete) = (answer.tally.count, answer.tally.isComplete)
    hasReachedLimit = count >= request.limit
    currency = payments.currency?.description
    byLength = answer.tally.countByLength
    byMonth = Dictionary(
      uniqueKeysWithValues: zip(months, answer.byPeriod.dropFirst()).filter { $1 > 0 }
        .map { ("\($0)", $1) }
    )
    busiest = Self.busiest(answer.through, payments, request.top)
    largest = answer.tally.top.map { Loop($0, payments) }
  }

  /// The parties with the most loops through them.
  private static func busiest(
    _ through: Column<Int>?,
    _ payments: Payments,
    _ top: Int
  ) -> [Party] {
    guard let through else { return [] }
    return (0..<through.count).filter { through[$0] > 0 }
      .sorted { (through[$1], $0) < (through[$0], $1) }
      .prefix(top)
      .map { Party(id: payments.parties[$0], loops: through[$0]) }
  }
}

extension ScanReport.Loop {
  fileprivate init(_ cycle: CycleTally.Cycle, _ payments: Payments) {
    bottleneck = payments.unit.whole(cycle.bottleneck)
    total = payments.unit.whole(cycle.total)
    parties = cycle.nodes.map { payments.parties[$0] }
    self.payments = cycle.transfers.map { ScanReport.Payment($0, payments) }
    least = Self.amount(cycle.bottleneck, payments)
    sum = Self.amount(cycle.total, payments)
  }

  private static func amount(_ units: Double, _ payments: Payments) -> String {
    guard let whole = Int64(exactly: units) else {
      return Figures.amount(payments.unit.whole(units))
    }
    return Figures.amount(minorUnits: whole, digits: payments.digits)
  }
}

extension ScanReport.Payment {
  fileprivate init(_ index: Int, _ payments: Payments) {
    amount = payments.unit.whole(Double(payments.amountMinorUnits[index]))
    line = payments.line(of: index)
    payee = payments.parties[Int(payments.payee[index])]
    payer = payments.parties[Int(payments.payer[index])]
    time = PaymentTime.text(payments.time[index])
  }
}

extension ScanReport {
  /// The answer for a person; parties go by what the file calls them.
  public func text(_: PartyNames) -> String {
    var lines = [summary]
    if !isComplete {
      lines.append(
        hasReachedLimit
          ? "INCOMPLETE: there are more; --limit stopped the count, earliest loops first."
          : "INCOMPLETE: there may be more, earliest loops first; the search stopped after so many "
            + "payments looked at that it had no end in sight: try a shorter --within or fewer "
            + "--max-hops."
      )
    }
    if rejected > 0 {
      lines.append("\(Figures.count(rejected, "row")) of the file left out as no payments.")
    }
    func add(_ header: [String], _ rows: [[String]]) {
      if !rows.isEmpty { lines += [""] + TextTable.figures(header, rows) }
    }
    add(["payments in a loop", "loops"], byLength.byNumber.map { [$0.key, number($0.value)] })
    let months = byMonth.sorted { $0.key < $1.key }
    add(["first payment in", "loops"], months.map { [$0.key, number($0.value)] })
    add(["busiest", "loops through"], busiest.map { [$0.id, number($0.loops)] })
    add(["largest", "least on it", "in all", "from", "on lines"], largest.map(cells))
    return lines.joined(separator: "\n") + "\n"
  }

  private var summary: String {
    let span = first.flatMap { first in last.map { ", \(first) to \($0)." } }
    return
      "\(Figures.count(count, "loop")) within \(window) among "
      + "\(Figures.count(payments, "payment")) \(currency.map { "in \($0) " } ?? "")between "
      + "\(Figures.count(parties, "party", "parties"))\(span ?? ".")"
  }

  private func number(_ count: Int) -> String { Figures.amount(Double(count)) }

  private func cells(_ loop: Loop) -> [String] {
    [
      (loop.parties + loop.parties.prefix(1)).joined(separator: " → "), loop.least, loop.sum,
      loop.payments.first?.time ?? "", loop.payments.map { "\($0.line)" }.joined(separator: " "),
    ]
  }
}
