internal import Columns
internal import Claims
internal import Networks

extension CashPath {
  /// The most rounds of clearing before giving up.
  private static let mostRounds = 1_000_000
  /// After so many rounds, circles of debts are looked for.
  private static let patience = 64

  /// Whether somebody stands behind a party without limit: the rescuer, or undisclosed sources.
  @inline(__always)
  func isBacked(_ party: Int) -> Bool { isRescued || !columns.isTracked[party] }

  /// What each party can pay of its deals and habits.
  ///
  /// The greatest clearing vector of Eisenberg and Noe, "Systemic risk in financial systems",
  /// *Management Science* 47(2), 2001, doi:10.1287/mnsc.47.2.236.9835, in whole cents: all pay in full
  /// at first, and those who cannot pay less until nothing changes. Shares are rounded down, so the map
  /// is monotone and the rounds come to an end, what goes round in circles taken at once; interest, then
  /// suppliers and staff, come first.
  func clear(_ month: Int) throws(ProjectionError) {
    let parties = books.failedIn.indices
    for party in parties {
      due.headroom[party] = headroom(party, month)
      due.paid[party] = due.junior[party]
      due.coming[party] = books.failedIn[party] < 0 ? books.customers[party] &+ due.full[party] : 0
    }
    if !columns.sharing.isEmpty { try settleShares(month) }
    for party in parties { due.full[party] = due.coming[party] }
    for round in 1...Self.mostRounds {
      var isSettled = true
      for party in parties where due.junior[party] > 0 && !isBacked(party) {
        let payable = min(due.junior[party], max(0, left(party, coming: due.coming[party])))
        if payable < due.paid[party] {
          due.paid[party] = payable
          isSettled = false
        }
      }
      if isSettled { return }
      if round.isMultiple(of: Self.patience) { drainCircles() }
      try countComing(month)
    }
    throw .didNotClear(month: plan.months[month].description, rounds: Self.mostRounds)
  }

  /// What is left for deals once shares, interest, suppliers and staff are paid.
  @inline(__always)
  func left(_ party: Int, coming: Int64) -> Int64 {
    accounts.cash[party] &+ coming &+ due.headroom[party] &- due.senior[party]
      &- due.suppliers[party] &- due.sharedBy[party]
  }

  private func countComing(_ month: Int) throws(ProjectionError) {
    for party in books.failedIn.indices {
      due.coming[party] = books.failedIn[party] < 0 ? books.customers[party] : 0
    }
    for place in 0..<due.count {
      let line = due.lines[place]
      if line.payee >= 0 { due.coming[line.payee] &+= payment(line) }
    }
    if !columns.sharing.isEmpty { try settleShares(month) }
  }

  /// Cents paid of one line: its share of what the payer pays, rounded down.
  @inline(__always)
  func payment(_ line: DueList.Line) -> Int64 {
    let from = line.payer
    guard from >= 0, due.paid[from] < due.junior[from] else { return line.amount }
    let product = line.amount.magnitude.multipliedFullWidth(by: due.paid[from].magnitude)
    return Int64(due.junior[from].magnitude.dividingFullWidth(product).quotient)
  }

  /// What a party can raise this month at most.
  private func headroom(_ party: Int, _ month: Int) -> Int64 {
    guard books.failedIn[party] < 0 else { return 0 }
    due.debtRoom[party] = debtRoom(party)
    // Nobody asks how far the money goes of those who can always pay.
    guard !isBacked(party) else { return 0 }
    return books.facility[party] &+ equityRoom(party, month) &+ due.debtRoom[party]
  }

  /// What it can borrow once its facility, which is debt too, is drawn; what it is lent in this month
  /// counts from the next on.
  private func debtRoom(_ party: Int) -> Int64 {
    let room = max(0, books.debtLimit[party] &- books.debt[party] &- books.facility[party])
    return books.raiseFactor[party] == 1
      ? room : cents(Double(room) * min(1, books.raiseFactor[party]))
  }

  private func equityRoom(_ party: Int, _ month: Int) -> Int64 {
    guard month >= Int(market.shutUntil), books.equityShare[party] > 0 else { return 0 }
    let yearly = books.equityShare[party] * books.marketValue[party] * books.raiseFactor[party]
    return max(0, cents(yearly) &- books.equityRaised[party])
  }

