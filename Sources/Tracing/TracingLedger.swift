public import Columns

/// Payments in the order in which accounts book them, and what accounts held before the first.
public struct TracingLedger: Sendable {
  let payer: Column<Int32>
  let payee: Column<Int32>
  let time: Column<Int>
  let amount: Column<Int64>
  /// The payments in the order of time, those of one moment in the order of the columns.
  let order: [Int]
  /// What each party held at first, in minor units.
  public let openings: [Int64]
  /// The parties whose opening balance nobody states and that must have held something, in order.
  public let assumed: [MoneyTrail.Share]

  /// Takes payments.
  ///
  /// - Parameters:
  ///   - payer: Who pays.
  ///   - payee: Who is paid.
  ///   - time: When, in seconds.
  ///   - amount: How much, in minor units.
  ///   - stated: What parties are stated to have held at first; of the others each held the least that keeps its
  ///     account from going below zero.
  ///   - partyCount: The number of parties.
  /// - Throws: ``TracingError/badAmounts``.
  public init(
    payer: Column<Int32>,
    payee: Column<Int32>,
    time: Column<Int>,
    amount: Column<Int64>,
    stated: [Int: Int64] = [:],
    partyCount: Int
  ) throws(TracingError) {
    (self.payer, self.payee, self.time, self.amount) = (payer, payee, time, amount)
    var total: Int64 = 0
    for units in amount {
      let (sum, overflow) = total.addingReportingOverflow(units)
      guard units >= 0, !overflow, sum <= .max / 4 else { throw .badAmounts }
      total = sum
    }
    guard stated.values.allSatisfy({ $0.magnitude <= 1 << 60 }) else { throw .badAmounts }
    order = (0..<amount.count).sorted { (time[$0], $0) < (time[$1], $1) }
    var balance = [Int64](repeating: 0, count: partyCount)
    var least = balance
    for index in order where payer[index] != payee[index] {
      balance[Int(payer[index])] -= amount[index]
      balance[Int(payee[index])] += amount[index]
      least[Int(payer[index])] = min(least[Int(payer[index])], balance[Int(payer[index])])
    }
    openings = least.enumerated().map { stated[$0] ?? -$1 }
    assumed = least.enumerated().filter { stated[$0] == nil && $1 < 0 }
      .map { MoneyTrail.Share(party: $0, amount: -$1) }
  }

  func isBefore(_ until: Int, _ index: Int) -> Bool { time[index] <= until }

  /// The sum that a party pays at a time.
  ///
  /// - Parameters:
  ///   - amount: How much of it, in minor units.
  ///   - party: Who pays it.
  ///   - times: When: a moment, or the seconds of a day.
  ///   - until: The last moment to follow it to.
  /// - Returns: The sum: a payment of just as much where there is one, else payments in order until it is whole.
  /// - Throws: ``TracingError`` where the party does not pay as much then.
  public func sum(
    _ amount: Int64,
    from party: Int,
    at times: ClosedRange<Int>,
    until: Int = .max
  ) throws(TracingError) -> TracedSum {
    let payments = order.filter {
      Int(payer[$0]) == party && payee[$0] != payer[$0] && times.contains(time[$0])
    }
    guard !payments.isEmpty else { throw .noSuchPayment }
    if let exact = payments.first(where: { self.amount[$0] == amount }) {
      return TracedSum(party: party, leaving: [exact: amount], until: until)
    }
    var left = amount
    var leaving: [Int: Int64] = [:]
    for payment in payments where left > 0 {
      let part = min(left, self.amount[payment])
      if part > 0 { leaving[payment] = part }
      left -= part
    }
    guard left == 0 else { throw .tooLittle(paid: amount - left) }
    return TracedSum(party: party, leaving: leaving, until: until)
  }

  /// Follows a sum by a rule.
  public func follow(_ sum: TracedSum, by rule: TracingRule) -> MoneyTrail {
    MoneyTrail(sum, in: self, by: rule)
  }

  /// How far a sum can have spread.
  public func poison(_ sum: TracedSum) -> Poison { Poison(sum, in: self) }
}

/// A sum that is followed: the payments by which it left, and how much by each.
public struct TracedSum: Sendable {
  /// Who paid it.
  public let party: Int
  let leaving: [Int: Int64]
  let until: Int
}
