internal import Columns
import CLanes
import Networks

/// The system *x = s + Πᵀx* of those who are short, by elimination of four rows at a time.
///
/// Rows are filled up to fours with those of the identity. What stands left of the diagonal blocks
/// of U, and what stands on and right of those of L, is not read.
struct LaneSystem {
  typealias Fours = UnsafeMutablePointer<SIMD4<Double>>

  /// Rows of I − Π, in place of which come those of U.
  private let upper: Column<SIMD4<Double>>
  /// The factors of L by rows, with their minus.
  private let lower: Column<SIMD4<Double>>
  /// The inverses of the blocks on U's diagonal, by rows.
  private let inverse: Column<SIMD4<Double>>
  private let right: Column<SIMD4<Double>>
  /// What the party at each place of those who are short leaves unpaid, filled up with zeros.
  let result: Column<SIMD4<Double>>

  /// A pivot below this means that those who are short owe one another nearly all they owe.
  private static let leastPivot = 1e-6

  init(capacity: Int) {
    let width = capacity / 4
    upper = Column(repeating: .zero, count: capacity * width)
    lower = Column(repeating: .zero, count: capacity * width)
    inverse = Column(repeating: .zero, count: capacity)
    right = Column(repeating: .zero, count: width)
    result = Column(repeating: .zero, count: width)
  }

  /// Solves for the first `count` of `short`.
  ///
  /// - Parameters:
  ///   - short: Who is short.
  ///   - count: How many they are, at least one.
  ///   - shortfall: What all parties are short by themselves.
  ///   - batch: The debts.
  /// - Returns: Whether it could: `false` where a pivot is too small.
  func solve(
    _ short: UnsafePointer<Int32>,
    count: Int,
    _ shortfall: Column<SIMD4<Double>>,
    _ batch: ClearingBatch
  ) -> Bool {
    let width = (count + 3) / 4
    gather(short, count, numbers(shortfall.base), batch)
    for block in 0..<width {
      guard Self.factorBlock(block, width, upper.base, lower.base, inverse.base) else {
        return false
      }
      Self.reduceBelow(block, width, upper.base, lower.base, inverse.base)
    }
    Self.substitute(width, upper.base, lower.base, inverse.base, right.base, result.base)
    return true
  }

  private func gather(
    _ short: UnsafePointer<Int32>,
    _ count: Int,
    _ shortfall: UnsafePointer<Double>,
    _ batch: ClearingBatch
  ) {
    let length = (count + 3) / 4 * 4
    let (upper, right) = (numbers(upper.base), numbers(right.base))
    let shares = numbers(batch.shares.base)
    for row in 0..<count {
      let source = shares + Int(short[row]) &* batch.width &* 4
      let target = upper + row &* length
      for column in 0..<count { target[column] = -source[Int(short[column])] }
      for column in count..<length { target[column] = 0 }
      target[row] = 1
      right[row] = shortfall[Int(short[row])]
    }
    for row in count..<length {
      for column in 0..<length { upper[row &* length &+ column] = 0 }
      upper[row &* length &+ row] = 1
      right[row] = 0
    }
  }

  /// Takes `block` out of all rows below it, with as many lanes as the processor has.
  private static func reduceBelow(
    _ block: Int,
    _ width: Int,
    _ upper: Fours,
    _ lower: Fours,
    _ inverse: Fours
  ) {
    let rest = width - block - 1
    guard rest > 0 else { return }
    let (i, first) = (block * 4, (block + 1) * 4)
    let (p, q, r, s) = (inverse[i], inverse[i + 1], inverse[i + 2], inverse[i + 3])
    for row in first..<width * 4 {
      let entry = upper[row &* width &+ block]
      let (ab, cd) = (p * entry.x + q * entry.y, r * entry.z + s * entry.w)
      lower[row &* width &+ block] = SIMD4<Double>.zero - (ab + cd)
    }
    let stride = Int64(width * 4)
    lanes_add_product(
      numbers(upper + (first * width + block + 1)),
      stride,
      numbers(lower + (first * width + block)),
      stride,
      numbers(upper + (i * width + block + 1)),
      stride,
      Int64(rest * 4),
      Int64(rest * 4),
      4
    )
  }

