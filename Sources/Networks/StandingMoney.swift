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
  func limits(_ estimates: [Ledger.Pair: [PeriodPiece]]) -> PlanLimits {
    let known = facts.pairs.compactMap { pair in
      facts.known(pair).map {
        PlanLimits.Stated(pair: pair, purpose: .goods, slice: $0.slice, excluded: [])
      }
    }
    func excluded(_ pair: Ledger.Pair, _ deal: Deal) -> [Period] {
      deal.kind.isRevenue ? facts.known(pair)?.covered ?? [] : []
    }
    let stated = deals.map { entry in
      PlanLimits.Stated(
        pair: entry.pair,
        purpose: PlanLimits.Purpose(entry.deal.kind),
        slice: entry.money.slice,
        excluded: excluded(entry.pair, entry.deal)
      )
    }
    let reckoned = estimates.sorted { $0.key < $1.key }.map { pair, pieces in
      PlanLimits.Stated(
        pair: pair,
        purpose: .goods,
        slice: { days in
          var slice = GradedSlice()
          for piece in pieces {
            slice.take(piece.amount, piece.grade, piece.evidence, on: piece.days, asked: days)
          }
          return slice
        },
        excluded: []
      )
    }
    let planned = deals.flatMap { entry in
      entry.money.promises.map { promise in
        PlanLimits.Planned(
          pair: entry.pair,
          purpose: PlanLimits.Purpose(entry.deal.kind),
          promise: promise,
          evidence: promise.evidence.union(entry.money.evidence(ofPromisesOn: promise.days)),
          excluded: excluded(entry.pair, entry.deal)
            + (entry.deal.kind.isRevenue ? (estimates[entry.pair] ?? []).flatMap(\.days) : [])
        )
      }
    }
    return PlanLimits(known + stated + reckoned, planned, totals)
  }
}
