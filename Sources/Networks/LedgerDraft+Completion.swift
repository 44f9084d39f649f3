internal import Claims
internal import Numerics

/// What a payer has left to spend and a payee left to take; `nil` where no total says.
private struct Limit {
  let spend: Double?
  let take: Double?

  var isOpen: Bool { (spend ?? 0) > 0 && (take ?? 0) > 0 }
  var most: Double? { [spend, take].compactMap(\.self).min() }
}

extension LedgerDraft {
  /// What came of filling in.
  struct Completed {
    var unplaced: [(payer: String, payee: String, most: Double?)] = []
    var residual = 0.0
    var yielded: [YieldedBound] = []
  }

  /// Fills in pairs of unknown amount from what their totals leave over.
  mutating func complete(
    _ unknown: [Ledger.Unknown],
    _ method: CompletionMethod,
    using stream: inout RandomStream
  ) -> Completed {
    let open = Dictionary(grouping: unknown) { $0.pair }.filter { !pricedPairs.contains($0.key) }
    let limits = open.keys.sorted().map { pair in
      (pair: pair, limit: Limit(spend: leftToSpend(pair.payer), take: leftToTake(pair.payee)))
    }
    let cells = method == .none ? [] : limits.filter(\.limit.isOpen)
    var completed = Completed()
    completed.unplaced = limits.filter { method == .none || !$0.limit.isOpen }
      .map { pair, limit in (payer: pair.payer, payee: pair.payee, most: limit.most) }
    guard !cells.isEmpty else { return completed }
    let closed = limits.filter { !$0.limit.isOpen }.map(\.pair)
    let filling = Filling(
      cells.map { ($0.pair, $0.limit.most ?? 0, open[$0.pair] ?? []) },
      self,
      closed: closed.reduce(into: []) { $0.formUnion(evidence(of: $1, open[$1] ?? [])) }
    )
    var solution = filling.problem.leastRelativeEntropy()
    if method == .sample { solution = filling.problem.sample(from: solution, using: &stream) }
    for (index, cell) in cells.enumerated() {
      add(filling.item(index, cell.pair, solution), solution.amounts[index])
    }
    completed.residual = solution.residual
    completed.yielded = filling.yielded(solution)
    return completed
  }

  func leftToSpend(_ party: String) -> Double? {
    guard let node = position[party], let purchasing = ledger.partyTotals[node].purchasing else {
      return nil
    }
    return max(0, purchasing.point - paid[node])
  }

  func leftToTake(_ party: String) -> Double? {
    guard let node = position[party], !ledger.partyTotals[node].gaps.contains(.revenue) else {
      return nil
    }
    return max(0, ledger.partyTotals[node].revenue.amount.point - received[node])
  }

  /// The rows behind what a party took in or spent, and behind what of it is accounted for.
  func evidence(spentBy party: String) -> Set<Evidence> {
    guard isCited else { return [] }
    let totals = position[party].map { ledger.partyTotals[$0].purchasingEvidence } ?? []
    let found = deciding.filter { $0.key.payer == party }
      .reduce(into: Set(totals)) { $0.formUnion($1.value) }
    return items.filter { $0.item.payer == party && $0.item.isRevenue }
      .reduce(into: found) { $0.formUnion($1.item.evidence) }
  }

  func evidence(takenBy party: String) -> Set<Evidence> {
    guard isCited else { return [] }
    let totals = position[party].map { ledger.partyTotals[$0].revenue.evidence } ?? []
    let found = deciding.filter { $0.key.payee == party }
      .reduce(into: Set(totals)) { $0.formUnion($1.value) }
    return items.filter { $0.item.payee == party && $0.item.isRevenue }
      .reduce(into: found) { $0.formUnion($1.item.evidence) }
  }

  /// The rows behind the totals of a pair of unknown amount, and behind its being one.
  fileprivate func evidence(of pair: Ledger.Pair, _ unknown: [Ledger.Unknown]) -> Set<Evidence> {
    unknown.reduce(into: evidence(spentBy: pair.payer).union(evidence(takenBy: pair.payee))) {
      $0.formUnion($1.evidence)
    }
  }

  /// How heavily purchases outside the sector weigh.
  var outsideWeight: (value: Double, evidence: [Evidence]) {
    guard
      let assumed = ledger.view.contents.assumptions.first(where: {
        $0.name == "completion-outside-weight"
      }), let low = Double(assumed.low), let high = Double(assumed.high), low > 0
    else { return (1, []) }
    return ((low * high).squareRoot(), [.assumption(assumed.id)])
  }
}

/// The unknown flows of a draft as a problem, with the rows that each part of it rests on.
private struct Filling {
  let problem: CompletionProblem
  /// By cell, the most that totals and bounds leave it.
  private let most: [Double]
  /// By bound of the problem, the rows that state it.
  private let boundEvidence: [Set<Evidence>]
  /// By cell: its own totals, bounds and prior first, then whatever else can move it.
  private let evidence: [[Evidence]]

