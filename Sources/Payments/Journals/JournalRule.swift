/// By what rule the entries of a journal are payments: somebody says it, for no journal does.
public enum JournalRule: String, Sendable, Codable, CaseIterable {
  /// An entry of one credited and one debited account is paid from the first to the second; all others are left out.
  case twoSided = "two-sided"
  /// Entries of several accounts too: each debit is paid by all credited accounts, in proportion to what they gave.
  case proRata = "pro-rata"

  /// What the rule means, and the option that chooses it.
  private var reading: String {
    switch self {
    case .twoSided:
      "entries of one credited and one debited account alone, paid from the credited to the debited: --journal two-sided"
    case .proRata:
      "entries of several accounts as well, each debit shared among the credits in proportion: --journal pro-rata"
    }
  }

  /// The question that a journal asks where nobody says by what rule to read it.
  static func question(_ path: String, _ kind: String) -> PaymentError {
    .question(
      PaymentQuestion(
        path,
        "it is a journal (\(kind)): its entries credit and debit accounts, and do not say who pays whom",
        allCases.map(\.reading)
      )
    )
  }
}
