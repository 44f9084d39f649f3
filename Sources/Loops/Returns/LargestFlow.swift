internal import Columns

/// A small network of edges with capacities, and the largest flow through it, in whole numbers.
///
/// By layers from the sink back, and a blocking flow along them: Dinitz as Ahuja, Magnanti and Orlin have it, *Network
/// Flows*, 1993, section 7.5. Memory is used again for network after network.
///
/// - Complexity: At most O(*n*²·*m*); in networks of payments a few looks at every edge.
struct LargestFlow {
  /// The first edge of each node; -1 where there is none.
  private var first = GrowingBuffer<Int32>()
  /// The edge that a node's search has come to.
  private var current = GrowingBuffer<Int32>()
  /// How many edges a node is from the sink; -1 where no way leads there.
  private var distance = GrowingBuffer<Int32>()
  /// Edges in pairs: each with what it can take, and its reverse with what it has taken.
  private var target = GrowingBuffer<Int32>()
  private var room = GrowingBuffer<Int64>()
  private var next = GrowingBuffer<Int32>()
  private var queue = GrowingBuffer<Int32>()
  private var path = GrowingBuffer<Int32>()
  /// How many edges were looked at, for all networks.
  private(set) var work = 0

  /// What an edge has room for that is never full.
  static let unbounded = Int64.max / 2

  /// The number of nodes.
  var nodeCount: Int { first.count }

  /// The node from which money flows, and the one to which.
  static let source: Int32 = 0
  static let sink: Int32 = 1

  func free() {
    for list in [first, current, distance, target, next, queue, path] { list.free() }
    room.free()
  }

  /// Begins a network of so many nodes without edges.
  mutating func begin(nodeCount: Int) {
    first.count = 0
    first.reserve(nodeCount)
    current.reserve(nodeCount)
    distance.reserve(nodeCount)
    queue.reserve(nodeCount)
    first.base.update(repeating: -1, count: nodeCount)
    first.count = nodeCount
    (target.count, room.count, next.count) = (0, 0, 0)
  }

  /// Adds a node.
  mutating func addNode() -> Int32 {
    first.append(-1)
    current.reserve(first.count)
    distance.reserve(first.count)
    queue.reserve(first.count)
    return Int32(truncatingIfNeeded: first.count - 1)
  }

  /// Adds an edge; its number.
  @discardableResult
  mutating func addEdge(_ from: Int32, _ to: Int32, capacity: Int64) -> Int32 {
    let edge = Int32(truncatingIfNeeded: target.count)
    for (start, end, units) in [(from, to, capacity), (to, from, 0)] {
      next.append(first.base[Int(start)])
      first.base[Int(start)] = Int32(truncatingIfNeeded: target.count)
      target.append(end)
      room.append(units)
    }
    return edge
  }

  /// What flows through an edge.
  func flow(_ edge: Int32) -> Int64 { room.base[Int(edge) ^ 1] }

  /// Takes flow off an edge, as one who follows it.
  mutating func take(_ units: Int64, off edge: Int32) { room.base[Int(edge) ^ 1] -= units }

  /// An edge that flow leaves a node by, and where it leads.
  func carrier(from node: Int32) -> (edge: Int32, target: Int32)? {
    var edge = first.base[Int(node)]
    while edge >= 0 {
      if edge & 1 == 0, room.base[Int(edge) ^ 1] > 0 { return (edge, target.base[Int(edge)]) }
      edge = next.base[Int(edge)]
    }
    return nil
  }

  /// Sends as much as can be sent from source to sink.
  ///
  /// - Parameter limit: How many edges to look at before giving up.
  /// - Returns: How much; `nil` where it was given up.
  mutating func send(limit: Int) -> Int64? {
    var sent: Int64 = 0
    let end = work + limit
    while layer() {
      current.base.update(from: first.base, count: nodeCount)
      sent += block(until: end)
      guard work < end else { return nil }
    }
    return sent
  }

  /// Counts how far nodes are from the sink, as far as the source; says whether it was met.
  private mutating func layer() -> Bool {
    distance.base.update(repeating: -1, count: nodeCount)
    distance.base[Int(Self.sink)] = 0
    queue.base[0] = Self.sink
    var (begin, end) = (0, 1)
    while begin < end {
      let node = queue.base[begin]
      begin += 1
      let further = distance.base[Int(node)] + 1
      var edge = first.base[Int(node)]
      while edge >= 0 {
        work &+= 1
        let other = target.base[Int(edge)]
        if room.base[Int(edge) ^ 1] > 0, distance.base[Int(other)] < 0 {
          distance.base[Int(other)] = further
          if other == Self.source { return true }
          queue.base[end] = other
          end += 1
        }
        edge = next.base[Int(edge)]
      }
    }
    return false
  }

  /// Fills the layers until every way through them meets a full edge; how much was sent.
  private mutating func block(until end: Int) -> Int64 {
    var sent: Int64 = 0
    var node = Self.source
    path.count = 0
    while work < end {
      if node == Self.sink {
        sent += augment()
        node = restart()
      } else if let edge = advance(node) {
        path.append(edge)
        node = target.base[Int(edge)]
      } else if path.count == 0 {
        break
      } else {
        distance.base[Int(node)] = -1
        path.count -= 1
        node = target.base[Int(path.base[path.count]) ^ 1]
      }
    }
    return sent
  }

  /// The next edge of a node that has room and leads a layer on.
  @inline(__always)
  private mutating func advance(_ node: Int32) -> Int32? {
    let nearer = distance.base[Int(node)] - 1
    var edge = current.base[Int(node)]
    while edge >= 0 {
      work &+= 1
      if room.base[Int(edge)] > 0, distance.base[Int(target.base[Int(edge)])] == nearer { break }
      edge = next.base[Int(edge)]
    }
    current.base[Int(node)] = edge
    return edge < 0 ? nil : edge
  }

  /// Sends along the path what its least edge has room for.
  private mutating func augment() -> Int64 {
    var units = Int64.max
    for step in 0..<path.count { units = min(units, room.base[Int(path.base[step])]) }
    for step in 0..<path.count {
      let edge = Int(path.base[step])
      room.base[edge] -= units
      room.base[edge ^ 1] += units
    }
    work &+= path.count
    return units
  }

  /// Goes back along the path to before its first full edge; the node there.
  private mutating func restart() -> Int32 {
    for step in 0..<path.count where room.base[Int(path.base[step])] == 0 {
      path.count = step
      return target.base[Int(path.base[step]) ^ 1]
    }
    preconditionFailure("a path just sent along has a full edge")
  }
}
