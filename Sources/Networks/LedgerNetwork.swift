internal import Numerics
internal import Claims

/// A choice among what a ledger leaves open: readings of disputed deals, and amounts in their ranges.
public struct LedgerChoice: Sendable {
  /// The reading of each deal of the view; the standing one where the array ends.
  public var readings: [Int: Int] = [:]
  /// Where in its range each amount lies, 0 to 1, by its key; the value used where there is none.
  public var shares: [LedgerKey: Double] = [:]

  /// Chooses nothing yet: what stands, at the values used.
  public init() {}

  /// What stands, at the values used.
  public static let standing = LedgerChoice()
}

/// Amounts that are uncertain together.
public enum LedgerKey: Sendable, Hashable {
  /// The fact about a pair at this position of ``Ledger/actuals``.
  case actual(Int)
  /// The deal at this position of the view.
  case deal(Int)
}

/// A network made of a ledger, with every amount in it.
public struct LedgerNetwork: Sendable {
  /// The network; its parties are those of the ledger.
  public let network: FlowNetwork
  /// Amounts between parties of the network, and across its boundary, as chosen.
  public let items: [(item: LedgerItem, amount: Double)]
  /// Parties whose customers' plans come to more than what the party took in: what was planned, and
  /// what there was room for.
  public let trimmed: [(payee: String, planned: Double, room: Double)]
  /// Pairs known to deal that stay unknown, with the most that can run between them; `nil` where no
  /// total says.
  public let unplaced: [(payer: String, payee: String, most: Double?)]
  /// The largest total that filling in missed, as a share of it.
  public let completionResidual: Double
}

/// Origins and uses of money that no party of the book stands for.
public enum UnnamedCounterparty: String, Sendable, CaseIterable {
  /// Customers a party does not name, from its revenue.
  case customers
  /// Lenders it does not name, from the debt it raised or repaid.
  case lenders
  /// Investors it does not name, from the shares it sold or bought back.
  case investors
  /// Companies it invests in and does not name.
  case investees
  /// Suppliers, staff, tax offices and others outside.
  case suppliers
  /// Money in or out that must have moved, of a party whose accounts are not known.
  case undisclosed

  /// The id of these people around one party: `customers-of:amazon`.
  public func of(_ party: String) -> String { "\(rawValue)-of:\(party)" }

  /// Takes an id apart; `nil` where it is not one of these.
  public static func parse(_ id: String) -> (people: UnnamedCounterparty, party: String)? {
    guard let mark = id.firstRange(of: "-of:"),
      let people = UnnamedCounterparty(rawValue: String(id[..<mark.lowerBound]))
    else { return nil }
    return (people, String(id[mark.upperBound...]))
  }
}

extension Ledger {
  /// The network of one choice.
  ///
  /// - Parameters:
  ///   - choice: Which readings and amounts.
  ///   - completion: How unknown flows are filled in.
  ///   - seed: Where chance begins, for sampled completion.
  ///   - path: The number of the draw.
  /// - Returns: A balanced network; money that nobody accounts for is drawn from reserves or saved.
  public func network(
    _ choice: LedgerChoice = .standing,
    completion: CompletionMethod = .none,
    seed: UInt64 = 0,
    path: UInt64 = 0
  ) -> LedgerNetwork {
    var draft = Draft(ledger: self)
    for (index, item) in actuals.enumerated() {
      draft.add(item, item.amount.value(at: choice.shares[.actual(index)]))
    }
    var unknown: Set<Pair> = []
    var plans: [(item: LedgerItem, amount: Double)] = []
    for (index, readings) in entries.enumerated() {
      let entry = readings[choice.readings[index] ?? 0]
      if let pair = entry.unknown { unknown.insert(pair) }
      for item in entry.items {
        let amount = item.amount.value(at: choice.shares[.deal(index)])
        if item.isRevenue, item.footing != .paid {
          plans.append((item, amount))
        } else {
          draft.add(item, amount)
        }
      }
    }
    let trimmed = draft.add(plans: plans)
    let open = unknown.subtracting(draft.pricedPairs).sorted()
    var stream = RandomStream(seed: seed, path: path, for: .completion)
    let completion = draft.complete(open, completion, using: &stream)
    if request.basis == .flows { draft.addBoundary() }
    return LedgerNetwork(
      network: draft.network(),
      items: draft.items,
      trimmed: trimmed,
      unplaced: completion.unplaced,
      completionResidual: completion.residual
    )
  }
}

