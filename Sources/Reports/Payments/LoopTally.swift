internal import Claims
internal import Columns
internal import Graphs
internal import Loops
internal import Payments

/// Which loops of payments are told.
public struct LoopSelection: Sendable {
  /// The parties that a loop must lead through one of, by what the file calls them; any where there are none.
  public var parties: Set<String> = []
  /// The numbers of loops that are known already.
  public var known: Set<String> = []
  /// The fewest payments in a loop.
  public var leastHops = 2

  /// Tells all.
  public init() {}

  /// Whether nothing is left out.
  var isAll: Bool { parties.isEmpty && known.isEmpty && leastHops <= 2 }
}

/// What is told of many loops: how many, how long, when they begin, the largest, and who is on them.
struct LoopTally {
  private let payments: Payments
  private let search: PaymentSearch
  private let selection: LoopSelection
  private let months: [Month]
  private let topCount: Int
  /// How many loops were seen, and how many of them are told.
  private(set) var seen = 0
  private(set) var count = 0
  private(set) var byLength: [String: Int] = [:]
  private(set) var byMonth: [String: Int] = [:]
  private(set) var top: [CycleTally.Cycle] = []
  private var through: [Int: Int] = [:]
  private let wanted: Set<Int>

  init(_ payments: Payments, _ search: PaymentSearch, _ request: ScanReport.Request) {
    (self.payments, self.search, selection) = (payments, search, request.selection)
    (months, topCount) = (payments.months, request.top)
    let parties = request.selection.parties
    wanted =
      parties.isEmpty
      ? [] : Set((0..<payments.parties.count).filter { parties.contains(payments.parties[$0]) })
  }

  /// What a search told of all loops.
  init(
    _ payments: Payments,
    _ search: PaymentSearch,
    _ months: [Month],
    _ request: ScanReport.Request,
    _ answer: TemporalCycles.Answer
  ) {
    self.init(payments, search, request)
    (count, seen) = (answer.tally.count, answer.tally.count)
    byLength = answer.tally.countByLength
    byMonth = Dictionary(
      uniqueKeysWithValues: zip(months, answer.byPeriod.dropFirst()).filter { $1 > 0 }
        .map { ("\($0)", $1) }
    )
    top = answer.tally.top
    guard let nodes = answer.through else { return }
    // A party may stand for several nodes, one for each currency.
    for node in 0..<nodes.count where nodes[node] > 0 {
      through[search.party(of: node), default: 0] += nodes[node]
    }
  }

  /// Counts a loop, as positions among the payments, where it is wanted; says whether it is.
  mutating func take(_ loop: [Int]) -> Bool {
    seen += 1
    guard loop.count >= selection.leastHops else { return false }
    let parties = loop.map { Int(payments.payer[$0]) }
    guard wanted.isEmpty || parties.contains(where: wanted.contains) else { return false }
    if !selection.known.isEmpty, selection.known.contains(FindingNumber.of(loop: loop, payments)) {
      return false
    }
    count += 1
    byLength[String(loop.count), default: 0] += 1
    let day = Day(ordinal: Int((Double(payments.time[loop[0]]) / 86_400).rounded(.down)))
    byMonth["\(Month(of: day))", default: 0] += 1
    for party in parties { through[party, default: 0] += 1 }
    offer(loop)
    return true
  }

  private mutating func offer(_ loop: [Int]) {
    guard topCount > 0 else { return }
    let amounts = loop.map { search.columns.amounts[$0] }
    guard let least = amounts.min() else { return }
    let total = amounts.reduce(0, +)
    if top.count == topCount, let last = top.last {
      guard (least, total) > (last.bottleneck, last.total) else { return }
      top.removeLast()
    }
    let cycle = CycleTally.Cycle(
      nodes: loop.map { Int(search.columns.payer[$0]) },
      bottleneck: least,
      total: total,
      transfers: loop
    )
    let place = top.firstIndex { ($0.bottleneck, $0.total) < (least, total) } ?? top.count
    top.insert(cycle, at: place)
  }

  /// The parties with the most loops through them.
  func busiest(_ number: Int) -> [ScanReport.Party] {
    guard number > 0 else { return [] }
    return through.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(number)
      .map {
        ScanReport.Party(
          id: payments.parties[$0.key],
          loops: $0.value,
          name: payments.label(of: $0.key)
        )
      }
  }
}

extension FindingNumber {
  /// The number of a loop, as positions among the payments.
  static func of(loop: [Int], _ payments: Payments) -> String {
    of("ring", loop.flatMap { parts($0, payments) })
  }
}
