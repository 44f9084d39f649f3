internal import Claims

/// The money of one reading of a deal, laid on days: what somebody said moved, and what is promised.
struct DealMoney: Sendable {
  /// Promised money that lies on some days.
  struct Promise: Sendable {
    /// What is promised.
    let amount: Estimate
    /// The days, apart from each other and in order.
    let days: [Period]
    /// The rows behind it.
    let evidence: Set<Evidence>
  }

  /// What moved, or was taken up, by somebody's word.
  var stated = PeriodTotals([])
  /// What binds without condition, beyond what was stated, on the days that leaves.
  var promises: [Promise] = []
  /// All that binds without condition by its schedule, whatever was stated.
  var schedule: [Promise] = []
  /// What would be added if all conditions were met and all that was announced came true.
  var hopes: [Promise] = []
  /// Why nothing is promised; `nil` where something is, or where all has moved.
  var missing: LeftOut.Reason?
  /// The days on which money can run, as far as its term and its signature say.
  var window: (first: Day?, last: Day?) = (nil, nil)
  /// What binds without condition in all; `nil` where nobody said.
  var bound: Total?
  /// What the whole arrangement comes to if all is met; `nil` where nobody said.
  var met: Total?
  /// Claims and assumptions without which other money would lie on some days.
  private(set) var deciding: [Deciding] = []
  /// Amounts said of it in a currency that the book has no rate for.
  var unrated: [Unrated] = []

  /// A row without which other money would lie on some days.
  struct Deciding: Sendable {
    let days: [Period]
    let grade: Grade
    let row: Evidence
  }

  /// What somebody said moved on some days, with every row that decides it.
  func slice(_ days: [Period]) -> GradedSlice {
    var slice = stated.slice(days)
    for found in deciding where found.grade < .spread && found.days.dayCount(in: days) > 0 {
      slice.hide(found.grade, [found.row])
    }
    return slice
  }

  /// The rows without which other promises would lie on some days.
  func evidence(ofPromisesOn days: [Period]) -> Set<Evidence> {
    let found = deciding.filter { $0.grade == .spread && $0.days.dayCount(in: days) > 0 }
    return Set(found.map(\.row))
  }

  /// Notes where `other`, which is the same without `row`, is not the same.
  mutating func note(_ row: Evidence, without other: DealMoney) {
    for (mine, others) in [(self, other), (other, self)] {
      for amount in mine.stated.kept where !others.stated.kept.contains(where: amount.isSame) {
        deciding.append(Deciding(days: [amount.period], grade: amount.grade, row: row))
      }
      for promise in mine.promises
      where !others.promises.contains(where: {
        $0.amount == promise.amount && $0.days == promise.days
      }) {
        deciding.append(Deciding(days: promise.days, grade: .spread, row: row))
      }
    }
  }

  /// An amount of the whole arrangement.
  struct Total: Sendable {
    let amount: Estimate
    let evidence: Set<Evidence>
  }

  /// The money of the arrangement as one would quote it.
  var quoted: Estimate? { (met ?? bound)?.amount }
}

extension DatedAmount {
  /// Whether the two say the same of the same days.
  fileprivate func isSame(_ other: DatedAmount) -> Bool {
    period == other.period && amount == other.amount && grade == other.grade
      && trust == other.trust
  }
}