/// A network while its amounts are put together.
private struct Draft {
  let ledger: Ledger
  private let position: [String: Int]
  private(set) var items: [(item: LedgerItem, amount: Double)] = []
  /// Pairs between which a deal has an amount.
  private(set) var pricedPairs: Set<Ledger.Pair> = []
  private var inflows: [FlowNetwork.BoundaryFlow] = []
  private var outflows: [FlowNetwork.BoundaryFlow] = []
  /// By party: money for goods and services taken from and paid to named parties, and named funding.
  private var received: [Double]
  private var paid: [Double]
  private var borrowed: [Double]
  private var invested: [Double]
  private var sold: [Double]

  init(ledger: Ledger) {
    self.ledger = ledger
    position = Dictionary(uniqueKeysWithValues: zip(ledger.parties, 0...))
    let nothing = [Double](repeating: 0, count: ledger.parties.count)
    (received, paid) = (nothing, nothing)
    (borrowed, invested, sold) = (nothing, nothing, nothing)
  }

  mutating func add(_ item: LedgerItem, _ amount: Double) {
    guard amount > 0 else { return }
    items.append((item, amount))
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

  /// Adds plans for goods and services, cut in proportion where the payee took in less than planned.
  mutating func add(
    plans: [(item: LedgerItem, amount: Double)]
  ) -> [(payee: String, planned: Double, room: Double)] {
    var trimmed: [(payee: String, planned: Double, room: Double)] = []
    for (payee, plans) in Dictionary(grouping: plans, by: \.item.payee).sorted(by: {
      $0.key < $1.key
    }) {
      let planned = plans.reduce(0) { $0 + $1.amount }
      let room = min(planned, receiptsLeft(payee) ?? planned)
      if room < planned { trimmed.append((payee, planned, room)) }
      let factor = planned > 0 ? room / planned : 0
      for (item, amount) in plans { add(item.scaled(by: factor), amount * factor) }
    }
    return trimmed
  }

  /// What a payee took in beyond what is already accounted for; `nil` where nobody says.
  private func receiptsLeft(_ party: String) -> Double? {
    guard ledger.request.basis == .flows, let node = position[party],
      !ledger.partyTotals[node].gaps.contains(.revenue)
    else { return nil }
    let perimeter = ledger.partyTotals[node]
    return max(
      0,
      perimeter.revenue.amount.high + perimeter.prepayments.amount.high - received[node]
    )
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
      ).balanced()
    } catch {
      preconditionFailure("a ledger holds only checked amounts: \(error)")
    }
  }
}

/// What a payer has left to spend and a payee left to take; `nil` where no total says.
private struct Limit {
  let spend: Double?
  let take: Double?

  var isOpen: Bool { (spend ?? 0) > 0 && (take ?? 0) > 0 }
  var most: Double? { [spend, take].compactMap(\.self).min() }
}

extension Draft {
  /// Fills in pairs of unknown amount from what their totals leave over.
  fileprivate mutating func complete(
    _ pairs: [Ledger.Pair],
    _ method: CompletionMethod,
    using stream: inout RandomStream
  ) -> (unplaced: [(payer: String, payee: String, most: Double?)], residual: Double) {
    let limits = pairs.map { pair in
      (pair: pair, limit: Limit(spend: leftToSpend(pair.payer), take: leftToTake(pair.payee)))
    }
    let open = method == .none ? [] : limits.filter(\.limit.isOpen)
    let unplaced = limits.filter { method == .none || !$0.limit.isOpen }.map { pair, limit in
      (payer: pair.payer, payee: pair.payee, most: limit.most)
    }
    guard !open.isEmpty else { return (unplaced, 0) }
    let most = open.map { $0.limit.most ?? 0 }
    return (unplaced, fill(open.map(\.pair), most, method, using: &stream))
  }

