import Claims
import TestKit

@testable import Networks

/// What a ledger says, in lines that read: `acme > bolt disclosed 7`, amounts in dollars.
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
  var line: String { "\(payer) > \(payee) \(grade.rawValue) \(dollars(amount))" }
}

/// An estimate in dollars: `7`; `3 of 0~7` where it has a range, `0~7` where there is no point, `7~` where nobody says
/// how high it is.
func dollars(_ amount: Estimate) -> String {
  guard amount.isRange else { return dollars(amount.point) }
  let point = amount.stated.map { "\(dollars($0)) of " } ?? ""
  return "\(point)\(dollars(amount.low))~\(amount.most.map { dollars($0) } ?? "")"
}

/// Cents as dollars, rounded to the cent.
func dollars(_ cents: Double) -> String {
  let rounded = cents.rounded()
  let whole = Int(rounded / 100)
  let rest = Int(rounded) - whole * 100
  return rest == 0 ? "\(whole)" : "\(Double(Int(rounded)) / 100)"
}
