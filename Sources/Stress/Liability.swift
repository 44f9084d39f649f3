public import Graphs
internal import Networks

/// What one party owes another.
public struct Liability: Sendable, Equatable {
  /// Who owes.
  public let debtor: NodeIndex
  /// Who is owed.
  public let creditor: NodeIndex
  /// How much, zero or above.
  public let amount: Double
  /// When it is paid: class 0 first, and all of one class in proportion.
  public let seniority: Int

  /// A debt of `amount`.
  public init(debtor: NodeIndex, creditor: NodeIndex, amount: Double, seniority: Int = 0) {
    self.debtor = debtor
    self.creditor = creditor
    self.amount = amount
    self.seniority = seniority
  }
}

/// Where what is owed outside the network stands among debts.
public enum ExternalStanding: String, Sendable, CaseIterable {
  /// With the debts of class 0, in proportion.
  case equal
  /// Before them all.
  case senior
}

/// What a creditor loses on one debtor.
public struct LinkLoss: Sendable, Equatable {
  /// Who does not pay, or is worth less.
  public let debtor: NodeIndex
  /// Who bears it.
  public let creditor: NodeIndex
  /// What the link is worth at face.
  public let owed: Double
  /// What of it is lost.
  public let loss: Double

  /// A loss on one link.
  public init(debtor: NodeIndex, creditor: NodeIndex, owed: Double, loss: Double) {
    self.debtor = debtor
    self.creditor = creditor
    self.owed = owed
    self.loss = loss
  }
}

extension [LinkLoss] {
  /// The losses, largest first, those alike by debtor and creditor.
  public var largestFirst: [LinkLoss] {
    sorted { ($1.loss, $0.debtor, $0.creditor) < ($0.loss, $1.debtor, $1.creditor) }
  }
}
