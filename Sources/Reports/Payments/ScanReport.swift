internal import Columns
internal import Claims
package import Loops
internal import Networks
package import Payments

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// The loops of payments one after another: how many, how long, when they begin, the largest, and who is on most.
package struct ScanReport: Report {
  /// What is asked of payments.
  package struct Request: Sendable {
    /// What makes payments a loop; its least amount is in minor units.
    package var rules: TemporalCycles.Rules
    /// The window as its user wrote it.
    package var within: String
    /// The number of loops after which to stop.
    package var limit: Int
    /// How many of the largest loops and busiest parties to tell.
    package var top: Int
    /// The number of threads; the answer is the same for any.
    package var threads: Int
    /// Whether to say that ties are allowed because only days are known.
    package var saysTies = false
    /// What currencies are worth, where that is given; without, loops stay within one.
    package var rates: PaymentRates?
    /// Which of the loops are told.
    package var selection = LoopSelection()

    /// Asks for the loops that keep `rules`.
    package init(
      _ rules: TemporalCycles.Rules,
      within: String,
      limit: Int,
      top: Int,
      threads: Int,
      rates: PaymentRates? = nil
    ) {
      (self.rules, self.within, self.limit) = (rules, within, limit)
      (self.top, self.threads, self.rates) = (top, threads, rates)
    }
  }

  /// One payment of a loop.
  package struct Payment: Encodable, Sendable {
    let amount: Double
    @Nullable var currency: String?
    /// The file, where there are several.
    let file: String?
    let line: Int
    let payee: String
    let payer: String
    let time: String
    /// The amount as files write it.
    let exact: String

    private enum CodingKeys: CodingKey { case amount, currency, file, line, payee, payer, time }
  }

  /// One loop.
  package struct Loop: Encodable, Sendable {
    private enum CodingKeys: String, CodingKey {
      case bottleneck, currency, duration, id, parties, payments, total
      case lossPerHop = "loss_per_hop"
    }

    /// The number of the finding, by its content.
    let id: String
    let bottleneck: Double
    @Nullable var currency: String?
    let parties: [String]
    let payments: [Payment]
    let total: Double
    /// From the first payment to the last, in seconds.
    let duration: Int
    /// The share that each hand kept of what it was paid, the same for each; below zero where it grew.
    @Nullable var lossPerHop: Double?
    /// The amounts as people read them.
    let least: String
    let sum: String
    /// The parties as people call them.
    let called: [String]
  }

  /// A party that loops lead through.
  package struct Party: Encodable, Sendable {
    let id: String
    let loops: Int
    /// What people call it, where it is known by its account.
    let name: String?
  }

  private enum CodingKeys: String, CodingKey {
    case measure, count, busiest, largest, notes
    case isComplete = "complete"
    case byLength = "by_length"
    case byMonth = "by_month"
  }

  private let measure = "scan"
  let scanned: ScannedPayments
  /// How many loops there are.
  package let count: Int
  /// Whether all were counted.
  package let isComplete: Bool
  /// Whether the limit of loops ended the count, rather than that of work.
  private let hasReachedLimit: Bool
  /// What a reader has to know, a sentence each.
  package let notes: [String]
  /// That payments of one moment may follow each other, where nobody asked for it.
  package let tieNote: String?
  let byLength: [String: Int]
  let byMonth: [String: Int]
  let busiest: [Party]
  let largest: [Loop]

  /// Finds the loops among `payments`.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - request: What is asked.
  ///   - consume: Is given each loop as positions among the payments, on one thread; says whether to go on.
  ///   - progress: Is told from time to time which share is done.
  package init(
    of payments: Payments,
    _ request: Request,
    each consume: (([Int]) -> Bool)? = nil,
    progress: @escaping @Sendable (Double) -> Void
  ) {
    let search = payments.search(request.rates)
    let tally = LoopTally(payments, search, request, each: consume, progress: progress)
    let findings = ScanFindings(
      tally,
      payments,
      search,
      parties: request.top,
      isComplete: tally.isComplete
    )
    let scanned = ScannedPayments(
      payments,
      search,
      within: request.rules.window,
      request.within,
      hasRates: request.rates != nil
    )
    self.init(
      scanned,
      findings,
      digits: payments.digits,
      top: request.top,
      saysTies: request.saysTies,
      hasReachedLimit: tally.seen >= request.limit
    )
  }

  /// Tells of what was found.
  ///
  /// - Parameters:
  ///   - scanned: What was searched.
  ///   - findings: What was found.
  ///   - digits: How many digits after the point a minor unit is.
  ///   - top: How many of the busiest parties to tell.
  ///   - saysTies: Whether to say that ties are allowed because only days are known.
  ///   - hasReachedLimit: Whether the limit of loops was reached.
  init(
    _ scanned: ScannedPayments,
    _ findings: ScanFindings,
    digits: Int,
    top: Int,
    saysTies: Bool,
    hasReachedLimit: Bool
  ) {
    self.scanned = scanned
    (count, isComplete) = (findings.count, findings.isComplete)
    self.hasReachedLimit = hasReachedLimit
    (byLength, byMonth) = (findings.byLength, findings.byMonth)
    busiest = findings.parties.prefix(top).map { Party(id: $0.id, loops: $0.loops, name: $0.name) }
    largest = findings.largest.map { Loop($0, digits: digits) }
    tieNote =
      saysTies
      ? "no payment has a time of day: payments of one day may follow one another in any order "
        + "(--no-allow-ties forbids it)" : nil
    notes = scanned.currencyNotes + [tieNote].compactMap(\.self)
  }

  /// Writes what was searched and what was found side by side.
  package func encode(to encoder: any Encoder) throws {
    try scanned.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(measure, forKey: .measure)
    try container.encode(count, forKey: .count)
    try container.encode(isComplete, forKey: .isComplete)
    try container.encode(byLength, forKey: .byLength)
    try container.encode(byMonth, forKey: .byMonth)
    try container.encode(busiest, forKey: .busiest)
    try container.encode(largest, forKey: .largest)
    try container.encode(notes, forKey: .notes)
  }
}

