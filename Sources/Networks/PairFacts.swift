internal import Claims
internal import Tables

/// What facts say one party pays another for goods and services, laid on days.
///
/// A share of revenue that is stated, times that revenue, is an amount like any other; a share that an analyst reckons
/// is no flow, but a prior of one: see ``priors``.
struct PairFacts {
  /// Several payers that a fact counts together, and their payee.
  struct BlockKey: Hashable {
    let payers: [String]
    let payee: String
  }

  /// A share of a payee's revenue, and what it is a share of.
  struct Share {
    let period: Period
    /// The share, from 0 to 1; the middle of a range.
    let share: Double
    /// The revenue that it is a share of: all of it, or a segment's.
    let base: FactKey
    let grade: Grade
    let evidence: Set<Evidence>
  }

  /// The pairs of which facts say something, in their order.
  let pairs: [Ledger.Pair]
  /// What a fact says of several payers together, by payee and payers.
  let blocks: [(key: BlockKey, value: PeriodTotals)]
  /// What analysts, or units bought, say of the split of a payee's revenue, by pair.
  let priors: [Ledger.Pair: [Share]]
  /// The most that any one customer of a payee is, where only its share is told, by payee.
  let largest: [String: [Share]]
  private let byPair: [Ledger.Pair: (known: PeriodTotals, estimated: PeriodTotals)]

  init(_ facts: FactTotals) {
    var collected = Collected()
    collected.collect(facts)
    let hidden = collected.hidden
    byPair = Dictionary(
      uniqueKeysWithValues: collected.pairs.filter { !$0.value.isEmpty || hidden[$0.key] != nil }
        .map { pair, amounts in
          let best = bestByPeriod(amounts)
          let known = PeriodTotals(best.filter(\.grade.isKnown), hidden: hidden[pair] ?? [])
          return (pair, (known, PeriodTotals(best.filter { !$0.grade.isKnown })))
        }
    )
    pairs = byPair.keys.sorted()
    blocks = collected.blocks.mapValues { PeriodTotals(bestByPeriod($0)) }.sorted {
      ($0.key.payee, $0.key.payers.joined()) < ($1.key.payee, $1.key.payers.joined())
    }
    (priors, largest) = (collected.priors, collected.largest)
  }

  /// What is known of all that runs between the two.
  func known(_ pair: Ledger.Pair) -> PeriodTotals? { byPair[pair]?.known }

  /// What is only estimated of it.
  func estimated(_ pair: Ledger.Pair) -> [PeriodPiece] { byPair[pair]?.estimated.pieces ?? [] }
}

/// Facts about two sides, sorted into pairs, and into blocks of payers counted together.
private struct Collected {
  var pairs: [Ledger.Pair: [DatedAmount]] = [:]
  var hidden: [Ledger.Pair: [PeriodTotals.Hidden]] = [:]
  var blocks: [PairFacts.BlockKey: [DatedAmount]] = [:]
  var priors: [Ledger.Pair: [PairFacts.Share]] = [:]
  var largest: [String: [PairFacts.Share]] = [:]

  mutating func collect(_ facts: FactTotals) {
    let wanted: Set<Fact.Metric> = [.revenueFrom, .revenueShare, .unitsBought]
    let keys = facts.keys.filter { wanted.contains($0.metric) }.sorted()
    for key in keys {
      guard let other = key.counterparty, let party = facts.view.party(other) else { continue }
      if key.metric == .unitsBought {
        collectUnits(key, facts)
      } else {
        collect(key, party, facts)
      }
    }
  }

  private mutating func collect(_ key: FactKey, _ payer: Party, _ facts: FactTotals) {
    let payee = facts.node(key.party)
    let members = Set(payer.members.map(facts.node)).sorted()
    let shares = facts.shares(key)
    let amounts = key.metric == .revenueFrom ? facts.amounts(key) : facts.sharesOfRevenue(key)
    if !members.isEmpty {
      let block = PairFacts.BlockKey(payers: members, payee: payee)
      blocks[block, default: []] += amounts
    } else if payer.kind != .other || payer.isInside {
      let pair = Ledger.Pair(payer: facts.node(payer.id), payee: payee)
      pairs[pair, default: []] += amounts.filter { key.metric == .revenueFrom || $0.grade.isKnown }
      let others = facts.hidden(key)
      if !others.isEmpty { hidden[pair, default: []] += others }
      priors[pair, default: []] += shares.filter { !$0.grade.isKnown }
    } else {
      largest[payee, default: []] += shares.filter(\.grade.isKnown)
    }
  }

