public import Claims

/// What an amount of a book is of.
public enum LedgerSubject: Sendable, Hashable {
  /// A deal, by id.
  case deal(String)
  /// A total of a party, perhaps towards another.
  case fact(party: String, counterparty: String?, metric: Fact.Metric)
}

/// An amount that enters no sum because the book has no rate for its currency.
public struct Unrated: Sendable, Hashable {
  /// The claim or fact that states it.
  public let evidence: Evidence
  /// What it is of.
  public let subject: LedgerSubject
  /// How much, in its own currency.
  public let amount: AmountRange
}