extension ScanReport.Loop {
  fileprivate init(_ found: FoundLoop, digits: Int) {
    let unit = AmountUnit(currency: nil, digits: digits)
    (bottleneck, total) = (unit.whole(found.bottleneck), unit.whole(found.total))
    (id, currency) = (found.id, found.currency)
    parties = found.payments.map(\.payer)
    called = found.payments.map { $0.label ?? $0.payer }
    payments = found.payments.map { ScanReport.Payment($0, digits: digits) }
    duration = (found.payments.last?.time ?? 0) - (found.payments.first?.time ?? 0)
    lossPerHop = Self.lossPerHop(found.payments)
    least = Self.amount(found.bottleneck, unit)
    sum = Self.amount(found.total, unit)
  }

  /// What each hand kept of a loop in one currency, as though all kept the same share.
  private static func lossPerHop(_ payments: [FoundPayment]) -> Double? {
    guard Set(payments.map(\.currency)).count == 1, payments.count > 1,
      let first = payments.first?.amount, let last = payments.last?.amount, first > 0
    else { return nil }
    return 1 - pow(Double(last) / Double(first), 1 / Double(payments.count - 1))
  }

  private static func amount(_ units: Double, _ unit: AmountUnit) -> String {
    guard let whole = Int64(exactly: units) else { return Figures.amount(unit.whole(units)) }
    return Figures.amount(minorUnits: whole, digits: unit.digits)
  }
}

extension ScanReport.Payment {
  init(_ index: Int, _ payments: Payments) {
    self.init(FoundPayment(index, payments), digits: payments.digits)
  }

  init(_ found: FoundPayment, digits: Int) {
    amount = AmountUnit(currency: nil, digits: digits).whole(Double(found.amount))
    (currency, file, line) = (found.currency, found.file, found.line)
    (payee, payer) = (found.payee, found.payer)
    time = PaymentTime.text(found.time)
    exact = Figures.exact(minorUnits: found.amount, digits: digits)
  }
}

extension ScanReport {
  /// The answer for a person; parties go by what the file calls them.
  package func text(_: PartyNames) -> String {
    var lines = [scanned.summary(Figures.count(count, "loop"))]
    if !isComplete {
      lines.append(
        hasReachedLimit
          ? "INCOMPLETE: there are more; --limit stopped the count, earliest loops first."
          : "INCOMPLETE: there may be more, earliest loops first; the search stopped after so many "
            + "payments looked at that it had no end in sight: try a shorter --within or fewer "
            + "--max-hops."
      )
    }
    lines += scanned.remarks
    func add(_ header: [String], _ rows: [[String]]) {
      if !rows.isEmpty { lines += [""] + TextTable.figures(header, rows) }
    }
    add(["payments in a loop", "loops"], byLength.byNumber.map { [$0.key, number($0.value)] })
    let months = byMonth.sorted { $0.key < $1.key }
    add(["first payment in", "loops"], months.map { [$0.key, number($0.value)] })
    add(["busiest", "loops through"], busiest.map { [$0.name ?? $0.id, number($0.loops)] })
    if let pairs = byLength["2"], pairs * 2 > count {
      lines += [
        "",
        "\(Figures.grouped(pairs)) of them go back and forth between two; --min-hops 3 leaves them out.",
      ]
    }
    add(["largest", "least on it", "in all", "from", "on lines"], largest.map(cells))
    return lines.joined(separator: "\n") + "\n"
  }

  private func number(_ count: Int) -> String { Figures.amount(Double(count)) }

  private func cells(_ loop: Loop) -> [String] {
    [
      (loop.called + loop.called.prefix(1)).joined(separator: " → "), loop.least, loop.sum,
      loop.payments.first?.time ?? "", loop.payments.map { "\($0.line)" }.joined(separator: " "),
    ]
  }
}
