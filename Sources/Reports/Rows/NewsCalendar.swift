package import Claims

/// The days on which something was said of deals, and of how many claims each.
package struct NewsCalendar: Codable, Sendable {
  /// One day with news.
  package struct NewsDay: Codable, Sendable {
    /// The day.
    package let day: String
    /// How many claims were reported on it.
    package let claims: Int
  }

  /// The days, the earliest first.
  package let days: [NewsDay]

  /// Counts the claims of a book by the day from which they are known.
  ///
  /// - Parameter contents: The book.
  package init(_ contents: BookContents) {
    let counts = Dictionary(contents.claims.map { ($0.reported.last, 1) }, uniquingKeysWith: +)
    days = counts.sorted { $0.key < $1.key }
      .map { NewsDay(day: $0.key.description, claims: $0.value) }
  }
}
