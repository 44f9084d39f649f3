internal import Columns
internal import Networks
package import Payments
package import Tracing

extension TracingLedger {
  /// The accounts of payments in one currency.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - stated: What parties are stated to have held at first, in minor units.
  /// - Throws: ``TracingError/badAmounts``.
  init(_ payments: Payments, stated: [Int: Int64]) throws(TracingError) {
    try self.init(
      payer: payments.payer,
      payee: payments.payee,
      time: payments.time,
      amount: payments.amountMinorUnits,
      stated: stated,
      partyCount: payments.parties.count
    )
  }
}

/// What was followed or traced, in the words of the file.
struct TrailWords {
  private let payments: Payments

  init(_ payments: Payments) { self.payments = payments }

  func whole(_ units: Int64) -> Double { payments.unit.whole(Double(units)) }

  func amount(_ units: Int64) -> String {
    Figures.amount(minorUnits: units, digits: payments.digits)
  }

  func id(_ party: Int) -> String { payments.parties[party] }

  func label(_ party: Int) -> String? { payments.label(of: party) }

  func called(_ party: Int) -> String { label(party) ?? id(party) }

  func share(_ share: MoneyTrail.Share) -> FollowReport.Share {
    FollowReport.Share(
      id: id(share.party),
      name: label(share.party),
      amount: whole(share.amount)
    )
  }

  func answer(_ rule: TracingRule, _ trail: MoneyTrail) -> FollowReport.Answer {
    FollowReport.Answer(
      rule: rule.rawValue,
      held: trail.held.map(share),
      cameBack: whole(trail.cameBack),
      repaid: trail.repaid.map(share),
      payments: trail.steps.map { step($0.payment, $0.amount) }
    )
  }

  func spread(_ poison: Poison) -> FollowReport.Spread {
    FollowReport.Spread(
      parties: poison.touched.map { step($0.payment, payments.amountMinorUnits[$0.payment]) },
      paid: whole(poison.paid)
    )
  }

  func step(_ index: Int, _ traced: Int64) -> FollowReport.Step {
    FollowReport.Step(
      line: payments.line(of: index),
      file: payments.source(of: index)?.path,
      payer: payments.parties[Int(payments.payer[index])],
      payee: payments.parties[Int(payments.payee[index])],
      time: PaymentTime.text(payments.time[index]),
      amount: whole(payments.amountMinorUnits[index]),
      traced: whole(traced)
    )
  }

  /// Where the sum is, a row a place, a column a rule.
  func table(
    _ rules: [TracingRule],
    _ trails: [MoneyTrail]
  ) -> (header: [String], rows: [[String]]) {
    var rows: [(most: Int64, cells: [String])] = []
    func add(_ name: String, _ amounts: [Int64]) {
      guard amounts.contains(where: { $0 > 0 }) else { return }
      rows.append((amounts.max() ?? 0, [name] + amounts.map { $0 == 0 ? "–" : amount($0) }))
    }
    let parties = Set(trails.flatMap { $0.held.map(\.party) }).sorted()
    for party in parties {
      add(
        "with \(called(party))",
        trails.map { trail in trail.held.first { $0.party == party }?.amount ?? 0 }
      )
    }
    rows.sort { $0.most > $1.most }
    add("came back", trails.map(\.cameBack))
    for party in Set(trails.flatMap { $0.repaid.map(\.party) }).sorted() {
      add(
        "paid an overdraft of \(called(party))",
        trails.map { trail in trail.repaid.first { $0.party == party }?.amount ?? 0 }
      )
    }
    return ([""] + rules.map(\.rawValue), rows.map(\.cells))
  }
}

extension TracingError {
  /// Why nothing is followed or traced, in the words of what was asked.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - what: Who pays or receives, as `acme pays`.
  ///   - time: When.
  /// - Returns: The words.
  package func words(of payments: Payments, _ what: String, at time: Int) -> String {
    let time = PaymentTime.text(time)
    switch self {
    case .noSuchPayment:
      return "\(what) nothing on \(time); ouro scan --list and ouro sum show what is paid"
    case .tooLittle(let paid):
      let amount = Figures.exact(minorUnits: paid, digits: payments.digits)
      return "\(what) only \(amount) on \(time); follow that or less"
    case .badAmounts: return description
    }
  }
}
