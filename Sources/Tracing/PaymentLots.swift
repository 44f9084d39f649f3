internal import Columns

/// Of what each payment was made, in the order in which its cents were taken: of which earlier payment, and which of its cents.
struct PaymentLots {
  /// Some cents of a payment.
  struct Part {
    /// The payment by which they came; an opening balance, or what a bank lent, where there is none.
    let source: Source
    /// Which of its cents, from the first.
    let from: Int64
    let amount: Int64
    /// Whether the last of them was taken first.
    let isReversed: Bool
  }

  /// Where cents came from.
  enum Source: Equatable {
    case payment(Int)
    case opening
    case bank
  }

  private var parts: [Part] = []
  private var begin: [Int: Int] = [:]

  mutating func begin(_ payment: Int) { begin[payment] = parts.count }

  mutating func append(_ part: Part) { parts.append(part) }

  /// Goes back from a receipt, the last payment first.
  ///
  /// - Parameters:
  ///   - receipt: The receipt.
  ///   - order: The payments, in the order of ``begin(_:)``.
  ///   - ledger: The payments.
  /// - Returns: What of the receipt each moved, and where it began.
  func traced(
    _ receipt: TracedReceipt,
    _ order: [Int],
    _ ledger: TracingLedger
  ) -> ReceiptDemand {
    var demand = ReceiptDemand()
    // Which cents of each payment are of the receipt.
    var wanted: [Int: [Range<Int64>]] = [:]
    for (index, amount) in receipt.arriving { wanted[index] = [0..<amount] }
    var end = parts.count
    for index in order.reversed() {
      let begin = begin[index] ?? end
      defer { end = begin }
      guard let cents = wanted.removeValue(forKey: index) else { continue }
      let moved = cents.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
      demand.moved[index] = moved
      guard Int(ledger.payer[index]) != receipt.party else {
        demand.opening[receipt.party, default: 0] += moved
        continue
      }
      var place: Int64 = 0
      for part in parts[begin..<end] {
        defer { place += part.amount }
        for want in cents {
          let overlap = want.clamped(to: place..<place + part.amount)
          guard !overlap.isEmpty else { continue }
          let own = overlap.lowerBound - place..<overlap.upperBound - place
          add(part, own, Int(ledger.payer[index]), &demand, &wanted)
        }
      }
    }
    return demand
  }

  private func add(
    _ part: Part,
    _ cents: Range<Int64>,
    _ payer: Int,
    _ demand: inout ReceiptDemand,
    _ wanted: inout [Int: [Range<Int64>]]
  ) {
    let amount = cents.upperBound - cents.lowerBound
    switch part.source {
    case .opening: demand.opening[payer, default: 0] += amount
    case .bank: demand.lent[payer, default: 0] += amount
    case .payment(let source):
      let range =
        part.isReversed
        ? part.from + part.amount - cents.upperBound..<part.from + part.amount - cents.lowerBound
        : part.from + cents.lowerBound..<part.from + cents.upperBound
      wanted[source, default: []].append(range)
    }
  }
}

/// What lies in an account, payment by payment, and leaves it the oldest or the newest first.
struct LotAccount {
  private struct Lot {
    let source: PaymentLots.Source
    var from: Int64
    var amount: Int64
  }

  private let isOldestFirst: Bool
  private var balance: Int64
  private var lots: [Lot] = []
  private var begin = 0

  init(_ rule: TracingRule, opening: Int64) {
    (isOldestFirst, balance) = (rule == .firstIn, opening)
    if opening > 0 { lots.append(Lot(source: .opening, from: 0, amount: opening)) }
  }

  /// Takes a payment out of the account, and tells what it is made of.
  mutating func pay(_ amount: Int64, _ parts: inout PaymentLots) {
    var left = min(amount, max(0, balance))
    let lent = amount - left
    balance -= amount
    while left > 0 {
      let place = isOldestFirst ? begin : lots.count - 1
      let units = min(left, lots[place].amount)
      let rest = lots[place].amount - units
      let from = isOldestFirst ? lots[place].from : lots[place].from + rest
      parts.append(
        .init(source: lots[place].source, from: from, amount: units, isReversed: !isOldestFirst)
      )
      left -= units
      lots[place].amount = rest
      if isOldestFirst { lots[place].from += units }
      guard rest == 0 else { break }
      if isOldestFirst { begin += 1 } else { lots.removeLast() }
    }
    if lent > 0 { parts.append(.init(source: .bank, from: 0, amount: lent, isReversed: false)) }
  }

  /// Takes in a payment; the first of its cents pay what is owed to the bank.
  mutating func receive(_ amount: Int64, by payment: Int) {
    let owed = min(amount, max(0, -balance))
    balance += amount
    guard amount > owed else { return }
    lots.append(Lot(source: .payment(payment), from: owed, amount: amount - owed))
  }
}
