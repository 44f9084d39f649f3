public import Claims

/// Which money a network is made of.
public enum Basis: String, Sendable, CaseIterable {
  /// What runs in a period.
  case flows
  /// What is still to run on a day.
  case commitments
}

/// What an amount of a ledger rests on.
public enum AmountSource: String, Sendable, CaseIterable {
  /// A fact about the payer and the payee: all that runs between them.
  case actual
  /// A claim of what was paid or recognised.
  case paid
  /// What has been taken up, laid on its term.
  case drawn
  /// What binds, laid on its term.
  case binding
  /// A headline, laid on its term.
  case headline
  /// Filled in from the totals of payer and payee.
  case completed
}

/// Money from one party or group to another, with what it rests on.
public struct LedgerItem: Sendable {
  /// Who pays, by id of the group.
  public let payer: String
  /// Who is paid, by id of the group.
  public let payee: String
  /// How much.
  public let amount: Estimate
  /// What the amount rests on.
  public let footing: AmountSource
  /// The deal it comes from; `nil` for a fact about the pair, and for a completed flow.
  public let deal: Deal?
  /// The rows of the book behind it.
  public let evidence: [Evidence]

  /// Whether the payee books it as revenue.
  public var isRevenue: Bool { deal?.kind.isRevenue ?? true }

  /// The same with its amount and the range around it times `factor`.
  func scaled(by factor: Double) -> LedgerItem {
    LedgerItem(
      payer: payer,
      payee: payee,
      amount: amount.scaled(by: factor),
      footing: footing,
      deal: deal,
      evidence: evidence
    )
  }
}

/// A deal, or a total, that a ledger leaves out, and why.
public struct LeftOut: Sendable, Equatable {
  /// Why a deal carries no flow.
  public enum Reason: String, Sendable, CaseIterable {
    /// Its status does not go far enough for the policy.
    case notAdmitted = "not-admitted"
    /// It was denied, withdrawn, cancelled, or lapsed.
    case ended
    /// An option, a backstop or a warrant that nobody exercised or called.
    case contingent
    /// A facility of which nobody said how much is drawn.
    case undrawn
    /// Nobody said how much.
    case noAmount = "no-amount"
    /// Only a headline amount, which the policy does not admit.
    case headlineOnly = "headline-only"
    /// Nobody said from when to when.
    case noTerm = "no-term"
    /// Its currency has no rate in the book.
    case noRate = "no-rate"
    /// Both sides are outside the network.
    case outside
    /// Both sides belong to one group.
    case withinGroup = "within-group"

    /// The reason in plain words.
    public var explanation: String {
      switch self {
      case .notAdmitted: "not far enough for this policy"
      case .ended: "denied, withdrawn, cancelled or lapsed"
      case .contingent: "an option, backstop or warrant not exercised"
      case .undrawn: "a facility with nothing known to be drawn"
      case .noAmount: "nobody says how much"
      case .headlineOnly: "only a headline amount"
      case .noTerm: "nobody says from when to when"
      case .noRate: "no exchange rate in the book"
      case .outside: "between parties outside the network"
      case .withinGroup: "within one group"
      }
    }
  }

  /// The deal.
  public let deal: String
  /// Why it is left out.
  public let reason: Reason
  /// The money it leaves unplaced; `nil` where nobody said how much.
  public let money: Estimate?
}
