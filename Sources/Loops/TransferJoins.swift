internal import Networks

/// Which payments others join on to within a window.
///
/// On a loop, the payer was or will be paid and the payee paid or will pay within a window either way; the
/// first payment's payer is paid after it and its payee pays after it.
struct TransferJoins: Sendable {
  /// When a party last was paid and paid, and when last before that moment, as stamps.
  private struct Party: BitwiseCopyable {
    var paid = Stamps.never
    var paidBefore = Stamps.never
    var pays = Stamps.never
    var paysBefore = Stamps.never
  }

  // Whether the payer is paid (1) and the payee pays (2) within the window, and, where that counts, whether
  // they do at the moment of the payment itself (4 and 8).
  private let before: FlatArray<UInt8>
  private let after: FlatArray<UInt8>

  /// Looks at all of `list`, back and ahead side by side where there are two threads.
  init(_ list: TransferList, _ rules: TemporalCycles.Rules, nodeCount: Int, threads: Int) {
    let both = [0, 1].map { _ in FlatArray<UInt8>(unwritten: list.count) }
    let stamps = Stamps(list.time, rules)
    Workers.share(2, threads: threads) { direction in
      Self.look(list, stamps, nodeCount, isAhead: direction == 1, both[direction].base)
    }
    (before, after) = (both[0], both[1])
  }

  /// Whether the payment at `index` has others on both sides.
  @inline(__always)
  func isJoined(_ index: Int) -> Bool { (before.base[index] | after.base[index]) & 3 == 3 }

  /// Whether both sides go on at or after the payment at `index`.
  @inline(__always)
  func canBegin(_ index: Int) -> Bool { (before.base[index] >> 2 | after.base[index]) & 3 == 3 }

  /// The payments that have others on both sides, by several threads.
  func joined(threads: Int) -> FlatArray<Int32> {
    let count = before.count
    let pieces = max(1, min(threads, count >> 12))
    let found = FlatArray<Int32>(unwritten: count)
    let ends = FlatArray(repeating: 0, count: pieces)
    Workers.run(pieces) { piece in
      let range = count * piece / pieces..<count * (piece + 1) / pieces
      var next = range.lowerBound
      for index in range {
        found.base[next] = Int32(truncatingIfNeeded: index)
        next &+= isJoined(index) ? 1 : 0
      }
      ends.base[piece] = next
    }
    var end = ends.base[0]
    for piece in 0..<pieces where piece > 0 {
      let begin = count * piece / pieces
      (found.base + end).update(from: found.base + begin, count: ends.base[piece] - begin)
      end += ends.base[piece] - begin
    }
    return FlatArray(base: found.base, count: end, owner: found)
  }

  /// Notes what is seen going one way through time.
  ///
  /// Without branches on what is fetched from far: a wrong guess would have to wait for it.
  private static func look(
    _ list: TransferList,
    _ stamps: Stamps,
    _ nodeCount: Int,
    isAhead: Bool,
    _ seen: UnsafeMutablePointer<UInt8>
  ) {
    let parties = FlatArray(repeating: Party(), count: nodeCount)
    let (payer, payee, time) = (list.payer.base, list.payee.base, list.time.base)
    let count = list.count
    let countsNow: Int32 = stamps.countsNow ? -1 : 0
    for step in 0..<count {
      let index = isAhead ? count &- 1 &- step : step
      if step & 31 == 0 {
        // Fetches what the next payments need, many at a time; a byte that is written again below.
        var nearness: Int32 = 0
        for next in step..<min(count, step &+ 32) {
          let index = isAhead ? count &- 1 &- next : next
          nearness ^= parties.base[Int(payer[index])].paid ^ parties.base[Int(payee[index])].pays
        }
        seen[index] = UInt8(truncatingIfNeeded: nearness)
      }
      let from = parties.base + Int(payer[index])
      let to = parties.base + Int(payee[index])
      guard from != to else {
        seen[index] = 0
        continue
      }
      let stamp = isAhead ? stamps.fromTheEnd(time[index]) : stamps.fromTheStart(time[index])
      let isPaidEarlier = differs(from.pointee.paid, stamp)
      let paysEarlier = differs(to.pointee.pays, stamp)
      let paid = either(
        from.pointee.paid,
        or: from.pointee.paidBefore,
        isPaidEarlier | countsNow
      )
      let pays = either(to.pointee.pays, or: to.pointee.paysBefore, paysEarlier | countsNow)
      let now = (~isPaidEarlier & countsNow & 4) | (~paysEarlier & countsNow & 8)
      let bits = stamps.isWithin(stamp, paid) | stamps.isWithin(stamp, pays) &<< 1
      seen[index] = UInt8(truncatingIfNeeded: bits) | UInt8(truncatingIfNeeded: now)
      let toIsPaid = to.pointee.paid
      let fromPays = from.pointee.pays
      to.pointee.paidBefore = either(toIsPaid, or: to.pointee.paidBefore, differs(toIsPaid, stamp))
      to.pointee.paid = stamp
      from.pointee.paysBefore = either(
        fromPays,
        or: from.pointee.paysBefore,
        differs(fromPays, stamp)
      )
      from.pointee.pays = stamp
    }
  }

