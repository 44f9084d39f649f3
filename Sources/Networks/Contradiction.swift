public import Claims

/// A stated amount of a period and stated amounts of its parts that cannot both be right.
public struct PeriodContradiction: Sendable {
  /// One side.
  public struct Side: Sendable {
    /// What it comes to, in cents.
    public let amount: Estimate
    /// The rows that say so.
    public let evidence: [Evidence]
  }

  /// What it is of.
  public let subject: LedgerSubject
  /// The period of the whole.
  public let period: Period
  /// The whole.
  public let whole: Side
  /// The parts, added up.
  public let parts: Side
  /// Whether the whole stands, being trusted more, and not the parts.
  public let wholeStands: Bool

  init(_ subject: LedgerSubject, _ found: PeriodNode.Contradiction) {
    self.subject = subject
    period = found.whole.period
    whole = Side(amount: found.whole.amount, evidence: found.whole.evidence)
    parts = Side(amount: found.parts, evidence: found.partEvidence)
    wholeStands = found.wholeStands
  }
}
