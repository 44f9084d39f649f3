internal import Columns
internal import Graphs
internal import Networks

/// The walk through one root's graph: every way out and home over distinct parties, counted by bundles.
///
/// A path of parties stands for all loops over it: each step carries, for every payment of its bundle, in
/// how many ways in time it can be come by. Only where loops are wanted one by one are they taken apart.
struct TemporalWalk {
  /// A party on the path.
  private struct Frame: BitwiseCopyable {
    /// Its number.
    var number: Int32
    /// The next bundle to follow.
    var cursor: Int32
    /// Its part of the ways.
    var begin: Int32
    var end: Int32
    /// The loops found before it was entered.
    var found: Int
  }

  let timeline: TransferTimeline
  let rules: TemporalCycles.Rules
  let step: Int32
  /// The amounts by place in the timeline, where they matter.
  let amount: Column<Double>?
  private var frames = GrowingBuffer<Frame>()
  private var onPath = GrowingBuffer<Bool>()
  // The ways: a payment, its moment, in how many ways it is come by, the best least amount among them.
  private var payment = GrowingBuffer<Int32>()
  private var moment = GrowingBuffer<Int32>()
  private var ways = GrowingBuffer<Int>()
  private var best = GrowingBuffer<Double>()
  // Taking apart: where each payment was picked.
  private var pick = GrowingBuffer<Int32>()
  private var loop = GrowingBuffer<Int32>()

  init(
    _ timeline: TransferTimeline,
    _ rules: TemporalCycles.Rules,
    amount: Column<Double>?
  ) {
    self.timeline = timeline
    self.rules = rules
    self.amount = amount
    step = rules.allowsTies ? 0 : 1
  }

  func free() {
    for list in [payment, moment, pick, loop] { list.free() }
    frames.free()
    onPath.free()
    ways.free()
    best.free()
  }

  /// Finds the loops of `graph`, whose first payment is `root`.
  ///
  /// - Returns: Whether `tally` took them all.
  mutating func run(
    _ graph: RootGraph,
    root: Int,
    takesApart: Bool,
    _ tally: inout TemporalTally
  ) -> Bool {
    onPath.reserve(graph.node.count)
    onPath.base.update(repeating: false, count: graph.node.count)
    begin(graph, root)
    let found = tally.count
    enter(1, 0, 1, graph, found)
    defer {
      while frames.count > 0 { leave(graph, &tally) }
      tally.note(graph.node.base[0], took: tally.count &- found)
    }
    while frames.count > 0 {
      guard takesApart || tally.work(1) else { return false }
      let top = frames.base + (frames.count - 1)
      let number = Int(top.pointee.number)
      guard top.pointee.cursor < graph.rowStart.base[number + 1] else {
        leave(graph, &tally)
        continue
      }
      let bundle = graph.bundles.base[Int(top.pointee.cursor)]
      top.pointee.cursor += 1
      guard bundle.latest >= moment.base[Int(top.pointee.begin)] &+ step else { continue }
      if bundle.target == 0 {
        guard close(bundle, graph, root, takesApart, &tally) else { return false }
      } else if !onPath.base[Int(bundle.target)],
        frames.count + 1 + Int(graph.hops.base[Int(bundle.target)]) <= rules.maximumLength
      {
        guard takesApart || tally.work(Int(bundle.end - bundle.begin)) else { return false }
        follow(bundle, graph, tally.count)
      }
    }
    return true
  }

  private mutating func begin(_ graph: RootGraph, _ root: Int) {
    frames.count = 0
    reserveWays(1)
    payment.base[0] = Int32(truncatingIfNeeded: root)
    moment.base[0] = timeline.moment.base[root]
    ways.base[0] = 1
    if let amount { best.base[0] = amount.base[root] }
  }

  @inline(__always)
  private mutating func reserveWays(_ count: Int) {
    payment.reserve(count)
    moment.reserve(count)
    ways.reserve(count)
    if amount != nil { best.reserve(count) }
  }

