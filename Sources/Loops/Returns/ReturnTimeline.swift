internal import Columns

/// The payments that can lie on a way out and home, and what they add up to along the rows of payers and payees.
struct ReturnTimeline: Sendable {
  let timeline: TransferTimeline
  let rows: TransferRows
  /// What the payments of ``TransferRows/leaving`` before each place add up to; one longer than they are.
  private let leavingSum: Column<Int64>
  /// The same of ``TransferRows/arriving``.
  private let arrivingSum: Column<Int64>

  /// The most that all payments may add up to, so that no sum overflows.
  private static let mostMoney = Int64.max / 4

  /// Prepares the payments of `columns`.
  ///
  /// - Throws: ``MoneyReturnError``.
  init(
    of columns: TransferColumns,
    rules: TemporalCycles.Rules,
    threads: Int
  ) throws(MoneyReturnError) {
    try Self.check(columns.amounts)
    timeline = TransferTimeline(of: columns, rules: rules, threads: threads)
    rows = TransferRows(timeline, allowsTies: rules.allowsTies, threads: threads)
    let count = timeline.count
    let amount = Column<Int64>(unwritten: count)
    for place in 0..<count {
      amount.base[place] = columns.amounts.minorUnits(Int(timeline.original.base[place])) ?? 0
    }
    leavingSum = Column(repeating: 0, count: count + 1)
    arrivingSum = Column(repeating: 0, count: count + 1)
    for place in 0..<count {
      let transfer = Int(rows.leaving.base[place].transfer)
      leavingSum.base[place + 1] = leavingSum.base[place] + amount.base[transfer]
    }
    // Rows by payee are in the order of time as the timeline is.
    let filled = Column<Int32>(unwritten: rows.arrivingStart.count)
    filled.base.update(from: rows.arrivingStart.base, count: filled.count)
    for place in 0..<count {
      let payee = Int(timeline.payee.base[place])
      arrivingSum.base[Int(filled.base[payee]) + 1] = amount.base[place]
      filled.base[payee] += 1
    }
    for place in 0..<count { arrivingSum.base[place + 1] += arrivingSum.base[place] }
  }

  /// Checks that all amounts are whole, and can be added.
  private static func check(_ amounts: TransferColumns.Amounts) throws(MoneyReturnError) {
    var total: Int64 = 0
    for index in 0..<amounts.count {
      guard let units = amounts.minorUnits(index) else { throw .notWhole(payment: index) }
      let (sum, overflow) = total.addingReportingOverflow(units)
      guard !overflow, sum <= mostMoney else { throw .tooMuch }
      total = sum
    }
  }

  /// How much the payment at a place of ``TransferRows/leaving`` is.
  @inline(__always)
  func leavingAmount(_ place: Int) -> Int64 {
    leavingSum.base[place + 1] - leavingSum.base[place]
  }

  /// What the leaving payments of a range of places add up to.
  @inline(__always)
  func leaving(_ begin: Int32, _ end: Int32) -> Int64 {
    leavingSum.base[Int(end)] - leavingSum.base[Int(begin)]
  }

  /// What the arriving payments of a range of places add up to.
  @inline(__always)
  func arriving(_ begin: Int32, _ end: Int32) -> Int64 {
    arrivingSum.base[Int(end)] - arrivingSum.base[Int(begin)]
  }
}

extension TransferColumns.Amounts {
  /// The amount at `index`, where it is a whole number from 0 on.
  fileprivate func minorUnits(_ index: Int) -> Int64? {
    if case .minorUnits(let units) = self { return units[index] >= 0 ? units[index] : nil }
    return Int64(exactly: self[index]).flatMap { $0 >= 0 ? $0 : nil }
  }
}
