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

  /// Money that somebody stated, and money that was promised on other days.
  struct Money {
    /// What is stated to lie on some days.
    var stated: ([Period]) -> GradedSlice = { _ in GradedSlice() }
    /// What is promised.
    var promises: [DealMoney.Promise] = []
  }

  /// The money of a deal, or of the facts about a pair.
  struct Account {
    let pair: Ledger.Pair
    let purpose: Purpose
    /// How it stands.
    let money: Money
    /// How it would stand without each row that it may rest on.
    var others: [(row: Evidence, money: Money)] = []
    /// Days on which nothing stated counts.
    var statedElsewhere: [Period] = []
    /// Days on which nothing promised counts.
    var promisedElsewhere: [Period] = []
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
    /// The most that could be left without some of the rows of the total.
    let least: Double
    /// The rows that say how much is left.
    let evidence: Set<Evidence>
    /// The rows of what was promised, and those without which it would come to more than is left.
    let plans: Set<Evidence>

    /// The share of each promise that is kept.
    var share: Double { min(1, room / promised) }
    /// Whether promises come to more than is left.
    var isCut: Bool { room < promised }
  }

  private(set) var factors: [Line: [Factor]] = [:]

  /// No limits.
  init() {}

  init(_ accounts: [Account], _ facts: FactTotals) {
    for isPayer in [false, true] {
      let lines = Dictionary(grouping: accounts) { Self.line($0.pair, $0.purpose, isPayer) }
      for (line, accounts) in lines where accounts.contains(where: { !$0.money.promises.isEmpty }) {
        let found = factors(line, accounts, facts)
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

  private func factors(_ line: Line, _ accounts: [Account], _ facts: FactTotals) -> [Factor] {
    line.totalPeriods(facts).compactMap { period -> Factor? in
      let told = accounts.map { account in
        (
          stated: account.money.stated(period.subtracting(account.statedElsewhere)),
          promised: self.promised(account.money, account, in: period, on: line)
        )
      }
      let promised = told.reduce(0) { $0 + $1.promised.amount }
      guard promised > 0, let (total, least) = line.total(facts, period) else { return nil }
      let left = { (stated: Double) in max(0, total.amount.high - stated) }
      let stated = told.reduce(0) { $0 + $1.stated.amount.point }
      let low = told.reduce(0) { $0 + $1.stated.amount.low }
      var plans = told.reduce(into: Set<Evidence>()) { $0.formUnion($1.promised.evidence) }
      if promised <= left(stated) {
        for (account, told) in zip(accounts, told) {
          for other in account.others {
            let days = period.subtracting(account.statedElsewhere)
            let moved = stated - told.stated.amount.point + other.money.stated(days).amount.point
            let plan = self.promised(other.money, account, in: period, on: line).amount
            if promised - told.promised.amount + plan > left(moved) { plans.insert(other.row) }
          }
        }
        if promised > least - stated { plans.formUnion(total.evidence) }
      }
      return Factor(
        days: period,
        promised: promised,
        room: left(stated),
        most: left(low),
        least: max(0, least - low),
        evidence: told.reduce(into: Set(total.evidence)) { $0.formUnion($1.stated.evidence) },
        plans: plans
      )
    }
  }

  /// What is promised on the days of `period`, after the cuts found so far on its other side.
  private func promised(
    _ money: Money,
    _ account: Account,
    in period: Period,
    on line: Line
  ) -> (amount: Double, evidence: Set<Evidence>) {
    money.promises.reduce(into: (0, [])) { sum, promise in
      let days = promise.days.intersection([period])
        .flatMap { $0.subtracting(account.promisedElsewhere) }
      guard !days.isEmpty else { return }
      let pair = (account.pair, account.purpose)
      let share = line.isPayer ? self.share(pair.0, pair.1, days, payees: true).share : 1
      let part = Double(days.dayCount) / Double(promise.days.dayCount)
      sum.amount += promise.amount.point * part * share
      sum.evidence.formUnion(promise.evidence)
    }
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
        let covering = (payee + payer).filter { $0.days.contains(piece) }
        for factor in covering {
          evidence.formUnion(factor.isCut ? factor.evidence.union(factor.plans) : factor.plans)
        }
        return sum + covering.reduce(Double(piece.dayCount)) { $0 * $1.share }
      }
    }
    return (kept / Double(days.dayCount), evidence)
  }

  /// What can have moved by the totals of one side.
  struct Most {
    /// The most, by all of them.
    let amount: Double
    /// The most without some of the rows.
    let least: Double
    /// The rows that say so.
    let evidence: Set<Evidence>
  }

  /// The most that can have moved on `days` by the totals of payee and of payer, as far as these are known for all of
  /// them.
  func most(_ pair: Ledger.Pair, _ purpose: Purpose, _ days: [Period]) -> [Most] {
    [false, true].compactMap { isPayer in
      let all = factors[Self.line(pair, purpose, isPayer)] ?? []
      let touched = all.filter { [$0.days].dayCount(in: days) > 0 }
      guard !touched.isEmpty, touched.map(\.days).dayCount(in: days) == days.dayCount else {
        return nil
      }
      return Most(
        amount: touched.reduce(0) { $0 + $1.most },
        least: touched.reduce(0) { $0 + $1.least },
        evidence: touched.reduce(into: []) { $0.formUnion($1.evidence) }
      )
    }
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

  /// The total of the line in one of these periods, and the least it would be without some of its rows; `nil` where
  /// some of it is not known.
  fileprivate func total(
    _ facts: FactTotals,
    _ period: Period
  ) -> (total: PartyTotals.Total, least: Double)? {
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
    let total = PartyTotals.Total(
      all.reduce(.zero) { $0 + $1.amount },
      days: period.dayCount,
      all.flatMap(\.evidence)
    )
    return (total, parts.reduce(0) { $0 + $1.amount.low })
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
