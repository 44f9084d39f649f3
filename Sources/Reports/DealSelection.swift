package import Claims
package import Networks

/// Which deals or flows are listed, and in which order.
package struct DealSelection: Sendable {
  /// What a list is sorted by.
  package enum Order: String, Sendable, CaseIterable {
    /// The deal's id; of flows the payer's, then the payee's.
    case id
    /// The money, the most first; unknown amounts last.
    case size
    /// What the money is for; of flows the same as ``id``.
    case kind
    /// Who pays, then who is paid.
    case pair
    /// How far it has come, in the order in which deals come about; of flows the same as ``id``.
    case status
    /// What the evidence is worth, the best first.
    case grade
  }

  /// Parties of which one stands on either side, by id; anybody where it is empty.
  package var parties: [String] = []
  /// Who pays, by id.
  package var payer: String?
  /// Who is paid, by id.
  package var payee: String?
  /// What the money is for; all kinds where it is empty.
  package var kinds: [Deal.Kind] = []
  /// How far deals have come; anyhow where it is empty.
  package var statuses: [Claim.Status] = []
  /// What the evidence is worth; anything where it is empty.
  package var grades: [Grade] = []
  /// The least number of dollars that it can be.
  package var least: Double?
  /// The order; deals by id and flows by size where it is not given.
  package var order: Order?

  /// Everything, in the usual order.
  package init() {}

  /// Only what concerns some parties, in the usual order.
  ///
  /// - Parameter parties: The parties, by id; everything where there are none.
  package init(parties: [String]) { self.parties = parties }

  /// Whether one of the names of a side is asked for on it.
  private func keeps(_ payers: [String], _ payees: [String]) -> Bool {
    (parties.isEmpty || (payers + payees).contains(where: parties.contains))
      && payer.map(payers.contains) != false && payee.map(payees.contains) != false
  }

  // MARK: Deals

  /// The deals asked for.
  func deals(of view: View) -> [DealView] {
    let sizes = DealSizes(view)
    let kept = view.deals.filter { keeps($0, sizes) }
    guard let order, order != .id else { return kept }
    let keys = kept.map { (deal: $0, key: Self.key(of: $0, order, sizes)) }
    return keys.sorted {
      ($0.key.place, $0.key.word, $0.deal.deal.id) < ($1.key.place, $1.key.word, $1.deal.deal.id)
    }.map(\.deal)
  }

  /// Whether a deal is asked for.
  func keeps(_ deal: DealView, _ sizes: DealSizes) -> Bool {
    let payer = deal.standing.newPayer ?? deal.deal.payer
    guard keeps([payer], [deal.deal.payee]),
      kinds.isEmpty || kinds.contains(deal.deal.kind),
      statuses.isEmpty || deal.standing.status.map(statuses.contains) == true,
      grades.isEmpty || Self.grade(of: deal).map(grades.contains) == true
    else { return false }
    return least.map { least in sizes[deal].map { $0 >= least } == true } != false
  }

  /// What sorts a deal: a number, then a word.
  private static func key(
    of deal: DealView,
    _ order: Order,
    _ sizes: DealSizes
  ) -> (place: Double, word: String) {
    let payer = deal.standing.newPayer ?? deal.deal.payer
    let place = { (place: Int?) in place.map(Double.init) ?? .infinity }
    switch order {
    case .id: return (0, "")
    case .size: return (sizes[deal].map { -$0 } ?? .infinity, "")
    case .kind: return (0, deal.deal.kind.rawValue)
    case .pair: return (0, "\(payer) \(deal.deal.payee)")
    case .status:
      return (place(deal.standing.status.flatMap(Claim.Status.allCases.firstIndex)), "")
    case .grade: return (place(grade(of: deal).flatMap(Grade.allCases.firstIndex)), "")
    }
  }

  /// What the evidence for the amount of a deal is worth, by who states it; `nil` without an amount.
  private static func grade(of deal: DealView) -> Grade? {
    let amount = deal.standing.quoted?.amount ?? deal.standing.payments.first?.amount
    return amount.map { Grade($0.trust, $0.pen) }
  }

  // MARK: Flows

  /// The flows asked for, of those that stand in the order of their size.
  func flows(_ lines: [FlowLine], in view: View) -> [FlowLine] {
    // A flow is of groups, where parties are counted so.
    var asked = self
    let names = Set(lines.flatMap { [$0.payer, $0.payee] })
    let node = { (id: String) in names.contains(id) ? id : view.group(of: id) }
    asked.parties = parties.map(node)
    (asked.payer, asked.payee) = (payer.map(node), payee.map(node))
    let kept = lines.filter { line in
      asked.keeps([line.payer], [line.payee])
        && (grades.isEmpty || grades.contains { line.grades.keys.contains($0.rawValue) })
        && least.map { (line.high ?? line.worked) >= $0 } != false
    }
    switch order {
    case nil, .size: return kept
    case .grade: return kept.enumerated().sorted { Self.rank($0) < Self.rank($1) }.map(\.element)
    case .id, .pair, .kind, .status:
      return kept.sorted { ($0.payer, $0.payee) < ($1.payer, $1.payee) }
    }
  }

  /// The best grade of a flow, then its place among all.
  private static func rank(_ line: (offset: Int, element: FlowLine)) -> (Int, Int) {
    let best = Grade.allCases.firstIndex { line.element.grades.keys.contains($0.rawValue) }
    return (best ?? Grade.allCases.count, line.offset)
  }
}

/// How much money deals are of, in dollars at the rates of the book.
struct DealSizes {
  private let rates: ExchangeRates

  init(_ view: View) { rates = ExchangeRates(view) }

  /// The most that anybody says, as far as anybody does; `nil` without an amount, or without a rate for its currency.
  subscript(deal: DealView) -> Double? {
    let amounts = deal.standing.quoted.map { [$0.amount] } ?? deal.standing.payments.map(\.amount)
    let known = amounts.compactMap { rates.estimate($0.range) }
    guard !known.isEmpty, known.count == amounts.count else { return nil }
    return known.reduce(0) { $0 + $1.high } / 100
  }
}
