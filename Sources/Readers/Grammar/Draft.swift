internal import Claims

/// A claim as it is read, before it gets ids and bytes.
struct Draft: Sendable {
  var payer: Int?
  var payee: Int?
  var kind: Deal.Kind
  var status: Claim.Status
  var level: Claim.Level?
  var amount: Amount?
  var start: PartialDate?
  var end: PartialDate?
  var termMonths: Int?
  var teller: String?
  var says: Says?
  var formerPayer: Int?
  /// The tokens it was read from.
  var span: Range<Int>
  /// The rule that read it.
  var rule: String
}

/// A fact as it is read.
struct FactDraft: Sendable {
  var party: Int?
  var counterparty: Int?
  var metric: String
  var amount: Amount
  var start: PartialDate?
  var end: PartialDate?
  var span: Range<Int>
  var rule: String
}

/// What a text is, as far as it shows.
enum TextStyle: Sendable {
  case news, release, filing, comment

  /// The kind of source that the text is.
  var sourceKind: String {
    switch self {
    case .news: "news"
    case .release: "company-statement"
    case .filing: "filing"
    case .comment: "analysis"
    }
  }
}
