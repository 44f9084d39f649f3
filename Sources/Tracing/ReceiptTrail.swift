internal import Columns

/// A receipt that is traced back: the payments by which it came, and how much by each.
public struct TracedReceipt: Sendable {
  /// Who received it.
  public let party: Int
  /// How much, in minor units.
  public let amount: Int64
  let arriving: [Int: Int64]
  /// Where the last of the payments stands in the order in which accounts book them.
  let last: Int
}

/// One receipt traced back by a rule to those whose money it is: what they held at first, or what their bank lent them.
///
/// A cent that a party received is followed back through the accounts that passed it on, each by the rule, to an opening
/// balance or to an overdraft; one that the party had paid out itself is its own come back, and followed no further. Pro rata, first in first out, and last in first out every cent has one origin. By the
/// lowest balance each claim stands for itself, as though all other money had left first: claims can overlap, and
/// what nobody can claim is nobody's.
///
/// - Complexity: O(*n* log *n*) in the payments; by the lowest balance O(*n*) for each claim.
public struct ReceiptTrail: Sendable, Equatable {
  /// Money that began with somebody.
  public struct Origin: Sendable, Equatable {
    /// Who, as a position among the parties.
    public let party: Int
    /// How much, in minor units.
    public let amount: Int64
    /// Whether a bank lent it, because the account was below zero, rather than that it lay there at first.
    public let isOverdraft: Bool
  }

  /// Where it began, the most first.
  public private(set) var origins: [Origin] = []
  /// The payments that moved some of it, in the order of time; none by the lowest balance.
  public private(set) var steps: [MoneyTrail.Step] = []
  /// Whether claims of less were not looked at.
  public private(set) var isCut = false

  /// How many claims are followed by the lowest balance: those with the most of it pro rata.
  static let mostClaims = 100

  /// Traces a receipt.
  ///
  /// - Parameters:
  ///   - receipt: The receipt.
  ///   - ledger: The payments, and what accounts held before.
  ///   - rule: The rule.
  init(_ receipt: TracedReceipt, in ledger: TracingLedger, by rule: TracingRule) {
    let history = AccountHistory(receipt, ledger)
    var demand: ReceiptDemand
    switch rule {
    case .proRata: demand = history.shared()
    case .firstIn, .lastIn: demand = history.ordered(by: rule)
    case .lowestBalance:
      let claimants = history.claimants()
      origins = Self.ranked(
        claimants.prefix(Self.mostClaims).map {
          Origin(party: $0, amount: history.claim(of: $0), isOverdraft: false)
        }
      )
      isCut = claimants.count > Self.mostClaims
      return
    }
    origins = demand.origins()
    steps = history.order.compactMap { index in
      demand.moved[index].map { MoneyTrail.Step(payment: index, amount: $0) }
    }
  }

  fileprivate static func ranked(_ origins: [Origin]) -> [Origin] {
    origins.filter { $0.amount > 0 }.sorted {
      if $0.amount != $1.amount { return $0.amount > $1.amount }
      return $0.party != $1.party ? $0.party < $1.party : !$0.isOverdraft
    }
  }
}

/// What of a receipt each payment moved, and where it began.
struct ReceiptDemand {
  /// How much each payment moved.
  var moved: [Int: Int64] = [:]
  /// How much of it parties held at first.
  var opening: [Int: Int64] = [:]
  /// How much of it banks lent.
  var lent: [Int: Int64] = [:]

  /// Where it began, the most first.
  func origins() -> [ReceiptTrail.Origin] {
    ReceiptTrail.ranked(
      opening.map { ReceiptTrail.Origin(party: $0, amount: $1, isOverdraft: false) }
        + lent.map { ReceiptTrail.Origin(party: $0, amount: $1, isOverdraft: true) }
    )
  }
}

/// The payments before a receipt that can have fed it, with all others of the accounts that they passed through.
struct AccountHistory {
  /// What a payment found: how much of it was the payer's own, and the payee's balance once it was there.
  private struct Booking {
    /// How much of it the account held; the bank lent the rest.
    let own: Int64
    /// How much of it paid what the payee owed its bank.
    let owed: Int64
    /// What the payee held before, and after.
    let before: Int64
    let after: Int64
  }

