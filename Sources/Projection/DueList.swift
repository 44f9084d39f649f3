/// What falls due in a month: one line for each payment, and sums by party.
struct DueList {
  /// A payment; −1 is the outside, or for `stream` a habit.
  struct Line {
    var payer = -1
    var payee = -1
    var stream = -1
    var amount: Int64 = 0
  }

  var count = 0
  var lines: [Line]
  /// By party: interest, suppliers and staff outside, deals and habits.
  var senior: [Int64]
  var suppliers: [Int64]
  var junior: [Int64]
  /// By party: what it pays of them.
  var paid: [Int64]
  var coming: [Int64]
  /// By party: what comes where all pay in full.
  var full: [Int64]
  var headroom: [Int64]
  /// By party: what it can borrow at most in this month.
  var debtRoom: [Int64]
  /// By deal that pays shares: what of the payer's cash it pays, its billionths of receipts this
  /// month, and what it pays in all.
  var shareOfCash: [Int64]
  var shareRate: [Int64]
  var shared: [Int64]
  /// By party: what it pays by such deals, and what it receives for goods and services.
  var sharedBy: [Int64]
  var earned: [Int64]

  init(parties: Int, lines: Int, shares: Int) {
    self.lines = Array(repeating: Line(), count: lines)
    senior = Array(repeating: 0, count: parties)
    (suppliers, junior, paid, coming, headroom) = (senior, senior, senior, senior, senior)
    (full, sharedBy, earned, debtRoom) = (senior, senior, senior, senior)
    shareOfCash = Array(repeating: 0, count: shares)
    (shareRate, shared) = (shareOfCash, shareOfCash)
  }

  mutating func clear() {
    count = 0
    for party in senior.indices {
      senior[party] = 0
      suppliers[party] = 0
      junior[party] = 0
      full[party] = 0
    }
  }

  @inline(__always)
  mutating func add(_ from: Int, _ to: Int, _ cents: Int64, _ stream: Int) {
    lines[count] = Line(payer: from, payee: to, stream: stream, amount: cents)
    count += 1
    if from >= 0 { junior[from] &+= cents }
    if to >= 0 { full[to] &+= cents }
  }
}
