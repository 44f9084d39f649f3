internal import Claims
internal import Networks

extension PlanBuilder {
  /// How a party's sales stand on the day to those of the base year: what it last reported, by the day, over what the
  /// year brought by the day.
  ///
  /// 1 where its last report is of the year as a whole, or none is.
  ///
  /// - Parameters:
  ///   - index: The party.
  ///   - figures: What facts of the view say.
  /// - Returns: The factor, and the period that says so; `nil` for a factor of 1.
  func level(_ index: Int, _ figures: StatedFigures) -> (
    factor: Double, period: Period, rows: [Evidence]
  )? {
    let party = parties[index]
    guard let last = lastReport(of: party), last != base,
      last.last >= base.last.advanced(by: -Self.mostLag),
      let now = figures(.revenue, of: party, in: last), now.days == last.dayCount,
      let whole = figures(.revenue, of: party, in: base), whole.days * 10 >= base.dayCount * 9
    else { return nil }
    let (rate, usual) = (
      now.amount.point / Double(now.days), whole.amount.point / Double(whole.days)
    )
    guard usual > 0, rate > 0, rate != usual else { return nil }
    return (rate / usual, last, now.evidence)
  }

  /// Days by which the end of a fiscal year may come before that of the calendar year and still say how things stand.
  private static let mostLag = 45

  /// The last period of which a party's sales are told: a quarter or longer, the shortest of those that end together.
  private func lastReport(of party: String) -> Period? {
    view.facts.filter {
      $0.metric == .revenue && $0.party == party && $0.counterparty == nil && $0.amount != nil
    }
    .compactMap(\.period)
    .filter { (80...366).contains($0.dayCount) && $0.last <= view.request.asOf }
    .max { ($0.last, $1.dayCount) < ($1.last, $0.dayCount) }
  }

  /// Sales go on at the level of the last report, not at that of the middle of the base year; what a scenario says of a
  /// party's receipts or spending is taken to be of the day already.
  mutating func settleLevels() {
    let figures = StatedFigures(view)
    levels = parties.indices.map { index in
      let stated = scenario.parties[parties[index]] ?? [:]
      guard stated[.receipts] == nil, stated[.spending] == nil, let found = level(index, figures)
      else { return 1 }
      assume(
        parties[index],
        "sales at \(Quantity.fixed(found.factor).words(false)) of \(base)'s",
        "derived: its sales in \(found.period), by the day, to those of \(base)",
        found.rows.map(\.id)
      )
      return found.factor
    }
  }

  /// What customers outside pay on the day: what a party takes in at its level less what those inside paid it in the base
  /// year; what it spends follows what it takes in, by its response.
  ///
  /// - Parameter pairs: What pairs did in the base year.
  /// - Returns: The same, with more or less from outside.
  func levelled(_ pairs: [PairKey: Double]) -> [PairKey: Double] {
    var taken = levels.map { _ in 0.0 }
    for (key, amount) in pairs.sorted(by: { $0.key < $1.key }) where key.payee >= 0 {
      taken[key.payee] += amount
    }
    var now = pairs
    for (key, amount) in pairs where key.payer < 0 && levels[key.payee] != 1 {
      now[key] = max(0, amount + (levels[key.payee] - 1) * taken[key.payee])
    }
    return now
  }
}
