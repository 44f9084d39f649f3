internal import Columns
internal import Numerics
import Networks

/// What elimination leaves of a Laplacian, component by component, those of least conductance first in each.
///
/// The links of each party are those with parties after it.
struct ReducedLaplacian {
  /// The party at each place.
  let node: Column<Int32>
  /// Where each component begins; one longer than there are.
  let componentStart: [Int]
  private let rowStart: Column<Int32>
  private let rowEnd: Column<Int32>
  let column: Column<Int32>
  let conductance: Column<Double>
  /// The conductance of each party to all others.
  let diagonal: Column<Double>

  var componentCount: Int { componentStart.count - 1 }

  /// The places of component `number`.
  func members(_ number: Int) -> Range<Int> { componentStart[number]..<componentStart[number + 1] }

  /// Collects the parties that `elimination` leaves, parallel links made one.
  ///
  /// Parties are read in the order of their numbers, as their links lie in memory, and written in theirs.
  init(_ elimination: LinkElimination) {
    let order = CoreOrder(elimination)
    let (node, count) = (order.node, order.node.count)
    let place = Column<Int32>(unwritten: elimination.nodeCount)
    for position in 0..<count { place.base[Int(node.base[position])] = Int32(position) }
    let rowStart = Column<Int32>(repeating: 0, count: count + 1)
    for party in order.standing {
      let own = place.base[Int(party)]
      var links: Int32 = 0
      elimination.forEachLink(of: party) { other, _ in
        if place.base[Int(other)] > own { links += 1 }
      }
      rowStart.base[Int(own) + 1] = links
    }
    for position in 0..<count { rowStart.base[position + 1] += rowStart.base[position] }
    let column = Column<Int32>(unwritten: Int(rowStart.base[count]))
    let conductance = Column<Double>(unwritten: column.count)
    let rowEnd = Column<Int32>(unwritten: count)
    let diagonal = Column<Double>(repeating: 0, count: count)
    let seen = Column<Int32>(repeating: -1, count: count)
    for party in order.standing {
      let own = Int(place.base[Int(party)])
      let begin = rowStart.base[own]
      var end = begin
      elimination.forEachLink(of: party) { other, amount in
        let other = Int(place.base[Int(other)])
        guard other > own else { return }
        let known = seen.base[other]
        diagonal.base[own] += amount
        diagonal.base[other] += amount
        if known >= begin, known < end {
          conductance.base[Int(known)] += amount
        } else {
          seen.base[other] = end
          column.base[Int(end)] = Int32(other)
          conductance.base[Int(end)] = amount
          end += 1
        }
      }
      rowEnd.base[own] = end
    }
    (self.node, componentStart) = (node, order.componentStart)
    (self.rowStart, self.rowEnd) = (rowStart, rowEnd)
    (self.column, self.conductance, self.diagonal) = (column, conductance, diagonal)
  }

  /// Brings the conductances of component `number` to between 0 and 2, so that they can be squared.
  ///
  /// - Parameter number: The component.
  /// - Returns: The power of two that they were multiplied by.
  func scaleToOne(_ number: Int) -> Double {
    let members = members(number)
    let scale = members.reduce(0) { max($0, diagonal.base[$1]) }.scaleToOne
    for place in members {
      diagonal.base[place] *= scale
      for entry in links(place) { conductance.base[entry] *= scale }
    }
    return scale
  }

  /// Solves component `number` by elimination with the last party held at zero, refined once.
  ///
  /// - Parameters:
  ///   - number: The component.
  ///   - values: By party, the right side on entry, the solution afterwards.
  func solveDirectly(_ number: Int, _ values: inout [Double]) {
    let members = members(number)
    let size = members.count - 1
    guard size >= 0 else { return }
    var amounts = [Double](repeating: 0, count: size * size)
    var leak = [Double](repeating: 0, count: size)
    for (row, place) in members.enumerated() {
      for entry in links(place) {
        let other = Int(column.base[entry]) - members.lowerBound
        if other == size {
          leak[row] += conductance.base[entry]
        } else {
          amounts[row * size + other] = conductance.base[entry]
          amounts[other * size + row] = conductance.base[entry]
        }
      }
    }
    let solver = DiagonallyDominantSolver(size: size, amounts: amounts, leak: leak)
    let solution = Column<Double>(repeating: 0, count: node.count)
    let image = Column<Double>(repeating: 0, count: node.count)
    for _ in 0..<2 {
      multiply(members, solution.base, image.base)
      let residual = members.dropLast().map { values[Int(node.base[$0])] - image.base[$0] }
      for (place, step) in zip(members, solver.solution(residual)) { solution.base[place] += step }
    }
    for place in members { values[Int(node.base[place])] = solution.base[place] }
  }