  private let receipt: TracedReceipt
  private let ledger: TracingLedger
  /// The payments, in the order in which accounts book them.
  let order: [Int]
  /// Who can have held some of the receipt, the latest first, each with the last payment by which it can have paid it on.
  let holders: [(party: Int, payment: Int)]

  init(_ receipt: TracedReceipt, _ ledger: TracingLedger) {
    (self.receipt, self.ledger) = (receipt, ledger)
    var isHolder = [Bool](repeating: false, count: ledger.openings.count)
    var holders: [(party: Int, payment: Int)] = []
    let before = ledger.order.prefix(receipt.last + 1)
    for index in before.reversed() {
      let (payer, payee) = (Int(ledger.payer[index]), Int(ledger.payee[index]))
      guard payer != payee, receipt.arriving[index] != nil || isHolder[payee],
        payer != receipt.party, !isHolder[payer]
      else { continue }
      isHolder[payer] = true
      holders.append((payer, index))
    }
    self.holders = holders
    order = before.filter { index in
      let (payer, payee) = (Int(ledger.payer[index]), Int(ledger.payee[index]))
      return payer != payee && (isHolder[payer] || isHolder[payee])
    }
  }

  /// Traces back in proportion: of what an account had when it paid, each payment that it was paid has its share.
  ///
  /// From the last payment to the first. Of a demand on an account a payment into it meets as much as it was of the
  /// balance then, to the nearest cent, half a cent from the payment; never more than it was, nor less than what the account
  /// did not hold before.
  func shared() -> ReceiptDemand {
    var demand = ReceiptDemand()
    var wanted: [Int: Int64] = [:]
    for (index, booking) in zip(order, bookings()).reversed() {
      let (payer, payee) = (Int(ledger.payer[index]), Int(ledger.payee[index]))
      var moved = receipt.arriving[index] ?? 0
      if let want = wanted[payee], want > 0 {
        let kept = ledger.amount[index] - booking.owed
        let share = nearest(want, kept, max(1, booking.after))
        let met = min(max(share, want - max(0, booking.before)), min(want, kept))
        wanted[payee] = want - met
        moved += met
      }
      guard moved > 0 else { continue }
      demand.moved[index] = moved
      guard payer != receipt.party else {
        demand.opening[payer, default: 0] += moved
        continue
      }
      let whole = ledger.amount[index]
      let own = min(
        max(nearest(moved, booking.own, whole), moved - (whole - booking.own)),
        min(moved, booking.own)
      )
      wanted[payer, default: 0] += own
      if moved > own { demand.lent[payer, default: 0] += moved - own }
    }
    for (party, want) in wanted { demand.opening[party, default: 0] += want }
    return demand
  }

  /// What each payment of ``order`` found.
  private func bookings() -> [Booking] {
    var balance = ledger.openings
    return order.map { index in
      let (payer, payee) = (Int(ledger.payer[index]), Int(ledger.payee[index]))
      let amount = ledger.amount[index]
      let own = min(amount, max(0, balance[payer]))
      balance[payer] -= amount
      let before = balance[payee]
      balance[payee] += amount
      let owed = min(amount, max(0, -before))
      return Booking(own: own, owed: owed, before: before, after: balance[payee])
    }
  }

  /// Traces back in the order in which money came.
  func ordered(by rule: TracingRule) -> ReceiptDemand {
    var accounts = ledger.openings.map { LotAccount(rule, opening: $0) }
    var lots = PaymentLots()
    for index in order {
      let (payer, payee) = (Int(ledger.payer[index]), Int(ledger.payee[index]))
      lots.begin(index)
      accounts[payer].pay(ledger.amount[index], &lots)
      accounts[payee].receive(ledger.amount[index], by: index)
    }
    return lots.traced(receipt, order, ledger)
  }

