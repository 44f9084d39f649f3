/// A dense linear system, solved by elimination with row exchanges and one refinement.
package struct DenseSystem {
  /// The largest system that is solved so.
  package static let largest = 1_000

  private let size: Int
  private var matrix: [Double]
  /// The right side.
  package var right: [Double]

  /// The system of the identity and a right side of zero.
  package init(size: Int) {
    self.size = size
    matrix = [Double](repeating: 0, count: size * size)
    right = [Double](repeating: 0, count: size)
    for row in 0..<size { matrix[row * size + row] = 1 }
  }

  /// One entry of the matrix.
  package subscript(row: Int, column: Int) -> Double {
    get { matrix[row * size + column] }
    set { matrix[row * size + column] = newValue }
  }

  /// The solution; `nil` where the matrix has no inverse.
  package func solution() -> [Double]? {
    var factors = matrix
    var order = Array(0..<size)
    for pivot in 0..<size {
      guard factor(pivot, &factors, &order) else { return nil }
    }
    var x = solve(factors, order, right)
    let rest = (0..<size).map { row in
      right[row] - (0..<size).reduce(0) { $0 + matrix[row * size + $1] * x[$1] }
    }
    for (row, correction) in solve(factors, order, rest).enumerated() { x[row] += correction }
    return x.allSatisfy(\.isFinite) ? x : nil
  }

  private func factor(_ pivot: Int, _ factors: inout [Double], _ order: inout [Int]) -> Bool {
    let best = (pivot..<size).max {
      factors[$0 * size + pivot].magnitude < factors[$1 * size + pivot].magnitude
    }
    guard let best, factors[best * size + pivot] != 0 else { return false }
    if best != pivot {
      order.swapAt(best, pivot)
      for column in 0..<size { factors.swapAt(best * size + column, pivot * size + column) }
    }
    factors.withUnsafeMutableBufferPointer { factors in
      let source = pivot * size
      for row in pivot + 1..<size where factors[row * size + pivot] != 0 {
        let factor = factors[row * size + pivot] / factors[source + pivot]
        factors[row * size + pivot] = factor
        for column in pivot + 1..<size {
          factors[row * size + column] -= factor * factors[source + column]
        }
      }
    }
    return true
  }

  private func solve(_ factors: [Double], _ order: [Int], _ right: [Double]) -> [Double] {
    var x = order.map { right[$0] }
    for row in 0..<size {
      for column in 0..<row { x[row] -= factors[row * size + column] * x[column] }
    }
    for row in (0..<size).reversed() {
      for column in row + 1..<size { x[row] -= factors[row * size + column] * x[column] }
      x[row] /= factors[row * size + row]
    }
    return x
  }
}
