internal import Columns
private import CLanes
internal import Networks

/// Which payments others join on to within a window.
///
/// On a loop the payee of any payment but the last pays within a window after it, and the payer of any but
/// the first was paid within a window before it; the payer of the first is paid after it, and the payee of
/// the last paid before it.
struct TransferJoins: Sendable {
  // Whether the payer is paid (1) and the payee pays (2) within the window, before and after each payment;
  // where ties count, its own moment is both before and after.
  private let before: Column<UInt8>
  private let after: Column<UInt8>

  /// Looks at all of `list`, back and ahead side by side where there are two threads.
  init(_ list: TransferList, _ rules: TemporalCycles.Rules, nodeCount: Int, threads: Int) {
    let both = [0, 1].map { _ in Column<UInt8>(unwritten: list.count) }
    Workers.share(2, threads: threads) { direction in
      var look = JoinLook(list, rules, nodeCount, isAhead: direction == 1)
      look.note(both[direction].base)
    }
    (before, after) = (both[0], both[1])
  }

  /// Whether the payment at `index` can be the first of a loop.
  @inline(__always)
  func canBegin(_ index: Int) -> Bool { after.base[index] == 3 }

  /// The payments that can be in the middle, the first or the last of a loop, by several threads.
  func joined(threads: Int) -> Column<Int32> {
    // The answers for each of the sixteen cases, as bits.
    let joinedStates = (0..<16).reduce(0) { states, state in
      let (isPaidBefore, paysBefore) = (state & 4 != 0, state & 8 != 0)
      let (isPaidAfter, paysAfter) = (state & 1 != 0, state & 2 != 0)
      let isJoined = paysAfter && (isPaidBefore || isPaidAfter) || isPaidBefore && paysBefore
      return states | (isJoined ? 1 << state : 0)
    }
    return .positions(below: before.count, threads: threads) { [before, after] range, found in
      var next = range.lowerBound
      for index in range {
        found[next] = Int32(truncatingIfNeeded: index)
        next &+= joinedStates &>> Int(before.base[index] &<< 2 | after.base[index]) & 1
      }
      return next
    }
  }
}

extension Column where Element == Int32 {
  /// The numbers below `count` that are wanted, ascending, found by several threads.
  ///
  /// - Parameters:
  ///   - count: One more than the largest that can be wanted.
  ///   - threads: The number of threads.
  ///   - find: Writes those of a range, from the place on that is the range's first number; says where they end.
  /// - Returns: The numbers.
  static func positions(
    below count: Int,
    threads: Int,
    _ find: @escaping @Sendable (Range<Int>, UnsafeMutablePointer<Int32>) -> Int
  ) -> Column {
    let found = Column(unwritten: count)
    let ends = Column<Int>(repeating: 0, count: Swift.max(1, threads))
    let ranges = Workers.split(count, threads: threads) { piece, range in
      ends.base[piece] = find(range, found.base)
    }
    var end = ends.base[0]
    for (piece, range) in ranges.enumerated().dropFirst() {
      let number = ends.base[piece] - range.lowerBound
      (found.base + end).update(from: found.base + range.lowerBound, count: number)
      end += number
    }
    return Column(base: found.base, count: end, owner: found)
  }
}

/// One look at all payments, back in time or ahead: who was met last when.
///
/// Times are blurred, so that two of them take four bytes a party and the parties stay near the processor.
/// They count from the beginning of an era; at its end all are moved back. A blurred time counts as within
/// where any in it would be: that only lets more through.
private struct JoinLook {
  private struct Party: BitwiseCopyable {
    var paid: UInt16 = 0
    var pays: UInt16 = 0
  }

  private let list: TransferList
  private let isAhead: Bool
  private let parties: Column<Party>
  /// The time at the end that is looked from.
  private let origin: Int
  private let shift: UInt
  /// The window in blurred time; nobody is ever met before a window has passed, so that 0 is out of it.
  private let window: Int
  private let countsOwnMoment: Bool
  /// What is added to a time to count from the beginning of the era.
  private var era: Int

  /// The most that a window is in blurred time, and the most that all of time is: some forty eras.
  private static let longestWindow = UInt(1 << 13)
  private static let longestSpan = UInt(1 << 21)