  /// Eliminates within four rows, and inverts their block of U; says whether the pivots allow it.
  ///
  /// No rows need be exchanged: the diagonal of each outweighs the rest of it.
  private static func factorBlock(
    _ block: Int,
    _ width: Int,
    _ upper: Fours,
    _ lower: Fours,
    _ inverse: Fours
  ) -> Bool {
    let (i, j) = (block * 4, block * 4 * width)
    let (p, q, r, s) = (j, j + width, j + 2 * width, j + 3 * width)
    let a = upper[p + block]
    var (b, c, d) = (upper[q + block], upper[r + block], upper[s + block])
    let u = 1 / a.x
    let ba = b.x * u
    b -= a * ba
    let v = 1 / b.y
    let ca = c.x * u
    c -= a * ca
    let cb = c.y * v
    c -= b * cb
    let w = 1 / c.z
    let da = d.x * u
    d -= a * da
    let db = d.y * v
    d -= b * db
    let dc = d.z * w
    d -= c * dc
    guard min(min(a.x, b.y), min(c.z, d.w)) > leastPivot else { return false }
    lower[p + block] = .zero
    lower[q + block] = SIMD4(-ba, 0, 0, 0)
    lower[r + block] = SIMD4(-ca, -cb, 0, 0)
    lower[s + block] = SIMD4(-da, -db, -dc, 0)
    for place in block + 1..<width {
      upper[q + place] -= upper[p + place] * ba
      upper[r + place] -= upper[p + place] * ca + upper[q + place] * cb
      upper[s + place] -= upper[p + place] * da + upper[q + place] * db + upper[r + place] * dc
    }
    inverse[i + 3] = SIMD4(0, 0, 0, 1 / d.w)
    inverse[i + 2] = (SIMD4(0, 0, 1, 0) - inverse[i + 3] * c.w) * w
    inverse[i + 1] = (SIMD4(0, 1, 0, 0) - inverse[i + 2] * b.z - inverse[i + 3] * b.w) * v
    let rest = inverse[i + 1] * a.y + inverse[i + 2] * a.z + inverse[i + 3] * a.w
    inverse[i] = (SIMD4(1, 0, 0, 0) - rest) * u
    return true
  }

  /// Solves (L·U)ᵀ·x = s: first Uᵀ·y = s, then Lᵀ·x = y.
  private static func substitute(
    _ width: Int,
    _ upper: Fours,
    _ lower: Fours,
    _ inverse: Fours,
    _ right: Fours,
    _ result: Fours
  ) {
    for block in 0..<width {
      let entry = right[block]
      let (i, j) = (block * 4, block * 4 * width)
      let value =
        (inverse[i] * entry.x + inverse[i + 1] * entry.y)
        + (inverse[i + 2] * entry.z + inverse[i + 3] * entry.w)
      result[block] = value
      for place in block + 1..<width {
        let ab = upper[j + place] * value.x + upper[j + width + place] * value.y
        let cd = upper[j + 2 * width + place] * value.z + upper[j + 3 * width + place] * value.w
        right[place] -= ab + cd
      }
    }
    for block in (0..<width).reversed() {
      let j = block * 4 * width
      var value = result[block]
      value += lower[j + 3 * width + block] * value.w
      value += lower[j + 2 * width + block] * value.z
      value += lower[j + width + block] * value.y
      result[block] = value
      for place in 0..<block {
        let ab = lower[j + place] * value.x + lower[j + width + place] * value.y
        let cd = lower[j + 2 * width + place] * value.z + lower[j + 3 * width + place] * value.w
        result[place] += ab + cd
      }
    }
  }
}