  /// Books the payments, covers shortages by raising money, and ends those who cannot pay.
  func settle(_ month: Int) {
    for party in books.failedIn.indices {
      books.lastReceived[party] = 0
      books.rescued[party] = 0
      guard books.failedIn[party] < 0, books.customers[party] > 0 else { continue }
      accounts.receive(party, books.customers[party])
      books.lastReceived[party] = books.customers[party]
    }
    for place in columns.sharing.indices where due.shared[place] > 0 {
      let stream = columns.sharing[place]
      move(deals.payer[stream], columns.payees[stream], due.shared[place], stream)
    }
    for place in 0..<due.count { book(due.lines[place]) }
    for party in books.failedIn.indices where books.failedIn[party] < 0 { payOutside(party) }
    for party in books.failedIn.indices where accounts.cash[party] < 0 { raise(party, month) }
    endFailed(month)
  }

  private func book(_ line: DueList.Line) {
    let (from, to, stream) = (line.payer, line.payee, line.stream)
    let paid = payment(line)
    if paid < line.amount {
      let unpaid = line.amount &- paid
      if to >= 0 { books.lost[to] &+= unpaid } else { market.lostOutside &+= unpaid }
    }
    move(from, to, paid, stream)
  }

  /// Books a payment of a deal, or of a habit where `stream` is −1.
  private func move(_ from: Int, _ to: Int, _ paid: Int64, _ stream: Int) {
    switch (from >= 0, to >= 0) {
    case (true, true):
      accounts.pay(from, to, paid)
      if keepsFlows { paidBetween[from * books.failedIn.count + to] &+= paid }
    case (true, false): accounts.spend(from, paid)
    default: accounts.receive(to, paid)
    }
    guard to >= 0 else { return }
    if stream < 0 || columns.isRevenue[stream] {
      books.lastReceived[to] &+= paid
    } else if columns.isLending[stream] {
      books.debt[to] &+= paid
      if from >= 0 { deals.lent[stream] &+= paid }
    }
  }

  /// Interest first, then suppliers and staff, as far as the money and what can be raised go.
  private func payOutside(_ party: Int) {
    let owed = due.senior[party] &+ due.suppliers[party]
    guard owed > 0 else { return }
    let most = max(0, accounts.cash[party] &+ due.headroom[party])
    let paid = isBacked(party) ? owed : min(owed, most)
    accounts.spend(party, paid)
    guard paid < owed else { return }
    market.lostOutside &+= owed &- paid
    if due.paid[party] == due.junior[party] { due.paid[party] = -1 }
  }

  /// Covers a shortage: the facility, then equity, then debt; then whoever stands behind the party.
  private func raise(_ party: Int, _ month: Int) {
    var short = -accounts.cash[party]
    let drawn = min(short, books.facility[party])
    books.facility[party] &-= drawn
    books.debt[party] &+= drawn
    short &-= drawn
    let sold = min(short, equityRoom(party, month))
    books.equityRaised[party] &+= sold
    short &-= sold
    let inside = sold > 0 ? sellInside(party, sold) : 0
    let borrowed = min(short, due.debtRoom[party])
    books.debt[party] &+= borrowed
    short &-= borrowed
    books.raised[party] &+= drawn &+ sold &+ borrowed
    accounts.receive(party, drawn &+ (sold &- inside) &+ borrowed &+ short)
    if columns.isTracked[party] {
      books.rescued[party] = short
    } else {
      market.undisclosed &+= short
    }
  }

  /// What of new equity is bought inside: each investor its share, as far as it has cash.
  private func sellInside(_ party: Int, _ sold: Int64) -> Int64 {
    var inside: Int64 = 0
    for (index, share) in investorShare.enumerated() where plan.investors[index].party == party {
      let investor = plan.investors[index].investor
      guard books.failedIn[investor] < 0 else { continue }
      var part = min(portion(share, of: sold), sold &- inside)
      if columns.isTracked[investor] {
        part = min(part, max(0, accounts.cash[investor]))
      } else {
        accounts.receive(investor, part)
        market.undisclosed &+= part
      }
      accounts.pay(investor, party, part)
      if keepsFlows { paidBetween[investor * books.failedIn.count + party] &+= part }
      inside &+= part
    }
    return inside
  }
}
