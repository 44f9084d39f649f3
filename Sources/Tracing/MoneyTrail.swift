internal import Columns

/// A rule by which money that lies together with other money is told apart from it.
public enum TracingRule: String, Sendable, CaseIterable {
  /// Each payment takes of the traced sum in the proportion in which the account holds it.
  case proRata = "pro-rata"
  /// What came first leaves first.
  case firstIn = "fifo"
  /// What came last leaves first.
  case lastIn = "lifo"
  /// The traced sum leaves last: it is capped by the least balance since it came, and never grows again.
  case lowestBalance = "lowest-balance"
}

/// Why a sum cannot be followed.
public enum TracingError: Error, Equatable, CustomStringConvertible {
  /// The party pays nothing at that time.
  case noSuchPayment
  /// All it pays at that time is less: so much, in minor units.
  case tooLittle(paid: Int64)
  /// An amount is below zero, or amounts are too large to be added.
  case badAmounts

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .noSuchPayment: "the party pays nothing then"
    case .tooLittle(let paid): "the party pays less then: \(paid) minor units"
    case .badAmounts: "an amount is below zero, or all together are too large to be added"
    }
  }
}

/// One sum followed from the payment by which it left, by a rule: where it is now, and what came back.
///
/// Payments are taken in the order of time, and of one moment in the order of their lines. The sum leaves with the payments of
/// that moment, in that order, until it is whole. What comes back to where it left is home and is followed no
/// further; every other cent is with somebody, or paid a bank what an account was below zero.
///
/// - Complexity: O(*n* log *n*) in the payments, pro rata and by the lowest balance; else as many steps more as parts are moved.
public struct MoneyTrail: Sendable, Equatable {
  /// What somebody has of the sum.
  public struct Share: Sendable, Equatable {
    /// Who, as a position among the parties.
    public let party: Int
    /// How much, in minor units.
    public let amount: Int64
  }

  /// What a payment moved of the sum.
  public struct Step: Sendable, Equatable {
    /// The payment, as a position in the columns.
    public let payment: Int
    /// How much, in minor units.
    public let amount: Int64
  }

  /// Where the sum is in the end, the most first.
  public private(set) var held: [Share] = []
  /// What paid banks, by whose account was below zero, the most first.
  public private(set) var repaid: [Share] = []
  /// What came back to where it left.
  public private(set) var cameBack: Int64 = 0
  /// The payments that moved some of it, in the order of time.
  public private(set) var steps: [Step] = []

  /// Follows a sum.
  ///
  /// - Parameters:
  ///   - sum: What is followed.
  ///   - ledger: The payments, and what accounts held before.
  ///   - rule: The rule.
  init(_ sum: TracedSum, in ledger: TracingLedger, by rule: TracingRule) {
    var accounts = ledger.openings.map { TracedAccount(rule, opening: $0) }
    var lost: [Int: Int64] = [:]
    for index in ledger.order where ledger.isBefore(sum.until, index) {
      let (payer, payee) = (Int(ledger.payer[index]), Int(ledger.payee[index]))
      guard payer != payee else { continue }
      var parts = accounts[payer].pay(ledger.amount[index])
      if let leaving = sum.leaving[index] {
        parts = [
          MoneySegment(amount: leaving, isTraced: true),
          MoneySegment(amount: ledger.amount[index] - leaving, isTraced: false),
        ]
      }
      let traced = parts.reduce(0) { $0 + ($1.isTraced ? $1.amount : 0) }
      if traced > 0 { steps.append(Step(payment: index, amount: traced)) }
      if payee == sum.party {
        cameBack += traced
        parts = [MoneySegment(amount: ledger.amount[index], isTraced: false)]
      }
      let paid = accounts[payee].receive(parts)
      if paid > 0 { lost[payee, default: 0] += paid }
    }
    held = Self.shares(accounts.enumerated().map { ($0, $1.traced) })
    repaid = Self.shares(lost.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  private static func shares(_ amounts: [(Int, Int64)]) -> [Share] {
    amounts.filter { $0.1 > 0 }.map { Share(party: $0.0, amount: $0.1) }
      .sorted { ($1.amount, $0.party) < ($0.amount, $1.party) }
  }
}

/// How far a sum can have spread, if whatever it touches is tainted with all it holds and pays from then on.
///
/// It conserves nothing: it says who can have had any of it, and by which payment first.
public struct Poison: Sendable, Equatable {
  /// The parties touched, each with the payment that touched it first, in the order of time.
  public private(set) var touched: [(party: Int, payment: Int)] = []
  /// What the payments of those touched add up to, in minor units: the most that can be tainted.
  public private(set) var paid: Int64 = 0

  init(_ sum: TracedSum, in ledger: TracingLedger) {
    var isTouched = [Bool](repeating: false, count: ledger.openings.count)
    for index in ledger.order where ledger.isBefore(sum.until, index) {
      let (payer, payee) = (Int(ledger.payer[index]), Int(ledger.payee[index]))
      guard isTouched[payer] || sum.leaving[index] != nil else { continue }
      paid += sum.leaving[index] ?? ledger.amount[index]
      guard !isTouched[payee], payee != sum.party else { continue }
      isTouched[payee] = true
      touched.append((payee, index))
    }
  }

  /// Whether both touch the same.
  public static func == (left: Poison, right: Poison) -> Bool {
    left.paid == right.paid && left.touched.elementsEqual(right.touched) { $0 == $1 }
  }
}