  /// Who held something at first that can have come to the receipt, those with the most of it pro rata first.
  func claimants() -> [Int] {
    let share = shared().opening
    let parties = (holders.map(\.party).filter { ledger.openings[$0] > 0 }) + [receipt.party]
    return parties.sorted { (share[$1, default: 0], $0) < (share[$0, default: 0], $1) }
  }

  /// What a party can claim of the receipt by the lowest balance, for what it held at first.
  func claim(of party: Int) -> Int64 {
    var accounts: [Int: TracedAccount] = [:]
    func account(_ number: Int) -> TracedAccount {
      accounts[number]
        ?? TracedAccount(
          .lowestBalance,
          opening: ledger.openings[number],
          isTraced: number == party
        )
    }
    var claimed: Int64 = 0
    for index in order {
      let (payer, payee) = (Int(ledger.payer[index]), Int(ledger.payee[index]))
      var (from, to) = (account(payer), account(payee))
      var parts = from.pay(ledger.amount[index])
      if payer == receipt.party {
        parts = [MoneySegment(amount: ledger.amount[index], isTraced: party == payer)]
      }
      _ = to.receive(parts)
      (accounts[payer], accounts[payee]) = (from, to)
      guard let arriving = receipt.arriving[index] else { continue }
      claimed += min(arriving, parts.reduce(0) { $0 + ($1.isTraced ? $1.amount : 0) })
    }
    return claimed
  }
}

/// `part` · `share` / `whole` to the nearest cent, half a cent up.
func nearest(_ part: Int64, _ share: Int64, _ whole: Int64) -> Int64 {
  guard share < whole else { return part }
  let (quotient, remainder) = whole.dividingFullWidth(part.multipliedFullWidth(by: share))
  return quotient + (remainder >= whole - remainder ? 1 : 0)
}

extension TracingLedger {
  /// What a party received at a time.
  ///
  /// - Parameters:
  ///   - amount: How much of it, in minor units; all of it where nothing is said.
  ///   - party: Who received it.
  ///   - times: When: a moment, or the seconds of a day.
  /// - Returns: The receipt: a payment of just as much where there is one, else payments in order until it is whole.
  /// - Throws: ``TracingError`` where the party does not receive as much then.
  public func receipt(
    _ amount: Int64?,
    to party: Int,
    at times: ClosedRange<Int>
  ) throws(TracingError) -> TracedReceipt {
    let places = order.indices.filter {
      let index = order[$0]
      return Int(payee[index]) == party && payer[index] != payee[index]
        && times.contains(time[index])
    }
    guard !places.isEmpty else { throw .noSuchPayment }
    let all = places.reduce(0) { $0 + self.amount[order[$1]] }
    if let exact = places.first(where: { self.amount[order[$0]] == amount }), let amount {
      return TracedReceipt(
        party: party,
        amount: amount,
        arriving: [order[exact]: amount],
        last: exact
      )
    }
    var left = amount ?? all
    var arriving: [Int: Int64] = [:]
    var last = 0
    for place in places where left > 0 {
      let part = min(left, self.amount[order[place]])
      guard part > 0 else { continue }
      arriving[order[place]] = part
      last = place
      left -= part
    }
    guard left == 0 else { throw .tooLittle(paid: all) }
    return TracedReceipt(party: party, amount: amount ?? all, arriving: arriving, last: last)
  }

  /// Traces a receipt back by a rule.
  public func trace(_ receipt: TracedReceipt, by rule: TracingRule) -> ReceiptTrail {
    ReceiptTrail(receipt, in: self, by: rule)
  }

  /// Follows a receipt on from who received it, by a rule, until a time.
  public func followOn(
    _ receipt: TracedReceipt,
    by rule: TracingRule,
    until: Int = .max
  ) -> MoneyTrail {
    // Nobody is home: what comes to the receiver again is with it.
    follow(TracedSum(party: -1, leaving: receipt.arriving, until: until), by: rule)
  }

  /// All who can have fed a receipt, each with the last payment by which it can have, the latest first.
  public func feeders(_ receipt: TracedReceipt) -> [(party: Int, payment: Int)] {
    AccountHistory(receipt, self).holders
  }
}
