#if canImport(Glibc)
internal import Columns
internal import Glibc
#else
internal import Darwin
#endif
internal import Claims
internal import Networks

extension CashPath {
  /// Runs one month, from 0.
  ///
  /// - Parameter month: The position of the month in the plan.
  /// - Throws: ``ProjectionError`` where the books do not close.
  func run(month: Int) throws(ProjectionError) {
    accounts.openMonth()
    market.undisclosed = 0
    if month % 12 == 0 {
      for party in books.equityRaised.indices { books.equityRaised[party] = 0 }
    }
    moveMarkets(month)
    applyShocks(month)
    giveUpLateCapacity(month)
    countDue(month)
    try refuseTooMuch(month)
    if !columns.sharing.isEmpty { countShares() }
    try clear(month)
    settle(month)
    let residual = accounts.residual
    guard residual == 0 else {
      throw .doesNotClose(month: plan.months[month].description, path: path, cents: residual)
    }
  }

  /// Stops where an amount has reached what cents can hold, rather than count on with less.
  private func refuseTooMuch(_ month: Int) throws(ProjectionError) {
    for party in books.failedIn.indices {
      let most = max(
        max(books.customers[party], due.junior[party]),
        max(due.suppliers[party], due.senior[party]),
        max(accounts.cash[party], books.debt[party])
      )
      guard most >= mostCents else { continue }
      throw .tooMuch(month: plan.months[month].description, party: plan.parties[party])
    }
  }

  /// Outside demand and share prices take one step.
  private func moveMarkets(_ month: Int) {
    let noise = step(market.demandVolatility, slots.outside(.demandVolatility), month)
    let shared = step(market.marketVolatility, slots.outside(.marketVolatility), month)
    let everybody = market.demandStep * noise
    let firstSlot = slots.figure(0, .volatility)
    for party in books.customerFactor.indices {
      books.customerFactor[party] *=
        books.ownGrowth[party] ? books.monthlyGrowth[party] * noise : everybody
      guard books.marketValue[party] > 0 else { continue }
      books.marketValue[party] *=
        shared * step(books.volatility[party], firstSlot + party * Slots.figures, month)
    }
  }

  /// A month's factor of a yearly deviation, whose mean is 1.
  private func step(_ deviation: Double, _ slot: Int, _ month: Int) -> Double {
    guard deviation > 0, !chance.isMiddle else { return 1 }
    let monthly = deviation * (1.0 / 12).squareRoot()
    return exp(monthly * chance.normal(slot, month: month + 1) - monthly * monthly / 2)
  }

  /// Customers leave deals that are late beyond their grace; a taker, where one is named, steps in.
  private func giveUpLateCapacity(_ month: Int) {
    for stream in deals.late.indices where deals.late[stream] > 0 && deals.isRunning[stream] {
      let terms = plan.streams[stream]
      guard terms.graceMonths >= 0, deals.late[stream] > terms.graceMonths,
        month == Int(deals.lateFrom[stream] + terms.graceMonths), deals.payer[stream] != terms.taker
      else { continue }
      if terms.taker >= -1 {
        note(
          month,
          "\(name(terms.taker)) takes \(terms.deal) over from \(name(deals.payer[stream]))"
        )
        deals.payer[stream] = terms.taker
        if !canRun(stream) { deals.isRunning[stream] = false }
        followHabit(of: stream)
      } else {
        note(month, "\(name(deals.payer[stream])) gives up \(terms.deal), late beyond its grace")
        deals.isRunning[stream] = false
        followHabit(of: stream)
      }
    }
  }

  /// Cents that a deal asks for in a month: what was delivered before it became late as planned, what
  /// comes on top as many months later.
  @inline(__always)
  func planned(_ stream: Int, _ month: Int) -> Int64 {
    var amount = columns.amounts[month * deals.isRunning.count + stream]
    if deals.late[stream] > 0, month >= Int(deals.lateFrom[stream]) {
      amount = min(amount, deals.deliveredBefore[stream])
      let earlier = month - Int(deals.late[stream])
      if earlier >= Int(deals.lateFrom[stream]) {
        let planned = columns.amounts[earlier * deals.isRunning.count + stream]
        amount &+= max(0, planned &- deals.deliveredBefore[stream])
      }
    }
    guard amount > 0 else { return 0 }
    return deals.factor[stream] == 1 ? amount : cents(Double(amount) * deals.factor[stream])
  }

  private func countDue(_ month: Int) {
    due.clear()
    for party in books.dealsDue.indices { books.dealsDue[party] = 0 }
    for stream in columns.planning where deals.isRunning[stream] {
      let amount = planned(stream, month)
      guard amount > 0 else { continue }
      let (from, to) = (deals.payer[stream], columns.payees[stream])
      due.add(from, to, amount, stream)
      if from >= 0, columns.isRevenue[stream] { books.dealsDue[from] &+= amount }
    }
    for party in books.spendingScale.indices {
      books.spendingScale[party] = scale(of: party, month)
    }
    for habit in deals.habitPayer.indices {
      let (from, to) = (deals.habitPayer[habit], columns.habitPayees[habit])
      guard from >= 0, books.failedIn[from] < 0, books.failedIn[to] < 0 else { continue }
      let amount = cents(
        columns.habitAmounts[month * deals.habitPayer.count + habit] * books.spendingScale[from]
      )
      if amount > 0 { due.add(from, to, amount, -1) }
    }
    for party in books.failedIn.indices where books.failedIn[party] < 0 {
      due.suppliers[party] = cents(
        columns.spending[party] * books.growth[party] * books.spendingScale[party]
      )
      due.senior[party] = interestDue(party)
      books.customers[party] = cents(
        columns.receipts[month * books.failedIn.count + party] * books.customerShare[party]
          * books.customerFactor[party]
      )
    }
  }

  /// How a party's spending by habit follows what it took in the month before.
  ///
  /// Of each dollar beyond the base year's level it spends its response, less what its deals already
  /// cost beyond that level; of each dollar below, it saves its response.
  private func scale(of party: Int, _ month: Int) -> Double {
    guard books.response[party] > 0, books.lastReceived[party] >= 0 else { return 1 }
    let level =
      columns.spending[party] * books.growth[party]
      + columns.habitual[month * books.failedIn.count + party]
    guard level > 0 else { return 1 }
    var extra =
      books.response[party] * (Double(books.lastReceived[party]) - columns.baseReceipts[party])
    if extra > 0 {
      extra = max(
        0,
        extra
          - max(
            0,
            Double(books.dealsDue[party]) - columns.covered[month * books.failedIn.count + party]
          )
      )
    }
    return max(0, 1 + extra / level)
  }

  /// Interest of a month on debt taken up since the start, and on the rest as far as rates moved.
  private func interestDue(_ party: Int) -> Int64 {
    let shift = market.rate - market.openingRate
    guard books.debt[party] != books.openingDebt[party] || shift != 0 else { return 0 }
    let own = books.interest[party] >= 0 ? books.interest[party] + shift : market.rate
    let fresh = Double(books.debt[party] &- books.openingDebt[party])
    return max(0, cents((fresh * own + Double(books.openingDebt[party]) * shift) / 12))
  }

  func name(_ party: Int) -> String { party >= 0 ? plan.parties[party] : "the outside" }

  func note(_ month: Int, _ words: String) {
    guard keepsEvents else { return }
    events.append(
      PathEvent(month: plan.months[month].description, words: words, failed: nil, links: [])
    )
  }
}