  /// Units that a party bought from another say how its suppliers' revenue is split.
  private mutating func collectUnits(_ key: FactKey, _ facts: FactTotals) {
    guard let seller = key.counterparty else { return }
    let pair = Ledger.Pair(payer: facts.node(key.party), payee: facts.node(seller))
    for reading in facts.series[key] ?? [] {
      guard let units = reading.middle else { continue }
      priors[pair, default: []].append(
        PairFacts.Share(
          period: reading.period,
          share: units,
          base: key,
          grade: .estimated,
          evidence: Set(reading.evidence.map(Evidence.fact))
        )
      )
    }
  }
}

extension FactReading {
  /// The middle of the standing value.
  fileprivate var middle: Double? {
    guard let least = (standing.low ?? standing.high)?.double,
      let most = (standing.high ?? standing.low)?.double
    else { return nil }
    return (least + most) / 2
  }
}

extension FactTotals {
  /// Shares as they are told, each with what it is a share of.
  fileprivate func shares(_ key: FactKey) -> [PairFacts.Share] {
    guard key.metric == .revenueShare else { return [] }
    return (series[key] ?? []).compactMap { reading in
      guard reading.standing.unit == .percent, let share = reading.middle else { return nil }
      return PairFacts.Share(
        period: reading.period,
        share: share / 100,
        base: revenueKey(key),
        grade: Grade(reading.trust, reading.pen),
        evidence: Set(reading.evidence.map(Evidence.fact))
      )
    }
  }

  /// The revenue that a share is of: of its segment, where it names one.
  private func revenueKey(_ key: FactKey) -> FactKey {
    FactKey(
      party: key.party,
      metric: key.part.isEmpty ? .revenue : .revenuePart,
      part: key.part
    )
  }

  /// Shares times the payee's revenue of the same days, where all of it is known; as good as the worse of the two.
  fileprivate func sharesOfRevenue(_ key: FactKey) -> [DatedAmount] {
    let revenue = totals(revenueKey(key))
    return (series[key] ?? []).compactMap { reading in
      let slice = revenue.slice([reading.period])
      guard reading.standing.unit == .percent, slice.days == reading.period.dayCount,
        let middle = reading.middle
      else { return nil }
      let told = reading.contested.compactMap { ($0.high ?? $0.low)?.double }
      let most = reading.standing.high?.double ?? 100
      let taken = slice.amount
      let amount = Estimate(
        low: taken.low * (reading.low?.double ?? 0) / 100,
        point: taken.point * middle / 100,
        high: taken.high * told.reduce(most, max) / 100,
        hasPoint: taken.hasPoint && reading.standing.low == reading.standing.high,
        isOpen: taken.isOpen
      )
      return DatedAmount(
        period: reading.period,
        amount: amount,
        trust: reading.trust,
        grade: max(Grade(reading.trust, reading.pen), slice.worst ?? .disclosed),
        evidence: reading.evidence.map(Evidence.fact) + slice.evidence.sorted()
      )
    }
  }
}

/// One amount for each period: the best graded, of equals the more trusted, of equals the greater; its range holds
/// what others say that are known or estimated like it.
private func bestByPeriod(_ amounts: [DatedAmount]) -> [DatedAmount] {
  Dictionary(grouping: amounts, by: \.period).values.compactMap { same in
    let ranked = same.sorted {
      if $0.grade != $1.grade { return $0.grade < $1.grade }
      return ($1.trust, $1.amount.point) < ($0.trust, $0.amount.point)
    }
    guard let best = ranked.first else { return nil }
    let equals = ranked.filter { $0.grade.isKnown == best.grade.isKnown }
    return DatedAmount(
      period: best.period,
      amount: equals.reduce(best.amount) { $0.widened(toHold: $1.amount) },
      trust: best.trust,
      grade: best.grade,
      evidence: Set(equals.flatMap(\.evidence)).sorted()
    )
  }.sorted { ($0.period.first, $0.period.last) < ($1.period.first, $1.period.last) }
}
