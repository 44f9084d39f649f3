internal import Claims

/// What totals leave for money that was promised and of which nobody says that it was paid.
///
/// Never more goes to a payee than it took in, and never more comes from a payer than its accounts hold in that line.
/// Promises that come to more on the days of one stated total are cut in proportion on these days, whatever period is
/// asked for, so that months still add up to their year.
struct PlanLimits {
  /// What the money is for.
  enum Purpose: Hashable {
    case goods, equity, loans

    init(_ kind: Deal.Kind?) {
      switch kind {
      case nil, .purchase, .option, .lease, .revenueShare, .backstop: self = .goods
      case .equity, .warrant, .grant: self = .equity
      case .loan, .facility, .convertible: self = .loans
      }
    }
  }

  /// One side of a payment in the accounts of a party.
  struct Line: Hashable {
    let party: String
    let isPayer: Bool
    let purpose: Purpose
  }

  /// Money that somebody stated.
  struct Stated {
    let pair: Ledger.Pair
    let purpose: Purpose
    /// What lies on some days.
    let slice: ([Period]) -> GradedSlice
    /// Days on which it does not count.
    let excluded: [Period]
  }

  /// Money that was promised.
  struct Planned {
    let pair: Ledger.Pair
    let purpose: Purpose
    let promise: DealMoney.Promise
    /// Every row that decides it.
    let evidence: Set<Evidence>
    /// Days on which it does not count.
    let excluded: [Period]
  }

  /// What a stated total leaves for promises on its days.
  struct Factor {
    let days: Period
    /// What was promised.
    let promised: Double
    /// What is left of the total beyond what was stated.
    let room: Double
    /// The most that can be left.
    let most: Double
    /// The rows that say how much is left.
    let evidence: Set<Evidence>
    /// The rows of what was promised.
    let plans: Set<Evidence>

    /// The share of each promise that is kept.
    var share: Double { min(1, room / promised) }
    /// Whether promises come to more than is left.
    var isCut: Bool { room < promised }
  }

  private(set) var factors: [Line: [Factor]] = [:]

  /// No limits.
  init() {}

  init(_ stated: [Stated], _ planned: [Planned], _ facts: FactTotals) {
    for isPayer in [false, true] {
      let plans = Dictionary(grouping: planned) { Self.line($0.pair, $0.purpose, isPayer) }
      let known = Dictionary(grouping: stated) { Self.line($0.pair, $0.purpose, isPayer) }
      for (line, plans) in plans {
        let found = factors(line, plans, known[line] ?? [], facts)
        if !found.isEmpty { factors[line] = found }
      }
    }
  }

  /// A payer's funding is one line: what it invested, be it in shares or as loans.
  private static func line(_ pair: Ledger.Pair, _ purpose: Purpose, _ isPayer: Bool) -> Line {
    Line(
      party: isPayer ? pair.payer : pair.payee,
      isPayer: isPayer,
      purpose: isPayer && purpose == .loans ? .equity : purpose
    )
  }

  private func factors(
    _ line: Line,
    _ plans: [Planned],
    _ stated: [Stated],
    _ facts: FactTotals
  ) -> [Factor] {
    line.totalPeriods(facts).compactMap { period -> Factor? in
      let touching = plans.compactMap { plan -> (amount: Double, evidence: Set<Evidence>)? in
        let amount = self.amount(of: plan, in: period, unlessOn: line)
        return amount > 0 ? (amount, plan.evidence) : nil
      }
      let promised = touching.reduce(0) { $0 + $1.amount }
      guard promised > 0, let total = line.total(facts, period) else { return nil }
      let slices = stated.map { $0.slice(period.subtracting($0.excluded)) }
      let left = { (stated: Double) in max(0, total.amount.high - stated) }
      return Factor(
        days: period,
        promised: promised,
        room: left(slices.reduce(0) { $0 + $1.amount.point }),
        most: left(slices.reduce(0) { $0 + $1.amount.low }),
        evidence: slices.reduce(into: Set(total.evidence)) { $0.formUnion($1.evidence) },
        plans: touching.reduce(into: []) { $0.formUnion($1.evidence) }
      )
    }
  }

  /// What a plan lays on the days of `period`, after the cuts found so far on its other side.
  private func amount(of plan: Planned, in period: Period, unlessOn line: Line) -> Double {
    let days = plan.promise.days.intersection([period]).flatMap { $0.subtracting(plan.excluded) }
    guard !days.isEmpty else { return 0 }
    let all = Double(plan.promise.days.dayCount)
    let share = line.isPayer ? self.share(plan.pair, plan.purpose, days, payees: true).share : 1
    return plan.promise.amount.point * Double(days.dayCount) / all * share
  }

