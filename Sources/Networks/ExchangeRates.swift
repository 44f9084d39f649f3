internal import Claims
internal import Tables

/// How many US cents one minor unit of each currency is worth, from the facts of a view.
struct ExchangeRates: Sendable {
  private let centsPerMinorUnit: [Currency: Double]
  private let facts: [Currency: String]

  /// Takes for each currency the rate reported last.
  init(_ view: View) {
    var cents: [Currency: Double] = [.usDollar: 1]
    var facts: [Currency: String] = [:]
    let rates = view.facts.filter { $0.metric == .exchangeRate }
      .sorted { ($0.reported.last, $0.id) < ($1.reported.last, $1.id) }
    for fact in rates {
      guard case .currency(let currency) = fact.unit, let perDollar = fact.high ?? fact.low,
        perDollar.double > 0
      else { continue }
      cents[currency] = 100 / (perDollar.double * Double(currency.minorUnitsPerUnit))
      facts[currency] = fact.id
    }
    centsPerMinorUnit = cents
    self.facts = facts
  }

  /// The range in cents, or `nil` where the book has no rate for its currency.
  func estimate(_ range: AmountRange) -> Estimate? {
    centsPerMinorUnit[range.currency].map { Estimate(range, rate: $0) }
  }

  /// The fact that the rate of `currency` rests on.
  func evidence(_ currency: Currency) -> [Evidence] { facts[currency].map { [.fact($0)] } ?? [] }
}
