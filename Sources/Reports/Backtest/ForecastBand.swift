package import Claims

/// What a projection says of one figure: the middle, the half, and the four fifths of its paths.
package struct ForecastBand: Codable, Sendable, Equatable {
  /// One path in ten has less.
  package let p10: Double
  /// One path in four has less.
  package let p25: Double
  /// Half of the paths have less.
  package let p50: Double
  /// Three paths in four have less.
  package let p75: Double
  /// Nine paths in ten have less.
  package let p90: Double

  /// Bands by their ends, which may not cross.
  package init(p10: Double, p25: Double, p50: Double, p75: Double, p90: Double) {
    (self.p10, self.p25, self.p50, self.p75, self.p90) = (p10, p25, p50, p75, p90)
  }

  /// The bands of some paths, between two of them by a straight line (Hyndman and Fan 1996, definition 7).
  ///
  /// - Parameter paths: What the figure comes to on each path, at least one.
  package init(of paths: [Double]) {
    let sorted = paths.sorted()
    func quantile(_ share: Double) -> Double { Self.quantile(share, ofSorted: sorted) }
    self.init(
      p10: quantile(0.1),
      p25: quantile(0.25),
      p50: quantile(0.5),
      p75: quantile(0.75),
      p90: quantile(0.9)
    )
  }

  /// What a share of some numbers is below, between two of them by a straight line.
  static func quantile(_ share: Double, ofSorted sorted: [Double]) -> Double {
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted[sorted.count - 1] }
    return sorted[below] + (place - Double(below)) * (sorted[below + 1] - sorted[below])
  }

  /// The same middle, and each side of a band so many times as wide.
  ///
  /// - Parameter factors: What to multiply the sides of the half and of the four fifths by.
  /// - Returns: The wider or narrower bands.
  package func widened(by factors: BandFit.Factors) -> ForecastBand {
    func moved(_ end: Double, _ factor: Double) -> Double { p50 + factor * (end - p50) }
    return ForecastBand(
      p10: moved(p10, factors.fourFifths),
      p25: moved(p25, factors.half),
      p50: p50,
      p75: moved(p75, factors.half),
      p90: moved(p90, factors.fourFifths)
    )
  }

  /// Whether any of `range` lies in the half of the paths.
  package func halfHolds(_ range: ClosedRange<Double>) -> Bool { (p25...p75).overlaps(range) }

  /// Whether any of `range` lies in four fifths of the paths.
  package func fourFifthsHold(_ range: ClosedRange<Double>) -> Bool { (p10...p90).overlaps(range) }

  /// The interval score of the band of four fifths: its width, and ten times as far as what came lies outside
  /// (Gneiting and Raftery 2007, equation 43); the less, the better.
  ///
  /// - Parameter range: What came; of a range the end that lies nearest.
  /// - Returns: The score, in the unit of the figure.
  package func score(of range: ClosedRange<Double>) -> Double {
    Self.score(p10...p90, of: range)
  }

  /// The interval score of a single number, as a band without width.
  ///
  /// - Parameters:
  ///   - point: The number.
  ///   - range: What came.
  /// - Returns: The score, in the unit of the figure.
  package static func score(point: Double, of range: ClosedRange<Double>) -> Double {
    score(point...point, of: range)
  }

  private static func score(_ band: ClosedRange<Double>, of range: ClosedRange<Double>) -> Double {
    let outside = max(0, band.lowerBound - range.upperBound, range.lowerBound - band.upperBound)
    return band.upperBound - band.lowerBound + 2 / 0.2 * outside
  }
}

/// How many times as wide bands have to be for what came, found on one day's forecasts and tried on another's.
package struct BandFit: Codable, Sendable, Equatable {
  /// What to multiply each side of a band by.
  package struct Factors: Codable, Sendable, Equatable {
    /// The half of the paths.
    package let half: Double
    /// Four fifths of them.
    package let fourFifths: Double

    /// Factors by what they multiply.
    package init(half: Double, fourFifths: Double) {
      (self.half, self.fourFifths) = (half, fourFifths)
    }

    private enum CodingKeys: String, CodingKey {
      case half
      case fourFifths = "four_fifths"
    }
  }

  /// The day whose forecasts it was found on.
  package let from: String
  /// How many figures had come by the day of the forecasts that it is tried on.
  package let figures: Int
  /// The factors; `nil` where too few figures came to say.
  @Nullable package private(set) var factors: Factors?

  /// Finds the factors: those for which as many of the figures lie inside as should of one more (split conformal
  /// prediction, Lei and others 2018, section 2.2).
  ///
  /// - Parameters:
  ///   - from: The day of the forecasts.
  ///   - pairs: Forecasts and what came.
  package init(from: String, _ pairs: [(band: ForecastBand, came: ClosedRange<Double>)]) {
    self.from = from
    figures = pairs.count
    func factor(_ share: Double, _ ends: (ForecastBand) -> (Double, Double)) -> Double? {
      let place = Int((share * Double(pairs.count + 1)).rounded(.up))
      guard place <= pairs.count, place > 0 else { return nil }
      let needed = pairs.map { Self.needed($0.came, $0.band.p50, ends($0.band)) }.sorted()
      return needed[place - 1].isFinite ? needed[place - 1] : nil
    }
    guard let half = factor(0.5, { ($0.p25, $0.p75) }),
      let most = factor(0.8, { ($0.p10, $0.p90) })
    else { return }
    factors = Factors(half: half, fourFifths: most)
  }

  /// How many times as wide a side has to be to reach what came.
  private static func needed(
    _ came: ClosedRange<Double>,
    _ middle: Double,
    _ ends: (Double, Double)
  ) -> Double {
    if came.contains(middle) { return 0 }
    return came.lowerBound > middle
      ? (came.lowerBound - middle) / (ends.1 - middle)
      : (middle - came.upperBound) / (middle - ends.0)
  }
}