  @inline(__always)
  private mutating func enter(
    _ number: Int32,
    _ begin: Int32,
    _ end: Int32,
    _ graph: RootGraph,
    _ found: Int
  ) {
    frames.append(
      Frame(
        number: number,
        cursor: graph.rowStart.base[Int(number)],
        begin: begin,
        end: end,
        found: found
      )
    )
    onPath.base[Int(number)] = true
  }

  @inline(__always)
  private mutating func leave(_ graph: RootGraph, _ tally: inout TemporalTally) {
    let frame = frames.base[frames.count - 1]
    frames.count -= 1
    onPath.base[Int(frame.number)] = false
    tally.note(graph.node.base[Int(frame.number)], took: tally.count &- frame.found)
  }

  /// Enters the payee of `bundle` with the ways that lead there, if any does.
  @inline(__always)
  private mutating func follow(_ bundle: RootGraph.Bundle, _ graph: RootGraph, _ found: Int) {
    let top = frames.base[frames.count - 1]
    let begin = top.end
    if amount == nil { reserveWays(Int(begin) + Int(bundle.end - bundle.begin)) }
    let end =
      if let amount { waysTo(bundle, graph, top, amount) } else { merge(bundle, graph, top) }
    guard end > begin else { return }
    enter(bundle.target, begin, end, graph, found)
  }

  /// Writes the ways to the payments of `bundle` behind those of `top`; where they end.
  private mutating func waysTo(
    _ bundle: RootGraph.Bundle,
    _ graph: RootGraph,
    _ top: Frame,
    _ amount: Column<Double>
  ) -> Int32 {
    reserveWays(Int(top.end) + Int(bundle.end - bundle.begin))
    return rules.tolerance == .infinity
      ? mergeWithAmounts(bundle, graph, top, amount)
      : mergeWithinTolerance(bundle, graph, top, amount)
  }

  /// Adds up the ways to come before each payment of `bundle`.
  @inline(__always)
  private mutating func merge(
    _ bundle: RootGraph.Bundle,
    _ graph: RootGraph,
    _ top: Frame
  ) -> Int32 {
    var end = top.end
    var former = top.begin
    var sum = 0
    for place in bundle.begin..<bundle.end {
      let now = graph.moment.base[Int(place)]
      while former < top.end, moment.base[Int(former)] &+ step <= now {
        sum = saturating(sum, ways.base[Int(former)])
        former &+= 1
      }
      guard sum > 0 else { continue }
      payment.base[Int(end)] = graph.transfer.base[Int(place)]
      moment.base[Int(end)] = now
      ways.base[Int(end)] = sum
      end &+= 1
    }
    return end
  }

  private mutating func mergeWithAmounts(
    _ bundle: RootGraph.Bundle,
    _ graph: RootGraph,
    _ top: Frame,
    _ amount: Column<Double>
  ) -> Int32 {
    var end = top.end
    var former = top.begin
    var sum = 0
    var most = -Double.infinity
    for place in bundle.begin..<bundle.end {
      let now = graph.moment.base[Int(place)]
      while former < top.end, moment.base[Int(former)] &+ step <= now {
        sum = saturating(sum, ways.base[Int(former)])
        most = max(most, best.base[Int(former)])
        former &+= 1
      }
      guard sum > 0 else { continue }
      let transfer = graph.transfer.base[Int(place)]
      payment.base[Int(end)] = transfer
      moment.base[Int(end)] = now
      ways.base[Int(end)] = sum
      best.base[Int(end)] = min(most, amount.base[Int(transfer)])
      end &+= 1
    }
    return end
  }

  private mutating func mergeWithinTolerance(
    _ bundle: RootGraph.Bundle,
    _ graph: RootGraph,
    _ top: Frame,
    _ amount: Column<Double>
  ) -> Int32 {
    var end = top.end
    for place in bundle.begin..<bundle.end {
      let now = graph.moment.base[Int(place)]
      let transfer = graph.transfer.base[Int(place)]
      let (sum, most) = waysBefore(now, amount.base[Int(transfer)], top, amount)
      guard sum > 0 else { continue }
      payment.base[Int(end)] = transfer
      moment.base[Int(end)] = now
      ways.base[Int(end)] = sum
      best.base[Int(end)] = min(most, amount.base[Int(transfer)])
      end &+= 1
    }
    return end
  }

