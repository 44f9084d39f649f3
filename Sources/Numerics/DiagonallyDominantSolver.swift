/// Solves A·x = b for a matrix A that is positive only on its diagonal, with no row below zero in sum.
///
/// It is given not by its diagonal but by what each row has left over (its *leak*):
/// A_ii = leak_i + Σ_{j≠i} w_ij, A_ij = −w_ij. Elimination then needs no subtraction, so every figure
/// comes out right to its last places however little leaks: Grassmann, Taksar and Heyman,
/// "Regenerative analysis and steady state distributions for Markov chains", *Operations Research*
/// 33(5), 1985, doi:10.1287/opre.33.5.1107.
///
/// - Complexity: O(*n*³) to factor, O(*n*²) for each solution.
package struct DiagonallyDominantSolver {
  private let size: Int
  /// Below the diagonal the factors of L, above it the amounts of U, both without their minus.
  private var amounts: [Double]
  private var diagonal: [Double]

  /// Factors the matrix of `size` rows.
  ///
  /// - Parameters:
  ///   - size: The number of rows.
  ///   - amounts: w by rows, zero or above; its diagonal is not used.
  ///   - leak: What each row has left over, zero or above.
  /// - Precondition: From every row, amounts lead to a row with a leak; otherwise A has no
  ///   inverse, and the answers are large without meaning.
  package init(size: Int, amounts: [Double], leak: [Double]) {
    self.size = size
    self.amounts = amounts
    diagonal = leak
    factor()
  }

  /// Eliminates row by row; `diagonal` holds the leaks until a row's turn comes.
  private mutating func factor() {
    for pivot in 0..<size {
      let row = pivot * size
      var sum = diagonal[pivot]
      let leak = sum
      for column in pivot + 1..<size { sum += amounts[row + column] }
      sum = max(sum, .leastNormalMagnitude)
      diagonal[pivot] = sum
      for lower in pivot + 1..<size where amounts[lower * size + pivot] > 0 {
        let factor = amounts[lower * size + pivot] / sum
        amounts[lower * size + pivot] = factor
        diagonal[lower] += factor * leak
        addRow(factor, to: lower, pivot: pivot)
      }
    }
  }

  private mutating func addRow(_ factor: Double, to lower: Int, pivot: Int) {
    let (source, target) = (pivot * size, lower * size)
    amounts.withUnsafeMutableBufferPointer { amounts in
      for column in pivot + 1..<size {
        amounts[target + column] += factor * amounts[source + column]
      }
    }
  }

  /// Solves A·X = B in place, for several right sides at once: B by rows, `width` in each.
  package func solve(_ right: inout [Double], width: Int) {
    for row in 0..<size {
      for column in 0..<row { add(column, to: row, amounts[row * size + column], &right, width) }
    }
    for row in (0..<size).reversed() {
      for column in row + 1..<size {
        add(column, to: row, amounts[row * size + column], &right, width)
      }
      for k in row * width..<(row + 1) * width { right[k] /= diagonal[row] }
    }
  }

  /// Solves A·x = b.
  package func solution(_ right: [Double]) -> [Double] {
    var result = right
    solve(&result, width: 1)
    return result
  }

  /// Solves Aᵀ·x = b.
  package func transposedSolution(_ right: [Double]) -> [Double] {
    var x = right
    for row in 0..<size {
      // A number, not infinity, of which nothing would be no number.
      x[row] = min(x[row] / diagonal[row], .greatestFiniteMagnitude)
      for column in row + 1..<size { x[column] += amounts[row * size + column] * x[row] }
    }
    passBack(&x)
    return x
  }

  /// y with Aᵀ·y = 0, and 1 at its last place, where no row leaks and every row leads to every other.
  package var stationary: [Double] {
    var y = [Double](repeating: 0, count: size)
    if size > 0 { y[size - 1] = 1 }
    passBack(&y)
    return y
  }

  /// Solves Lᵀ·x = b in place.
  private func passBack(_ x: inout [Double]) {
    for row in (0..<size).reversed() {
      x[row] = min(x[row], .greatestFiniteMagnitude)
      for column in 0..<row { x[column] += amounts[row * size + column] * x[row] }
    }
  }

  /// A⁻¹ by rows.
  package var inverse: [Double] {
    var inverse = [Double](repeating: 0, count: size * size)
    for row in 0..<size { inverse[row * size + row] = 1 }
    solve(&inverse, width: size)
    return inverse
  }

  private func add(
    _ source: Int,
    to target: Int,
    _ factor: Double,
    _ right: inout [Double],
    _ width: Int
  ) {
    guard factor > 0 else { return }
    right.withUnsafeMutableBufferPointer { right in
      for k in 0..<width { right[target * width + k] += factor * right[source * width + k] }
    }
  }
}
