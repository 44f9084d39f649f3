public import Tables

/// How far a claim or a fact is trusted against others: by who tells it, and where.
public enum Trust: Int, Sendable, Comparable, CaseIterable, CustomStringConvertible {
  /// Said to be a rumour, or held so unlikely by the editor that it counts as one.
  case rumour
  /// An analyst's or a commentator's own reckoning.
  case analysis
  /// A news report or a data service.
  case news
  /// A statement by a party to the deal, wherever it is quoted.
  case statement
  /// A filing or a court paper.
  case filing

  /// The confidence under which any claim counts as a rumour.
  public static let leastConfidence = StrictDecimal("0.25") ?? StrictDecimal(0)

  init(
    source: Source,
    tellerIsParty: Bool,
    confidence: StrictDecimal?,
    isRumoured: Bool
  ) {
    if isRumoured || confidence.map({ $0 < Self.leastConfidence }) == true {
      self = .rumour
      return
    }
    switch source.kind {
    case .filing, .court: self = .filing
    case .companyStatement: self = .statement
    case .news, .data: self = tellerIsParty ? .statement : .news
    case .analysis: self = tellerIsParty ? .statement : .analysis
    }
  }

  /// The class in a word.
  public var description: String {
    switch self {
    case .rumour: "rumour"
    case .analysis: "analysis"
    case .news: "news"
    case .statement: "statement"
    case .filing: "filing"
    }
  }

  /// Orders from least to most trusted.
  public static func < (left: Trust, right: Trust) -> Bool { left.rawValue < right.rawValue }
}