  /// The ways at the party of `top` that a payment at `now` of `next` can follow, and the best of them.
  private func waysBefore(
    _ now: Int32,
    _ next: Double,
    _ top: Frame,
    _ amount: Column<Double>
  ) -> (sum: Int, best: Double) {
    var sum = 0
    var most = -Double.infinity
    for former in Int(top.begin)..<Int(top.end) {
      guard moment.base[former] &+ step <= now else { break }
      guard rules.fits(next, after: amount.base[Int(payment.base[former])]) else { continue }
      sum = saturating(sum, ways.base[former])
      most = max(most, best.base[former])
    }
    return (sum, most)
  }

  /// Counts the loops that `bundle` closes; says whether the tally took them.
  @inline(__always)
  private mutating func close(
    _ bundle: RootGraph.Bundle,
    _ graph: RootGraph,
    _ root: Int,
    _ takesApart: Bool,
    _ tally: inout TemporalTally
  ) -> Bool {
    if takesApart { return takeApart(bundle, graph, &tally) }
    if let amount { return closeWithAmounts(bundle, graph, amount, &tally) }
    let total = closings(bundle, graph, frames.base[frames.count - 1])
    // More than there are numbers is never all.
    let isAll = total <= tally.remaining && total < .max
    tally.add(isAll ? total : tally.remaining, length: frames.count + 1)
    return isAll
  }

  /// Counts the loops that `bundle` closes, and hands the tally those that can come to its top.
  private mutating func closeWithAmounts(
    _ bundle: RootGraph.Bundle,
    _ graph: RootGraph,
    _ amount: Column<Double>,
    _ tally: inout TemporalTally
  ) -> Bool {
    let top = frames.base[frames.count - 1]
    let closing = Int(top.end)..<Int(waysTo(bundle, graph, top, amount))
    var total = 0
    var most = -Double.infinity
    for way in closing {
      total = saturating(total, ways.base[way])
      most = max(most, best.base[way])
    }
    guard total > 0 else { return true }
    let path = LoopPath(levels: levels + [closing], parties: parties(graph), greatest: most)
    guard total <= tally.remaining, total < .max else {
      offerFirst(tally.remaining, path, amount, &tally)
      tally.add(tally.remaining, length: frames.count + 1)
      return false
    }
    tally.add(total, length: frames.count + 1)
    if tally.wants(most) { offer(path, amount, &tally) }
    return true
  }

  @inline(__always)
  private func closings(_ bundle: RootGraph.Bundle, _ graph: RootGraph, _ top: Frame) -> Int {
    var former = top.begin
    var sum = 0
    var total = 0
    for place in bundle.begin..<bundle.end {
      let now = graph.moment.base[Int(place)]
      while former < top.end, moment.base[Int(former)] &+ step <= now {
        sum = saturating(sum, ways.base[Int(former)])
        former &+= 1
      }
      total = saturating(total, sum)
    }
    return total
  }
}

extension TemporalWalk {
  /// Gives the tally the loops over the path that `bundle` closes, one by one.
  ///
  /// Goes back in time from the last payment: every way kept leads to the root, so there is no dead end.
  ///
  /// - Returns: Whether the tally took them all.
  @inline(never)
  private mutating func takeApart(
    _ bundle: RootGraph.Bundle,
    _ graph: RootGraph,
    _ tally: inout TemporalTally
  ) -> Bool {
    let depth = frames.count
    pick.reserve(depth + 1)
    loop.reserve(depth + 1)
    loop.count = depth + 1
    for place in Int(bundle.begin)..<Int(bundle.end) {
      loop.base[depth] = graph.transfer.base[place]
      var level = depth - 1
      pick.base[level] = frames.base[level].begin
      while level < depth {
        let way = Int(pick.base[level])
        guard way < Int(frames.base[level].end), canPrecede(way, loop.base[level + 1]) else {
          level += 1
          continue
        }
        pick.base[level] += 1
        guard fits(way, before: loop.base[level + 1]) else { continue }
        loop.base[level] = payment.base[way]
        if level > 0 {
          level -= 1
          pick.base[level] = frames.base[level].begin
          continue
        }
        guard tally.take(loop, timeline, amount, rules) else { return false }
      }
    }
    return true
  }

