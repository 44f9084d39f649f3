public import Claims

/// Which money a network is made of.
public enum Basis: String, Sendable, CaseIterable {
  /// What runs in a period.
  case flows
  /// What is still to run on a day.
  case commitments
}

/// Money of one grade from one party or group to another, with what it rests on.
public struct LedgerItem: Sendable {
  /// Who pays, by id of the group.
  public let payer: String
  /// Who is paid, by id of the group.
  public let payee: String
  /// What it is worth as evidence.
  public let grade: Grade
  /// How much, within exact bounds.
  public private(set) var amount: Estimate
  /// The deal it comes from; `nil` for a fact about the pair, and for a filled in flow.
  public let deal: Deal?
  /// The rows of the book that decide, those that bear on it most nearly first.
  public private(set) var evidence: [Evidence]
  /// The rows that confirm, and without which it would be the same.
  public let agrees: [Evidence]
  /// What lies wholly in the period.
  private let firm: Estimate
  /// What the period cuts.
  private let cuts: [CutTotal]

  /// Whether the payee books it as revenue.
  public var isRevenue: Bool { deal?.kind.isRevenue ?? true }

  /// Money of one grade out of a slice of days.
  init(
    _ pair: Ledger.Pair,
    _ grade: Grade,
    _ part: GradedSlice.Part,
    deal: Deal? = nil
  ) {
    (payer, payee, self.grade, self.deal) = (pair.payer, pair.payee, grade, deal)
    (firm, cuts, amount) = (part.firm, part.cuts, part.amount)
    evidence = part.evidence.sorted()
    agrees = part.agrees.subtracting(part.evidence).sorted()
  }

  /// Money known by one amount.
  init(
    _ pair: Ledger.Pair,
    _ grade: Grade,
    _ amount: Estimate,
    _ evidence: [Evidence],
    deal: Deal? = nil
  ) {
    self.init(pair, grade, GradedSlice.Part(firm: amount), deal: deal)
    self.evidence = evidence
  }

  /// How much it is where the amounts behind it lie at `share` of their ranges, and what a rule laid on days moved
  /// as `timing` says; the value used where neither is given.
  func value(at share: Double?, timing: Double?) -> Double {
    guard share != nil || timing != nil else { return amount.point }
    let drawn = cuts.reduce(firm.value(at: share)) { $0 + $1.value(at: share, timing: timing) }
    return min(max(drawn, amount.low), amount.high)
  }

  /// Whether a rule laid some of it on days.
  var hasTiming: Bool { !cuts.isEmpty }

  /// What a draw takes it by: its amounts and their place in time, and no ids.
  var content: String {
    let ends = ([firm] + cuts.map(\.total)).map { "\($0.low) \($0.high)" }
    return ([grade.rawValue, deal?.kind.rawValue ?? "", deal?.title ?? ""] + ends)
      .joined(separator: " ")
  }

  /// The same at another grade.
  func regraded(_ grade: Grade) -> LedgerItem {
    let part = GradedSlice.Part(
      firm: firm,
      cuts: cuts,
      evidence: Set(evidence),
      agrees: Set(agrees)
    )
    let pair = Ledger.Pair(payer: payer, payee: payee)
    return LedgerItem(pair, grade, part, deal: deal)
  }

  /// Notes more rows that decide it.
  mutating func add(_ rows: Set<Evidence>) {
    evidence += rows.subtracting(evidence).sorted()
  }

  /// The same, no more than `most`, which other rows say.
  func bounded(by most: Double, _ rows: Set<Evidence>) -> LedgerItem {
    guard amount.isOpen || amount.high > most else { return self }
    var item = self
    item.amount.high = max(most, amount.point)
    item.amount.isOpen = false
    item.evidence = Set(evidence).union(rows).sorted()
    return item
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
    /// Promised on a condition, as "up to", or as a headline: it has not moved.
    case conditional
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
      case .conditional: "a headline or on a condition, and nobody says that it moved"
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
