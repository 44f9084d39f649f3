public import Graphs
public import Networks

extension FlowNetwork {
  /// Counts the loops of the network, payments to oneself among them as loops of length 1.
  ///
  /// - Parameters:
  ///   - limit: The number of loops after which to stop.
  ///   - workLimit: How many flows may be looked at beyond ``ElementaryCycles/workOfALoop`` for each loop
  ///     found, by default some seconds' worth; loops of up to ten payments are counted whatever it is.
  ///   - maximumLength: The most payments in a loop.
  ///   - topCount: How many loops with the largest bottlenecks to keep.
  ///   - threads: How many threads to use; the answer does not depend on it.
  /// - Returns: The count, which says whether it is complete.
  public func elementaryCycles(
    limit: Int,
    workLimit: Int = 50_000_000,
    maximumLength: Int = .max,
    topCount: Int = 10,
    threads: Int = 1
  ) -> CycleTally {
    var tally = CycleTally(topCount: topCount)
    let oneself = maximumLength >= 1 ? selfFlows : []
    for flow in oneself.prefix(limit) { tally.add([flow.payer], amounts: [flow.weight]) }
    let rest = max(0, limit - oneself.count)
    let cycles = ElementaryCycles(in: graph, maximumLength: maximumLength)
    let isShort = 2...ElementaryCycles.fewArcs ~= maximumLength
    if isShort, let counts = cycles.countByLength(limit: rest, threads: threads) {
      for (length, count) in counts.enumerated() where count > 0 {
        tally.add(count, length: length)
      }
      offerLargest(to: &tally, maximumLength: maximumLength)
      tally.isComplete = oneself.count <= limit
      return tally
    }
    let isComplete = cycles.forEach(limit: rest, workLimit: workLimit) { cycle in
      tally.add(cycle, amounts: amounts(along: cycle))
      return true
    }
    tally.isComplete = isComplete && oneself.count <= limit
    return tally
  }

  /// The loops with the largest bottlenecks, payments to oneself among them.
  ///
  /// Only flows of at least the amount at which that many loops close are walked, so that it costs no more where the
  /// network has more loops than can be counted.
  ///
  /// - Parameters:
  ///   - count: How many to find.
  ///   - limit: The number of loops of just that amount after which to look no further.
  /// - Returns: The loops, largest first.
  public func largestCycles(_ count: Int, limit: Int = 100_000) -> [CycleTally.Cycle] {
    var tally = CycleTally(topCount: count)
    for flow in selfFlows { tally.add([flow.payer], amounts: [flow.weight]) }
    let amounts = Set(weight).sorted(by: >)
    var (low, high) = (0, amounts.count)
    while low < high {
      let middle = (low + high) / 2
      var found = 0
      _ = ElementaryCycles(in: graph(ofAtLeast: amounts[middle])).forEach(limit: count) { _ in
        found += 1
        return found < count
      }
      if found >= count { high = middle } else { low = middle + 1 }
    }
    guard let least = low < amounts.count ? amounts[low] : amounts.last else { return tally.top }
    _ = ElementaryCycles(in: graph(ofAtLeast: least)).forEach(limit: limit) { cycle in
      tally.add(cycle, amounts: self.amounts(along: cycle))
      return true
    }
    return tally.top
  }

  /// Who pays whom at least so much.
  private func graph(ofAtLeast least: Double) -> SparseGraph {
    var starts = [0]
    var targets: [NodeIndex] = []
    for node in nodes.indices {
      for arc in row(node) where weight[arc] >= least { targets.append(payee[arc]) }
      starts.append(targets.count)
    }
    return SparseGraph(rowStart: starts, target: targets)
  }

  /// Walks only what moves enough to come to the top.
  private func offerLargest(to tally: inout CycleTally, maximumLength: Int) {
    guard tally.threshold < .infinity else { return }
    var search = BoundedCycles(of: graph, maximumLength: maximumLength, amounts: weight)
    var found = tally
    _ = search.run(threshold: { found.threshold }) { cycle in
      found.offer(cycle, amounts: amounts(along: cycle))
      return true
    }
    tally = found
  }

  private func amounts(along cycle: ArraySlice<NodeIndex>) -> [Double] {
    zip(cycle, cycle.dropFirst() + cycle.prefix(1)).map { weight(from: $0, to: $1) }
  }
}