  /// All bits where `first` is not `second`, else none.
  @inline(__always)
  private static func differs(_ first: Int32, _ second: Int32) -> Int32 {
    let difference = first ^ second
    return (difference | (0 &- difference)) &>> 31
  }

  /// `first` where `mask` has all bits, `second` where it has none.
  @inline(__always)
  private static func either(_ first: Int32, or second: Int32, _ mask: Int32) -> Int32 {
    second ^ ((first ^ second) & mask)
  }
}

/// Times as numbers below 2³⁰: seconds from one end, or coarser where they span more than 34 years.
///
/// Coarse ones let more seem to join than does.
private struct Stamps {
  /// Further back than any window reaches.
  static let never: Int32 = -1 << 30 - 2

  private let first: Int
  private let last: Int
  private let shift: Int
  private let window: Int
  /// Whether what has the same stamp counts as before and after.
  let countsNow: Bool

  init(_ time: FlatArray<Int>, _ rules: TemporalCycles.Rules) {
    first = time.count > 0 ? time.base[0] : 0
    last = time.count > 0 ? time.base[time.count - 1] : 0
    let span = UInt(bitPattern: last &- first)
    shift = max(0, UInt.bitWidth - 30 - span.leadingZeroBitCount)
    // A window without bounds holds even what is further apart than there are numbers.
    window =
      rules.window == .max ? 1 << 30 : min(rules.window &>> shift + (shift > 0 ? 1 : 0), 1 << 30)
    countsNow = rules.allowsTies || shift > 0
  }

  @inline(__always)
  func fromTheStart(_ time: Int) -> Int32 {
    Int32(truncatingIfNeeded: UInt(bitPattern: time &- first) &>> UInt(shift))
  }

  @inline(__always)
  func fromTheEnd(_ time: Int) -> Int32 {
    Int32(truncatingIfNeeded: UInt(bitPattern: last &- time) &>> UInt(shift))
  }

  /// 1 where the earlier stamp lies in the window that ends with `stamp`, else 0.
  @inline(__always)
  func isWithin(_ stamp: Int32, _ earlier: Int32) -> Int {
    Int(bitPattern: UInt(bitPattern: Int(stamp) &- Int(earlier) &- window &- 1) &>> 63)
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
  ) -> (list: TransferList, begins: FlatArray<Bool>) {
    let joins = TransferJoins(self, rules, nodeCount: nodeCount, threads: threads)
    let kept = joins.joined(threads: threads)
    let begins = FlatArray<Bool>(unwritten: kept.count)
    for index in 0..<kept.count { begins.base[index] = joins.canBegin(Int(kept.base[index])) }
    return (picked(kept), begins)
  }
}
