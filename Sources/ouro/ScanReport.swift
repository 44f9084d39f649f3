import Columns
import Graphs
import Claims
import Loops
import Networks
import Payments

/// What a scan found, ready to be told.
struct ScanReport {
  private let payments: Payments
  private let months: [Month]
  private let answer: TemporalCycles.Answer
  private let limit: Int
  private let span: (first: Int, last: Int)?
  /// The parties with the most loops through them.
  private let busiest: [(party: Int, count: Int)]

  init(
    payments: Payments,
    months: [Month],
    answer: TemporalCycles.Answer,
    _ request: TemporalCycles.Request
  ) {
    (self.payments, self.months, self.answer, limit) = (payments, months, answer, request.limit)
    span = Self.span(of: payments)
    busiest =
      answer.through.map { through in
        (0..<through.count).filter { through[$0] > 0 }
          .sorted { (through[$1], $0) < (through[$0], $1) }
          .prefix(request.topCount)
          .map { (party: $0, count: through[$0]) }
      } ?? []
  }

  private static func span(of payments: Payments) -> (first: Int, last: Int)? {
    guard payments.count > 0 else { return nil }
    var (first, last) = (payments.time[0], payments.time[0])
    for index in 1..<payments.count {
      first = min(first, payments.time[index])
      last = max(last, payments.time[index])
    }
    return (first, last)
  }

  /// The months from the first payment to the last.
  static func months(of payments: Payments) -> [Month] {
    guard let (first, last) = span(of: payments) else { return [] }
    func month(_ time: Int) -> Int {
      Month(of: Day(ordinal: Int((Double(time) / 86_400).rounded(.down)))).index
    }
    return (month(first)...month(last)).map(Month.init(index:))
  }

  private var byMonth: [(month: Month, count: Int)] {
    zip(months, answer.byPeriod.dropFirst()).filter { $1 > 0 }.map { (month: $0, count: $1) }
  }

  private var byLength: [(length: Int, count: Int)] {
    answer.tally.byLength.enumerated().filter { $0.element > 0 }
      .map { (length: $0.offset, count: $0.element) }
  }

  /// Money with all its digits after the point, so that a column of it lines up.
  private func amount(_ units: Double) -> String {
    guard let units = Int64(exactly: units) else { return figure(units / scale) }
    let parts = amountText(units, digits: payments.digits).split(separator: ".")
    return ([grouped(String(parts[0]))] + parts.dropFirst().map(String.init)).joined(separator: ".")
  }

  // MARK: Words

  func words(_ within: Stretch) -> String {
    let tally = answer.tally
    var lines = [
      "\(count(tally.count, "loop")) within \(within) among \(count(payments.count, "payment")) "
        + (payments.currency.map { "in \($0) " } ?? "")
        + "between \(count(payments.parties.count, "party", "parties"))"
        + (span.map { ", \(PaymentTime.text($0.first)) to \(PaymentTime.text($0.last))." } ?? ".")
    ]
    if !tally.isComplete {
      lines.append(
        tally.count < limit
          ? "INCOMPLETE: there may be more, earliest loops first; the search stopped after so many "
            + "payments looked at that it had no end in sight: try a shorter --within or fewer --max-hops."
          : "INCOMPLETE: there are more; --limit stopped the count, earliest loops first."
      )
    }
    if payments.rejected.count > 0 {
      lines.append("\(count(payments.rejected.count, "row")) of the file left out as no payments.")
    }
    func add(_ header: [String], _ rows: [[String]]) {
      if !rows.isEmpty { lines += ["", table(header, rows)] }
    }
    add(
      ["payments in a loop", "loops"],
      byLength.map { ["\($0.length)", figure(Double($0.count))] }
    )
    add(["first payment in", "loops"], byMonth.map { ["\($0.month)", figure(Double($0.count))] })
    add(
      ["busiest", "loops through"],
      busiest.map { party in
        [payments.parties[party.party], figure(Double(party.count))]
      }
    )
    let largest = tally.top.map { cycle in
      let path = (cycle.nodes + cycle.nodes.prefix(1)).map { payments.parties[$0] }
      let lines = cycle.transfers.map { "\(payments.line(of: $0))" }.joined(separator: " ")
      let first = cycle.transfers.first.map { PaymentTime.text(payments.time[$0]) } ?? ""
      return [
        path.joined(separator: " → "), amount(cycle.bottleneck), amount(cycle.total), first, lines,
      ]
    }
    add(["largest", "least on it", "in all", "from", "on lines"], largest)
    return lines.joined(separator: "\n")
  }

  private var scale: Double { (0..<payments.digits).reduce(1) { scale, _ in scale * 10 } }

  // MARK: JSON

  struct Answer: Encodable {
    struct Payment: Encodable {
      let amount: Double
      let line: Int
      let payee: String
      let payer: String
      let time: String
    }
    struct Loop: Encodable {
      let bottleneck: Double
      let parties: [String]
      let payments: [Payment]
      let total: Double
    }
    struct Party: Encodable {
      let id: String
      let loops: Int
    }
    let measure = "scan"
    let payments: Int
    let parties: Int
    let rejected: Int
    @Nullable var first: String?
    @Nullable var last: String?
    let within: Int
    let count: Int
    let complete: Bool
    @Nullable var currency: String?
    let by_length: [String: Int]
    let by_month: [String: Int]
    let busiest: [Party]
    let largest: [Loop]
  }

  func answer(within: Int) -> Answer {
    Answer(
      payments: payments.count,
      parties: payments.parties.count,
      rejected: payments.rejected.count,
      first: span.map { PaymentTime.text($0.first) },
      last: span.map { PaymentTime.text($0.last) },
      within: within,
      count: answer.tally.count,
      complete: answer.tally.isComplete,
      currency: payments.currency,
      by_length: Dictionary(uniqueKeysWithValues: byLength.map { ("\($0.length)", $0.count) }),
      by_month: Dictionary(uniqueKeysWithValues: byMonth.map { ("\($0.month)", $0.count) }),
      busiest: busiest.map { Answer.Party(id: payments.parties[$0.party], loops: $0.count) },
      largest: answer.tally.top.map { cycle in
        Answer.Loop(
          bottleneck: cycle.bottleneck / scale,
          parties: cycle.nodes.map { payments.parties[$0] },
          payments: cycle.transfers.map { payment($0) },
          total: cycle.total / scale
        )
      }
    )
  }

  private func payment(_ index: Int) -> Answer.Payment {
    Answer.Payment(
      amount: Double(payments.amountMinorUnits[index]) / scale,
      line: payments.line(of: index),
      payee: payments.parties[Int(payments.payee[index])],
      payer: payments.parties[Int(payments.payer[index])],
      time: PaymentTime.text(payments.time[index])
    )
  }
}
