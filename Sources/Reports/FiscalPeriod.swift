package import Claims
internal import Tables

/// A fiscal year or quarter of a company, as `FY2025:nvidia` or `FY2025Q3:microsoft` names it.
///
/// The year bears the number of the calendar year in which it ends, as companies of this sector count. Its days are
/// those of the year-long figures that the book has of the company; nothing is reckoned from other years.
package struct FiscalPeriod: Sendable, Equatable {
  /// The number of the year.
  package let year: Int
  /// Which quarter, 1 to 4; `nil` for the year.
  package let quarter: Int?
  /// The company, in the words of whoever asks.
  package let company: String

  /// Why there is no such period.
  package struct Unknown: Error, Equatable, CustomStringConvertible {
    /// What is missing, and what the book has.
    package let description: String
  }

  /// Reads `FY2025:nvidia` or `FY2025Q3:nvidia`; `nil` for anything else.
  ///
  /// - Parameter text: The words.
  package init?(_ text: String) {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, text.uppercased().hasPrefix("FY") else { return nil }
    let digits = parts[0].dropFirst(2).uppercased().split(
      separator: "Q",
      omittingEmptySubsequences: false
    )
    guard let year = Int(digits[0]), digits[0].count == 4, digits.count < 3 else { return nil }
    let quarter = digits.count == 2 ? Int(digits[1]) : nil
    guard digits.count == 1 || (1...4).contains(quarter ?? 0) else { return nil }
    (self.year, self.quarter, company) = (year, quarter, String(parts[1]))
  }

  /// The days of the period.
  ///
  /// - Parameters:
  ///   - party: The company, by id.
  ///   - view: The book, as known on a day.
  /// - Returns: The days.
  /// - Throws: ``Unknown`` where the book has no figure of so long a time that ends then.
  package func days(of party: String, in view: View) throws(Unknown) -> Period {
    let periods = view.facts.filter { $0.party == party }.compactMap(\.period)
    let years = Self.byEnd(periods.filter { (350...380).contains($0.dayCount) })
    guard let whole = years[year] else {
      let known = years.keys.sorted().map { "FY\($0)" }.joined(separator: ", ")
      throw Unknown(
        description: known.isEmpty
          ? "the book has no figure of a whole year of \(view.name(party)); write --period as two dates"
          : "the book has no figure of FY\(year) of \(view.name(party)); it has \(known)"
      )
    }
    guard let quarter else { return whole }
    let quarters = Set(periods.filter { (80...100).contains($0.dayCount) && whole.contains($0) })
    let place = { (period: Period) in
      Int((Double(period.first.ordinal - whole.first.ordinal) / 91.25).rounded()) + 1
    }
    guard let found = quarters.first(where: { place($0) == quarter }) else {
      throw Unknown(
        description:
          "the book has no figure of the \(quarter). quarter of FY\(year) of \(view.name(party)); the year is \(whole)"
      )
    }
    return found
  }

  /// By the year in which they end, the periods that most figures have; of equals the later.
  private static func byEnd(_ periods: [Period]) -> [Int: Period] {
    Dictionary(grouping: periods) { $0.last.components.year }.mapValues { same in
      let counts = Dictionary(same.map { ($0, 1) }, uniquingKeysWith: +)
      return counts.max { ($0.value, $0.key.last) < ($1.value, $1.key.last) }?.key ?? same[0]
    }
  }
}
