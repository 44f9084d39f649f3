import Claims
import Testing

@Suite struct CurrencyTests {
  @Test(arguments: [
    ("USD", 2, 100), ("EUR", 2, 100), ("JPY", 0, 1), ("KRW", 0, 1), ("KWD", 3, 1000),
    ("UGX", 0, 1), ("LYD", 3, 1000), ("CLF", 4, 10_000), ("SLE", 2, 100),
  ])
  func minorUnits(code: String, digits: Int, units: Int64) throws {
    let currency = try #require(Currency(code))
    #expect(currency.minorDigits == digits)
    #expect(currency.minorUnitsPerUnit == units)
    #expect(currency.description == code)
  }

  @Test(arguments: ["", "US", "USDX", "usd", "U D", "ＵＳＤ", "$", "ZZZ", "XTS", "XAU", "DEM"])
  func notACurrency(code: String) { #expect(Currency(code) == nil) }
}

@Suite struct AmountRangeTests {
  struct Case: Sendable {
    let low: Int64?
    let high: Int64?
    let least: Int64?
    let most: Int64?
    let isContradiction: Bool

    init(_ low: Int64?, _ high: Int64?, _ least: Int64?, _ most: Int64?, _ isContradiction: Bool) {
      (self.low, self.high, self.least, self.most) = (low, high, least, most)
      self.isContradiction = isContradiction
    }
  }

  @Test(
    arguments: [
      (8, 12, 10), (8, 9, 8), (10, 10, 10), (nil, 12, 12), (8, nil, 8), (.max - 2, .max, .max - 1),
    ] as [(Int64?, Int64?, Int64)]
  )
  func point(low: Int64?, high: Int64?, point: Int64) throws {
    let range = try #require(AmountRange(low: low, high: high, currency: .usDollar))
    #expect(range.point == point)
    #expect(range.isPoint == (low == high))
  }

  @Test func noRange() {
    #expect(AmountRange(low: nil, high: nil, currency: .usDollar) == nil)
    #expect(AmountRange(low: 2, high: 1, currency: .usDollar) == nil)
  }

  @Test(arguments: [
    Case(8, 12, 12, 15, false), Case(8, 12, 13, 15, true), Case(nil, 12, 13, nil, true),
    Case(nil, 12, 5, nil, false), Case(8, nil, nil, 7, true), Case(8, nil, 1, 9, false),
    Case(nil, 3, nil, 9, false), Case(10, 10, 10, 10, false), Case(10, 10, 11, 11, true),
  ])
  func contradiction(_ example: Case) throws {
    let one = try #require(
      AmountRange(low: example.low, high: example.high, currency: .usDollar)
    )
    let other = try #require(
      AmountRange(low: example.least, high: example.most, currency: .usDollar)
    )
    #expect(one.contradicts(other) == example.isContradiction)
    #expect(other.contradicts(one) == example.isContradiction)
  }
}