  /// The links of the party at `place` with those after it.
  @inline(__always)
  func links(_ place: Int) -> Range<Int> {
    Range(uncheckedBounds: (Int(rowStart.base[place]), Int(rowEnd.base[place])))
  }

  /// Makes `image` L·`values`, in the places of `members`.
  func multiply(
    _ members: Range<Int>,
    _ values: UnsafeMutablePointer<Double>,
    _ image: UnsafeMutablePointer<Double>
  ) {
    let (column, conductance) = (column.base, conductance.base)
    for place in members { image[place] = diagonal.base[place] * values[place] }
    for place in members {
      let value = values[place]
      var sum = 0.0
      for entry in links(place) {
        let other = Int(column[entry])
        sum += conductance[entry] * values[other]
        image[other] -= conductance[entry] * value
      }
      image[place] -= sum
    }
  }
}

/// The parties an elimination leaves, by component, those of least conductance first.
private struct CoreOrder {
  /// The parties by number.
  let standing: [Int32]
  let node: Column<Int32>
  /// Where each component begins; one longer than there are.
  let componentStart: [Int]

  init(_ elimination: LinkElimination) {
    standing = elimination.standing
    let component = Self.components(elimination, standing)
    // To four bits: their exact order does not matter.
    let bySize = Self.sorted(standing, keys: 1 << 15) { node in
      var sum = 0.0
      elimination.forEachLink(of: node) { sum += $1 }
      return Int(truncatingIfNeeded: sum.bitPattern >> 48)
    }
    let sorted = Self.sorted(bySize.order, keys: component.count) {
      Int(component.of.base[Int($0)])
    }
    (node, componentStart) = (Column(sorted.order), sorted.start)
  }

  /// A counting sort that keeps the order of those with the same key.
  private static func sorted(
    _ nodes: [Int32],
    keys: Int,
    by key: (Int32) -> Int
  ) -> (order: [Int32], start: [Int]) {
    let found = nodes.map(key)
    var start = [Int](repeating: 0, count: keys + 1)
    for key in found { start[key + 1] += 1 }
    for key in 0..<keys { start[key + 1] += start[key] }
    var (next, order) = (start, nodes)
    for (node, key) in zip(nodes, found) {
      order[next[key]] = node
      next[key] += 1
    }
    return (order, start)
  }

  /// Joins parties that are linked, by their smaller root with path halving.
  private static func components(
    _ elimination: LinkElimination,
    _ standing: [Int32]
  ) -> (of: Column<Int32>, count: Int) {
    let parent = Column<Int32>(unwritten: elimination.nodeCount)
    for node in standing { parent.base[Int(node)] = node }
    func root(_ start: Int32) -> Int32 {
      var node = start
      while parent.base[Int(node)] != node {
        parent.base[Int(node)] = parent.base[Int(parent.base[Int(node)])]
        node = parent.base[Int(node)]
      }
      return node
    }
    for node in standing {
      elimination.forEachLink(of: node) { other, _ in
        guard other > node else { return }
        let (a, b) = (root(node), root(other))
        parent.base[Int(max(a, b))] = min(a, b)
      }
    }
    let result = Column<Int32>(unwritten: elimination.nodeCount)
    var count: Int32 = 0
    for node in standing {
      let root = root(node)
      result.base[Int(node)] = root == node ? count : result.base[Int(root)]
      if root == node { count += 1 }
    }
    return (result, Int(count))
  }
}
