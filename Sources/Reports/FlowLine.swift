internal import Claims
internal import Networks

/// All money from one party to another, with the rows behind it.
public struct FlowLine: Codable, Sendable {
  /// Who pays, by id.
  public let payer: String
  /// Who is paid, by id.
  public let payee: String
  /// How much, in dollars.
  public let amount: Double
  /// The least it can be.
  public let low: Double
  /// The most it can be.
  public let high: Double
  /// What the parts rest on: actual, paid, drawn, binding, headline, completed.
  public let footings: [String]
  /// The deals, by id.
  public let deals: [String]
  /// The claims, facts and assumptions, by id.
  public let evidence: [String]
  /// Whether a deal in it is disputed.
  public let disputed: Bool
  /// Whether some of it is filled in or rests on an assumption.
  public let assumed: Bool
}

/// The flows of a standing network by pair.
public struct FlowLines: Sendable {
  private struct Pair: Hashable {
    let payer: String
    let payee: String
  }

  private let byPair: [Pair: FlowLine]
  /// Every pair, the largest amounts first.
  public let all: [FlowLine]

  /// Adds up the amounts of `footing` by payer and payee.
  public init(_ footing: Footing) {
    self.init(footing.standing.items, of: footing)
  }

  /// Adds up the plans that actuals replaced in `footing`, at the values used.
  init(replacedIn footing: Footing) {
    self.init(footing.ledger.replaced.map { ($0, $0.amount.point) }, of: footing)
  }

  private init(_ items: [(item: LedgerItem, amount: Double)], of footing: Footing) {
    let view = footing.ledger.view
    let disputed = Set(view.deals.filter(\.isDisputed).map(\.deal.id))
    let grouped = Dictionary(grouping: items) {
      Pair(payer: $0.item.payer, payee: $0.item.payee)
    }
    byPair = grouped.mapValues { items in FlowLine(items, footing.unit, disputed: disputed) }
    all = byPair.values.sorted {
      ($1.amount, $0.payer, $0.payee) < ($0.amount, $1.payer, $1.payee)
    }
  }

  /// The flow from one party to another, or `nil`.
  public subscript(payer: String, payee: String) -> FlowLine? {
    byPair[Pair(payer: payer, payee: payee)]
  }
}

extension FlowLine {
  fileprivate init(
    _ items: [(item: LedgerItem, amount: Double)],
    _ unit: AmountUnit,
    disputed: Set<String>
  ) {
    let sum = { (side: (Estimate) -> Double) in
      unit.whole(items.reduce(0) { $0 + side($1.item.amount) })
    }
    payer = items[0].item.payer
    payee = items[0].item.payee
    amount = unit.whole(items.reduce(0) { $0 + $1.amount })
    (low, high) = (sum(\.low), sum(\.high))
    let present = Set(items.map(\.item.footing))
    footings = AmountSource.allCases.filter(present.contains).map(\.rawValue)
    deals = Set(items.compactMap(\.item.deal?.id)).sorted()
    evidence = Set(items.flatMap(\.item.evidence)).sorted().map(\.id)
    self.disputed = !disputed.isDisjoint(with: deals)
    assumed = items.contains(where: \.item.isAssumed)
  }
}
