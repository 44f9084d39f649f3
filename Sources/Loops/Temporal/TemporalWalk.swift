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
  let amount: FlatArray<Double>?
  private var frames = Scratch<Frame>()
  private var onPath = Scratch<Bool>()
  // The ways: a payment, its moment, in how many ways it is come by, the best least amount among them.
  private var payment = Scratch<Int32>()
  private var moment = Scratch<Int32>()
  private var ways = Scratch<Int>()
  private var best = Scratch<Double>()
  // Taking apart: where each payment was picked, and the least amount from there on.
  private var pick = Scratch<Int32>()
  private var least = Scratch<Double>()
  private var loop = Scratch<Int32>()

  init(
    _ timeline: TransferTimeline,
    _ rules: TemporalCycles.Rules,
    amount: FlatArray<Double>?
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
    for list in [best, least] { list.free() }
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
    reserveWays(Int(begin) + Int(bundle.end - bundle.begin))
    let end =
      if let amount {
        rules.tolerance == .infinity
          ? mergeWithAmounts(bundle, graph, top, amount)
          : mergeWithinTolerance(bundle, graph, top, amount)
      } else {
        merge(bundle, graph, top)
      }
    guard end > begin else { return }
    enter(bundle.target, begin, end, graph, found)
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
    _ amount: FlatArray<Double>
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
    _ amount: FlatArray<Double>
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
    _ amount: FlatArray<Double>
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
    if takesApart { return takeApart(bundle, graph, atLeast: -.infinity, &tally, counts: true) }
    let top = frames.base[frames.count - 1]
    var total = 0
    var most = -Double.infinity
    if let amount {
      for place in Int(bundle.begin)..<Int(bundle.end) {
        let last = amount.base[Int(graph.transfer.base[place])]
        let before = waysBefore(graph.moment.base[place], last, top, amount)
        total = saturating(total, before.sum)
        most = max(most, min(before.best, last))
      }
    } else {
      total = closings(bundle, graph, top)
    }
    guard total > 0 else { return true }
    // More than there are numbers is never all.
    guard total <= tally.remaining, total < .max else {
      if amount == nil {
        tally.add(tally.remaining, length: frames.count + 1)
        return false
      }
      return takeApart(bundle, graph, atLeast: -.infinity, &tally, counts: true)
    }
    tally.add(total, length: frames.count + 1)
    if amount != nil, tally.wants(most) {
      _ = takeApart(bundle, graph, atLeast: tally.threshold, &tally, counts: false)
    }
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
    atLeast: Double,
    _ tally: inout TemporalTally,
    counts: Bool
  ) -> Bool {
    let depth = frames.count
    pick.reserve(depth + 1)
    loop.reserve(depth + 1)
    least.reserve(depth + 2)
    loop.count = depth + 1
    least.base[depth + 1] = .infinity
    var threshold = atLeast
    for place in Int(bundle.begin)..<Int(bundle.end) {
      loop.base[depth] = graph.transfer.base[place]
      least.base[depth] = amount?.base[Int(loop.base[depth])] ?? .infinity
      guard least.base[depth] >= threshold else { continue }
      var level = depth - 1
      pick.base[level] = frames.base[level].begin
      while level < depth {
        let way = Int(pick.base[level])
        guard way < Int(frames.base[level].end),
          moment.base[way] &+ step <= timeline.moment.base[Int(loop.base[level + 1])]
        else {
          level += 1
          continue
        }
        pick.base[level] += 1
        guard isJoined(way, level, threshold) else { continue }
        loop.base[level] = payment.base[way]
        if level > 0 {
          level -= 1
          pick.base[level] = frames.base[level].begin
          continue
        }
        guard tally.take(loop, timeline, amount, rules, counts: counts) else { return false }
        if !counts { threshold = tally.threshold }
      }
    }
    return true
  }

  /// Whether a way can come before what was picked at the level above, with enough on it.
  private mutating func isJoined(_ way: Int, _ level: Int, _ threshold: Double) -> Bool {
    guard let amount else { return true }
    let own = amount.base[Int(payment.base[way])]
    least.base[level] = min(own, least.base[level + 1])
    return min(best.base[way], least.base[level]) >= threshold
      && rules.fits(amount.base[Int(loop.base[level + 1])], after: own)
  }
}
