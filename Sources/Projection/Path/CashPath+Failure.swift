internal import Columns
internal import Claims
internal import Networks

extension CashPath {
  /// Ends those who could not pay in full, and winds them up.
  func endFailed(_ month: Int) {
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
    for party in failedIn.indices where failedIn[party] == Int32(month) && debt[party] > 0 {
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
    failedIn[party] = Int32(month)
    shortBy[party] = isTold ? 0 : due.junior[party] &- max(0, due.paid[party])
    marketValue[party] = 0
    for stream in isRunning.indices
    where payer[stream] == party || plan.streams[stream].payee == party {
      isRunning[stream] = false
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
    guard owedAtFailure[party] == 0 else { return }
    owedAtFailure[party] = debt[party]
    var outside = debt[party]
    for stream in isRunning.indices where lent[stream] > 0 && payees[stream] == party {
      let (lender, back) = (payer[stream], portion(recovery[party], of: lent[stream]))
      guard lender >= 0 else { continue }
      outside &-= lent[stream]
      lost[lender] &+= lent[stream] &- back
      recovered[party] &+= back
      if failedIn[lender] < 0 { accounts.receive(lender, back) }
    }
    let back = portion(recovery[party], of: outside)
    recovered[party] &+= back
    lostOutside &+= outside &- back
  }
}