  private func leftToSpend(_ party: String) -> Double? {
    guard let node = position[party], let purchasing = ledger.partyTotals[node].purchasing else {
      return nil
    }
    return max(0, purchasing.point - paid[node])
  }

  private func leftToTake(_ party: String) -> Double? {
    guard let node = position[party], !ledger.partyTotals[node].gaps.contains(.revenue) else {
      return nil
    }
    return max(0, ledger.partyTotals[node].revenue.amount.point - received[node])
  }

  private mutating func fill(
    _ pairs: [Ledger.Pair],
    _ most: [Double],
    _ method: CompletionMethod,
    using stream: inout RandomStream
  ) -> Double {
    let rows = Set(pairs.map(\.payer)).sorted()
    let columns = Set(pairs.map(\.payee)).sorted()
    let cells = pairs.map { pair in
      CompletionProblem.Cell(
        row: rows.firstIndex(of: pair.payer) ?? 0,
        column: columns.firstIndex(of: pair.payee) ?? 0
      )
    }
    let columnTotals = columns.map { leftToTake($0) ?? 0 }
    let problem = CompletionProblem(
      rowTotals: rows.map { leftToSpend($0) ?? 0 },
      columnTotals: columnTotals,
      cells: cells,
      blocks: blocks(pairs, columns, columnTotals),
      outsideWeight: outsideWeight.value
    )
    var solution = problem.greatestEntropy(tolerance: 1e-9, maximumRounds: 2_000)
    if method == .sample {
      solution = problem.sample(from: solution, using: &stream)
    }
    for (index, pair) in pairs.enumerated() {
      let spent = position[pair.payer].map { ledger.partyTotals[$0].purchasingEvidence } ?? []
      let taken = position[pair.payee].map { ledger.partyTotals[$0].revenue.evidence } ?? []
      let amount = solution.amounts[index]
      let item = LedgerItem(
        payer: pair.payer,
        payee: pair.payee,
        amount: Estimate(low: 0, point: amount, high: max(amount, most[index])),
        footing: .completed,
        deal: nil,
        evidence: Set(spent + taken + outsideWeight.evidence).sorted()
      )
      add(item, amount)
    }
    return solution.residual
  }

  /// What several payers are known to pay together, less what is known of each; a sum that does not
  /// fit the column is left out.
  private func blocks(
    _ pairs: [Ledger.Pair],
    _ columns: [String],
    _ columnTotals: [Double]
  ) -> [CompletionProblem.Block] {
    var taken: Set<Int> = []
    var rooms = columnTotals
    return ledger.blocks.compactMap { block in
      let cells = pairs.indices.filter {
        pairs[$0].payee == block.payee && block.payers.contains(pairs[$0].payer)
      }
      let known = items.filter {
        $0.item.isRevenue && $0.item.payee == block.payee && block.payers.contains($0.item.payer)
      }.reduce(0) { $0 + $1.amount }
      let total = block.amount.point - known
      guard let column = columns.firstIndex(of: block.payee) else { return nil }
      let room = rooms[column]
      let means = cells.reduce(0) { $0 + (leftToSpend(pairs[$1].payer) ?? 0) }
      guard !cells.isEmpty, total > 0, total < room, total < means, taken.isDisjoint(with: cells)
      else { return nil }
      taken.formUnion(cells)
      rooms[column] -= total
      return CompletionProblem.Block(cells: cells, total: total)
    }
  }

  private var outsideWeight: (value: Double, evidence: [Evidence]) {
    guard
      let assumed = ledger.view.contents.assumptions.first(where: {
        $0.name == "completion-outside-weight"
      }), let low = Double(assumed.low), let high = Double(assumed.high), low > 0
    else { return (1, []) }
    return ((low * high).squareRoot(), [.assumption(assumed.id)])
  }
}
