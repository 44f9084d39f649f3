package import Claims

/// What a dollar is worth as evidence, best first.
///
/// The first five have moved; the last two have not, and stand apart from them.
public enum Grade: String, Sendable, CaseIterable, Comparable {
  /// Stated for this pair and period by a filing, a court, or a party speaking for itself, or plain arithmetic on
  /// what they state.
  case disclosed
  /// The same from the press: people who saw documents, unnamed people, leaks.
  case press
  /// An estimate for this pair and period, a forecast made before the period was over, or a rumour.
  case estimated
  /// A stated total whose timing nobody stated, and binding money whose day has passed without a word that it was
  /// paid, laid on days by a rule.
  case spread
  /// Filled in from totals.
  case filledIn = "filled_in"
  /// Binding, and later than the day of the view.
  case due
  /// Promised on a condition, as an option, as "up to", or as a headline.
  case conditional

  /// What was said, by how far its teller is trusted and with what pen it was written.
  package init(_ trust: Trust, _ pen: Pen) {
    switch (pen, trust) {
    case (.stated, .filing), (.stated, .statement): self = .disclosed
    case (.stated, .news): self = .press
    default: self = .estimated
    }
  }

  /// The grade in words.
  public var words: String { self == .filledIn ? "filled in" : rawValue }

  /// Whether the money has moved by somebody's word, and no rule or total was needed.
  public var isKnown: Bool { self <= .press }

  private var rank: Int {
    switch self {
    case .disclosed: 0
    case .press: 1
    case .estimated: 2
    case .spread: 3
    case .filledIn: 4
    case .due: 5
    case .conditional: 6
    }
  }

  /// Orders from best to worst.
  public static func < (left: Grade, right: Grade) -> Bool { left.rank < right.rank }
}
