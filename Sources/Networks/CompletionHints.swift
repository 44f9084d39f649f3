internal import Claims

/// What is known, besides flows, of how the totals of a period split: what weaker evidence says of shares, and what
/// stronger evidence says they cannot exceed.
struct CompletionHints: Sendable {
  /// A most, or a least, that some pairs come to together.
  struct Bound: Sendable {
    let payers: Set<String>
    let payees: Set<String>
    /// The segment of the payee that it is about; empty for all of it.
    var part = ""
    /// The party of a payer's group that pays; empty for all of them.
    var member = ""
    /// The least and the most, totals of other periods taken evenly by days, as the totals filled in from are.
    let amount: Estimate
    /// The most however they lie on days.
    let most: Double
    let grade: Grade
    let evidence: Set<Evidence>
    /// Whether it holds for each pair by itself, and not for all together.
    let isForEach: Bool

    /// Whether it is about what runs between two.
    func isAbout(_ pair: Ledger.Pair) -> Bool {
      (payees.isEmpty || payees.contains(pair.payee))
        && (payers.isEmpty || payers.contains(pair.payer))
    }

    /// Whether it is about what a party of the payer's group pays to a segment.
    func isAbout(part paid: String, payer: String) -> Bool {
      (part.isEmpty || part == paid) && (member.isEmpty || member == payer)
    }
  }

  /// What weaker evidence says that a pair comes to.
  struct Prior: Sendable {
    let amount: Double
    let evidence: Set<Evidence>
  }

  private(set) var bounds: [Bound] = []
  private(set) var priors: [Ledger.Pair: Prior] = [:]

  /// Nothing is known.
  init() {}

  init(_ facts: PairFacts, _ totals: FactTotals, in period: Period, inside: Set<String>) {
    for (block, amounts) in facts.blocks where inside.contains(block.payee) {
      let slice = amounts.slice([period])
      guard slice.days * 10 >= period.dayCount * 9, let grade = slice.worst else { continue }
      bounds.append(
        Bound(
          payers: Set(block.payers),
          payees: [block.payee],
          amount: slice.evenly,
          most: slice.amount.high,
          grade: grade,
          evidence: slice.evidence,
          isForEach: false
        )
      )
    }
    addLargest(facts, totals, period, inside)
    addSegments(totals, period, inside)
    addPurchases(totals, period, inside)
    addMembers(totals, period, inside)
    addPriors(facts, totals, period, inside)
  }

  /// No customer of a payee is larger than the largest whose share it tells.
  private mutating func addLargest(
    _ facts: PairFacts,
    _ totals: FactTotals,
    _ period: Period,
    _ inside: Set<String>
  ) {
    for (payee, shares) in facts.largest.sorted(by: { $0.key < $1.key })
    where inside.contains(payee) {
      let known = shares.filter { $0.period.intersection(period) != nil }
      let days = known.compactMap { $0.period.intersection(period) }.union().dayCount
      guard days * 10 >= period.dayCount * 9, let most = known.map(\.share).max() else { continue }
      let revenue = totals.slice(payee, .revenue, in: period)
      guard revenue.days * 10 >= period.dayCount * 9 else { continue }
      bounds.append(
        Bound(
          payers: [],
          payees: [payee],
          amount: revenue.evenly.upTo.scaled(by: most),
          most: revenue.amount.high * most,
          grade: known.map(\.grade).max() ?? .disclosed,
          evidence: known.reduce(into: revenue.evidence) { $0.formUnion($1.evidence) },
          isForEach: true
        )
      )
    }
  }

  /// What is paid to a segment is no more than it took in.
  private mutating func addSegments(
    _ totals: FactTotals,
    _ period: Period,
    _ inside: Set<String>
  ) {
    let keys = totals.series.keys.filter {
      !$0.part.isEmpty && $0.counterparty == nil && [.revenue, .revenuePart].contains($0.metric)
    }
    for key in keys.sorted() where inside.contains(totals.node(key.party)) {
      let slice = totals.totals(key).slice([period])
      guard slice.days * 10 >= period.dayCount * 9, let grade = slice.worst else { continue }
      bounds.append(
        Bound(
          payers: [],
          payees: [totals.node(key.party)],
          part: key.part,
          amount: slice.evenly.upTo,
          most: slice.amount.high,
          grade: grade,
          evidence: slice.evidence,
          isForEach: false
        )
      )
    }
  }

