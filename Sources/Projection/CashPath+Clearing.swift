internal import Claims

extension CashPath {
  /// The most rounds of clearing before giving up.
  private static let mostRounds = 100_000

  /// Whether somebody stands behind a party without limit: the rescuer, or undisclosed sources.
  @inline(__always)
  func isBacked(_ party: Int) -> Bool { isRescued || !isTracked[party] }

  /// What each party can pay of its deals and habits.
  ///
  /// The greatest clearing vector of Eisenberg and Noe, "Systemic risk in financial systems",
  /// *Management Science* 47(2), 2001, doi:10.1287/mnsc.47.2.236.9835, in whole cents: all pay in full
  /// at first, and those who cannot pay less until nothing changes. Shares are rounded down, so the map
  /// is monotone and the rounds come to an end; interest, then suppliers and staff, come first.
  mutating func clear(_ month: Int) throws(ProjectionError) {
    let parties = failedIn.indices
    for party in parties {
      due.headroom[party] = headroom(party, month)
      due.paid[party] = due.junior[party]
    }
    countComing()
    for party in parties { due.full[party] = due.coming[party] }
    for _ in 0..<Self.mostRounds {
      var isSettled = true
      for party in parties where due.junior[party] > 0 && !isBacked(party) {
        let payable = min(due.junior[party], max(0, left(party, coming: due.coming[party])))
        if payable < due.paid[party] {
          due.paid[party] = payable
          isSettled = false
        }
      }
      if isSettled { return }
      countComing()
    }
    throw .didNotClear(month: plan.months[month].description, rounds: Self.mostRounds)
  }

  /// What is left for deals once interest, suppliers and staff are paid.
  @inline(__always)
  func left(_ party: Int, coming: Int64) -> Int64 {
    accounts.cash[party] &+ coming &+ due.headroom[party] &- due.senior[party]
      &- due.suppliers[party]
  }

  private mutating func countComing() {
    for party in failedIn.indices {
      due.coming[party] = failedIn[party] < 0 ? customers[party] : 0
    }
    for line in 0..<due.count where due.payee[line] >= 0 {
      due.coming[due.payee[line]] &+= payment(line)
    }
  }

  /// Cents paid of one line: its share of what the payer pays, rounded down.
  @inline(__always)
  func payment(_ line: Int) -> Int64 {
    let from = due.payer[line]
    guard from >= 0, due.paid[from] < due.junior[from] else { return due.amount[line] }
    let product = due.amount[line].magnitude.multipliedFullWidth(by: due.paid[from].magnitude)
    return Int64(due.junior[from].magnitude.dividingFullWidth(product).quotient)
  }

  /// What a party can raise this month at most.
  private mutating func headroom(_ party: Int, _ month: Int) -> Int64 {
    guard failedIn[party] < 0 else { return 0 }
    return facility[party] &+ equityRoom(party, month) &+ debtRoom(party)
  }

  private mutating func debtRoom(_ party: Int) -> Int64 {
    let room = max(0, debtLimit[party] &- debt[party])
    return raiseFactor[party] == 1 ? room : cents(Double(room) * min(1, raiseFactor[party]))
  }

  private mutating func equityRoom(_ party: Int, _ month: Int) -> Int64 {
    guard month >= Int(shutUntil), equityShare[party] > 0 else { return 0 }
    let yearly = equityShare[party] * marketValue[party] * raiseFactor[party]
    return max(0, cents(yearly) &- equityRaised[party])
  }

  /// Books the payments, covers shortages by raising money, and ends those who cannot pay.
  mutating func settle(_ month: Int) {
    for party in failedIn.indices {
      lastReceived[party] = 0
      rescued[party] = 0
      guard failedIn[party] < 0, customers[party] > 0 else { continue }
      accounts.receive(party, customers[party])
      lastReceived[party] = customers[party]
    }
    for line in 0..<due.count { book(line) }
    for party in failedIn.indices where failedIn[party] < 0 { payOutside(party) }
    for party in failedIn.indices where accounts.cash[party] < 0 { raise(party, month) }
    endFailed(month)
  }

