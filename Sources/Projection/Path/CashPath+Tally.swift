internal import Columns
internal import Networks

extension CashPath {
  /// Counts the cash of a month, of the parties for which it is known.
  func count(in tally: inout Tally, month: Int) {
    tally.count(accounts.cash, of: tracked, month: month)
  }

  /// Counts what the whole path came to.
  func count(in tally: inout Tally) {
    var first: Int?
    var loss = lostOutside
    for party in failedIn.indices {
      loss &+= lost[party]
      tally.lost[party] &+= Cents.wholeDollars(lost[party])
      tally.owed[party] &+= Cents.wholeDollars(owedAtFailure[party])
      tally.recovered[party] &+= Cents.wholeDollars(recovered[party])
      guard failedIn[party] >= 0 else { continue }
      tally.failed[party * tally.monthCount + Int(failedIn[party])] &+= 1
      if first.map({ precedes(party, $0) }) ?? true { first = party }
    }
    tally.count(loss: loss, first: first)
  }

  /// Whether one failed before another; of one month, who was short of more.
  private func precedes(_ party: Int, _ other: Int) -> Bool {
    (failedIn[party], -shortBy[party]) < (failedIn[other], -shortBy[other])
  }
}