  /// Whether a way ends before the payment `next` in time.
  private func canPrecede(_ way: Int, _ next: Int32) -> Bool {
    moment.base[way] &+ step <= timeline.moment.base[Int(next)]
  }

  /// Whether the amount of `next` can follow that on a way.
  private func fits(_ way: Int, before next: Int32) -> Bool {
    guard let amount, rules.tolerance != .infinity else { return true }
    return rules.fits(amount.base[Int(next)], after: amount.base[Int(payment.base[way])])
  }
}

/// A path of parties out and home, and the ways along it.
private struct LoopPath {
  /// The ways to each step's payments.
  var levels: [Range<Int>]
  let parties: [Int]
  /// The largest least amount that a loop over it has.
  let greatest: Double
}

extension TemporalWalk {
  /// The ways to the payments of each step so far.
  private var levels: [Range<Int>] {
    (0..<frames.count).map { Int(frames.base[$0].begin)..<Int(frames.base[$0].end) }
  }

  /// The parties of the path, home first.
  private func parties(_ graph: RootGraph) -> [Int] {
    [Int(graph.node.base[0])]
      + (0..<frames.count).map { Int(graph.node.base[Int(frames.base[$0].number)]) }
  }

  /// Offers the first `number` loops over a path, in the order in which it would be taken apart.
  ///
  /// From the last payment back, those whose loops are all among them are offered together; the one where the
  /// number ends is looked into further.
  private mutating func offerFirst(
    _ number: Int,
    _ path: LoopPath,
    _ amount: Column<Double>,
    _ tally: inout TemporalTally
  ) {
    var path = path
    var left = number
    var next: Int32?
    for level in path.levels.indices.reversed() where left > 0 {
      let range = path.levels[level]
      var cut = range.lowerBound
      while cut < range.upperBound, next.map({ canPrecede(cut, $0) }) ?? true {
        if next.map({ fits(cut, before: $0) }) ?? true {
          guard ways.base[cut] <= left else { break }
          left -= ways.base[cut]
        }
        cut += 1
      }
      path.levels[level] = range.lowerBound..<cut
      offer(path, amount, &tally)
      guard cut < range.upperBound else { return }
      path.levels[level] = cut..<(cut + 1)
      next = payment.base[cut]
    }
  }

  /// Hands the tally those loops over a path that can come to its top.
  @inline(never)
  private mutating func offer(
    _ path: LoopPath,
    _ amount: Column<Double>,
    _ tally: inout TemporalTally
  ) {
    guard path.levels.allSatisfy({ !$0.isEmpty }), canComeToTop(path, amount, tally) else { return }
    let levels = path.levels.map { range in
      range.map { way in
        let transfer = payment.base[way]
        return LargestOnPath.Payment(
          transfer: transfer,
          moment: moment.base[way],
          amount: amount.base[Int(transfer)]
        )
      }
    }
    var largest = LargestOnPath(levels, timeline, rules)
    var bottleneck = largest.bottleneck(below: .infinity)
    while bottleneck > -.infinity, tally.wants(bottleneck) {
      for loop in largest.loops(at: bottleneck, count: tally.topCount) {
        tally.offer(loop, timeline, amount)
      }
      bottleneck = largest.bottleneck(below: bottleneck)
    }
  }

  /// Whether the best loop that could be on a path would come to the top of the tally.
  private func canComeToTop(
    _ path: LoopPath,
    _ amount: Column<Double>,
    _ tally: TemporalTally
  ) -> Bool {
    let most = path.levels.map { $0.map { amount.base[Int(payment.base[$0])] }.max() ?? 0 }
    let bound = CycleTally.Cycle(
      nodes: path.parties,
      bottleneck: path.greatest,
      total: most.reduce(0, +),
      transfers: [Int(timeline.original.base[Int(payment.base[path.levels[0].lowerBound])])]
    )
    return tally.wants(bound)
  }
}