  private mutating func book(_ line: Int) {
    let (from, to, stream) = (due.payer[line], due.payee[line], due.stream[line])
    let paid = payment(line)
    if paid < due.amount[line] {
      let unpaid = due.amount[line] &- paid
      if to >= 0 { lost[to] &+= unpaid } else { lostOutside &+= unpaid }
    }
    switch (from >= 0, to >= 0) {
    case (true, true):
      accounts.pay(from, to, paid)
      if keepsFlows { paidBetween[from * failedIn.count + to] &+= paid }
    case (true, false): accounts.spend(from, paid)
    default: accounts.receive(to, paid)
    }
    guard to >= 0 else { return }
    if stream < 0 || isRevenue[stream] {
      lastReceived[to] &+= paid
    } else if isLending[stream] {
      debt[to] &+= paid
    }
  }

  /// Interest first, then suppliers and staff, as far as the money and what can be raised go.
  private mutating func payOutside(_ party: Int) {
    let owed = due.senior[party] &+ due.suppliers[party]
    guard owed > 0 else { return }
    let most = max(0, accounts.cash[party] &+ due.headroom[party])
    let paid = isBacked(party) ? owed : min(owed, most)
    accounts.spend(party, paid)
    guard paid < owed else { return }
    lostOutside &+= owed &- paid
    if due.paid[party] == due.junior[party] { due.paid[party] = -1 }
  }

  /// Covers a shortage: the facility, then equity, then debt; then whoever stands behind the party.
  private mutating func raise(_ party: Int, _ month: Int) {
    var short = -accounts.cash[party]
    accounts.receive(party, short)
    let drawn = min(short, facility[party])
    facility[party] &-= drawn
    debt[party] &+= drawn
    short &-= drawn
    let sold = min(short, equityRoom(party, month))
    equityRaised[party] &+= sold
    short &-= sold
    let borrowed = min(short, debtRoom(party))
    debt[party] &+= borrowed
    short &-= borrowed
    raised[party] &+= drawn &+ sold &+ borrowed
    if isTracked[party] { rescued[party] = short } else { undisclosed &+= short }
  }

  private mutating func endFailed(_ month: Int) {
    guard !isRescued else { return }
    for party in failedIn.indices
    where failedIn[party] < 0 && isTracked[party]
      && due.paid[party] < due.junior[party]
    {
      fail(party, month)
    }
    for party in failedIn.indices where failedIn[party] < 0 && due.paid[party] < 0 {
      fail(party, month)
    }
  }

  /// A party stops: its deals end, nobody pays it, it pays nobody.
  mutating func fail(_ party: Int, _ month: Int) {
    failedIn[party] = Int32(month)
    shortBy[party] = due.junior[party] &- max(0, due.paid[party])
    marketValue[party] = 0
    for stream in isRunning.indices
    where payer[stream] == party || plan.streams[stream].payee == party {
      isRunning[stream] = false
    }
    guard keepsEvents else { return }
    let isAlone = left(party, coming: due.full[party]) < due.junior[party]
    events.append(
      PathEvent(
        month: plan.months[month].description,
        words: isAlone ? "cannot pay what falls due" : "cannot pay because others did not",
        failed: plan.parties[party],
        links: unpaid(party)
      )
    )
  }

  /// The largest payments that a party misses or did not get.
  private func unpaid(_ party: Int) -> [PathEvent.Link] {
    let lines = (0..<due.count).filter {
      (due.payer[$0] == party || due.payee[$0] == party) && payment($0) < due.amount[$0]
    }
    return lines.map { line in
      PathEvent.Link(
        from: name(due.payer[line]),
        to: name(due.payee[line]),
        amount: Double(due.amount[line] &- payment(line)) / 100
      )
    }
    .sorted { ($1.amount, $0.from, $0.to) < ($0.amount, $1.from, $1.to) }
    .prefix(5).map(\.self)
  }
}
