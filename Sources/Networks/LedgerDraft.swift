internal import Claims

/// A network while its amounts are put together.
struct LedgerDraft {
  let ledger: Ledger
  /// Whether the rows behind amounts are gathered: a network that is only measured is never cited.
  let isCited: Bool
  let position: [String: Int]
  private(set) var items: [(item: LedgerItem, amount: Double)] = []
  /// Pairs between which a deal has an amount.
  private(set) var pricedPairs: Set<Ledger.Pair> = []
  /// Rows without which other money would run between two.
  private(set) var deciding: [Ledger.Pair: Set<Evidence>] = [:]
  private var inflows: [FlowNetwork.BoundaryFlow] = []
  private var outflows: [FlowNetwork.BoundaryFlow] = []
  /// By party: money for goods and services taken from and paid to named parties, and named funding.
  private(set) var received: [Double]
  private(set) var paid: [Double]
  private var borrowed: [Double]
  private var invested: [Double]
  private var sold: [Double]

  init(ledger: Ledger, isCited: Bool) {
    self.ledger = ledger
    self.isCited = isCited
    position = Dictionary(uniqueKeysWithValues: zip(ledger.parties, 0...))
    let nothing = [Double](repeating: 0, count: ledger.parties.count)
    (received, paid) = (nothing, nothing)
    (borrowed, invested, sold) = (nothing, nothing, nothing)
  }

  /// Adds an item at the place in its range that `choice` has for `key`.
  mutating func add(_ item: LedgerItem, at choice: LedgerChoice, _ key: LedgerKey) {
    add(item, item.value(at: choice.shares[key], timing: choice.timings[key]))
  }

  /// Adds an item of which `amount` is taken; one that may be nothing is kept for its range.
  mutating func add(_ item: LedgerItem, _ amount: Double) {
    guard amount > 0 || item.amount.isRange else { return }
    items.append((bounded(item), amount))
    guard amount > 0 else { return }
    let (payer, payee) = (position[item.payer], position[item.payee])
    if let payee {
      if item.isRevenue { received[payee] += amount } else { fund(payee, item, amount) }
      if payer == nil { addInflow(payee, item.payer, amount) }
    }
    if let payer {
      if item.isRevenue { paid[payer] += amount } else { invested[payer] += amount }
      if payee == nil { addOutflow(payer, item.payee, amount) }
    }
    if item.isRevenue, item.deal != nil {
      pricedPairs.insert(Ledger.Pair(payer: item.payer, payee: item.payee))
    }
  }

  /// Notes the rows without which other money of these grades would run between two.
  mutating func note(_ found: [Ledger.Deciding], upTo grade: Grade) {
    for rows in found where rows.grade <= grade {
      deciding[rows.pair, default: []].formUnion(rows.rows)
    }
    var last: [Ledger.Pair: Int] = [:]
    for (index, entry) in items.enumerated() {
      last[Ledger.Pair(payer: entry.item.payer, payee: entry.item.payee)] = index
    }
    for (pair, index) in last {
      if let rows = deciding[pair] { items[index].item.add(rows) }
    }
  }

  /// An item that nobody bounds above has no more than its payee took in.
  private func bounded(_ item: LedgerItem) -> LedgerItem {
    guard item.amount.isOpen, item.isRevenue, let node = position[item.payee],
      ledger.partyTotals.indices.contains(node), let receipts = ledger.partyTotals[node].receipts,
      !receipts.amount.isOpen
    else { return item }
    return item.bounded(by: receipts.amount.high, Set(receipts.evidence))
  }

  private mutating func fund(_ payee: Int, _ item: LedgerItem, _ amount: Double) {
    switch item.deal?.kind {
    case .loan, .facility, .convertible: borrowed[payee] += amount
    default: sold[payee] += amount
    }
  }

  private mutating func addInflow(_ node: Int, _ outside: String, _ amount: Double) {
    guard amount > 0 else { return }
    inflows.append(.init(node: node, outside: .party(outside), weight: amount))
  }

  private mutating func addOutflow(_ node: Int, _ outside: String, _ amount: Double) {
    guard amount > 0 else { return }
    outflows.append(.init(node: node, outside: .party(outside), weight: amount))
  }

  /// What crosses the boundary beyond the named amounts, from each party's totals.
  mutating func addBoundary() {
    for (node, perimeter) in ledger.partyTotals.enumerated() {
      let receipts = perimeter.revenue.amount.point + perimeter.prepayments.amount.point
      let party = perimeter.party
      addInflow(node, UnnamedCounterparty.customers.of(party), receipts - received[node])
      addInflow(
        node,
        UnnamedCounterparty.lenders.of(party),
        perimeter.debtRaised.amount.point - borrowed[node]
      )
      addInflow(
        node,
        UnnamedCounterparty.investors.of(party),
        perimeter.equityRaised.amount.point - sold[node]
      )
      let spending = perimeter.cashCosts.amount.point + perimeter.capex.amount.point
      addOutflow(node, UnnamedCounterparty.suppliers.of(party), spending - paid[node])
      addOutflow(
        node,
        UnnamedCounterparty.investees.of(party),
        perimeter.investments.amount.point - invested[node]
      )
      addOutflow(node, UnnamedCounterparty.lenders.of(party), perimeter.debtRepaid.amount.point)
      addOutflow(node, UnnamedCounterparty.investors.of(party), perimeter.buybacks.amount.point)
    }
    balanceUndisclosed()
  }

  /// A party whose revenue or costs are not known is balanced by money nobody disclosed, not by
  /// reserves it may not have.
  private mutating func balanceUndisclosed() {
    var net = [Double](repeating: 0, count: ledger.parties.count)
    for (item, amount) in items {
      if let payee = position[item.payee], position[item.payer] != nil { net[payee] += amount }
      if let payer = position[item.payer], position[item.payee] != nil { net[payer] -= amount }
    }
    for flow in inflows { net[flow.node] += flow.weight }
    for flow in outflows { net[flow.node] -= flow.weight }
    for (node, perimeter) in ledger.partyTotals.enumerated() {
      if net[node] < 0, perimeter.gaps.contains(.revenue) {
        addInflow(node, UnnamedCounterparty.undisclosed.of(perimeter.party), -net[node])
      } else if net[node] > 0, perimeter.gaps.contains(.costs) {
        addOutflow(node, UnnamedCounterparty.undisclosed.of(perimeter.party), net[node])
      }
    }
  }

  func network() -> FlowNetwork {
    let flows = items.compactMap { item, amount -> FlowNetwork.Flow? in
      guard let payer = position[item.payer], let payee = position[item.payee] else { return nil }
      return FlowNetwork.Flow(payer: payer, payee: payee, weight: amount)
    }
    do {
      return try FlowNetwork(
        nodes: ledger.parties,
        flows: flows,
        inflows: inflows,
        outflows: outflows,
        unit: ledger.unit
      )
    } catch {
      preconditionFailure("a ledger holds only checked amounts: \(error)")
    }
  }
}