  /// What a payer spends with several together.
  private mutating func addPurchases(
    _ totals: FactTotals,
    _ period: Period,
    _ inside: Set<String>
  ) {
    let keys = totals.series.keys.filter { $0.metric == .purchasesFrom }
    for key in keys.sorted() where inside.contains(totals.node(key.party)) {
      guard let seller = key.counterparty.flatMap(totals.view.party) else { continue }
      let members = seller.kind == .other || !seller.members.isEmpty ? seller.members : [seller.id]
      let slice = totals.totals(key).slice([period])
      guard !members.isEmpty, slice.days * 10 >= period.dayCount * 9, let grade = slice.worst else {
        continue
      }
      bounds.append(
        Bound(
          payers: [totals.node(key.party)],
          payees: Set(members.map(totals.node)),
          amount: slice.evenly.upTo,
          most: slice.amount.high,
          grade: grade,
          evidence: slice.evidence,
          isForEach: false
        )
      )
    }
  }

  /// What a company of a group buys is no more than it spends itself, whatever the others of its group do.
  private mutating func addMembers(
    _ totals: FactTotals,
    _ period: Period,
    _ inside: Set<String>
  ) {
    for member in totals.view.contents.parties.map(\.id).sorted() {
      let node = totals.node(member)
      guard node != member, inside.contains(node) else { continue }
      let capex = totals.sliceOfAll(member, .capex, in: period)
      let cost = totals.sliceOfAll(member, .costOfRevenue, in: period)
      guard capex.days * 10 >= period.dayCount * 9,
        let grade = [capex.worst, cost.worst].compactMap(\.self).max()
      else { continue }
      bounds.append(
        Bound(
          payers: [node],
          payees: [],
          member: member,
          amount: (capex.evenly + cost.evenly).upTo,
          most: capex.amount.high + cost.amount.high,
          grade: grade,
          evidence: capex.evidence.union(cost.evidence),
          isForEach: false
        )
      )
    }
  }

  private mutating func addPriors(
    _ facts: PairFacts,
    _ totals: FactTotals,
    _ period: Period,
    _ inside: Set<String>
  ) {
    let units = unitsSold(facts, period)
    for (pair, shares) in facts.priors where inside.contains(pair.payee) {
      let revenue = totals.slice(pair.payee, .revenue, in: period)
      if let told = Self.weighted(shares.filter { $0.base.metric != .unitsBought }, period) {
        let base = told.base.metric == .revenue ? revenue : totals.totals(told.base).slice([period])
        guard base.days > 0 else { continue }
        priors[pair] = Prior(
          amount: told.share * base.amount.point,
          evidence: told.evidence.union(base.evidence)
        )
      } else if let bought = Self.weighted(shares, period), let sold = units[pair.payee],
        revenue.days > 0
      {
        priors[pair] = Prior(
          amount: bought.share / sold.units * revenue.amount.point,
          evidence: sold.evidence.union(revenue.evidence)
        )
      }
    }
  }

  /// Units sold to all whose purchases are told, by seller, and the rows that tell them.
  private func unitsSold(
    _ facts: PairFacts,
    _ period: Period
  ) -> [String: (units: Double, evidence: Set<Evidence>)] {
    var sold: [String: (units: Double, evidence: Set<Evidence>)] = [:]
    for (pair, shares) in facts.priors.sorted(by: { $0.key < $1.key }) {
      guard let bought = Self.weighted(shares.filter { $0.base.metric == .unitsBought }, period)
      else {
        continue
      }
      sold[pair.payee, default: (0, [])].units += bought.share
      sold[pair.payee]?.evidence.formUnion(bought.evidence)
    }
    return sold
  }

  /// Shares weighted by the days they have in common with `period`; of the last year before it where they have none.
  private static func weighted(
    _ shares: [PairFacts.Share],
    _ period: Period
  ) -> (share: Double, base: FactKey, evidence: Set<Evidence>)? {
    guard let first = shares.first else { return nil }
    let touching = shares.compactMap { share in
      share.period.intersection(period).map { (share: share, days: Double($0.dayCount)) }
    }
    if touching.isEmpty {
      let before = shares.filter { $0.period.last < period.first }
        .max { $0.period.last < $1.period.last }
      return before.map { ($0.share, $0.base, $0.evidence) }
    }
    let days = touching.reduce(0) { $0 + $1.days }
    return (
      touching.reduce(0) { $0 + $1.share.share * $1.days } / days, first.base,
      touching.reduce(into: []) { $0.formUnion($1.share.evidence) }
    )
  }
}

extension Estimate {
  /// No more than this.
  fileprivate var upTo: Estimate { Estimate(low: 0, point: high, high: high, hasPoint: false) }
}
