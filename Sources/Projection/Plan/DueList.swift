internal import Columns
internal import Networks

/// What falls due in a month: one line for each payment, and sums by party.
final class DueList {
  /// A payment; −1 is the outside, or for `stream` a habit.
  struct Line: BitwiseCopyable {
    var payer = -1
    var payee = -1
    var stream = -1
    var amount: Int64 = 0
  }

  var count = 0
  let lines: Column<Line>
  /// By party: interest, suppliers and staff outside, deals and habits.
  let senior: Column<Int64>
  let suppliers: Column<Int64>
  let junior: Column<Int64>
  /// By party: what it pays of them.
  let paid: Column<Int64>
  let coming: Column<Int64>
  /// By party: what comes where all pay in full.
  let full: Column<Int64>
  let headroom: Column<Int64>
  /// By party: what it can borrow at most in this month.
  let debtRoom: Column<Int64>
  /// By deal that pays shares: what of the payer's cash it pays, its billionths of receipts this
  /// month, and what it pays in all.
  var shareOfCash: [Int64]
  var shareRate: [Int64]
  var shared: [Int64]
  /// By party: what it pays by such deals, and what it receives for goods and services.
  let sharedBy: Column<Int64>
  let earned: Column<Int64>

  init(parties: Int, lines: Int, shares: Int) {
    func cents() -> Column<Int64> { Column(repeating: 0, count: parties) }
    self.lines = Column(repeating: Line(), count: lines)
    (senior, suppliers, junior) = (cents(), cents(), cents())
    (paid, coming, full) = (cents(), cents(), cents())
    (headroom, debtRoom, sharedBy, earned) = (cents(), cents(), cents(), cents())
    shareOfCash = Array(repeating: 0, count: shares)
    (shareRate, shared) = (shareOfCash, shareOfCash)
  }

  func clear() {
    count = 0
    for party in senior.indices {
      senior[party] = 0
      suppliers[party] = 0
      junior[party] = 0
      full[party] = 0
    }
  }

  @inline(__always)
  func add(_ from: Int, _ to: Int, _ cents: Int64, _ stream: Int) {
    lines[count] = Line(payer: from, payee: to, stream: stream, amount: cents)
    count += 1
    if from >= 0 { junior[from] &+= cents }
    if to >= 0 { full[to] &+= cents }
  }
}