  init(
    _ cells: [(pair: Ledger.Pair, most: Double, unknown: [Ledger.Unknown])],
    _ draft: LedgerDraft,
    closed: Set<Evidence>
  ) {
    let pairs = cells.map(\.pair)
    let rows = Set(pairs.map(\.payer)).sorted()
    let columns = Set(pairs.map(\.payee)).sorted()
    let row = Dictionary(uniqueKeysWithValues: zip(rows, 0...))
    let column = Dictionary(uniqueKeysWithValues: zip(columns, 0...))
    let hints = draft.ledger.hints
    let weight = draft.outsideWeight
    var bounds: [CompletionProblem.Bound] = []
    var boundEvidence: [Set<Evidence>] = []
    var most = cells.map(\.most)
    func bound(
      _ cells: [Int],
      _ low: Double,
      _ high: Double,
      most all: Double,
      _ grade: Grade,
      _ rows: Set<Evidence>
    ) {
      guard !cells.isEmpty else { return }
      bounds.append(.init(cells: cells, low: low, high: max(0, high), rank: grade.strength))
      boundEvidence.append(rows)
      for cell in cells { most[cell] = min(most[cell], max(0, all)) }
    }
    for hint in hints.bounds {
      let touched = pairs.indices.filter { index in
        hint.isAbout(pairs[index])
          && cells[index].unknown.allSatisfy { hint.isAbout(part: $0.part, payer: $0.payer) }
      }
      guard !hint.isForEach else {
        for cell in touched {
          bound([cell], 0, hint.amount.high, most: hint.most, hint.grade, hint.evidence)
        }
        continue
      }
      let known = draft.items.filter { item, _ in
        hint.part.isEmpty && item.isRevenue
          && hint.isAbout(Ledger.Pair(payer: item.payer, payee: item.payee))
          && hint.isAbout(part: "", payer: item.deal?.payer ?? "")
      }
      let taken = known.reduce(0) { $0 + $1.amount }
      let rows =
        draft.isCited ? known.reduce(into: hint.evidence) { $0.formUnion($1.item.evidence) } : []
      let (low, high) = (max(0, hint.amount.low - taken), hint.amount.high - taken)
      bound(touched, low, high, most: hint.most - taken, hint.grade, rows)
    }
    for (index, cell) in cells.enumerated() {
      let told = cell.unknown.compactMap(\.most)
      guard told.count == cell.unknown.count, !told.isEmpty else { continue }
      let rows = cell.unknown.reduce(into: Set<Evidence>()) { $0.formUnion($1.evidence) }
      let sum = told.reduce(0, +)
      bound([index], 0, sum, most: sum, .conditional, rows)
    }
    problem = CompletionProblem(
      rowTotals: rows.map { draft.leftToSpend($0) ?? 0 },
      columnTotals: columns.map { draft.leftToTake($0) ?? 0 },
      cells: pairs.map { .init(row: row[$0.payer] ?? 0, column: column[$0.payee] ?? 0) },
      bounds: bounds,
      priors: cells.map { cell in
        hints.priors[cell.pair].map { $0.amount * (cell.unknown.map(\.days).max() ?? 1) }
      },
      weights: cells.map { $0.unknown.map(\.days).max() ?? 1 },
      outsideWeight: weight.value
    )
    self.most = most
    self.boundEvidence = boundEvidence
    guard draft.isCited else {
      evidence = cells.map { _ in [] }
      return
    }
    let own = cells.map { pair, _, unknown in
      draft.evidence(of: pair, unknown).union(hints.priors[pair]?.evidence ?? [])
        .union(weight.evidence)
    }
    // The outside row and column bind all cells together: what moves one can move each.
    let all = (own + boundEvidence).reduce(into: closed) { $0.formUnion($1) }
    evidence = pairs.indices.map { index in
      let bounds = zip(bounds, boundEvidence).filter { $0.0.cells.contains(index) }
      let first = bounds.reduce(into: own[index]) { $0.formUnion($1.1) }
      return first.sorted() + all.subtracting(first).sorted()
    }
  }

  func item(
    _ index: Int,
    _ pair: Ledger.Pair,
    _ solution: CompletionProblem.Solution
  ) -> LedgerItem {
    let amount = solution.amounts[index]
    let range = Estimate(
      low: 0,
      point: amount,
      high: max(amount, most[index]),
      hasPoint: !solution.hasYielded(index, problem)
    )
    return LedgerItem(pair, .filledIn, range, evidence[index])
  }

  func yielded(_ solution: CompletionProblem.Solution) -> [YieldedBound] {
    zip(problem.bounds.indices, solution.yielded).compactMap { index, given in
      given.map {
        YieldedBound(
          evidence: boundEvidence[index].sorted(),
          asked: problem.bounds[index].low,
          given: $0
        )
      }
    }
  }
}

extension Grade {
  /// How strongly a bound of this grade holds: the weakest give way first.
  fileprivate var strength: Int {
    Grade.allCases.count - (Grade.allCases.firstIndex(of: self) ?? 0)
  }
}
