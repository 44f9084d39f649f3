public import Tables

/// What one teller said in one source about one deal.
public struct Claim: Record {
  /// How far the arrangement has come, or how it ended.
  public enum Status: String, Sendable, CaseIterable {
    case rumoured, announced, intended, signed, active, completed
    case denied, withdrawn, lapsed, cancelled, novated

    /// Whether the arrangement no longer runs, or never did.
    public var isWayOut: Bool {
      switch self {
      case .denied, .withdrawn, .lapsed, .cancelled, .novated: true
      case .rumoured, .announced, .intended, .signed, .active, .completed: false
      }
    }

    /// Whether the parties are bound.
    public var isBinding: Bool { self == .signed || self == .active || self == .completed }
  }

  /// What the amount of a claim measures.
  public enum Level: String, Sendable, CaseIterable {
    /// A ceiling, a plan, a round number in the press.
    case headline
    /// What a contract binds the parties to.
    case binding
    /// What has been taken up so far.
    case drawn
    /// What moved, or was recognised, in the period `start`–`end`.
    case paid
  }

  /// How a claim speaks of another.
  public enum Relation: String, Sendable, CaseIterable {
    case confirm, deny, amend, supersede, novate
  }

  /// What has to happen before the money moves.
  public enum Condition: String, Sendable, CaseIterable {
    /// Somebody makes use of a right.
    case exercise
    /// Milestones are met.
    case performance
    /// The deal closes.
    case closing
    /// An authority, a board or shareholders agree.
    case approval
    /// Anything else.
    case other
  }

  /// The stored identity.
  public let id: String
  /// The deal spoken of.
  public let deal: String
  /// The source it stands in.
  public let source: String
  /// Whom the source quotes: a party's id or a name; `nil` when the source speaks for itself.
  public let teller: String?
  /// When the source said it; known from the last day.
  public let reported: PartialDate
  /// How far the deal has come by this account; `nil` when the claim says nothing of it.
  public let status: Status?
  /// What the amount measures; not `nil` where there is an amount.
  public let level: Level?
  /// The amount; `nil` when unknown.
  public let amount: AmountRange?
  /// The currency given, even where the amount is unknown.
  public let currency: Currency?
  /// Where the term or the period of payment begins.
  public let start: PartialDate?
  /// Where it ends.
  public let end: PartialDate?
  /// How the amount is spread over the term; `nil` reads as even.
  public let schedule: Schedule?
  /// The claim that this one speaks of.
  public let about: String?
  /// What it says of that claim.
  public let says: Relation?
  /// Who pays from `start` on, when the deal is novated.
  public let newPayer: String?
  /// The words of the source.
  public let quote: String
  /// What an editor wants a reader to know.
  public let note: String
  /// The editor's share of belief that the sentence is right as it stands.
  public let confidence: StrictDecimal?
  /// When the arrangement was signed, by this account.
  public let signed: PartialDate?
  /// What the money depends on; `nil` where it is promised without condition.
  public let condition: Condition?
  /// Whether the amount was stated, estimated or foretold; `nil` reads as stated.
  public let pen: Pen?

  /// The table `claims`.
  public static let table = "claims"
  /// The columns of `claims.csv`.
  public static let columns = [
    "id", "deal", "source", "teller", "reported", "status", "level", "low", "high", "currency",
    "start", "end", "schedule", "about", "says", "new_payer", "quote", "note", "confidence",
  ]
  /// The columns that a `claims.csv` may have besides.
  public static let optionalColumns = ["signed", "condition", "pen"]

  private static func amount(_ fields: Fields, _ currency: Currency?) throws(FieldFault)
    -> AmountRange?
  {
    let (low, high) = try fields.range(allowNegative: false)
    guard low != nil || high != nil else { return nil }
    guard let currency else {
      throw FieldFault(
        column: "currency",
        reason: "the amount has no currency",
        advice: "write its three capital letters, as USD"
      )
    }
    let least = try low.map { (bound) throws(FieldFault) in
      try fields.minorUnits(bound, currency, column: "low")
    }
    let most = try high.map { (bound) throws(FieldFault) in
      try fields.minorUnits(bound, currency, column: "high")
    }
    return AmountRange(low: least, high: most, currency: currency)
  }

