internal import Claims
internal import Columns
internal import Graphs
internal import Payments

/// A payment of a loop, by what its file says.
struct FoundPayment: Codable, Sendable, Equatable {
  /// How much, in minor units.
  let amount: Int64
  @Nullable var currency: String?
  /// The file, where there are several.
  @Nullable var file: String?
  /// What people call who pays, where that is known by an account.
  @Nullable var label: String?
  let line: Int
  let payee: String
  let payer: String
  /// Where it stands among all payments: what decides between loops that are equal otherwise.
  let place: Int
  /// When, in seconds since 1970.
  let time: Int

  /// The payment at `index`.
  init(_ index: Int, _ payments: Payments) {
    amount = payments.amountMinorUnits[index]
    currency = payments.currency(of: index)
    file = payments.source(of: index)?.path
    label = payments.label(of: Int(payments.payer[index]))
    line = payments.line(of: index)
    payee = payments.parties[Int(payments.payee[index])]
    payer = payments.parties[Int(payments.payer[index])]
    place = payments.place(of: index)
    time = payments.time[index]
  }
}

/// A loop as a search finds it, with all that its place among the largest and its telling need.
struct FoundLoop: Codable, Sendable, Equatable {
  /// The least amount on it and the sum of all, in minor units of the currency that they are compared in.
  let bottleneck: Double
  let total: Double
  /// The number of the finding, by its content.
  let id: String
  @Nullable var currency: String?
  let payments: [FoundPayment]

  init(_ cycle: CycleTally.Cycle, _ payments: Payments, _ search: PaymentSearch) {
    (bottleneck, total) = (cycle.bottleneck, cycle.total)
    id = FindingNumber.of(loop: cycle.transfers, payments)
    let own = Set(cycle.transfers.map { payments.currency(of: $0) })
    currency = own.count == 1 && search.base == nil ? own.first ?? nil : search.base
    self.payments = cycle.transfers.map { FoundPayment($0, payments) }
  }

  /// Whether it is told before another: in the order of ``CycleTally``, the same for all parts of a scan.
  static func precedes(_ a: FoundLoop, _ b: FoundLoop) -> Bool {
    if a.bottleneck != b.bottleneck { return a.bottleneck > b.bottleneck }
    if a.total != b.total { return a.total > b.total }
    if a.payments.count != b.payments.count { return a.payments.count < b.payments.count }
    return a.payments.map(\.place).lexicographicallyPrecedes(b.payments.map(\.place))
  }
}

/// What a search comes to, of all payments or of a slice of them.
struct ScanFindings: Codable, Sendable, Equatable {
  /// A party and how many loops lead through it.
  struct Party: Codable, Sendable, Equatable {
    let id: String
    var loops: Int
    /// What people call it, where it is known by its account.
    @Nullable var name: String?

    /// Whether it is told before another: more loops first, then by name.
    static func precedes(_ a: Party, _ b: Party) -> Bool {
      a.loops != b.loops ? a.loops > b.loops : a.id.utf8.lexicographicallyPrecedes(b.id.utf8)
    }
  }

  var count: Int
  var isComplete: Bool
  var byLength: [String: Int]
  var byMonth: [String: Int]
  /// Parties on loops, those with the most first: all of them in a part, else as many as are told.
  var parties: [Party]
  /// The largest loops, largest first.
  var largest: [FoundLoop]

  private enum CodingKeys: String, CodingKey {
    case count, parties, largest
    case isComplete = "complete"
    case byLength = "by_length"
    case byMonth = "by_month"
  }

  /// What was counted, with so many of the busiest parties.
  init(
    _ tally: LoopTally,
    _ payments: Payments,
    _ search: PaymentSearch,
    parties: Int,
    isComplete: Bool
  ) {
    (count, self.isComplete) = (tally.count, isComplete)
    (byLength, byMonth) = (tally.byLength, tally.byMonth)
    self.parties = tally.busiest(parties)
    largest = tally.top.map { FoundLoop($0, payments, search) }
  }
}
