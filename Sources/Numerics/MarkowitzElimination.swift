internal import Columns
internal import Graphs

/// Elimination of a sparse matrix row by row, those first that have fewest ways through them.
///
/// Eliminating a row leads whatever comes to it on to where it leads: w_ij grows by w_ik·w_kj/S_k, and the
/// leak of *i* by its part of that of *k*, where S_k is all that leaves *k*.
final class MarkowitzElimination {
  /// A row that was eliminated.
  struct Step {
    let node: Int32
    /// S: all that leaves it.
    let pivot: Double
    /// Where its factors stand: shares of what leaves it by where it goes, then of what comes to it by
    /// where from, over the pivot.
    let upper: Range<Int>
    let lower: Range<Int>
  }

  /// The factors, and the inverse at their places.
  struct Factors {
    fileprivate var values = GrowingBuffer<(node: Int32, factor: Double, inverse: Double)>()

    @inline(__always) func node(_ entry: Int) -> Int32 { values.base[entry].node }
    @inline(__always) func factor(_ entry: Int) -> Double { values.base[entry].factor }
    @inline(__always) func inverse(_ entry: Int) -> Double { values.base[entry].inverse }
    @inline(__always)
    func setInverse(_ entry: Int, _ value: Double) { values.base[entry].inverse = value }
  }

  /// A list that moves to the end of the memory shared by all when it grows out of its room.
  private struct List {
    var begin = 0
    var count = 0
    var room = 0
  }

  let count: Int
  private(set) var steps: [Step] = []
  private(set) var factors = Factors()
  /// The step of each row: below zero where it is left.
  private let order: Column<Int32>
  private let leak: Column<Double>
  private var rows: Column<List>
  private var entries: GrowingBuffer<(target: Int32, weight: Double)>
  /// Those that lead to each row, some eliminated by now.
  private var columns: Column<List>
  private var sources: GrowingBuffer<Int32>
  /// How many that are left lead to each row.
  private let incoming: Column<Int32>
  /// Where in the row at hand each target stands, and whether it does.
  private let position: Column<Int>
  private let mark: Column<Int>
  private var tick = 0
  private var queue = CostQueue()
  private var work = 0
  private var entryCount: Int

  init(_ graph: SparseGraph, weight: [Double], leak: [Double]) {
    count = graph.nodeCount
    order = Column(repeating: -1, count: count)
    self.leak = Column(leak)
    rows = Column(repeating: List(), count: count)
    columns = Column(repeating: List(), count: count)
    entries = GrowingBuffer(capacity: 2 * weight.count + 64)
    sources = GrowingBuffer(capacity: 2 * weight.count + 64)
    incoming = Column(repeating: 0, count: count)
    position = Column(repeating: 0, count: count)
    mark = Column(repeating: 0, count: count)
    entryCount = weight.count
    for node in 0..<count {
      let row = graph.row(node)
      rows[node] = List(begin: entries.count, count: row.count, room: row.count)
      for arc in row {
        entries.append((Int32(graph.target[arc]), weight[arc]))
        incoming[graph.target[arc]] += 1
      }
    }
    for node in 0..<count {
      columns[node] = List(begin: sources.count, count: 0, room: Int(incoming[node]))
      for _ in 0..<incoming[node] { sources.append(0) }
    }
    for node in 0..<count {
      for arc in graph.row(node) {
        let column = columns[graph.target[arc]]
        sources.base[column.begin + column.count] = Int32(node)
        columns[graph.target[arc]].count += 1
      }
    }
    for node in 0..<count { queue.add(Int32(node), cost: cost(node)) }
  }

  deinit {
    entries.free()
    sources.free()
    factors.values.free()
    queue.free()
  }

  /// The step that eliminated `node`: `nil` where it is left.
  @inline(__always)
  func step(of node: Int) -> Step? { order.base[node] < 0 ? nil : steps[Int(order.base[node])] }

  /// The rows that are left, in ascending order.
  var left: [Int32] { (0..<Int32(count)).filter { order[Int($0)] < 0 } }

  /// The rows `left` as a dense matrix, with their leaks.
  func denseRows(_ left: [Int32]) -> (amounts: Column<Double>, leak: [Double]) {
    let amounts = Column<Double>(repeating: 0, count: left.count * left.count)
    for (index, node) in left.enumerated() { position[Int(node)] = index }
    for (index, node) in left.enumerated() {
      let row = rows[Int(node)]
      for entry in row.begin..<row.begin + row.count {
        let (target, weight) = entries.base[entry]
        amounts[index * left.count + position[Int(target)]] = weight
      }
    }
    return (amounts, left.map { leak[Int($0)] })
  }

  private func cost(_ node: Int) -> Int { rows.base[node].count * Int(incoming.base[node]) }

