internal import Columns

extension MoneyReturns {
  private static let partiesInChunk = 16

  /// Finds what can have come back.
  ///
  /// - Parameters:
  ///   - request: What is asked.
  ///   - progress: Is told from time to time, on this thread, which share of the parties is done.
  /// - Returns: What was found: the same for any number of threads.
  public func answer(
    _ request: Request = Request(),
    progress: (@Sendable (Double) -> Void)? = nil
  ) -> Answer {
    let limit = workLimit(request)
    let count = parties.count
    let found = Guarded([PartyReturns?](repeating: nil, count: count))
    let board = Guarded((next: 0, work: 0))
    Workers.run(max(1, min(request.threads, count))) { worker in
      var search = ReturnSearch(self, startLimit: min(request.startLimit, .max / 4))
      defer { search.free() }
      while let chunk = take(board, limit) {
        let results = chunk.map { search.run(Int(parties.base[$0]), limit: limit) }
        found.with { $0.replaceSubrange(chunk, with: results.map(Optional.some)) }
        board.with { $0.work += results.reduce(0) { $0 + $1.work } }
        if worker == 0, let progress { progress(Double(chunk.upperBound) / Double(count)) }
      }
    }
    return gathered(found.with { $0 }, limit)
  }

  /// Finds what can have come back to one party.
  ///
  /// - Parameters:
  ///   - party: The party.
  ///   - request: What is asked.
  /// - Returns: What was found of it.
  public func answer(of party: Int, _ request: Request = Request()) -> Answer {
    let limit = workLimit(request)
    var search = ReturnSearch(self, startLimit: min(request.startLimit, .max / 4))
    defer { search.free() }
    return gathered([search.run(party, limit: limit)], limit)
  }

  private func workLimit(_ request: Request) -> Int {
    min(request.workLimit ?? 1_000_000_000 + 2_000 * columns.count, .max / 4)
  }

  private func take(_ board: Guarded<(next: Int, work: Int)>, _ limit: Int) -> Range<Int>? {
    board.with { board in
      guard board.next < parties.count, board.work <= limit else { return nil }
      let end = min(parties.count, board.next + Self.partiesInChunk)
      defer { board.next = end }
      return board.next..<end
    }
  }

  /// Parties in their order as far as the limit takes, whoever searched them.
  private func gathered(_ found: [PartyReturns?], _ limit: Int) -> Answer {
    var answer = Answer()
    var work = 0
    for case let returns? in found {
      guard work <= limit else { break }
      work += returns.work
      answer.searchedParties += 1
      answer.startsGivenUp += returns.startsGivenUp
      answer.all += returns.all
      answer.throughOthers += returns.throughOthers
    }
    answer.partiesLeft = found.count - answer.searchedParties
    answer.all.sort { $0.most != $1.most ? $0.most > $1.most : $0.isBefore($1) }
    answer.throughOthers.sort {
      if $0.beyondTwo != $1.beyondTwo { return $0.beyondTwo > $1.beyondTwo }
      return $0.throughOthers != $1.throughOthers
        ? $0.throughOthers > $1.throughOthers : $0.isBefore($1)
    }
    return answer
  }
}

extension MoneyReturns.Found {
  fileprivate func isBefore(_ other: Self) -> Bool { (time, party) < (other.time, other.party) }
}

/// What can have come back to one party.
struct PartyReturns: Sendable {
  var all: [MoneyReturns.Found] = []
  var throughOthers: [MoneyReturns.Found] = []
  var startsGivenUp = 0
  /// How many payments and edges were looked at.
  var work = 0
}

/// All that one thread needs to search party after party.
struct ReturnSearch {
  private let returns: MoneyReturns
  private let startLimit: Int
  private var labels: TemporalLabels
  private(set) var payments = ReturnPayments()
  private(set) var network = WaitingNetwork()
  private var starts: ReturnStarts
  private var queue = ReturnQueue()
  private var found = PartyReturns()

  init(_ returns: MoneyReturns, startLimit: Int) {
    (self.returns, self.startLimit) = (returns, startLimit)
    let timeline = returns.timeline
    var rules = TemporalCycles.Rules(window: returns.rules.window)
    rules.allowsTies = returns.rules.allowsTies
    labels = TemporalLabels(timeline.timeline, timeline.rows, rules)
    starts = ReturnStarts(timeline, allowsTies: returns.rules.allowsTies)
  }

