internal import Claims

/// The standing readings of all deals beside what facts say of pairs.
struct StandingMoney {
  /// What estimates add to what is known of a pair, on days of their own.
  let estimates: [Ledger.Pair: [PeriodPiece]]
  private let deals: [(pair: Ledger.Pair, deal: Deal, money: DealMoney)]
  private let facts: PairFacts
  private let totals: FactTotals

  init(_ view: View, _ money: [[DealMoney]], _ totals: FactTotals, _ facts: PairFacts) {
    self.totals = totals
    self.facts = facts
    deals = zip(view.deals, money).map { dealView, money in
      let payer = dealView.standing.newPayer ?? dealView.deal.payer
      let pair = Ledger.Pair(
        payer: totals.node(payer),
        payee: totals.node(dealView.deal.payee)
      )
      return (pair, dealView.deal, money[0])
    }
    let goods = Dictionary(grouping: deals.filter(\.deal.kind.isRevenue), by: \.pair)
    estimates = Dictionary(
      uniqueKeysWithValues: facts.pairs.compactMap { pair in
        let added = facts.estimated(pair).compactMap { piece in
          Self.rest(of: piece, beyond: facts.known(pair), goods[pair]?.map(\.money) ?? [])
        }
        return added.isEmpty ? nil : (pair, added)
      }
    )
  }

  /// What an estimate adds to what better grades say of its days.
  private static func rest(
    of piece: PeriodPiece,
    beyond known: PeriodTotals?,
    _ deals: [DealMoney]
  ) -> PeriodPiece? {
    let days = piece.days.flatMap { $0.subtracting(known?.covered ?? []) }
    guard !days.isEmpty else { return nil }
    var better = known?.slice(piece.days) ?? GradedSlice()
    for deal in deals {
      better.add(deal.slice(days).betterThanEstimated, sameDays: true)
    }
    return PeriodPiece(
      days: days,
      amount: piece.amount - better.amount,
      grade: piece.grade,
      evidence: piece.evidence.union(better.evidence)
    )
  }

  /// What totals leave for promises.
  ///
  /// - Parameter others: By deal, how it would stand without each row that it may rest on.
  /// - Returns: The limits.
  func limits(_ others: [[(row: Evidence, money: DealMoney)]]) -> PlanLimits {
    let known = facts.pairs.compactMap { pair in
      facts.known(pair).map {
        PlanLimits.Account(pair: pair, purpose: .goods, money: .init(stated: $0.slice))
      }
    }
    let reckoned = estimates.sorted { $0.key < $1.key }.map { pair, pieces in
      PlanLimits.Account(pair: pair, purpose: .goods, money: .init(stated: pieces.slice))
    }
    let dealt = zip(deals, others).map { entry, others in
      let isRevenue = entry.deal.kind.isRevenue
      let known = isRevenue ? facts.known(entry.pair)?.covered ?? [] : []
      let estimated = isRevenue ? (estimates[entry.pair] ?? []).flatMap(\.days) : []
      return PlanLimits.Account(
        pair: entry.pair,
        purpose: PlanLimits.Purpose(entry.deal.kind),
        money: entry.money.limited,
        others: others.map { ($0.row, $0.money.limited) },
        statedElsewhere: known,
        promisedElsewhere: known + estimated
      )
    }
    return PlanLimits(known + reckoned + dealt, totals)
  }
}

extension DealMoney {
  /// What counts against limits, each promise with every row that decides it.
  fileprivate var limited: PlanLimits.Money {
    PlanLimits.Money(
      stated: slice,
      promises: promises.map {
        let rows = $0.evidence.union(evidence(ofPromisesOn: $0.days))
        return Promise(amount: $0.amount, days: $0.days, evidence: rows)
      }
    )
  }
}

extension [PeriodPiece] {
  /// What lies on some days.
  fileprivate func slice(_ days: [Period]) -> GradedSlice {
    var slice = GradedSlice()
    for piece in self {
      slice.take(piece.amount, piece.grade, piece.evidence, on: piece.days, asked: days)
    }
    return slice
  }
}
