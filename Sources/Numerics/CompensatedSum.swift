/// A running sum that keeps what rounding would lose (Neumaier's variant of Kahan's sum).
///
/// Sums of 10⁷ amounts come out right to the last place or two, which is what lets a tolerance of
/// 10⁻¹² tell a party that balances from one that does not.
@usableFromInline package struct CompensatedSum: Sendable {
  @usableFromInline var sum = 0.0
  @usableFromInline var lost = 0.0

  /// A sum of nothing.
  @inlinable package init() {}

  /// The sum of `values`, in their order.
  @inlinable package init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Adds one value.
  @inlinable package mutating func add(_ value: Double) {
    let next = sum + value
    lost += sum.magnitude >= value.magnitude ? (sum - next) + value : (value - next) + sum
    sum = next
  }

  /// The sum so far.
  ///
  /// Infinite where the values add up to more than a number can hold.
  @inlinable package var value: Double { sum.isFinite ? sum + lost : sum }
}

extension Sequence<Double> {
  /// The sum of the values in their order, without the loss of plain addition.
  @inlinable package var compensatedSum: Double { CompensatedSum(self).value }
}
