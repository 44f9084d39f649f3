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
    undisclosed = 0
    if month % 12 == 0 {
      for party in equityRaised.indices { equityRaised[party] = 0 }
    }
    moveMarkets(month)
    applyShocks(month)
    giveUpLateCapacity(month)
    countDue(month)
    try refuseTooMuch(month)
    if !sharing.isEmpty { countShares() }
    try clear(month)
    settle(month)
    let residual = accounts.residual
    guard residual == 0 else {
      throw .doesNotClose(month: plan.months[month].description, path: path, cents: residual)
    }
  }

  /// Stops where an amount has reached what cents can hold, rather than count on with less.
  private func refuseTooMuch(_ month: Int) throws(ProjectionError) {
    for party in failedIn.indices {
      let most = max(
        max(customers[party], due.junior[party]),
        max(due.suppliers[party], due.senior[party]),
        max(accounts.cash[party], debt[party])
      )
      guard most >= mostCents else { continue }
      throw .tooMuch(month: plan.months[month].description, party: plan.parties[party])
    }
  }

  /// Outside demand and share prices take one step.
  private func moveMarkets(_ month: Int) {
    let noise = step(demandVolatility, slots.outside(.demandVolatility), month)
    let shared = step(marketVolatility, slots.outside(.marketVolatility), month)
    let everybody = demandStep * noise
    let firstSlot = slots.figure(0, .volatility)
    for party in customerFactor.indices {
      customerFactor[party] *= ownGrowth[party] ? monthlyGrowth[party] * noise : everybody
      guard marketValue[party] > 0 else { continue }
      marketValue[party] *=
        shared * step(volatility[party], firstSlot + party * Slots.figures, month)
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
    for stream in late.indices where late[stream] > 0 && isRunning[stream] {
      let terms = plan.streams[stream]
      guard terms.graceMonths >= 0, late[stream] > terms.graceMonths,
        month == Int(lateFrom[stream] + terms.graceMonths), payer[stream] != terms.taker
      else { continue }
      if terms.taker >= -1 {
        note(month, "\(name(terms.taker)) takes \(terms.deal) over from \(name(payer[stream]))")
        payer[stream] = terms.taker
        if !canRun(stream) { isRunning[stream] = false }
        followHabit(of: stream)
      } else {
        note(month, "\(name(payer[stream])) gives up \(terms.deal), late beyond its grace")
        isRunning[stream] = false
        followHabit(of: stream)
      }
    }
  }

  /// Cents that a deal asks for in a month: what was delivered before it became late as planned, what
  /// comes on top as many months later.
  @inline(__always)
  func planned(_ stream: Int, _ month: Int) -> Int64 {
    var amount = amounts[month * isRunning.count + stream]
    if late[stream] > 0, month >= Int(lateFrom[stream]) {
      amount = min(amount, deliveredBefore[stream])
      let earlier = month - Int(late[stream])
      if earlier >= Int(lateFrom[stream]) {
        let planned = amounts[earlier * isRunning.count + stream]
        amount &+= max(0, planned &- deliveredBefore[stream])
      }
    }
    guard amount > 0 else { return 0 }
    return factor[stream] == 1 ? amount : cents(Double(amount) * factor[stream])
  }

  private func countDue(_ month: Int) {
    due.clear()
    for party in dealsDue.indices { dealsDue[party] = 0 }
    for stream in planning where isRunning[stream] {
      let amount = planned(stream, month)
      guard amount > 0 else { continue }
      let (from, to) = (payer[stream], payees[stream])
      due.add(from, to, amount, stream)
      if from >= 0, isRevenue[stream] { dealsDue[from] &+= amount }
    }
    for party in spendingScale.indices { spendingScale[party] = scale(of: party, month) }
    for habit in habitPayer.indices {
      let (from, to) = (habitPayer[habit], habitPayees[habit])
      guard from >= 0, failedIn[from] < 0, failedIn[to] < 0 else { continue }
      let amount = cents(
        habitAmounts[month * habitPayer.count + habit] * spendingScale[from]
      )
      if amount > 0 { due.add(from, to, amount, -1) }
    }
    for party in failedIn.indices where failedIn[party] < 0 {
      due.suppliers[party] = cents(
        spending[party] * growth[party] * spendingScale[party]
      )
      due.senior[party] = interestDue(party)
      customers[party] = cents(
        receipts[month * failedIn.count + party] * customerShare[party] * customerFactor[party]
      )
    }
  }

  /// How a party's spending by habit follows what it took in the month before.
  ///
  /// Of each dollar beyond the base year's level it spends its response, less what its deals already
  /// cost beyond that level; of each dollar below, it saves its response.
  private func scale(of party: Int, _ month: Int) -> Double {
    guard response[party] > 0, lastReceived[party] >= 0 else { return 1 }
    let level = spending[party] * growth[party] + habitual[month * failedIn.count + party]
    guard level > 0 else { return 1 }
    var extra = response[party] * (Double(lastReceived[party]) - baseReceipts[party])
    if extra > 0 {
      extra = max(
        0,
        extra - max(0, Double(dealsDue[party]) - covered[month * failedIn.count + party])
      )
    }
    return max(0, 1 + extra / level)
  }

  /// Interest of a month on debt taken up since the start, and on the rest as far as rates moved.
  private func interestDue(_ party: Int) -> Int64 {
    let shift = rate - openingRate
    guard debt[party] != openingDebt[party] || shift != 0 else { return 0 }
    let own = interest[party] >= 0 ? interest[party] + shift : rate
    let fresh = Double(debt[party] &- openingDebt[party])
    return max(0, cents((fresh * own + Double(openingDebt[party]) * shift) / 12))
  }

  func name(_ party: Int) -> String { party >= 0 ? plan.parties[party] : "the outside" }

  func note(_ month: Int, _ words: String) {
    guard keepsEvents else { return }
    events.append(
      PathEvent(month: plan.months[month].description, words: words, failed: nil, links: [])
    )
  }
}
