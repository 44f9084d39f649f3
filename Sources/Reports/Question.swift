public import Claims
public import Networks

/// What is asked of a book: a value that can be written down and asked again.
///
/// Whose word counts and what is admitted, for which days, and how what nobody said is dealt with. Asked of
/// the same book it has the same answer, to the bit: whatever else a report shows follows from it.
public struct Question: Sendable, Equatable {
  /// The day, the tellers and the policy.
  public var view: ViewRequest
  /// Only what the book knew by then; `nil` for all it knows.
  public var recordedBy: String?
  /// The period of the flows.
  public var period: Period
  /// Which money the loops and the provenance are of.
  public var basis: Basis
  /// How unknown flows are filled in there.
  public var completion: CompletionMethod
  /// Where chance begins.
  public var seed: UInt64
  /// How many draws the ranges rest on.
  public var samples: Int
  /// Whether parties are counted by group.
  public var isConsolidated: Bool
  /// The parties of the sector under study, by id; `nil` for those that the book says are inside.
  public var inside: [String]?

  /// Asks for the flows of a period, unknown ones filled in, unless told otherwise.
  ///
  /// - Parameters:
  ///   - view: The day, the tellers and the policy.
  ///   - recordedBy: Only what the book knew by then.
  ///   - period: The period of the flows; the last full year before the day where there is none.
  ///   - basis: Which money the loops and the provenance are of.
  ///   - completion: How unknown flows are filled in there.
  ///   - seed: Where chance begins.
  ///   - samples: How many draws the ranges rest on.
  ///   - isConsolidated: Whether parties are counted by group.
  ///   - inside: The parties of the sector under study, where they are others than the book says.
  public init(
    view: ViewRequest,
    recordedBy: String? = nil,
    period: Period? = nil,
    basis: Basis = .flows,
    completion: CompletionMethod = .entropy,
    seed: UInt64 = 1,
    samples: Int = 200,
    isConsolidated: Bool = true,
    inside: [String]? = nil
  ) {
    self.view = view
    self.recordedBy = recordedBy
    self.period = period ?? Self.lastFullYear(before: view.asOf)
    self.basis = basis
    self.completion = completion
    self.seed = seed
    self.samples = samples
    self.isConsolidated = isConsolidated
    self.inside = inside
  }

  /// The last calendar year that is over on `day`.
  public static func lastFullYear(before day: Day) -> Period {
    Period(.year(max(1, day.components.year - 1)))
  }

  /// The days that amounts are laid on: those of the period, or the day of the view for commitments.
  func days(of basis: Basis) -> Period {
    basis == .flows ? period : Period(.day(view.asOf))
  }
}

extension Question: Codable {
  private enum Key: String, CodingKey {
    case asOf = "as_of"
    case toldBy = "told_by"
    case recordedBy = "recorded_by"
    case isConsolidated = "consolidated"
    case policy, period, basis, completion, seed, samples, inside
  }

  /// Writes days and choices in words, as the command takes them.
  ///
  /// - Parameter encoder: Where to.
  /// - Throws: What the encoder throws.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(view.asOf.description, forKey: .asOf)
    try container.encode(view.toldBy, forKey: .toldBy)
    try container.encode(view.policy.rawValue, forKey: .policy)
    try container.encodeIfPresent(recordedBy, forKey: .recordedBy)
    try container.encode(period.description, forKey: .period)
    try container.encode(basis.rawValue, forKey: .basis)
    try container.encode(completion.rawValue, forKey: .completion)
    try container.encode(seed, forKey: .seed)
    try container.encode(samples, forKey: .samples)
    try container.encode(isConsolidated, forKey: .isConsolidated)
    try container.encodeIfPresent(inside, forKey: .inside)
  }

  /// Reads a question that was written down.
  ///
  /// - Parameter decoder: Where from.
  /// - Throws: `DecodingError` for a day, a period or a choice that is none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func read<Value>(_ key: Key, _ parse: (String) -> Value?) throws -> Value {
      let text = try container.decode(String.self, forKey: key)
      guard let value = parse(text) else {
        throw DecodingError.dataCorruptedError(
          forKey: key,
          in: container,
          debugDescription: "\(key.rawValue) cannot be \(text)"
        )
      }
      return value
    }
    self.init(
      view: ViewRequest(
        asOf: try read(.asOf) { PartialDate($0)?.last },
        toldBy: try container.decode([String].self, forKey: .toldBy),
        policy: try read(.policy, Policy.init(rawValue:))
      ),
      recordedBy: try container.decodeIfPresent(String.self, forKey: .recordedBy),
      period: try read(.period) { Period(text: $0) },
      basis: try read(.basis, Basis.init(rawValue:)),
      completion: try read(.completion, CompletionMethod.init(rawValue:)),
      seed: try container.decode(UInt64.self, forKey: .seed),
      samples: try container.decode(Int.self, forKey: .samples),
      isConsolidated: try container.decode(Bool.self, forKey: .isConsolidated),
      inside: try container.decodeIfPresent([String].self, forKey: .inside)
    )
  }
}
