import CLanes
package import Columns

/// The inverse of a matrix that is positive only on its diagonal, with no row below zero in sum.
///
/// As ``DiagonallyDominantSolver`` it is given by what each row has left over, and every step adds,
/// multiplies or divides numbers above zero. Blocks of rows are eliminated at once, so that nearly all of
/// the work is products of matrices: with *K* a block and *R* what comes after it, the inverse Z has
/// Z_KR = U·Z_RR, Z_RK = Z_RR·L and Z_KK = A_KK⁻¹ + U·Z_RK, where U = A_KK⁻¹·W_KR and L = W_RK·A_KK⁻¹.
///
/// - Complexity: O(*n*³), and *n*² numbers of memory.
package struct DenseInverse {
  /// The number of rows.
  package let size: Int
  /// By rows.
  package let values: Column<Double>

  private static let block = 48

  /// Inverts the matrix of `size` rows.
  ///
  /// - Parameters:
  ///   - size: The number of rows.
  ///   - amounts: w by rows, zero or above; its diagonal is not used. It becomes the inverse.
  ///   - leak: What each row has left over, zero or above.
  package init(size: Int, amounts: Column<Double>, leak: [Double]) {
    self.size = size
    values = amounts
    var leak = leak
    let starts = Array(stride(from: 0, to: size, by: Self.block))
    for start in starts { eliminate(start..<min(start + Self.block, size), &leak) }
    for start in starts.reversed() { complete(start..<min(start + Self.block, size)) }
  }

  /// Puts the inverse of the block in its place, U right of it, and takes the block out of the rest.
  private func eliminate(_ block: Range<Int>, _ leak: inout [Double]) {
    let (count, rest) = (block.count, block.upperBound..<size)
    let matrix = values.base
    var (inner, leaving) = ([Double](repeating: 0, count: count * count), Array(leak[block]))
    for row in 0..<count {
      let source = matrix + (block.lowerBound + row) * size
      for column in rest { leaving[row] += source[column] }
      for column in 0..<count { inner[row * count + column] = source[block.lowerBound + column] }
    }
    let inverse = DiagonallyDominantSolver(size: count, amounts: inner, leak: leaving).inverse
    let leaked = (0..<count).map { row in
      (0..<count).reduce(0.0) { $0 + inverse[row * count + $1] * leak[block.lowerBound + $1] }
    }
    let upper = Column<Double>(repeating: 0, count: max(1, count * rest.count))
    let corner = matrix + block.lowerBound * size
    add(
      inverse,
      count,
      corner + rest.lowerBound,
      size,
      to: upper.base,
      rest.count,
      count,
      rest.count,
      count
    )
    for row in 0..<count {
      let target = corner + row * size
      for column in 0..<count { target[block.lowerBound + column] = inverse[row * count + column] }
      (target + rest.lowerBound).update(from: upper.base + row * rest.count, count: rest.count)
    }
    for row in rest {
      let source = matrix + row * size + block.lowerBound
      for column in 0..<count { leak[row] += source[column] * leaked[column] }
    }
    let below = matrix + rest.lowerBound * size
    add(
      below + block.lowerBound,
      size,
      corner + rest.lowerBound,
      size,
      to: below + rest.lowerBound,
      size,
      rest.count,
      rest.count,
      count
    )
  }

  /// Makes the block, what is right of it and below it the inverse, given that of the rest.
  private func complete(_ block: Range<Int>) {
    let (count, rest) = (block.count, block.upperBound..<size)
    guard !rest.isEmpty else { return }
    let corner = values.base + block.lowerBound * size
    let inner = corner + block.lowerBound
    let below = values.base + rest.lowerBound * size
    let lower = Column<Double>(repeating: 0, count: rest.count * count)
    let side = Column<Double>(repeating: 0, count: rest.count * count)
    add(
      below + block.lowerBound,
      size,
      inner,
      size,
      to: lower.base,
      count,
      rest.count,
      count,
      count
    )
    add(
      below + rest.lowerBound,
      size,
      lower.base,
      count,
      to: side.base,
      count,
      rest.count,
      count,
      rest.count
    )
    add(corner + rest.lowerBound, size, side.base, count, to: inner, size, count, count, rest.count)
    lower.base.update(repeating: 0, count: lower.count)
    add(
      corner + rest.lowerBound,
      size,
      below + rest.lowerBound,
      size,
      to: lower.base,
      rest.count,
      count,
      rest.count,
      rest.count
    )
    for row in 0..<count {
      (corner + row * size + rest.lowerBound).update(
        from: lower.base + row * rest.count,
        count: rest.count
      )
    }
    for row in 0..<rest.count {
      (below + row * size + block.lowerBound).update(from: side.base + row * count, count: count)
    }
  }
}

/// Adds to a matrix of `rows` × `columns` the product of two with `depth` between them.
private func add(
  _ left: UnsafePointer<Double>,
  _ leftStride: Int,
  _ right: UnsafePointer<Double>,
  _ rightStride: Int,
  to target: UnsafeMutablePointer<Double>,
  _ stride: Int,
  _ rows: Int,
  _ columns: Int,
  _ depth: Int
) {
  lanes_add_product(
    target,
    Int64(stride),
    left,
    Int64(leftStride),
    right,
    Int64(rightStride),
    Int64(rows),
    Int64(columns),
    Int64(depth)
  )
}
