package import Claims
internal import Tables

/// How many US cents one minor unit of each currency is worth, from the facts of a view.
///
/// A rate stated as a range makes a range of every amount, and so do rates of one day that differ and
/// were reported last on one day. Where a range has one bound only, that bound is the rate.
package struct ExchangeRates: Sendable {
  /// The worth of one minor unit, and the facts that say so.
  private struct Rate {
    var cents: Estimate
    var evidence: [Evidence]
  }

  private var rates: [Currency: Rate]

  /// Takes for each currency the rate reported last.
  package init(_ view: View) {
    var latest: [Currency: [Fact]] = [:]
    for fact in view.facts where fact.metric == .exchangeRate {
      guard case .currency(let currency) = fact.unit, fact.isRate else { continue }
      guard let known = latest[currency]?.first, known.rateDays >= fact.rateDays else {
        latest[currency] = [fact]
        continue
      }
      if known.rateDays == fact.rateDays { latest[currency]?.append(fact) }
    }
    rates = latest.compactMapValues(Self.rate)
  }

  /// The rate that `facts`, of one currency and day, allow together; of several that differ the middle.
  private static func rate(_ facts: [Fact]) -> Rate? {
    let worths = facts.compactMap(\.centsPerMinorUnit)
    guard var cents = worths.first else { return nil }
    cents.low = worths.map(\.low).min() ?? cents.low
    cents.high = worths.map(\.high).max() ?? cents.high
    if worths.contains(where: { $0.point != cents.point }) {
      cents.point = cents.low + (cents.high - cents.low) / 2
    }
    cents.hasPoint = cents.low == cents.high
    return Rate(cents: cents, evidence: facts.map { .fact($0.id) })
  }

  /// The range in cents, or `nil` where the book has no rate for its currency.
  package func estimate(_ range: AmountRange) -> Estimate? {
    if range.currency == .usDollar { return Estimate(range) }
    return rates[range.currency].map { Estimate(range).times($0.cents) }
  }

  /// The same without the rate of `currency`.
  func without(_ currency: Currency) -> ExchangeRates {
    var other = self
    other.rates[currency] = nil
    return other
  }

  /// The facts that the rate of `currency` rests on.
  func evidence(_ currency: Currency) -> [Evidence] { rates[currency]?.evidence ?? [] }
}

extension Fact {
  /// When it was reported, and of which day it is.
  fileprivate var rateDays: (reported: Day, of: Day) {
    (reported.last, (end ?? start)?.last ?? reported.last)
  }

  /// Whether it gives a number of its currency that a dollar can buy.
  fileprivate var isRate: Bool {
    [low, high].compactMap(\.self).allSatisfy { $0 > StrictDecimal(0) } && (low ?? high) != nil
  }

  /// What a minor unit of its currency is worth in cents, least where a dollar buys the most.
  fileprivate var centsPerMinorUnit: Estimate? {
    guard case .currency(let currency) = unit, let least = low ?? high, let most = high ?? low
    else { return nil }
    let units = Double(currency.minorUnitsPerUnit)
    let worth = { (perDollar: Double) in 100 / (perDollar * units) }
    return Estimate(
      low: worth(most.double),
      point: worth(least.double + (most.double - least.double) / 2),
      high: worth(least.double)
    )
  }
}

extension Estimate {
  /// The product with a `rate` whose bounds are above zero; amounts below zero keep their order.
  fileprivate func times(_ rate: Estimate) -> Estimate {
    Estimate(
      low: low * (low < 0 ? rate.high : rate.low),
      point: point * rate.point,
      high: high * (high < 0 ? rate.low : rate.high),
      hasPoint: hasPoint && rate.hasPoint && !rate.isRange,
      isOpen: isOpen
    )
  }
}
