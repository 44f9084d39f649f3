import Claims
import TestKit

@testable import Networks

/// What a ledger says, in lines that read: `acme > bolt paid 7`, amounts in dollars.
extension Ledger {
  init(
    _ story: String,
    _ period: Period,
    _ policy: Policy = .reported,
    basis: Basis = .flows,
    isConsolidated: Bool = true
  ) throws {
    self.init(
      try Story(story).view(policy: policy),
      Request(period: period, basis: basis, isConsolidated: isConsolidated)
    )
  }

  var lines: [String] { items.map(\.line) }
  var reasons: [String] { leftOut.map { "\($0.deal) \($0.reason.rawValue)" } }
}

extension LedgerItem {
  var line: String { "\(payer) > \(payee) \(footing.rawValue) \(dollars(amount))" }
}

/// An estimate in dollars: `7`, or `0~7` where low and high differ.
func dollars(_ amount: Estimate) -> String {
  amount.isRange ? "\(dollars(amount.low))~\(dollars(amount.high))" : dollars(amount.point)
}

/// Cents as dollars, rounded to the cent.
func dollars(_ cents: Double) -> String {
  let rounded = cents.rounded()
  let whole = Int(rounded / 100)
  let rest = Int(rounded) - whole * 100
  return rest == 0 ? "\(whole)" : "\(Double(Int(rounded)) / 100)"
}
