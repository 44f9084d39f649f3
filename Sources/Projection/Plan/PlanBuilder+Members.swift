internal import Claims
internal import Networks

extension PlanBuilder {
  /// Settles the figures of one party: from the scenario, the book's assumptions, or its facts.
  mutating func buildMember(_ index: Int) {
    let party = parties[index]
    let balances = Balances(view)
    var wanting: [String] = []
    for figure in Scenario.PartyFigure.allCases {
      if let quantity = stated(figure, party) {
        members[index].figures[figure] = quantity
      } else if let balance = known(figure, party, balances) {
        members[index].figures[figure] = balance
      }
    }
    let perimeter = ledger.partyTotals[index]
    let figures = members[index].figures
    if figures[.cash] == nil { wanting.append("cash") }
    if figures[.receipts] == nil, perimeter.gaps.contains(.revenue) { wanting.append("receipts") }
    if figures[.spending] == nil, !perimeter.gaps.filter({ $0 != .revenue }).isEmpty {
      wanting.append("spending")
    }
    members[index].isTracked = wanting.isEmpty
    members[index].knowsReceipts = !wanting.contains("receipts")
    settleReceipts(index)
    settleSpending(index, perimeter)
    settleInvestors(index)
    name(wanting, party, figures)
  }

  private mutating func name(
    _ wanting: [String],
    _ party: String,
    _ figures: [Scenario.PartyFigure: Quantity]
  ) {
    if !wanting.isEmpty {
      missing.append(
        ProjectionPlan.Missing(
          party: party,
          figures: wanting,
          consequence: "taken to pay whatever falls due, with money from undisclosed sources"
        )
      )
      return
    }
    var without: [String] = []
    if figures[.debt] == nil { without.append("debt") }
    if figures[.facility] == nil { without.append("facility") }
    if figures[.marketValue] == nil || figures[.equityShare] == nil {
      without.append(figures[.marketValue] == nil ? "market-value" : "equity-share")
    }
    if figures[.debtLimit] == nil { without.append("debt-limit") }
    if !without.isEmpty {
      missing.append(
        ProjectionPlan.Missing(
          party: party,
          figures: without,
          consequence: "it raises no money in the ways these would allow"
        )
      )
    }
    guard figures[.recovery] == nil else { return }
    missing.append(
      ProjectionPlan.Missing(
        party: party,
        figures: ["recovery"],
        consequence: "should it fail, its lenders are counted to lose all it owes them"
      )
    )
  }

  /// Who inside buys what of its new equity; what nobody is said to buy comes from outside.
  private mutating func settleInvestors(_ index: Int) {
    let party = parties[index]
    let stated = scenario.investors[party] ?? [:]
    for investor in parties.indices {
      guard let setting = stated[parties[investor]] else { continue }
      let share = setting.quantity
      investors.append(.init(party: index, investor: investor, share: share))
      let words = "\(parties[investor]) buys \(share.words(false)) of its new equity"
      assume(party, words, setting.because, [])
    }
  }

  private mutating func stated(_ figure: Scenario.PartyFigure, _ party: String) -> Quantity? {
    if let setting = scenario.parties[party]?[figure] {
      assume(
        party,
        "\(figure.rawValue) \(setting.quantity.words(figure.isMoney))",
        setting.because,
        []
      )
      return setting.quantity
    }
    let name = "\(figure.rawValue):\(party)"
    guard let row = view.contents.assumptions.first(where: { $0.name == name }),
      let low = ScenarioNode.number(row.low), let high = ScenarioNode.number(row.high)
    else { return nil }
    let quantity = low == high ? Quantity.fixed(low) : .uniform(low: low, high: high)
    assume(party, "\(figure.rawValue) \(quantity.words(figure.isMoney))", row.reason, [row.id])
    return quantity
  }

  private mutating func known(
    _ figure: Scenario.PartyFigure,
    _ party: String,
    _ balances: Balances
  ) -> Quantity? {
    let metrics: [Scenario.PartyFigure: Fact.Metric] = [
      .cash: .cash, .debt: .debt, .marketValue: .marketValue,
    ]
    guard let metric = metrics[figure], let balance = balances.last(metric, of: party) else {
      return nil
    }
    let quantity = Quantity.fixed(Cents.dollars(balance.amount.point))
    let words = "\(figure.rawValue) \(quantity.words(true)), as of \(balance.day)"
    assume(party, words, "the last balance in the book", balance.evidence.map(\.id))
    return quantity
  }

  mutating func assume(
    _ subject: String,
    _ words: String,
    _ because: String,
    _ evidence: [String]
  ) {
    assumptions.append(
      ProjectionPlan.Assumption(
        subject: subject,
        words: words,
        because: because,
        evidence: evidence
      )
    )
  }

  /// Receipts stated in the scenario take the place of the base year's.
  private mutating func settleReceipts(_ index: Int) {
    guard let receipts = members[index].figures[.receipts] else { return }
    let monthly = Cents.of(dollars: receipts.central).rounded() / 12
    let before = members[index].receipts
    let inside = members[index].baseReceipts - Double(before.first ?? 0)
    members[index].receipts = before.map { _ in cents(monthly) }
    members[index].baseReceipts = max(0, inside) + monthly
  }

  /// Spending outside, and what share of each further dollar received is spent.
  private mutating func settleSpending(_ index: Int, _ perimeter: PartyTotals) {
    let party = parties[index]
    if let spending = members[index].figures[.spending] {
      members[index].spending = cents(Cents.of(dollars: spending.central).rounded() / 12)
    }
    guard members[index].figures[.response] == nil, members[index].isTracked else { return }
    let inside = habits.filter { $0.payer == index }.reduce(0) { $0 + $1.base }
    let taken = members[index].baseReceipts
    guard taken > 0 else { return }
    let share = min(1, (Double(members[index].spending) + inside) / taken)
    members[index].figures[.response] = .fixed(share)
    let evidence = perimeter.revenue.evidence + perimeter.cashCosts.evidence
    assume(
      party,
      "response \(Quantity.fixed(share).words(false)) of each further dollar received",
      "derived: what it spent of each dollar it took in \(base), at most all",
      evidence.map(\.id)
    )
  }

  mutating func assumeOutside() {
    for figure in Scenario.OutsideFigure.allCases {
      if let setting = scenario.outside[figure] {
        assume(
          "outside",
          "\(figure.rawValue) \(setting.quantity.words(false))",
          setting.because,
          []
        )
      } else {
        missing.append(
          ProjectionPlan.Missing(
            party: "outside",
            figures: [figure.rawValue],
            consequence: "counted as nothing"
          )
        )
      }
    }
    assume("all", "business of \(base) goes on", "what no deal plans anew is as in that year", [])
    assume("all", "debt is rolled over", "no claim of the book says when it falls due", [])
  }
}
