internal import Columns
import Networks

/// Nodes by when something happens to them, earliest first, of equals the lower number.
///
/// A binary heap that knows where each node is, so that its time can change.
struct NodeQueue {
  private let time: Column<Double>
  /// Where in the heap each node is; below zero where it is not.
  private let place: Column<Int32>
  private let heap: Column<Int32>
  private(set) var count = 0

  init(nodeCount: Int) {
    time = Column(repeating: 0, count: nodeCount)
    place = Column(repeating: -1, count: nodeCount)
    heap = Column(repeating: 0, count: nodeCount)
  }

  /// The earliest node and its time.
  var first: (node: Int, time: Double)? {
    count > 0 ? (Int(heap.base[0]), time.base[Int(heap.base[0])]) : nil
  }

  /// Sets the time of a node, whether or not it was there.
  mutating func set(_ node: Int, to newTime: Double) {
    time.base[node] = newTime
    if place.base[node] < 0 {
      place.base[node] = Int32(count)
      heap.base[count] = Int32(node)
      count += 1
    }
    rise(Int(place.base[node]))
    sink(Int(place.base[node]))
  }

  /// Takes a node out, if it is there.
  mutating func remove(_ node: Int) {
    let hole = Int(place.base[node])
    guard hole >= 0 else { return }
    place.base[node] = -1
    count -= 1
    guard hole < count else { return }
    let moved = Int(heap.base[count])
    heap.base[hole] = Int32(moved)
    place.base[moved] = Int32(hole)
    rise(hole)
    sink(Int(place.base[moved]))
  }

  @inline(__always)
  private func precedes(_ a: Int32, _ b: Int32) -> Bool {
    let (first, second) = (time.base[Int(a)], time.base[Int(b)])
    return first < second || (first == second && a < b)
  }

  private func rise(_ start: Int) {
    var position = start
    let node = heap.base[position]
    while position > 0 {
      let parent = (position - 1) / 2
      guard precedes(node, heap.base[parent]) else { break }
      move(heap.base[parent], to: position)
      position = parent
    }
    move(node, to: position)
  }

  private func sink(_ start: Int) {
    var position = start
    let node = heap.base[position]
    while true {
      var child = 2 * position + 1
      guard child < count else { break }
      if child + 1 < count, precedes(heap.base[child + 1], heap.base[child]) { child += 1 }
      guard precedes(heap.base[child], node) else { break }
      move(heap.base[child], to: position)
      position = child
    }
    move(node, to: position)
  }

  @inline(__always)
  private func move(_ node: Int32, to position: Int) {
    heap.base[position] = node
    place.base[Int(node)] = Int32(position)
  }
}
