internal import Columns
internal import Claims
internal import Networks

extension CashPath {
  /// What deals that pay shares ask of cash, and at what rate of receipts, in this month.
  func countShares() {
    for (place, stream) in columns.sharing.enumerated() {
      due.shareOfCash[place] = 0
      due.shareRate[place] = 0
      guard deals.isRunning[stream], deals.payer[stream] >= 0 else { continue }
      let terms = plan.streams[stream]
      let ofCash = amended(terms.ofCash, stream)
      due.shareOfCash[place] = portion(ofCash, of: accounts.cash[deals.payer[stream]])
      due.shareRate[place] = amended(terms.ofReceipts, stream)
    }
  }

  private func amended(_ share: Int64, _ stream: Int) -> Int64 {
    deals.factor[stream] == 1 ? share : billionths(Double(share) * 1e-9 * deals.factor[stream])
  }

  /// What such deals pay: their share of what comes in for goods and services, one another's payments
  /// included.
  ///
  /// Found from below, in whole cents rounded down: the least amounts that are their share of the
  /// receipts that they bring about. They are paid first, as they are owed only of what came in.
  func settleShares(_ month: Int) throws(ProjectionError) {
    for party in books.failedIn.indices {
      due.earned[party] = books.failedIn[party] < 0 ? books.customers[party] : 0
    }
    for line in due.lines.prefix(due.count) where line.payee >= 0 {
      guard line.stream < 0 || columns.isRevenue[line.stream] else { continue }
      due.earned[line.payee] &+= payment(line)
    }
    for place in columns.sharing.indices { due.shared[place] = 0 }
    var isSettled = false
    for _ in 0..<Self.mostShareRounds where !isSettled { isSettled = raiseShares() }
    guard isSettled else { throw .endlessShares(month: plan.months[month].description) }
    for party in books.failedIn.indices { due.sharedBy[party] = 0 }
    for (place, stream) in columns.sharing.enumerated() where due.shared[place] > 0 {
      due.sharedBy[deals.payer[stream]] &+= due.shared[place]
      if columns.payees[stream] >= 0 { due.coming[columns.payees[stream]] &+= due.shared[place] }
    }
  }

  private static let mostShareRounds = 10_000

  /// One round; whether nothing changed.
  private func raiseShares() -> Bool {
    var isSettled = true
    for (place, stream) in columns.sharing.enumerated() {
      let share = due.shareRate[place]
      let now =
        share > 0
        ? due.shareOfCash[place] &+ portion(share, of: due.earned[deals.payer[stream]])
        : due.shareOfCash[place]
      let more = now &- due.shared[place]
      guard more > 0, now < 1 << 60 else { continue }
      isSettled = false
      due.shared[place] = now
      let payee = columns.payees[stream]
      if payee >= 0, columns.isRevenue[stream] { due.earned[payee] &+= more }
    }
    return isSettled
  }
}
