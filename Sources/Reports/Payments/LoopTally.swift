internal import Claims
internal import Columns
internal import Graphs
internal import Loops
internal import Payments

/// Which loops of payments are told.
package struct LoopSelection: Sendable {
  /// The parties that a loop must lead through one of, by what the file calls them; any where there are none.
  package var parties: Set<String> = []
  /// The numbers of loops that are known already.
  package var known: Set<String> = []
  /// The fewest payments in a loop.
  package var leastHops = 2

  /// Tells all.
  package init() {}

  /// Whether nothing is left out.
  var isAll: Bool { parties.isEmpty && known.isEmpty && leastHops <= 2 }
}

/// What is told of many loops: how many, how long, when they begin, the largest, and who is on them.
struct LoopTally {
  private let payments: Payments
  private let search: PaymentSearch
  private let selection: LoopSelection
  /// How many loops were seen, and how many of them are told.
  private(set) var seen = 0
  private(set) var count = 0
  private(set) var byLength: [String: Int] = [:]
  private(set) var byMonth: [String: Int] = [:]
  /// Whether all were seen.
  private(set) var isComplete = true
  private var largest: CycleTally
  private var through: [Int: Int] = [:]
  private let wanted: Set<Int>

  /// The largest, largest first.
  var top: [CycleTally.Cycle] { largest.top }

  private init(_ payments: Payments, _ search: PaymentSearch, _ request: ScanReport.Request) {
    (self.payments, self.search, selection) = (payments, search, request.selection)
    largest = CycleTally(topCount: request.top)
    let parties = request.selection.parties
    wanted =
      parties.isEmpty
      ? [] : Set((0..<payments.parties.count).filter { parties.contains(payments.parties[$0]) })
  }

  /// Finds the loops of payments.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - search: The form in which they are searched.
  ///   - request: What is asked.
  ///   - consume: Is given each loop that is told; says whether to go on.
  ///   - progress: Is told from time to time which share is done.
  init(
    _ payments: Payments,
    _ search: PaymentSearch,
    _ request: ScanReport.Request,
    each consume: (([Int]) -> Bool)?,
    progress: @escaping @Sendable (Double) -> Void
  ) {
    self.init(payments, search, request)
    let cycles = TemporalCycles(of: search.columns, rules: request.rules, threads: request.threads)
    let months = payments.months
    var question = TemporalCycles.Request(limit: request.limit, topCount: request.top)
    question.periodStarts = months.map { $0.first.ordinal * 86_400 }
    question.countsParties = request.top > 0
    question.threads = request.threads
    guard selection.isAll else {
      question.topCount = 0
      let answer = cycles.answer(question, progress: progress) { loop in
        take(loop) ? consume?(loop) ?? true : true
      }
      isComplete = answer.tally.isComplete
      return
    }
    let answer =
      if let consume {
        cycles.answer(question, progress: progress, forEach: consume)
      } else {
        cycles.answer(question, progress: progress)
      }
    take(answer, months)
  }

  /// Takes what a search told of all loops.
  private mutating func take(_ answer: TemporalCycles.Answer, _ months: [Month]) {
    (count, seen) = (answer.tally.count, answer.tally.count)
    isComplete = answer.tally.isComplete
    byLength = answer.tally.countByLength
    byMonth = Dictionary(
      uniqueKeysWithValues: zip(months, answer.byPeriod.dropFirst()).filter { $1 > 0 }
        .map { ("\($0)", $1) }
    )
    largest = answer.tally
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
    let amounts = loop.map { search.columns.amounts[$0] }
    guard let least = amounts.min() else { return }
    largest.offer(
      CycleTally.Cycle(
        nodes: loop.map { Int(search.columns.payer[$0]) },
        bottleneck: least,
        total: amounts.reduce(0, +),
        transfers: loop
      )
    )
  }

  /// The parties with the most loops through them, by name where they have as many.
  func busiest(_ number: Int) -> [ScanFindings.Party] {
    guard number > 0 else { return [] }
    // Only those that come into question are looked up by name.
    let counts = through.values.sorted(by: >)
    let least = number < counts.count ? counts[number - 1] : 0
    let parties = through.filter { $0.value >= least }.map {
      ScanFindings.Party(
        id: payments.parties[$0.key],
        loops: $0.value,
        name: payments.label(of: $0.key)
      )
    }
    return Array(parties.sorted(by: ScanFindings.Party.precedes).prefix(number))
  }
}

extension FindingNumber {
  /// The number of a loop, as positions among the payments.
  static func of(loop: [Int], _ payments: Payments) -> String {
    of("ring", loop.flatMap { parts($0, payments) })
  }
}