  init(_ list: TransferList, _ rules: TemporalCycles.Rules, _ nodeCount: Int, isAhead: Bool) {
    (self.list, self.isAhead) = (list, isAhead)
    parties = Column(repeating: Party(), count: nodeCount)
    let last = list.count - 1
    origin = list.count == 0 ? 0 : list.time.base[isAhead ? last : 0]
    let span = list.count == 0 ? 0 : UInt(bitPattern: list.time.base[last] &- list.time.base[0])
    let wanted = rules.window == .max ? span : min(UInt(max(0, rules.window)), span)
    var shift: UInt = 0
    while wanted >> shift > Self.longestWindow || span >> shift > Self.longestSpan { shift += 1 }
    self.shift = shift
    window = Int(wanted >> shift) + (shift > 0 ? 1 : 0)
    countsOwnMoment = rules.allowsTies
    era = window + 1
  }

  /// Notes for each payment whether its payer was paid (1) and its payee paid (2) within the window.
  mutating func note(_ seen: UnsafeMutablePointer<UInt8>) {
    let (payer, payee, time) = (list.payer.base, list.payee.base, list.time.base)
    let (parties, isAhead, window) = (parties.base, isAhead, window)
    let count = list.count
    var step = 0
    while step < count {
      // The payments of one moment.
      let begin = step
      let moment = time[isAhead ? count &- 1 &- step : step]
      repeat {
        let soon = min(count &- 1, step &+ 16)
        lanes_fetch(parties + Int(payer[isAhead ? count &- 1 &- soon : soon]))
        lanes_fetch(parties + Int(payee[isAhead ? count &- 1 &- soon : soon]))
        step &+= 1
      } while step < count && time[isAhead ? count &- 1 &- step : step] == moment
      let now = blurred(moment)
      if countsOwnMoment { meet(begin..<step, now) }
      // Without branches on what is fetched from far: a wrong guess would have to wait for it.
      for step in begin..<step {
        let index = isAhead ? count &- 1 &- step : step
        let paid = Int(parties[Int(payer[index])].paid)
        let pays = Int(parties[Int(payee[index])].pays)
        // All bits where it was within the window, else none.
        let bits =
          (now &- paid &- window &- 1) &>> 63 & 1 | (now &- pays &- window &- 1) &>> 63 & 2
        seen[index] = UInt8(truncatingIfNeeded: payer[index] == payee[index] ? 0 : bits)
      }
      if !countsOwnMoment { meet(begin..<step, now) }
    }
  }

  /// Keeps that parties pay and are paid now.
  @inline(__always)
  private func meet(_ steps: Range<Int>, _ now: Int) {
    for step in steps {
      let index = isAhead ? list.count &- 1 &- step : step
      let (from, to) = (Int(list.payer.base[index]), Int(list.payee.base[index]))
      guard from != to else { continue }
      parties.base[from].pays = UInt16(truncatingIfNeeded: now)
      parties.base[to].paid = UInt16(truncatingIfNeeded: now)
    }
  }

  /// A time counted from the beginning of its era.
  @inline(__always)
  private mutating func blurred(_ moment: Int) -> Int {
    let past = isAhead ? origin &- moment : moment &- origin
    let now = Int(bitPattern: UInt(bitPattern: past) &>> shift) &+ era
    return now > Int(UInt16.max) ? beginEra(now) : now
  }

  /// Moves all times back so that `now` is the first of an era; where it is then.
  @inline(never)
  private mutating func beginEra(_ now: Int) -> Int {
    let back = now - (window + 1)
    era -= back
    let least = UInt16(truncatingIfNeeded: min(back, Int(UInt16.max)))
    for index in 0..<parties.count {
      let party = parties.base[index]
      parties.base[index] = Party(
        paid: max(party.paid, least) &- least,
        pays: max(party.pays, least) &- least
      )
    }
    return window + 1
  }
}

extension TransferList {
  /// Takes away payments that no others join on to.
  ///
  /// Once: a second time takes away so few that the search would be done with them sooner.
  ///
  /// - Returns: The rest, and whether each can be the first of a loop.
  func trimmed(
    _ rules: TemporalCycles.Rules,
    nodeCount: Int,
    threads: Int
  ) -> (list: TransferList, begins: Column<Bool>) {
    let joins = TransferJoins(self, rules, nodeCount: nodeCount, threads: threads)
    let kept = joins.joined(threads: threads)
    let begins = Column<Bool>(unwritten: kept.count)
    Workers.split(kept.count, threads: threads) { [time] _, range in
      for index in range {
        let place = Int(kept.base[index])
        begins.base[index] = joins.canBegin(place) && rules.holdsRoot(at: time.base[place])
      }
    }
    return (picked(kept, threads: threads), begins)
  }
}
