public import Claims

/// The days on which something was said of deals, and of how many claims each.
public struct NewsCalendar: Codable, Sendable {
  /// One day with news.
  public struct NewsDay: Codable, Sendable {
    /// The day.
    public let day: String
    /// How many claims were reported on it.
    public let claims: Int
  }

  /// The days, the earliest first.
  public let days: [NewsDay]

  /// Counts the claims of a book by the day from which they are known.
  ///
  /// - Parameter contents: The book.
  public init(_ contents: BookContents) {
    let counts = Dictionary(contents.claims.map { ($0.reported.last, 1) }, uniquingKeysWith: +)
    days = counts.sorted { $0.key < $1.key }
      .map { NewsDay(day: $0.key.description, claims: $0.value) }
  }
}
