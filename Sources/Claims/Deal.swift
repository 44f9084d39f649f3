public import Tables

/// One arrangement under which a payer pays a payee.
public struct Deal: Record {
  /// What the money is for.
  public enum Kind: String, Sendable, CaseIterable {
    case purchase, option, lease
    case revenueShare = "revenue-share"
    case backstop, equity, convertible, warrant, loan, facility, grant

    /// Whether money runs only once somebody exercises or calls.
    public var isContingent: Bool { self == .option || self == .backstop || self == .warrant }

    /// Whether the payee books the money as revenue: what it sells, lets or licenses.
    public var isRevenue: Bool {
      switch self {
      case .purchase, .option, .lease, .revenueShare, .backstop: true
      case .equity, .convertible, .warrant, .loan, .facility, .grant: false
      }
    }
  }

  /// The stored identity.
  public let id: String
  /// Who pays.
  public let payer: String
  /// Who is paid.
  public let payee: String
  /// What the money is for.
  public let kind: Kind
  /// A short plain phrase.
  public let title: String
  /// How much is delivered, in `capacityUnit`.
  public let capacity: StrictDecimal?
  /// `GW`, `GPUs`, `shares`.
  public let capacityUnit: String
  /// What an editor wants a reader to know.
  public let note: String
  /// The segment of the payee that is paid; empty for the whole.
  public let part: String

  /// The table `deals`.
  public static let table = "deals"
  /// The columns of `deals.csv`.
  public static let columns = [
    "id", "payer", "payee", "kind", "title", "capacity", "capacity_unit", "note",
  ]
  /// The columns that a `deals.csv` may have besides.
  public static let optionalColumns = ["part"]

  /// The cells of the row.
  public var values: [String] {
    [
      id, payer, payee, kind.rawValue, title, capacity?.description ?? "", capacityUnit, note, part,
    ]
  }
}

extension Deal {
  /// Reads a row of `deals.csv`.
  public init(_ fields: Fields) throws(FieldFault) {
    id = try fields.identifier("id")
    payer = try fields.identifier("payer")
    payee = try fields.identifier("payee")
    kind = try fields.choice("kind", Kind.self)
    title = try fields.required("title")
    capacity = try fields.decimal("capacity")
    capacityUnit = try fields.text("capacity_unit")
    note = try fields.text("note")
    part = try fields.text("part")
    if payer == payee {
      throw FieldFault(
        column: "payee",
        reason: "\(payee) would pay itself",
        advice: "name two parties; money within one party is a fact about it"
      )
    }
    if let capacity, capacity.isNegative {
      throw FieldFault(
        column: "capacity",
        reason: "\(capacity) is negative, which cannot be here",
        advice: "give the capacity without a sign"
      )
    }
  }

  /// A deal of typed parts, held to what a row is held to.
  ///
  /// - Parameters:
  ///   - id: The stored identity.
  ///   - payer: Who pays.
  ///   - payee: Who is paid.
  ///   - kind: What the money is for.
  ///   - title: A short plain phrase.
  ///   - note: What an editor wants a reader to know.
  ///   - capacity: How much is delivered.
  ///   - capacityUnit: What `capacity` is counted in.
  ///   - part: The segment of the payee that is paid.
  /// - Throws: ``FieldFault`` for the first part that a row could not have.
  public init(
    id: String,
    payer: String,
    payee: String,
    kind: Kind,
    title: String,
    note: String = "",
    capacity: StrictDecimal? = nil,
    capacityUnit: String = "",
    part: String = ""
  ) throws(FieldFault) {
    let row = Deal(
      id: id,
      payer: payer,
      payee: payee,
      kind: kind,
      title: title,
      capacity: capacity,
      capacityUnit: capacityUnit,
      note: note,
      part: part
    )
    try self.init(row.fields)
  }
}
