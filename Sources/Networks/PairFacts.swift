internal import Claims
internal import Tables

/// All that facts say one party pays another for goods and services, laid on days.
struct PairFacts {
  /// Several payers that a fact counts together, and their payee.
  struct BlockKey: Hashable {
    let payers: [String]
    let payee: String
  }

  /// By payer and payee, in their order.
  let pairs: [(key: Ledger.Pair, value: PeriodTotals)]
  /// The same where a fact counts several payers together.
  let blocks: [(key: BlockKey, value: PeriodTotals)]
  private let byPair: [Ledger.Pair: PeriodTotals]
  private let facts: FactTotals

  init(_ facts: FactTotals) {
    self.facts = facts
    var collected = Collected()
    collected.collect(facts)
    byPair = collected.pairs.mapValues { PeriodTotals(bestByPeriod($0)) }
    pairs = byPair.sorted { $0.key < $1.key }
    blocks = collected.blocks.mapValues { PeriodTotals(bestByPeriod($0)) }.sorted {
      ($0.key.payee, $0.key.payers.joined()) < ($1.key.payee, $1.key.payers.joined())
    }
  }

  /// Days for which all that runs between the two is known.
  func covered(_ pair: Ledger.Pair) -> [Period] { byPair[pair]?.covered ?? [] }
}

/// Facts about two sides, sorted into pairs, and into blocks of payers counted together.
private struct Collected {
  var pairs: [Ledger.Pair: [DatedAmount]] = [:]
  var blocks: [PairFacts.BlockKey: [DatedAmount]] = [:]

  mutating func collect(_ facts: FactTotals) {
    let keys = facts.series.keys.filter { [.revenueFrom, .revenueShare].contains($0.metric) }.sorted
    {
      ($0.party, $0.counterparty ?? "", $0.metric.rawValue)
        < ($1.party, $1.counterparty ?? "", $1.metric.rawValue)
    }
    for key in keys {
      guard let payer = key.counterparty, let party = facts.view.party(payer) else { continue }
      let amounts = key.metric == .revenueFrom ? facts.amounts(key) : facts.sharesOfRevenue(key)
      let members = Set(party.members.map(facts.node)).sorted()
      if !members.isEmpty {
        let block = PairFacts.BlockKey(payers: members, payee: facts.node(key.party))
        blocks[block, default: []] += amounts
      } else if party.kind != .other || party.isInside {
        let pair = Ledger.Pair(payer: facts.node(payer), payee: facts.node(key.party))
        pairs[pair, default: []] += amounts
      }
    }
  }
}

extension FactTotals {
  /// Shares times the payee's revenue of the same days, where all of it is known.
  fileprivate func sharesOfRevenue(_ key: FactKey) -> [DatedAmount] {
    let revenue = PeriodTotals(amounts(FactKey(party: key.party, metric: .revenue)))
    return (series[key] ?? []).compactMap { reading in
      let slice = revenue.slice([reading.period])
      guard reading.standing.unit == .percent, slice.days == reading.period.dayCount,
        let least = (reading.standing.low ?? reading.standing.high)?.double,
        let most = (reading.standing.high ?? reading.standing.low)?.double
      else { return nil }
      let told = reading.contested.compactMap { ($0.high ?? $0.low)?.double }
      let high = told.reduce(most, max)
      let amount = Estimate(
        low: slice.amount.low * (reading.low?.double ?? 0) / 100,
        point: slice.amount.point * (least + most) / 200,
        high: slice.amount.high * high / 100
      )
      return DatedAmount(
        period: reading.period,
        amount: amount,
        trust: reading.trust,
        evidence: reading.evidence.map(Evidence.fact) + slice.evidence.sorted()
      )
    }
  }
}

/// One amount for each period: of a share and the sum computed from it, the more trusted.
private func bestByPeriod(_ amounts: [DatedAmount]) -> [DatedAmount] {
  Dictionary(grouping: amounts, by: \.period).values.compactMap { same in
    guard var best = same.max(by: { $0.trust < $1.trust }) else { return nil }
    best.amount.low = same.map(\.amount.low).min() ?? best.amount.low
    best.amount.high = same.map(\.amount.high).max() ?? best.amount.high
    return DatedAmount(
      period: best.period,
      amount: best.amount,
      trust: best.trust,
      evidence: Set(same.flatMap(\.evidence)).sorted()
    )
  }.sorted { ($0.period.first, $0.period.last) < ($1.period.first, $1.period.last) }
}
