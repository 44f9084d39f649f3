internal import Columns
internal import Networks

extension CashPath {
  /// Counts the cash of a month, of the parties for which it is known.
  func count(in tally: inout Tally, month: Int) {
    tally.count(accounts.cash, of: columns.tracked, month: month)
  }

  /// Counts what the whole path came to.
  func count(in tally: inout Tally) {
    var first: Int?
    var loss = market.lostOutside
    for party in books.failedIn.indices {
      loss &+= books.lost[party]
      tally.lost[party] &+= Cents.wholeDollars(books.lost[party])
      tally.owed[party] &+= Cents.wholeDollars(books.owedAtFailure[party])
      tally.recovered[party] &+= Cents.wholeDollars(books.recovered[party])
      guard books.failedIn[party] >= 0 else { continue }
      tally.failed[party * tally.monthCount + Int(books.failedIn[party])] &+= 1
      if first.map({ precedes(party, $0) }) ?? true { first = party }
    }
    tally.count(loss: loss, first: first)
  }

  /// Whether one failed before another; of one month, who was short of more.
  private func precedes(_ party: Int, _ other: Int) -> Bool {
    (books.failedIn[party], -books.shortBy[party]) < (books.failedIn[other], -books.shortBy[other])
  }
}
