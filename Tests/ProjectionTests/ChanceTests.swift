import Testing

@testable import Projection

@Suite struct ChanceTests {
  /// Quantiles of the normal distribution from any table.
  @Test func normalQuantiles() {
    for (p, z) in [(0.5, 0), (0.975, 1.959964), (0.01, -2.326348), (0.9999, 3.719016)] {
      #expect(abs(NormalQuantile.value(at: p) - z) < 1e-6)
    }
  }

  /// Each slot, month and path has a number of its own; the same question the same answer.
  @Test func slotsAreApart() {
    let chance = Chance(seed: 7, path: 3)
    var seen: Set<Double> = []
    for slot in 0..<50 {
      for month in 0..<20 { seen.insert(chance.unit(slot, month: month)) }
    }
    #expect(seen.count == 1000)
    #expect(chance.unit(4, month: 2) == Chance(seed: 7, path: 3).unit(4, month: 2))
    #expect(chance.unit(4, month: 2) != Chance(seed: 8, path: 3).unit(4, month: 2))
  }
}

@Suite struct QuantityTests {
  /// Values that can be worked out on paper.
  @Test func inversion() {
    #expect(Quantity.uniform(low: 2, high: 6).value(at: 0.25) == 3)
    #expect(Quantity.triangular(low: 0, mode: 1, high: 2).central == 1)
    #expect(abs(Quantity.triangular(low: 0, mode: 0, high: 1).value(at: 0.75) - 0.5) < 1e-12)
    #expect(Quantity.normal(mean: 3, deviation: 2).central == 3)
    #expect(abs(Quantity.lognormal(median: 5, sigma: 1).central - 5) < 1e-12)
    let choice = Quantity.choice([.init(value: 1, weight: 0.3), .init(value: 9, weight: 0.7)])
    #expect(choice.value(at: 0.29) == 1 && choice.value(at: 0.31) == 9)
  }

  /// A bin gives back every amount within one part in 128.
  @Test(arguments: 0..<200) func bins(seed: Int) {
    var random = RandomAmounts(seed: UInt64(seed))
    let cents = random.next()
    let back = LogBins.cents(LogBins.bin(cents))
    let size = Double(cents.magnitude)
    #expect(abs(back - Double(cents)) <= max(size / 128, size < 0x1p27 ? size : 0))
    #expect(LogBins.bin(-cents) == LogBins.count - 1 - LogBins.bin(cents))
  }
}

/// Amounts of every size.
private struct RandomAmounts {
  private let chance: Chance
  init(seed: UInt64) { chance = Chance(seed: seed, path: 0) }
  mutating func next() -> Int64 {
    let bits = Int(chance.unit(0, month: 0) * 50)
    return Int64(chance.unit(1, month: 0) * Double(UInt64(1) << UInt64(bits)))
  }
}
