internal import Columns
import Networks

/// Takes parties of at most two links out of a Laplacian, again and again.
///
/// A party of one link moves with its neighbour. One of two leaves its neighbours linked in its place, the
/// conductances in series, so nothing fills in and the values of the others are unchanged. Of a payment
/// network it leaves half of the parties, and half of the rounds to go.
///
/// - Complexity: O(*n* + *m*).
final class LinkElimination {
  /// A party taken out.
  private struct Step {
    var node: Int32
    /// Its neighbours: itself in place of those missing.
    var other: (Int32, Int32)
    /// The share of its conductance that leads to each.
    var share: (Double, Double) = (0, 0)
    /// One over its conductance to all: zero where it was the last of its component.
    var inverse = 0.0
  }

  /// A link as one of its parties sees it.
  private struct Entry {
    /// The other party: below zero where the link is gone.
    var other: Int32
    /// The position of the link as the other party sees it.
    var mate: Int32
    var conductance: Double
  }

  let nodeCount: Int
  private let isOut: Column<Bool>
  private let rowStart: Column<Int32>
  private let entries: Column<Entry>
  /// How many links each party has left; parallel ones may count more than once.
  private let degree: Column<Int32>
  private var steps: GrowingBuffer<Step>

  /// The length of a row up to which parallel links are looked for.
  private static let mostSearched = 64

  init(of laplacian: Laplacian) {
    nodeCount = laplacian.nodeCount
    isOut = Column(repeating: false, count: nodeCount)
    degree = Column(repeating: 0, count: nodeCount)
    rowStart = Column(repeating: 0, count: nodeCount + 1)
    entries = Column(unwritten: 2 * Int(laplacian.rowStart.base[nodeCount]))
    steps = GrowingBuffer(capacity: nodeCount + 1)
    list(laplacian)
    var waiting = GrowingBuffer<Int32>(capacity: nodeCount + 1)
    for node in 0..<Int32(nodeCount) where degree.base[Int(node)] < 2 { waiting.append(node) }
    run(&waiting)
    for node in 0..<Int32(nodeCount) where degree.base[Int(node)] == 2 { waiting.append(node) }
    run(&waiting)
    waiting.free()
  }

  deinit { steps.free() }

  private func list(_ laplacian: Laplacian) {
    laplacian.forEachLink { a, b, _ in
      degree.base[a] += 1
      degree.base[b] += 1
    }
    let next = Column<Int32>(unwritten: nodeCount)
    for node in 0..<nodeCount {
      next.base[node] = rowStart.base[node]
      rowStart.base[node + 1] = rowStart.base[node] + degree.base[node]
    }
    laplacian.forEachLink { a, b, link in
      let (here, there) = (next.base[a], next.base[b])
      let conductance = laplacian.conductance.base[link]
      entries.base[Int(here)] = Entry(other: Int32(b), mate: there, conductance: conductance)
      entries.base[Int(there)] = Entry(other: Int32(a), mate: here, conductance: conductance)
      next.base[a] = here + 1
      next.base[b] = there + 1
    }
  }

  /// Takes out the parties waiting, and those that come to have as few links by it.
  private func run(_ waiting: inout GrowingBuffer<Int32>) {
    var next = 0
    while next < waiting.count {
      let node = waiting.base[next]
      next += 1
      guard !isOut.base[Int(node)], degree.base[Int(node)] <= 2 else { continue }
      takeOut(node, &waiting)
    }
    waiting.count = 0
  }