  /// Every cut on days of `period`, by party and days.
  func clips(in period: Period) -> [Ledger.Clip] {
    factors.flatMap { line, factors in
      factors.compactMap { factor -> Ledger.Clip? in
        guard factor.isCut, let common = factor.days.intersection(period) else { return nil }
        let planned = factor.promised * Double(common.dayCount) / Double(factor.days.dayCount)
        return Ledger.Clip(
          party: line.party,
          isPayer: line.isPayer,
          period: common,
          planned: planned,
          room: planned * factor.share,
          evidence: factor.evidence.union(factor.plans).sorted()
        )
      }
    }.sorted {
      ($0.party, $0.isPayer ? 1 : 0, $0.period.first, $0.planned)
        < ($1.party, $1.isPayer ? 1 : 0, $1.period.first, $1.planned)
    }
  }

  /// What is left of a promise on `days`, on average, and the rows that say so.
  func share(
    _ pair: Ledger.Pair,
    _ purpose: Purpose,
    _ days: [Period],
    payees onlyPayees: Bool = false
  ) -> (share: Double, evidence: Set<Evidence>) {
    guard !factors.isEmpty, !days.isEmpty else { return (1, []) }
    let payee = factors[Self.line(pair, purpose, false)] ?? []
    let payer = onlyPayees ? [] : factors[Self.line(pair, purpose, true)] ?? []
    guard !payee.isEmpty || !payer.isEmpty else { return (1, []) }
    var evidence: Set<Evidence> = []
    let kept = days.reduce(0.0) { sum, part in
      part.pieces(cutBy: payee + payer).reduce(sum) { sum, piece in
        let covering = (payee + payer).filter { $0.isCut && $0.days.contains(piece) }
        for factor in covering { evidence.formUnion(factor.evidence.union(factor.plans)) }
        return sum + covering.reduce(Double(piece.dayCount)) { $0 * $1.share }
      }
    }
    return (kept / Double(days.dayCount), evidence)
  }

  /// The most that can have moved on `days` by the totals of payee and payer, the lesser of the two, and the rows that
  /// say so; `nil` where neither is known for all of them.
  func most(
    _ pair: Ledger.Pair,
    _ purpose: Purpose,
    _ days: [Period]
  ) -> (amount: Double, evidence: Set<Evidence>)? {
    let sides = [false, true].compactMap { isPayer -> (amount: Double, evidence: Set<Evidence>)? in
      let all = factors[Self.line(pair, purpose, isPayer)] ?? []
      let touched = all.filter { [$0.days].dayCount(in: days) > 0 }
      guard !touched.isEmpty, touched.map(\.days).dayCount(in: days) == days.dayCount else {
        return nil
      }
      return (
        touched.reduce(0) { $0 + $1.most },
        touched.reduce(into: []) { $0.formUnion($1.evidence) }
      )
    }
    return sides.min { $0.amount < $1.amount }
  }
}

extension Period {
  /// The same days, broken where a factor begins or ends.
  fileprivate func pieces(cutBy factors: [PlanLimits.Factor]) -> [Period] {
    let starts = factors.flatMap { [$0.days.first, $0.days.last.advanced(by: 1)] }
      .filter { first < $0 && $0 <= last }
    let firsts = Set([first] + starts).sorted()
    return zip(firsts, firsts.dropFirst() + [last.advanced(by: 1)]).compactMap {
      Period(first: $0, last: $1.advanced(by: -1))
    }
  }
}

extension PlanLimits.Line {
  private var metric: Fact.Metric {
    switch (isPayer, purpose) {
    case (false, .goods): .revenue
    case (false, .equity): .equityRaised
    case (false, .loans): .debtRaised
    case (true, .goods): .capex
    case (true, _): .investments
    }
  }

  /// The periods for which somebody states the total of the line, apart from each other.
  fileprivate func totalPeriods(_ facts: FactTotals) -> [Period] {
    facts.series(of: party, metric).flatMap { facts.totals($0).pieces.flatMap(\.days) }
      .brokenAtEnds()
  }

  /// The total of the line in one of these periods; `nil` where some of it is not known.
  fileprivate func total(_ facts: FactTotals, _ period: Period) -> PartyTotals.Total? {
    let totals = PartyTotals(of: party, facts: facts, in: period)
    let parts: [PartyTotals.Total]
    switch (isPayer, purpose) {
    case (false, .goods): parts = [totals.revenue]
    case (false, .equity): parts = [totals.equityRaised]
    case (false, .loans): parts = [totals.debtRaised]
    case (true, .goods): parts = [totals.capex, totals.cashCosts]
    case (true, _): parts = [totals.investments]
    }
    guard parts.allSatisfy({ $0.days == period.dayCount }) else { return nil }
    let extra = metric == .revenue ? [totals.prepayments] : []
    let all = parts + extra
    return PartyTotals.Total(
      all.reduce(.zero) { $0 + $1.amount },
      days: period.dayCount,
      all.flatMap(\.evidence)
    )
  }
}

extension [Period] {
  /// Periods apart from each other that begin and end wherever one of these does.
  fileprivate func brokenAtEnds() -> [Period] {
    let firsts = Set(flatMap { [$0.first, $0.last.advanced(by: 1)] }).sorted()
    return zip(firsts, firsts.dropFirst()).compactMap { first, next in
      Period(first: first, last: next.advanced(by: -1))
    }.filter { piece in contains { $0.contains(piece) } }
  }
}