  func free() {
    labels.free()
    network.free()
  }

  private var work: Int { labels.work + network.flow.work }

  /// Finds the best starts of a party, by any way and through others.
  mutating func run(_ party: Int, limit: Int) -> PartyReturns {
    found = PartyReturns()
    let before = work
    starts.find(party)
    found.all = best(.all, party, until: before + limit)
    found.throughOthers = best(.throughOthers, party, until: before + limit)
    found.work = work - before
    return found
  }

  /// The best start, then the best whose window overlaps none taken, until nothing more comes back.
  private mutating func best(
    _ ways: MoneyReturns.Ways,
    _ party: Int,
    until end: Int
  ) -> [MoneyReturns.Found] {
    var best: [MoneyReturns.Found] = []
    starts.release()
    queue.removeAll()
    for (index, start) in starts.starts.enumerated() where start.bound.most(ways) > 0 {
      queue.push(start.bound.most(ways), index)
    }
    while let first = queue.first {
      queue.removeFirst()
      let index = Int(first.start)
      let start = starts.starts[index]
      let most = start.bound.most(ways)
      guard most > 0, !start.isTaken else { continue }
      guard most == first.most else {
        queue.push(most, index)
        continue
      }
      if start.isKnown {
        starts.take(index)
        best.append(made(start, party))
      } else {
        search(index, party, until: end)
        let most = starts.starts[index].bound.most(ways)
        if most > 0 { queue.push(most, index) }
      }
    }
    return best
  }

  private func made(_ start: ReturnStarts.Start, _ party: Int) -> MoneyReturns.Found {
    MoneyReturns.Found(
      party: party,
      time: returns.timeline.timeline.time.base[Int(start.moment)],
      most: start.bound.all,
      throughOthers: start.bound.throughOthers,
      betweenTwo: start.bound.betweenTwo
    )
  }

  /// Learns what can have come back from a start; nothing where that takes too long.
  private mutating func search(_ index: Int, _ party: Int, until end: Int) {
    guard work < end, let amounts = amounts(starts.starts[index], party) else {
      found.startsGivenUp += 1
      return starts.giveUp(index)
    }
    guard amounts.all > 0 else { return starts.giveUp(index) }
    starts.learn(index, amounts)
  }

  private mutating func amounts(
    _ start: ReturnStarts.Start,
    _ party: Int
  ) -> ReturnedAmounts? {
    var amounts = ReturnedAmounts(all: 0, throughOthers: 0, betweenTwo: 0)
    // A start by which nothing comes home is none, whatever later payments of its window bring.
    guard gather(start, party), payments.leaves(at: start.moment) else { return amounts }
    amounts.betweenTwo = payments.betweenTwo(allowsTies: returns.rules.allowsTies)
    amounts.all = amounts.betweenTwo
    guard payments.hasLonger else { return amounts }
    let all = 0..<payments.payments.count
    guard let through = most(all, .throughOthers, limit: startLimit) else { return nil }
    amounts.throughOthers = through
    guard amounts.betweenTwo > 0 else {
      amounts.all = through
      return amounts
    }
    guard let most = most(all, .all, limit: startLimit) else { return nil }
    amounts.all = most
    return amounts
  }

  /// Gathers what lies on a way out and home from a start; says whether anything does.
  mutating func gather(_ start: ReturnStarts.Start, _ party: Int) -> Bool {
    let canReturn = labels.find(
      home: Int32(truncatingIfNeeded: party),
      leaving: Int(start.leaving),
      arriving: Int(start.arriving),
      until: start.last
    )
    defer { labels.forget() }
    guard canReturn else { return false }
    payments.gather(labels, returns.timeline, leaving: Int(start.leaving))
    return !payments.payments.isEmpty
  }

  /// The most that flows by the payments gathered at a range of positions.
  mutating func most(_ range: Range<Int>, _ ways: MoneyReturns.Ways, limit: Int) -> Int64? {
    network.most(payments, range, ways, allowsTies: returns.rules.allowsTies, limit: limit)
  }

  /// The ways of the flow last sent, as positions among the payments gathered.
  mutating func takeWays() -> [WaitingNetwork.Way] { network.takeWays() }

  /// The start of a party at a time.
  mutating func start(_ party: Int, at time: Int) -> ReturnStarts.Start? {
    starts.find(party)
    let times = returns.timeline.timeline.time
    return starts.starts.first { times.base[Int($0.moment)] == time }
  }
}
