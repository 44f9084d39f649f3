import Columns
import Graphs
import Numerics
import CLanes
import TestKit
import Testing

@Suite struct InverseTests {
  /// Sparse elimination, and dense blocks of it, against plain elimination of the whole matrix.
  @Test(arguments: [(90, 3), (150, 2), (150, 5), (200, 40)])
  func inversesAgreeWithDenseElimination(size: Int, links: Int) throws {
    var rng = SplitMix64(seed: UInt64(size + links))
    var amounts = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      amounts[row * size + (row + 1) % size] = 1
      for _ in 0..<links {
        let column = Int.random(in: 0..<size, using: &rng) * Int.random(in: 0..<size, using: &rng)
        if column / size != row {
          amounts[row * size + column / size] = Double.random(in: 1e-3...1e3, using: &rng)
        }
      }
    }
    let leak = (0..<size).map { $0 % 7 == 0 ? Double.random(in: 1e-9...1, using: &rng) : 0 }
    let inverse = DiagonallyDominantSolver(size: size, amounts: amounts, leak: leak).inverse
    let dense = DenseInverse(size: size, amounts: Column(amounts), leak: leak)
    for (index, value) in inverse.enumerated() {
      #expect(abs(dense.values[index] - value) <= 1e-12 * value)
    }
    let arcs = amounts.indices.filter { amounts[$0] > 0 }
    let graph = SparseGraph(
      nodeCount: size,
      arcs: arcs.map { (source: $0 / size, target: $0 % size) }
    )
    let weight = arcs.map { amounts[$0] }
    let sparse = try #require(
      SelectedInverse(graph, weight: weight, leak: leak, mostWork: .max)
    )
    for row in 0..<size {
      let value = inverse[row * size + row]
      #expect(abs(sparse.diagonal[row] - value) <= 1e-12 * value)
    }
    #expect(SelectedInverse(graph, weight: weight, leak: leak, mostWork: 0) == nil)
  }

  /// The transpose against the inverse, and a flow that every row passes on in full.
  @Test(arguments: UInt64(0)..<30) func transposesAndStationaryFlows(seed: UInt64) {
    var rng = SplitMix64(seed: seed)
    let size = Int.random(in: 1...12, using: &rng)
    var amounts = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for column in 0..<size where column == (row + 1) % size || Bool.random(using: &rng) {
        amounts[row * size + column] = Double.random(in: 1e-6...1e3, using: &rng)
      }
    }
    let leak = (0..<size).map { _ in Double.random(in: 1e-9...1, using: &rng) }
    let right = (0..<size).map { _ in Double.random(in: 0...9, using: &rng) }
    let solver = DiagonallyDominantSolver(size: size, amounts: amounts, leak: leak)
    let inverse = solver.inverse
    for (column, value) in solver.transposedSolution(right).enumerated() {
      let expected = (0..<size).reduce(0) { $0 + inverse[$1 * size + column] * right[$1] }
      #expect(abs(value - expected) <= 1e-12 * expected)
    }
    let still = [Double](repeating: 0, count: size)
    let flow = DiagonallyDominantSolver(size: size, amounts: amounts, leak: still).stationary
    #expect(flow.last == 1)
    for node in 0..<size {
      let others = (0..<size).filter { $0 != node }
      let passed = others.reduce(0) { $0 + flow[node] * amounts[node * size + $1] }
      let received = others.reduce(0) { $0 + flow[$1] * amounts[$1 * size + node] }
      #expect(abs(passed - received) <= 1e-12 * passed)
    }
  }

  /// Nothing leaks: a number all the same, not infinity.
  @Test func transposedSolutionsAreNumbers() {
    let solver = DiagonallyDominantSolver(size: 2, amounts: [0, 1, 1, 0], leak: [0, 0])
    let solution = solver.transposedSolution([1e300, 1e300])
    #expect(solution.allSatisfy { $0.isFinite })
  }

  /// Every build adds the same products in the same order, each rounded: the same bits.
  @Test(arguments: [(1, 1, 1), (3, 7, 5), (4, 16, 9), (9, 31, 200), (5, 50, 4), (17, 33, 130)])
  func productsHaveTheSameBitsInEveryBuild(rows: Int, columns: Int, depth: Int) {
    var rng = SplitMix64(seed: UInt64(rows * columns * depth))
    let left = (0..<rows * depth).map { _ in Double.random(in: -1...1, using: &rng) }
    let right = (0..<depth * columns).map { _ in Double.random(in: -1...1, using: &rng) }
    let start = (0..<rows * columns).map { _ in Double.random(in: -1...1, using: &rng) }
    var expected = start
    for row in 0..<rows {
      for column in 0..<columns {
        for k in 0..<depth {
          let product = right[k * columns + column] * left[row * depth + k]
          expected[row * columns + column] += product
        }
      }
    }
    for level in 2...4 {
      var found = start
      lanes_add_product_at(
        Int32(level),
        &found,
        Int64(columns),
        left,
        Int64(depth),
        right,
        Int64(columns),
        Int64(rows),
        Int64(columns),
        Int64(depth)
      )
      #expect(found == expected)
    }
  }

  /// The same for rows taken here and there.
  @Test(arguments: [(1, 1), (3, 7), (16, 4), (31, 9), (50, 15), (130, 3)])
  func rowsHaveTheSameBitsInEveryBuild(columns: Int, count: Int) {
    var rng = SplitMix64(seed: UInt64(columns * count))
    let matrix = (0..<20 * columns).map { _ in Double.random(in: -1...1, using: &rng) }
    let factors = (0..<count).map { _ in Double.random(in: -1...1, using: &rng) }
    let start = (0..<columns).map { _ in Double.random(in: -1...1, using: &rng) }
    let rows = (0..<count).map { _ in Int32.random(in: 0..<20, using: &rng) }
    var expected = start
    for (row, factor) in zip(rows, factors) {
      for column in 0..<columns { expected[column] += matrix[Int(row) * columns + column] * factor }
    }
    for level in 2...4 {
      var found = start
      lanes_add_rows_at(
        Int32(level),
        &found,
        factors,
        rows,
        Int64(count),
        matrix,
        Int64(columns),
        Int64(columns)
      )
      #expect(found == expected)
    }
  }
}
