package import Claims
internal import Networks

/// All money from one party to another, with what it is worth and the rows behind it.
package struct FlowLine: Codable, Sendable {
  /// Who pays, by id.
  package let payer: String
  /// Who is paid, by id.
  package let payee: String
  /// How much, in dollars; `nil` where there is only a range.
  @Nullable package private(set) var amount: Double?
  /// The least it can be.
  package let low: Double
  /// The most it can be; `nil` where nobody says.
  @Nullable package private(set) var high: Double?
  /// Dollars by grade, as far as each is more than a range.
  package let grades: [String: Double?]
  /// The deals, by id.
  package let deals: [String]
  /// The claims, facts and assumptions that decide, by id.
  package let evidence: [String]
  /// Those that confirm.
  package let agrees: [String]
  /// Whether a deal in it is disputed.
  package let disputed: Bool
  /// Whether some of it is filled in or rests on an assumption.
  package let assumed: Bool
  /// The number that measures and pictures work with: the amount, or the middle of its range.
  package let worked: Double

  /// Whether all of it is an amount that a party or the press states.
  package var isKnown: Bool {
    amount != nil
      && grades.keys.allSatisfy { Grade(rawValue: $0).map(\.isKnown) == true }
  }

  /// The least of it that a party or the press states: what pictures draw solid.
  package var firm: Double {
    if isKnown { return low }
    let known = grades.filter { Grade(rawValue: $0.key).map(\.isKnown) == true }
    return min(low, known.values.reduce(0) { $0 + ($1 ?? 0) })
  }

  /// The amount as people read it: "at most" and "at least" where only one bound is known.
  package var amountWords: String { Figures.dollars(amount, low, high) }

  /// The range beside the amount; empty where both ends read the same, or where the amount says it.
  package var rangeWords: String {
    guard amount != nil else { return "" }
    return high.map { Figures.range(low, $0) } ?? "at least \(Figures.dollars(low))"
  }

  /// The amount with its range behind it, where it has one that the amount does not say.
  var printed: String { rangeWords.isEmpty ? amountWords : "\(amountWords) (\(rangeWords))" }

  /// Its grades in words, the best first.
  package var gradeWords: String {
    Grade.allCases.filter { grades[$0.rawValue] != nil }.map(\.words).joined(separator: ", ")
  }
}

/// The flows of a standing network by pair.
package struct FlowLines: Sendable {
  private struct Pair: Hashable {
    let payer: String
    let payee: String
  }

  private let byPair: [Pair: FlowLine]
  /// Every pair, the largest amounts first.
  package let all: [FlowLine]

  /// Adds up the amounts of `footing` by payer and payee.
  package init(_ footing: Footing) {
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
      ($1.worked, $0.payer, $0.payee) < ($0.worked, $1.payer, $1.payee)
    }
  }

  /// The flow from one party to another, or `nil`.
  package subscript(payer: String, payee: String) -> FlowLine? {
    byPair[Pair(payer: payer, payee: payee)]
  }
}

extension FlowLine {
  fileprivate init(
    _ items: [(item: LedgerItem, amount: Double)],
    _ unit: AmountUnit,
    disputed: Set<String>
  ) {
    let sum = items.reduce(Estimate.zero) { $0 + $1.item.amount }
    payer = items[0].item.payer
    payee = items[0].item.payee
    worked = unit.whole(items.reduce(0) { $0 + $1.amount })
    let middle = unit.whole(items.reduce(0) { $0 + $1.amount })
    low = min(unit.whole(sum.low), middle)
    high = sum.most.map { max(unit.whole($0), middle) }
    amount = sum.hasPoint && !sum.isOpen ? middle : nil
    var grades: [String: Double?] = [:]
    for (grade, same) in Dictionary(grouping: items, by: \.item.grade) {
      let isStated = same.allSatisfy { $0.item.amount.stated != nil }
      let money = isStated ? unit.whole(same.reduce(0) { $0 + $1.amount }) : nil
      grades.updateValue(money, forKey: grade.rawValue)
    }
    self.grades = grades
    deals = Set(items.compactMap(\.item.deal?.id)).sorted()
    var deciding: Set<Evidence> = []
    let inOrder = items.sorted { $0.item.grade < $1.item.grade }.flatMap(\.item.evidence)
    evidence = inOrder.filter { deciding.insert($0).inserted }.map(\.id)
    agrees = Set(items.flatMap(\.item.agrees)).subtracting(deciding).sorted().map(\.id)
    self.disputed = !disputed.isDisjoint(with: deals)
    assumed = items.contains(where: \.item.isAssumed)
  }
}
