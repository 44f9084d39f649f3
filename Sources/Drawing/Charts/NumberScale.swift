/// Numbers along a line, with round steps.
struct NumberScale {
  let low: Double
  let high: Double
  let from: Double
  let to: Double

  /// A scale that holds the values.
  ///
  /// - Parameters:
  ///   - values: What must fit.
  ///   - from: Where the low end stands.
  ///   - to: Where the high end stands.
  init(_ values: [Double], from: Double, to: Double) {
    let known = values.filter(\.isFinite).map { min(max($0, -1e15), 1e15) }
    let least = known.min() ?? 0
    let most = known.max() ?? 1
    low = least
    high = most > least ? most : least + (least == 0 ? 1 : least.magnitude * 0.1)
    self.from = from
    self.to = to
  }

  /// Where a value stands; what lies beyond an end stands at the end.
  func place(_ value: Double) -> Double {
    let share = (min(max(value, low), high) - low) / (high - low)
    return from + (to - from) * (share.isFinite ? share : 0)
  }

  /// Round values on the scale.
  ///
  /// - Parameter spacing: The least distance between two.
  /// - Returns: The values, ascending.
  func ticks(every spacing: Double) -> [Double] {
    let step = step(every: spacing)
    let first = (low / step - 1e-9).rounded(.up)
    let last = (high / step + 1e-9).rounded(.down)
    guard first.isFinite, last.isFinite, last >= first, last - first < 1000 else { return [] }
    return (0...Int(last - first)).map { (first + Double($0)) * step }
  }

  /// The scale with its ends at round values.
  func rounded(every spacing: Double) -> NumberScale {
    let step = step(every: spacing)
    let ends = [
      (low / step + 1e-9).rounded(.down) * step, (high / step - 1e-9).rounded(.up) * step,
    ]
    return NumberScale(ends, from: from, to: to)
  }

  private func step(every spacing: Double) -> Double {
    let count = max((to - from).magnitude / max(spacing, 1), 1)
    let least = (high - low) / count
    var power = 1.0
    while power < least { power *= 10 }
    while power / 10 >= least { power /= 10 }
    return [power / 10, power / 5, power / 4, power / 2].first { $0 >= least } ?? power
  }
}