  /// Eliminates until what is left is dense, and few enough.
  ///
  /// - Parameters:
  ///   - mostWork: How many entries of rows may be touched.
  ///   - largestDense: How many rows may be left.
  /// - Returns: Whether that was enough.
  func run(mostWork: Int, largestDense: Int) -> Bool {
    while count - steps.count > 32 {
      let left = count - steps.count
      if left <= largestDense, 5 * entryCount >= 2 * left * left { return true }
      guard work <= mostWork else { return false }
      guard let node = queue.next(where: { order.base[$0] < 0 ? cost($0) : nil }) else { break }
      // Rows become dearer, not cheaper: where all that must go would cost too much at this price, it will.
      guard cost(Int(node)) * max(0, left - largestDense) <= mostWork - work else { return false }
      eliminate(Int(node))
    }
    return true
  }

  private func eliminate(_ node: Int) {
    let row = rows.base[node]
    var pivot = leak.base[node]
    for entry in row.begin..<row.begin + row.count { pivot += entries.base[entry].weight }
    pivot = max(pivot, .leastNormalMagnitude)
    let upper = factors.values.count
    for entry in row.begin..<row.begin + row.count {
      let (target, weight) = entries.base[entry]
      factors.values.append((target, weight / pivot, 0))
      incoming.base[Int(target)] -= 1
    }
    order.base[node] = Int32(steps.count)
    let lower = factors.values.count
    let column = columns.base[node]
    for entry in column.begin..<column.begin + column.count {
      let source = Int(sources.base[entry])
      guard order.base[source] < 0 else { continue }
      let amount = takeOut(node, of: source)
      factors.values.append((Int32(source), amount / pivot, 0))
      leak.base[source] += amount * (leak.base[node] / pivot)
      add(amount, of: upper..<lower, to: source)
    }
    entryCount -= row.count
    steps.append(
      Step(
        node: Int32(node),
        pivot: pivot,
        upper: upper..<lower,
        lower: lower..<factors.values.count
      )
    )
    for entry in upper..<factors.values.count {
      let other = Int(factors.node(entry))
      queue.add(Int32(other), cost: cost(other))
    }
  }

  /// Marks the row of `source`, takes its way to `node` out, and returns the amount of that.
  private func takeOut(_ node: Int, of source: Int) -> Double {
    tick += 1
    let row = rows.base[source]
    work += row.count
    var found = 0
    for entry in row.begin..<row.begin + row.count {
      let target = Int(entries.base[entry].target)
      mark.base[target] = tick
      position.base[target] = entry - row.begin
      if target == node { found = entry }
    }
    let last = row.begin + row.count - 1
    let amount = entries.base[found].weight
    entries.base[found] = entries.base[last]
    position.base[Int(entries.base[found].target)] = found - row.begin
    rows.base[source].count -= 1
    entryCount -= 1
    return amount
  }

  /// Adds `amount` times the factors to the row of `source`, which is marked.
  private func add(_ amount: Double, of factors: Range<Int>, to source: Int) {
    work += factors.count
    for entry in factors {
      let target = self.factors.node(entry)
      let weight = amount * self.factors.factor(entry)
      if mark.base[Int(target)] == tick {
        entries.base[rows.base[source].begin + position.base[Int(target)]].weight += weight
      } else if target != Int32(source) {
        append((target, weight), to: source)
      }
    }
  }

  private func append(_ entry: (target: Int32, weight: Double), to source: Int) {
    entryCount += 1
    Self.makeRoom(in: &rows.base[source], of: &entries)
    entries.base[rows.base[source].begin + rows.base[source].count] = entry
    rows.base[source].count += 1
    let target = Int(entry.target)
    Self.makeRoom(in: &columns.base[target], of: &sources)
    sources.base[columns.base[target].begin + columns.base[target].count] = Int32(source)
    columns.base[target].count += 1
    incoming.base[target] += 1
  }

  /// Moves a list that is full to the end of the memory, with twice the room.
  private static func makeRoom<Element>(
    in list: inout List,
    of memory: inout GrowingBuffer<Element>
  ) {
    guard list.count == list.room else { return }
    let room = max(4, 2 * list.room)
    memory.reserve(memory.count + room)
    (memory.base + memory.count).update(from: memory.base + list.begin, count: list.count)
    (list.begin, list.room) = (memory.count, room)
    memory.count += room
  }
}

/// Rows by what it costs to eliminate them: exactly up to 255, above that to an eighth.
private struct CostQueue {
  private var lists = (0..<1_024).map { _ in GrowingBuffer<Int32>(capacity: 4) }
  private var least = 0

  func free() { for list in lists { list.free() } }

  private static func key(_ cost: Int) -> Int {
    guard cost > 255 else { return cost }
    let exponent = Int.bitWidth - 1 - cost.leadingZeroBitCount
    return 256 + (exponent - 8) * 8 + (cost >> (exponent - 3)) & 7
  }

  mutating func add(_ node: Int32, cost: Int) {
    let key = Self.key(cost)
    lists[key].append(node)
    least = min(least, key)
  }

  /// The row of least cost, those added last first; entries whose cost has changed since are dropped.
  mutating func next(where cost: (Int) -> Int?) -> Int32? {
    while least < lists.count {
      while lists[least].count > 0 {
        lists[least].count -= 1
        let node = lists[least].base[lists[least].count]
        if let cost = cost(Int(node)), Self.key(cost) == least { return node }
      }
      least += 1
    }
    return nil
  }
}