  private func takeOut(_ node: Int32, _ waiting: inout GrowingBuffer<Int32>) {
    var found: (Int32, Int32) = (-1, -1)
    for place in rowStart.base[Int(node)]..<rowStart.base[Int(node) + 1]
    where entries.base[Int(place)].other >= 0 {
      if found.0 < 0 { found.0 = place } else { found.1 = place }
    }
    if found.1 >= 0, entries.base[Int(found.0)].other == entries.base[Int(found.1)].other {
      merge(found.1, into: found.0)
      found.1 = -1
    }
    isOut.base[Int(node)] = true
    var step = Step(node: node, other: (node, node))
    defer { steps.append(step) }
    guard found.0 >= 0 else { return }
    let first = entries.base[Int(found.0)]
    step.other.0 = first.other
    guard found.1 >= 0 else {
      (step.inverse, step.share.0) = (1 / first.conductance, 1)
      entries.base[Int(first.mate)].other = -1
      lower(first.other, &waiting)
      return
    }
    let second = entries.base[Int(found.1)]
    step.other.1 = second.other
    step.inverse = 1 / (first.conductance + second.conductance)
    step.share = (first.conductance * step.inverse, second.conductance * step.inverse)
    let series = first.conductance * step.share.1
    entries.base[Int(first.mate)] = Entry(
      other: second.other,
      mate: second.mate,
      conductance: series
    )
    entries.base[Int(second.mate)] = Entry(
      other: first.other,
      mate: first.mate,
      conductance: series
    )
    if mergeParallel(first.mate, of: first.other) || mergeParallel(second.mate, of: second.other) {
      lower(first.other, &waiting)
      lower(second.other, &waiting)
    }
  }

  private func lower(_ node: Int32, _ waiting: inout GrowingBuffer<Int32>) {
    degree.base[Int(node)] -= 1
    if degree.base[Int(node)] <= 2 { waiting.append(node) }
  }

  /// Makes the link at `place` one with another between the same parties, where that may let `node` go next.
  private func mergeParallel(_ place: Int32, of node: Int32) -> Bool {
    let row = rowStart.base[Int(node)]..<rowStart.base[Int(node) + 1]
    guard degree.base[Int(node)] <= 3, row.count <= Self.mostSearched else { return false }
    let other = entries.base[Int(place)].other
    for known in row where known != place && entries.base[Int(known)].other == other {
      merge(place, into: known)
      return true
    }
    return false
  }

  private func merge(_ place: Int32, into known: Int32) {
    let gone = entries.base[Int(place)]
    let kept = entries.base[Int(known)]
    entries.base[Int(known)].conductance += gone.conductance
    entries.base[Int(kept.mate)].conductance += gone.conductance
    entries.base[Int(place)].other = -1
    entries.base[Int(gone.mate)].other = -1
  }

  /// The parties that are left, in ascending order.
  var standing: [Int32] { (0..<Int32(nodeCount)).filter { !isOut.base[Int($0)] } }

  /// Calls `body` with the links that `node` has left; parallel ones may come one by one.
  @inline(__always)
  func forEachLink(of node: Int32, _ body: (_ other: Int32, _ conductance: Double) -> Void) {
    for place in rowStart.base[Int(node)]..<rowStart.base[Int(node) + 1] {
      let entry = entries.base[Int(place)]
      if entry.other >= 0 { body(entry.other, entry.conductance) }
    }
  }

  /// The component of each party: those with parties left first, numbered as in `core`.
  func components(_ core: ReducedLaplacian) -> (of: Column<Int32>, count: Int) {
    let result = Column<Int32>(unwritten: nodeCount)
    for number in 0..<core.componentCount {
      for place in core.members(number) { result.base[Int(core.node.base[place])] = Int32(number) }
    }
    var count = core.componentCount
    for place in (0..<steps.count).reversed() {
      let step = steps.base[place]
      if step.inverse > 0 {
        result.base[Int(step.node)] = result.base[Int(step.other.0)]
      } else {
        result.base[Int(step.node)] = Int32(count)
        count += 1
      }
    }
    return (result, count)
  }

  /// Makes a right side that of the parties left, where they are concerned.
  func pushForward(_ right: inout [Double]) {
    right.withUnsafeMutableBufferPointer { right in
      for place in 0..<steps.count {
        let step = steps.base[place]
        let value = right[Int(step.node)]
        right[Int(step.other.0)] += step.share.0 * value
        right[Int(step.other.1)] += step.share.1 * value
      }
    }
  }

  /// Makes the right side of parties taken out their values, given the values of those left.
  func pullBack(_ values: inout [Double]) {
    values.withUnsafeMutableBufferPointer { values in
      for place in (0..<steps.count).reversed() {
        let step = steps.base[place]
        let own = step.inverse * values[Int(step.node)]
        let first = step.share.0 * values[Int(step.other.0)]
        values[Int(step.node)] = own + first + step.share.1 * values[Int(step.other.1)]
      }
    }
  }
}