  /// What one cell asks of another.
  private func checkAgreement() throws(FieldFault) {
    if amount != nil, level == nil {
      throw FieldFault(
        column: "level",
        reason: "the amount has no level",
        advice: "say what it measures: headline, binding, drawn or paid"
      )
    }
    if level == .paid, amount != nil, start == nil || end == nil {
      throw FieldFault(
        column: start == nil ? "start" : "end",
        reason: "a payment has no period",
        advice: "give start and end of the period in which it was paid"
      )
    }
    if (about == nil) != (says == nil) {
      throw FieldFault(
        column: about == nil ? "about" : "says",
        reason: "about and says stand together, and one is empty",
        advice: "name the claim and say confirm, deny, amend, supersede or novate"
      )
    }
    if about == id {
      throw FieldFault(
        column: "about",
        reason: "the claim speaks of itself",
        advice: "name another claim"
      )
    }
    if newPayer != nil, says != .novate, status != .novated {
      throw FieldFault(
        column: "new_payer",
        reason: "a new payer needs a novation",
        advice: "write says=novate, or leave new_payer empty"
      )
    }
  }

  /// The term, where both ends are known.
  public var period: Period? {
    guard let start, let end else { return nil }
    return Period(first: start.first, last: end.last)
  }

  /// The cells of the row.
  public var values: [String] {
    [
      id, deal, source, teller ?? "", reported.description, status?.rawValue ?? "",
      level?.rawValue ?? "", amount?.low.map { decimalText($0, currency) } ?? "",
      amount?.high.map { decimalText($0, currency) } ?? "", currency?.code ?? "",
      start?.description ?? "", end?.description ?? "", schedule?.text(currency) ?? "",
      about ?? "", says?.rawValue ?? "", newPayer ?? "", quote, note,
      confidence?.description ?? "", signed?.description ?? "", condition?.rawValue ?? "",
      pen?.rawValue ?? "",
    ]
  }
}

extension Claim {
  /// Reads a row of `claims.csv`.
  public init(_ fields: Fields) throws(FieldFault) {
    id = try fields.identifier("id")
    deal = try fields.identifier("deal")
    source = try fields.identifier("source")
    let teller = try fields.text("teller")
    self.teller = teller.isEmpty ? nil : teller
    reported = try fields.date("reported")
    status = try fields.optionalChoice("status", Status.self)
    level = try fields.optionalChoice("level", Level.self)
    currency = try fields.text("currency").isEmpty ? nil : fields.currency("currency")
    amount = try Self.amount(fields, currency)
    (start, end) = try fields.term()
    schedule = try Schedule.read(fields, currency: currency)
    about = try fields.optionalIdentifier("about")
    says = try fields.optionalChoice("says", Relation.self)
    newPayer = try fields.optionalIdentifier("new_payer")
    quote = try fields.text("quote")
    note = try fields.text("note")
    confidence = try fields.confidence()
    signed = try fields.optionalDate("signed")
    condition = try fields.optionalChoice("condition", Condition.self)
    pen = try fields.optionalChoice("pen", Pen.self)
    try checkAgreement()
  }

  /// A claim of typed parts, held to what a row is held to.
  ///
  /// - Parameters:
  ///   - id: The stored identity.
  ///   - deal: The deal spoken of.
  ///   - source: The source it stands in.
  ///   - reported: When the source said it.
  ///   - teller: Whom the source quotes: a party's id or a name.
  ///   - status: How far the deal has come by this account.
  ///   - level: What the amount measures.
  ///   - amount: The amount.
  ///   - start: Where the term or the period of payment begins.
  ///   - end: Where it ends.
  ///   - schedule: How the amount is spread over the term.
  ///   - about: The claim that this one speaks of.
  ///   - says: What it says of that claim.
  ///   - newPayer: Who pays from `start` on.
  ///   - quote: The words of the source.
  ///   - note: What an editor wants a reader to know.
  ///   - confidence: The editor's share of belief.
  ///   - signed: When the arrangement was signed.
  ///   - condition: What the money depends on.
  ///   - pen: Whether the amount was stated, estimated or foretold.
  /// - Throws: ``FieldFault`` for the first part that a row could not have.
  public init(
    id: String,
    deal: String,
    source: String,
    reported: PartialDate,
    teller: String? = nil,
    status: Status? = nil,
    level: Level? = nil,
    amount: AmountRange? = nil,
    start: PartialDate? = nil,
    end: PartialDate? = nil,
    schedule: Schedule? = nil,
    about: String? = nil,
    says: Relation? = nil,
    newPayer: String? = nil,
    quote: String = "",
    note: String = "",
    confidence: StrictDecimal? = nil,
    signed: PartialDate? = nil,
    condition: Condition? = nil,
    pen: Pen? = nil
  ) throws(FieldFault) {
    let row = Claim(
      id: id,
      deal: deal,
      source: source,
      teller: teller,
      reported: reported,
      status: status,
      level: level,
      amount: amount,
      currency: amount?.currency,
      start: start,
      end: end,
      schedule: schedule,
      about: about,
      says: says,
      newPayer: newPayer,
      quote: quote,
      note: note,
      confidence: confidence,
      signed: signed,
      condition: condition,
      pen: pen
    )
    try self.init(row.fields)
  }
}
