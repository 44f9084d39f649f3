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
  /// Amounts said of it in a currency that the book has no rate for.
  var unrated: [Unrated] = []

  /// An amount of the whole arrangement.
  struct Total: Sendable {
    let amount: Estimate
    let evidence: Set<Evidence>
  }

  /// The money of the arrangement as one would quote it.
  var quoted: Estimate? { (met ?? bound)?.amount }
}
