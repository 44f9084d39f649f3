internal import Columns
internal import Claims
internal import Networks

extension CashPath {
  /// Ends those who could not pay in full, and winds them up.
  func endFailed(_ month: Int) {
    guard !isRescued else { return }
    for party in books.failedIn.indices
    where books.failedIn[party] < 0 && columns.isTracked[party]
      && due.paid[party] < due.junior[party]
    {
      fail(party, month)
    }
    for party in books.failedIn.indices where books.failedIn[party] < 0 && due.paid[party] < 0 {
      fail(party, month)
    }
    for party in books.failedIn.indices
    where books.failedIn[party] == Int32(month) && books.debt[party] > 0 {
      windUp(party)
    }
  }

  /// A party stops: its deals end, nobody pays it, it pays nobody.
  ///
  /// - Parameters:
  ///   - party: Which.
  ///   - month: When.
  ///   - isTold: Whether the scenario says so, without anything being short.
  func fail(_ party: Int, _ month: Int, isTold: Bool = false) {
    books.failedIn[party] = Int32(month)
    books.shortBy[party] = isTold ? 0 : due.junior[party] &- max(0, due.paid[party])
    books.marketValue[party] = 0
    for stream in deals.isRunning.indices
    where deals.payer[stream] == party || plan.streams[stream].payee == party {
      deals.isRunning[stream] = false
    }
    guard keepsEvents else { return }
    events.append(
      PathEvent(
        month: plan.months[month].description,
        words: isTold ? "stops, as the scenario says" : reason(party),
        failed: plan.parties[party],
        links: isTold ? [] : unpaid(party)
      )
    )
  }

  private func reason(_ party: Int) -> String {
    left(party, coming: due.full[party]) < due.junior[party]
      ? "cannot pay what falls due" : "cannot pay because others did not"
  }

  /// The largest payments that a party misses or did not get.
  private func unpaid(_ party: Int) -> [PathEvent.Link] {
    let lines = due.lines.prefix(due.count).filter {
      ($0.payer == party || $0.payee == party) && payment($0) < $0.amount
    }
    return lines.map { line in
      PathEvent.Link(
        from: name(line.payer),
        to: name(line.payee),
        amount: Cents.dollars(line.amount &- payment(line))
      )
    }
    .sorted { ($1.amount, $0.from, $0.to) < ($0.amount, $1.from, $1.to) }
    .prefix(5).map(\.self)
  }

  /// Lenders get back their share of what a failed party owes; the rest is lost.
  ///
  /// What is got back comes from outside, where what the party had is sold.
  func windUp(_ party: Int) {
    guard books.owedAtFailure[party] == 0 else { return }
    books.owedAtFailure[party] = books.debt[party]
    var outside = books.debt[party]
    for stream in deals.isRunning.indices
    where deals.lent[stream] > 0 && columns.payees[stream] == party {
      let (lender, back) = (
        deals.payer[stream], portion(books.recovery[party], of: deals.lent[stream])
      )
      guard lender >= 0 else { continue }
      outside &-= deals.lent[stream]
      books.lost[lender] &+= deals.lent[stream] &- back
      books.recovered[party] &+= back
      if books.failedIn[lender] < 0 { accounts.receive(lender, back) }
    }
    let back = portion(books.recovery[party], of: outside)
    books.recovered[party] &+= back
    market.lostOutside &+= outside &- back
  }
}
