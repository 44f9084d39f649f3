#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// What a claim on a party is worth, as a share of its face, given what the party is worth.
///
/// Each is non-decreasing in equity and lies between 0 and 1: the interbank valuation functions of
/// Barucca, Bardoscia, Caccioli, D'Errico, Visentin, Caldarelli and Battiston, "Network Valuation
/// in Financial Systems", *Mathematical Finance* 30(4), 2020, doi:10.1111/mafi.12272.
public enum ValuationFunction: Sendable, Equatable {
  /// What is recovered once everybody is cleared: Eisenberg and Noe; with costs, Rogers and Veraart.
  case clearing(external: ExternalStanding, alpha: Double, beta: Double)
  /// All while equity is above zero, else a fixed recovery; zero by the tie rule.
  case furfine(recovery: Double, ties: Cascade.TieRule)
  /// The share of its reference equity that the debtor still has.
  case linearDebtRank
  /// The expected recovery where external assets follow a geometric Brownian motion of this
  /// volatility up to maturity, at which alone the debtor can default; recoveries times `recovery`.
  case merton(recovery: Double, volatility: Double)
  /// The same where the debtor can default at any time, and `recovery` is what is paid then.
  case blackCox(recovery: Double, volatility: Double)
}

/// What a valuation function looks at in a debtor.
struct DebtorState {
  /// What it is worth by now; below zero, what is short.
  let equity: Double
  /// What it owns outside.
  let externalAssets: Double
  /// What it owes outside.
  let externalLiabilities: Double
  /// What it owes inside and outside.
  let liabilities: Double
  /// What it was worth before the shock.
  let referenceEquity: Double
  /// What sums of this size lose to rounding.
  let slack: Double
}

extension ValuationFunction {
  /// The value of a claim on a debtor, from 0 to 1.
  func value(_ debtor: DebtorState) -> Double {
    switch self {
    case .clearing(let external, let alpha, let beta):
      debtor.recovered(external, alpha, beta)
    case .furfine(let recovery, let ties):
      debtor.isSolvent(ties) ? 1 : recovery
    case .linearDebtRank:
      debtor.shareOfReference
    case .merton(let recovery, let volatility):
      debtor.merton(recovery, volatility)
    case .blackCox(let recovery, let volatility):
      1 + (recovery - 1) * debtor.passageProbability(volatility)
    }
  }

  /// Throws unless the parameters are within their bounds.
  func check() throws(StressError) {
    switch self {
    case .clearing(_, let alpha, let beta):
      try checkShare("alpha", alpha)
      try checkShare("beta", beta)
    case .furfine(let recovery, _):
      try checkShare("recovery", recovery)
    case .linearDebtRank:
      break
    case .merton(let recovery, let volatility), .blackCox(let recovery, let volatility):
      try checkShare("recovery", recovery)
      guard volatility > 0, volatility.isFinite else {
        throw .badParameter(name: "volatility", value: volatility, bounds: "above zero")
      }
    }
  }
}

extension DebtorState {
  fileprivate func isSolvent(_ ties: Cascade.TieRule) -> Bool {
    equity.magnitude <= slack ? ties == .survive : equity > 0
  }

  /// What creditors inside get of what they are owed: all of a solvent debtor.
  fileprivate func recovered(_ external: ExternalStanding, _ alpha: Double, _ beta: Double)
    -> Double
  {
    guard equity < -slack else { return 1 }
    let received = equity + liabilities - externalAssets
    let estate = alpha * externalAssets + beta * received
    switch external {
    case .equal:
      return min(1, max(0, estate / liabilities))
    case .senior:
      let inside = liabilities - externalLiabilities
      return inside > 0 ? min(1, max(0, (estate - externalLiabilities) / inside)) : 1
    }
  }

  /// A debtor whose equity was zero, and is, has lost nothing.
  fileprivate var shareOfReference: Double {
    if referenceEquity >= -slack, equity >= referenceEquity - slack { return 1 }
    guard equity > 0, referenceEquity > 0 else { return 0 }
    return min(1, equity / referenceEquity)
  }

  /// Equation 13, with equations 18a and 18b for the motion.
  fileprivate func merton(_ recovery: Double, _ volatility: Double) -> Double {
    guard liabilities > 0 else { return 1 }
    let default_ = maturityProbability(equity, volatility)
    let wipedOut = maturityProbability(equity + liabilities, volatility)
    let expected =
      partialExpectation(equity, volatility)
      - partialExpectation(equity + liabilities, volatility)
    let fixed = 1 + (equity - externalAssets) / liabilities
    let recovered = fixed * (default_ - wipedOut) + externalAssets * expected / liabilities
    return min(1, max(0, 1 - default_ + recovery * recovered))
  }

  /// The chance that external assets end up more than `loss` below what they are.
  private func maturityProbability(_ loss: Double, _ volatility: Double) -> Double {
    guard loss < externalAssets else { return 0 }
    let distance = log(1 - loss / externalAssets) + volatility * volatility / 2
    return normal(distance / volatility)
  }

  /// External assets where they end up more than `loss` below, as a share of what they are.
  private func partialExpectation(_ loss: Double, _ volatility: Double) -> Double {
    guard loss < externalAssets else { return 0 }
    return normal((log(1 - loss / externalAssets) - volatility * volatility / 2) / volatility)
  }

  /// The chance that external assets, at some time, are down by all of the equity.
  fileprivate func passageProbability(_ volatility: Double) -> Double {
    guard equity > 0 else { return equity >= -slack && equity >= referenceEquity ? 0 : 1 }
    guard equity < externalAssets else { return 0 }
    let barrier = log(1 - equity / externalAssets)
    let square = volatility * volatility / 2
    let probability =
      normal((barrier + square) / volatility)
      + externalAssets / (externalAssets - equity) * normal((barrier - square) / volatility)
    return min(1, probability)
  }
}

/// The standard normal distribution function, from the error function of the C library.
private func normal(_ x: Double) -> Double { (1 + erf(x / 2.0.squareRoot())) / 2 }
