/// One account of a deal that can be true as a whole: its status, its amounts and its term.
public struct Reading: Sendable, Equatable {
  /// An amount, and the claim it comes from.
  public struct Amount: Sendable, Equatable {
    /// How much.
    public let range: AmountRange
    /// The claim that says so.
    public let claim: String
    /// The day it was said to hold: the end of the claim's term for a balance, else the reported day.
    public let day: Day
    /// How far its teller is trusted.
    public let trust: Trust
    /// Whether it was stated, estimated or foretold.
    public var pen = Pen.stated
    /// What it depends on; `nil` where it is promised without condition.
    public var condition: Claim.Condition?
    /// Whether another claim of the same day, class and belief says otherwise: then neither is the point.
    public var isTied = false
    /// What those say who contest it.
    public var contested: [AmountRange] = []
  }

  /// Money that moved, or was recognised, in a period.
  public struct Payment: Sendable, Equatable {
    /// When.
    public let period: Period
    /// How much, and who says so.
    public let amount: Amount
  }

  /// From when to when an amount runs, and how it is spread.
  public struct Term: Sendable, Equatable {
    /// Where it begins.
    public var start: PartialDate?
    /// Where it ends.
    public var end: PartialDate?
    /// How the amount is spread; `nil` reads as even.
    public var schedule: Schedule?

    /// The whole term, where both ends are known.
    public var period: Period? {
      guard let start, let end else { return nil }
      return Period(first: start.first, last: end.last)
    }
  }

  /// How far the deal has come, or how it ended; `nil` when nobody said.
  public var status: Claim.Status?
  /// Who pays in place of the first payer, once the deal is novated.
  public var newPayer: String?
  /// The first day on which the new payer pays.
  public var newPayerFrom: Day?
  /// A ceiling, a plan, a round number in the press.
  public var headline: Amount?
  /// What a contract binds the parties to.
  public var binding: Amount?
  /// What a contract binds them to once a condition is met.
  public var conditional: Amount?
  /// What has been taken up so far.
  public var drawn: Amount?
  /// What was taken up by each day that somebody speaks of, by day.
  public var balances: [Amount] = []
  /// What moved, period by period.
  public var payments: [Payment] = []
  /// What the arrangement as a whole depends on, by those who state no amount; `nil` for most.
  public var condition: Claim.Condition?
  /// The first day on which money can have moved: when it was signed, else when somebody first called it signed.
  public var signed: Day?
  /// The claim that says so.
  public var signedBy: String?
  /// From when to when.
  public var term = Term()
  /// The claims this account rests on, by id.
  public var evidence: [String] = []

  /// Whether the arrangement runs, or ran to its end.
  public var isInForce: Bool {
    guard let status else { return true }
    return !status.isWayOut || (status == .novated && newPayer != nil)
  }

  /// The same account without amounts that are only rumoured.
  public var withoutRumours: Reading {
    var firm = self
    for path in [\Reading.headline, \.binding, \.conditional, \.drawn]
    where firm[keyPath: path]?.trust == .rumour {
      firm[keyPath: path] = nil
    }
    firm.payments.removeAll { $0.amount.trust == .rumour }
    firm.balances.removeAll { $0.trust == .rumour }
    return firm
  }

  /// The amount of the whole arrangement as one would quote it: what binds, else what is drawn, else
  /// the headline.
  public var quoted: (level: Claim.Level, amount: Amount)? {
    if let binding { return (.binding, binding) }
    if let conditional { return (.binding, conditional) }
    if let headline { return (.headline, headline) }
    if let drawn { return (.drawn, drawn) }
    return nil
  }
}

/// Two accounts of one aspect of a deal that cannot both be true.
public struct Dispute: Sendable, Equatable {
  /// What the accounts differ in.
  public enum Aspect: String, Sendable {
    case status, headline, binding, drawn, paid, term
  }

  /// What they differ in.
  public let aspect: Aspect
  /// The claim that stands.
  public let standing: String
  /// The claim against it.
  public let contesting: String
  /// Which of the deal's readings takes the other side; `nil` where the other side only denies.
  public let reading: Int?
}

/// A deal as it stands in a view.
public struct DealView: Sendable {
  /// The arrangement.
  public let deal: Deal
  /// The standing account first, then one for each contested aspect.
  public let readings: [Reading]
  /// What is contested; empty for most deals.
  public let disputes: [Dispute]
  /// Every claim that counts, in the order they became known.
  public let claims: [Claim]
  /// Claims that no longer count, with the claim that replaced each.
  public let superseded: [(claim: Claim, by: String)]

  /// The account that stands.
  public var standing: Reading { readings[0] }
  /// Whether anything about it is contested.
  public var isDisputed: Bool { !disputes.isEmpty }
}
