internal import Claims
package import Tables

/// A figure of one measure and one period, as it stands and as it was filed before.
package struct FiscalFigure: Sendable, Equatable {
  /// One value that was filed, and where it was filed first.
  package struct Version: Sendable, Equatable {
    /// The value.
    package let value: StrictDecimal
    /// The filing that gave it first; of a value that was worked out, the later of the two it needs.
    package let filing: FilingReference
    /// Where in a document; `nil` where none was read.
    package var place: FiledPlace?
    /// How many filings gave it again.
    package var repeats: Int
  }

  /// How a figure that nobody filed was worked out of two that were filed.
  package struct Derivation: Sendable, Equatable {
    /// In words, as `year less nine months`.
    package let words: String
    /// What was taken away from.
    package let whole: StrictDecimal
    /// What was taken away.
    package let part: StrictDecimal
    /// Whether one of the two was restated since without the other, so that the difference stands as first filed.
    package let isStale: Bool
  }

  /// The same period under another tag of the measure.
  package struct Other: Sendable, Equatable {
    /// The tag.
    package let concept: Concept
    /// What stands under it.
    package let value: StrictDecimal
    /// The filing that gave it last.
    package let filing: FilingReference
  }

  /// What is measured.
  package let measure: FilingMeasure
  /// The tag; of what was worked out of two tags, the first.
  package let concept: Concept
  /// The period, or the day.
  package let period: FiledPeriod
  /// What it is counted in, as `USD`.
  package let unit: String
  /// The values that were filed, each superseding the one before it; at least one.
  package let versions: [Version]
  /// How it was worked out; `nil` where it was filed.
  package let derivation: Derivation?
  /// Figures of the same period under other tags of the measure.
  package let others: [Other]
  /// The period as the company counts it, as `FY2025 Q4`.
  package let fiscalPeriod: String

  /// What stands: the value filed last.
  package var standing: Version { versions[versions.count - 1] }
  /// The value that stands.
  package var value: StrictDecimal { standing.value }
  /// Every value filed for the period under any tag of the measure, and by which.
  package var allValues: [(value: StrictDecimal, concept: Concept)] {
    versions.map { ($0.value, concept) } + others.map { ($0.value, $0.concept) }
  }
}

extension StrictDecimal {
  /// The exact difference; `nil` where it has more digits than we hold.
  func less(_ other: StrictDecimal) -> StrictDecimal? {
    let digits = max(scale, other.scale)
    guard let one = scaled(by: digits), let two = other.scaled(by: digits) else { return nil }
    let (difference, overflow) = one.subtractingReportingOverflow(two)
    return overflow ? nil : StrictDecimal(difference).shifted(by: -digits)
  }
}
