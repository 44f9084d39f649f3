public import Claims
public import Tables

/// What a claim does to an earlier one, in the text or before it.
public enum Says: String, Sendable, Encodable {
  /// The same again, by another or with a better amount.
  case confirms
  /// It is not so.
  case denies
  /// The arrangement itself changed.
  case amends
  /// The teller corrects an earlier account.
  case supersedes
  /// Somebody else takes it over.
  case novates
}

/// The words something was read from.
public struct Span: Sendable, Equatable, Encodable {
  /// The first byte of the text, UTF-8.
  public let start: Int
  /// The byte after the last.
  public let end: Int
  /// The words.
  public let text: String
}

/// A bound of an amount, exact, that JSON shows as a number.
public struct Bound: Sendable, Equatable, Encodable {
  /// The number.
  public let value: StrictDecimal

  /// A number as it is written in a book; `nil` for anything else.
  public init?(text: String) {
    guard let value = StrictDecimal(text) else { return nil }
    self.init(value: value)
  }

  /// An amount in minor units of a currency with so many digits behind the point.
  public init?(minorUnits: Int64, digits: Int) {
    guard let value = StrictDecimal(minorUnits).shifted(by: -digits) else { return nil }
    self.init(value: value)
  }

  init(value: StrictDecimal) { self.value = value }

  /// The number in minor units of a currency with so many digits behind the point; `nil` where it is not whole or too large.
  public func minorUnits(_ digits: Int) -> Int64? { value.scaled(by: digits) }

  /// The number as people write it, exact: `3.16bn`, `88.24m`, `6`.
  public var short: String {
    for (zeros, word) in [(9, "bn"), (6, "m")] where value.double >= (zeros == 9 ? 1e9 : 1e6) {
      if let part = value.shifted(by: -zeros) { return part.description + word }
    }
    return value.description
  }

  /// Writes a whole number as one.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let whole = value.scaled(by: 0) {
      try container.encode(whole)
    } else {
      try container.encode(value.double)
    }
  }
}

/// A claim that a reader proposes, with the words it was read from.
public struct ClaimCandidate: Sendable, Equatable, Encodable {
  /// Who pays: the id of a book, or one made of the name.
  public var payer: String
  /// Who is paid.
  public var payee: String
  /// What the money is for.
  public var kind: String
  /// How far the arrangement has come.
  public var status: String
  /// What the amount measures.
  @Nullable public var level: String?
  /// The least it can be.
  @Nullable public var low: Bound?
  /// The most it can be.
  @Nullable public var high: Bound?
  /// The currency of money.
  @Nullable public var currency: String?
  /// The currency, or what is counted.
  @Nullable public var unit: String?
  /// `year`, `month`: the amount is for each of them.
  @Nullable public var per: String?
  /// Where the term or the period of payment begins.
  @Nullable public var start: String?
  /// Where it ends.
  @Nullable public var end: String?
  /// A stated length.
  @Nullable public var termMonths: Int?
  /// Who says so; `nil` where the text speaks for itself.
  @Nullable public var teller: String?
  /// What it does to an earlier account.
  @Nullable public var says: Says?
  /// Who paid before, when somebody took over.
  @Nullable public var fromPayer: String?
  /// The deal of the book that it belongs to.
  @Nullable public var deal: String?
  /// The claim of the book that it speaks of.
  @Nullable public var about: String?
  /// The words it was read from.
  public var span: Span
  /// The rule and the words that decided.
  public var because: String
}

/// A fact that a reader proposes.
public struct FactCandidate: Sendable, Equatable, Encodable {
  /// Whom it is about.
  public let party: String
  /// The other side, where there is one.
  @Nullable public var counterparty: String?
  /// What is measured.
  public let metric: String
  /// The least it can be.
  @Nullable public var low: Bound?
  /// The most it can be.
  @Nullable public var high: Bound?
  /// A currency, or `percent`.
  public let unit: String
  /// Where the period begins.
  @Nullable public var start: String?
  /// Where it ends.
  @Nullable public var end: String?
  /// Who says so.
  @Nullable public var teller: String?
  /// The words it was read from.
  public let span: Span
  /// The rule and the words that decided.
  public let because: String
}

/// An amount that is no deal, with why.
public struct RefusedAmount: Sendable, Equatable, Encodable {
  /// The words.
  public let span: Span
  /// Why it is none.
  public let because: String
}

/// What a text says of who pays whom.
public struct DocumentReading: Sendable, Equatable, Encodable {
  /// Who published it.
  @Nullable public var publisher: String?
  /// When.
  @Nullable public var published: String?
  /// What sort of source it is: `filing`, `company-statement`, `news` or `analysis`.
  public let sourceKind: String
  /// The claims, in the order of the text.
  public let claims: [ClaimCandidate]
  /// The facts.
  public let facts: [FactCandidate]
  /// Amounts that are no deal.
  public let notClaims: [RefusedAmount]
  /// Who is spoken of, with every name the text gives them.
  public let parties: [String: [String]]
}
