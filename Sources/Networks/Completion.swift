#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// How unknown flows are filled in.
public enum CompletionMethod: String, Sendable, CaseIterable {
  /// Not at all.
  case none
  /// In proportion to what payers have left to spend and payees left to receive.
  case entropy
  /// At random, seeded, among all fillings that fit the totals.
  case sample
}

/// Flows of which only the totals of payers and payees are known.
///
/// Rows are payers with money left to spend, columns payees with revenue left to explain. An outside
/// column takes what a payer spends elsewhere, an outside row gives what a payee earns elsewhere, so
/// every row and column can be met. Cells are the pairs known to deal with each other. A block is a
/// sum that some payers together are known to pay one payee.
public struct CompletionProblem: Sendable {
  /// A pair known to deal.
  public struct Cell: Sendable {
    /// The payer, as a position among the rows.
    public let row: Int
    /// The payee, as a position among the columns.
    public let column: Int

    /// Names a pair.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// A sum over some cells of one column.
  public struct Block: Sendable {
    /// The cells, by position.
    public let cells: [Int]
    /// What they add up to, at most what their rows and their column hold.
    public let total: Double

    /// Fixes the sum of `cells`.
    public init(cells: [Int], total: Double) {
      self.cells = cells
      self.total = total
    }
  }

  /// What each payer has left to spend, above zero.
  public let rowTotals: [Double]
  /// What each payee has left to receive, above zero.
  public let columnTotals: [Double]
  /// The pairs known to deal.
  public let cells: [Cell]
  /// Sums known over several cells of a column; no cell in two, none without cells.
  public let blocks: [Block]
  /// How heavily spending and earning elsewhere weigh against one pair; 1 is in proportion.
  public let outsideWeight: Double

  /// States a problem; positions must lie within the totals.
  public init(
    rowTotals: [Double],
    columnTotals: [Double],
    cells: [Cell],
    blocks: [Block] = [],
    outsideWeight: Double = 1
  ) {
    precondition(cells.allSatisfy { $0.row < rowTotals.count && $0.column < columnTotals.count })
    self.rowTotals = rowTotals
    self.columnTotals = columnTotals
    self.cells = cells
    self.blocks = blocks.filter { !$0.cells.isEmpty }
    self.outsideWeight = outsideWeight
  }

  /// A filling of the cells.
  public struct Solution: Sendable {
    /// The amount of each cell.
    public internal(set) var amounts: [Double]
    /// What each payer spends elsewhere.
    public internal(set) var outsideByRow: [Double]
    /// What each payee earns elsewhere.
    public internal(set) var outsideByColumn: [Double]
    /// What balances the outside row and column: the sum of all cells.
    public internal(set) var corner: Double
    /// The largest total missed, as a share of it.
    public internal(set) var residual: Double
  }

  /// The filling of greatest entropy, by iterative proportional fitting.
  ///
  /// Starts from 1 in each cell and `outsideWeight` outside, and scales rows, columns and blocks in
  /// turn: Deming and Stephan, "On a Least Squares Adjustment of a Sampled Frequency Table When the
  /// Expected Marginal Totals are Known", *Annals of Mathematical Statistics* 11(4), 1940,
  /// doi:10.1214/aoms/1177731829.
  ///
  /// - Parameters:
  ///   - tolerance: The largest miss of a total, as a share of it, that counts as met.
  ///   - maximumRounds: When to stop; the residual of the answer then says how far it got.
  /// - Returns: The filling.
  /// - Complexity: O(cells) a round; tens to thousands of rounds.
  public func greatestEntropy(tolerance: Double = 1e-12, maximumRounds: Int = 20_000) -> Solution {
    var solution = Solution(
      amounts: [Double](repeating: 1, count: cells.count),
      outsideByRow: [Double](repeating: outsideWeight, count: rowTotals.count),
      outsideByColumn: [Double](repeating: outsideWeight, count: columnTotals.count),
      corner: cells.isEmpty ? 0 : 1,
      residual: .infinity
    )
    for _ in 0..<maximumRounds where solution.residual > tolerance {
      scaleColumns(&solution)
      scaleBlocks(&solution)
      scaleRows(&solution)
      solution.residual = max(columnMiss(solution), blockMiss(solution))
    }
    return solution
  }

  private func scaleRows(_ solution: inout Solution) {
    var sums = solution.outsideByRow
    for (index, cell) in cells.enumerated() { sums[cell.row] += solution.amounts[index] }
    for (index, cell) in cells.enumerated() {
      solution.amounts[index] *= Self.factor(rowTotals[cell.row], sums[cell.row])
    }
    for row in rowTotals.indices {
      solution.outsideByRow[row] *= Self.factor(rowTotals[row], sums[row])
    }
    let outside = columnTotals.reduce(0, +)
    let sum = solution.outsideByColumn.reduce(solution.corner, +)
    let factor = Self.factor(outside, sum)
    for column in columnTotals.indices { solution.outsideByColumn[column] *= factor }
    solution.corner *= factor
  }

  private func scaleColumns(_ solution: inout Solution) {
    let sums = columnSums(solution)
    for (index, cell) in cells.enumerated() {
      solution.amounts[index] *= Self.factor(columnTotals[cell.column], sums[cell.column])
    }
    for column in columnTotals.indices {
      solution.outsideByColumn[column] *= Self.factor(columnTotals[column], sums[column])
    }
    let outside = rowTotals.reduce(0, +)
    let sum = solution.outsideByRow.reduce(solution.corner, +)
    let factor = Self.factor(outside, sum)
    for row in rowTotals.indices { solution.outsideByRow[row] *= factor }
    solution.corner *= factor
  }

  /// Scales each block to its total, and the rest of its column to what that leaves.
  private func scaleBlocks(_ solution: inout Solution) {
    for block in blocks {
      let column = cells[block.cells[0]].column
      let inBlock = Set(block.cells)
      let beside = cells.indices.filter { cells[$0].column == column && !inBlock.contains($0) }
      let sum = block.cells.reduce(0) { $0 + solution.amounts[$1] }
      let rest = beside.reduce(solution.outsideByColumn[column]) { $0 + solution.amounts[$1] }
      let (within, without) = (
        Self.factor(block.total, sum), Self.factor(columnTotals[column] - block.total, rest)
      )
      for index in block.cells { solution.amounts[index] *= within }
      for index in beside { solution.amounts[index] *= without }
      solution.outsideByColumn[column] *= without
    }
  }

  /// What brings `sum` to `total`; 0 where there is nothing to scale.
  private static func factor(_ total: Double, _ sum: Double) -> Double {
    sum > 0 ? max(0, total) / sum : 0
  }

  /// How far `sum` is from `total`, as a share of it.
  private static func miss(_ sum: Double, _ total: Double) -> Double {
    total > 0 ? abs(sum - total) / total : sum > 0 ? .infinity : 0
  }

  private func columnSums(_ solution: Solution) -> [Double] {
    var sums = solution.outsideByColumn
    for (index, cell) in cells.enumerated() { sums[cell.column] += solution.amounts[index] }
    return sums
  }

  private func blockMiss(_ solution: Solution) -> Double {
    blocks.reduce(0) { miss, block in
      let sum = block.cells.reduce(0) { $0 + solution.amounts[$1] }
      return max(miss, Self.miss(sum, block.total))
    }
  }

  /// How far the worst column is off, the outside one included.
  private func columnMiss(_ solution: Solution) -> Double {
    let outside = solution.outsideByRow.reduce(solution.corner, +)
    let sums = zip(columnSums(solution) + [outside], columnTotals + [rowTotals.reduce(0, +)])
    return sums.reduce(0) { max($0, Self.miss($1.0, $1.1)) }
  }
}

extension CompletionProblem {
  /// One filling drawn at random among those that meet every total.
  ///
  /// Walks from the filling of greatest entropy by moves on two rows and two columns that leave all
  /// sums as they are, each drawn from its exact conditional distribution under independent
  /// exponential amounts: the Gibbs sampler of Gandy and Veraart, "A Bayesian Methodology for
  /// Systemic Risk Assessment in Financial Networks", *Management Science* 63(12), 2017,
  /// doi:10.1287/mnsc.2016.2546, with every cell present and its mean at the greatest entropy.
  ///
  /// - Parameters:
  ///   - start: The filling of greatest entropy.
  ///   - sweeps: How many moves per cell.
  ///   - generator: Where chance comes from.
  /// - Returns: The filling.
  public func sample(
    from start: Solution,
    sweeps: Int = 20,
    using generator: inout some RandomNumberGenerator
  ) -> Solution {
    guard !cells.isEmpty else { return start }
    var solution = start
    let blockOf = blockOfCell
    for _ in 0..<(sweeps * cells.count) {
      let first = Int.random(in: cells.indices, using: &generator)
      let second = Int.random(in: -1..<cells.count, using: &generator)
      if second >= 0, cells[first].column == cells[second].column {
        guard blockOf[first] == blockOf[second], first != second else { continue }
        exchange(first, second, &solution, start, &generator)
      } else if blockOf[first] == nil {
        trade(first, &solution, start, &generator)
      }
    }
    return solution
  }

  private var blockOfCell: [Int?] {
    var blockOf = [Int?](repeating: nil, count: cells.count)
    for (index, block) in blocks.enumerated() {
      for cell in block.cells { blockOf[cell] = index }
    }
    return blockOf
  }

  /// Moves money between two payers of one payee, and back between them outside.
  private func exchange(
    _ first: Int,
    _ second: Int,
    _ now: inout Solution,
    _ mean: Solution,
    _ generator: inout some RandomNumberGenerator
  ) {
    let (up, down) = (cells[first].row, cells[second].row)
    let delta = Self.shift(
      rising: [
        (now.amounts[first], mean.amounts[first]),
        (now.outsideByRow[down], mean.outsideByRow[down]),
      ],
      falling: [
        (now.amounts[second], mean.amounts[second]), (now.outsideByRow[up], mean.outsideByRow[up]),
      ],
      &generator
    )
    now.amounts[first] += delta
    now.outsideByRow[down] += delta
    now.amounts[second] -= delta
    now.outsideByRow[up] -= delta
  }

  /// Moves money between a pair and the outside.
  private func trade(
    _ index: Int,
    _ now: inout Solution,
    _ mean: Solution,
    _ generator: inout some RandomNumberGenerator
  ) {
    let cell = cells[index]
    let delta = Self.shift(
      rising: [(now.amounts[index], mean.amounts[index]), (now.corner, mean.corner)],
      falling: [
        (now.outsideByRow[cell.row], mean.outsideByRow[cell.row]),
        (now.outsideByColumn[cell.column], mean.outsideByColumn[cell.column]),
      ],
      &generator
    )
    now.amounts[index] += delta
    now.corner += delta
    now.outsideByRow[cell.row] -= delta
    now.outsideByColumn[cell.column] -= delta
  }

  /// How far four amounts move: exponential, cut to where none falls below zero.
  private static func shift(
    rising: [(now: Double, mean: Double)],
    falling: [(now: Double, mean: Double)],
    _ generator: inout some RandomNumberGenerator
  ) -> Double {
    let least = -(rising.map(\.now).min() ?? 0)
    let most = falling.map(\.now).min() ?? 0
    let share = Double.random(in: 0..<1, using: &generator)
    guard most > least else { return 0 }
    let rate = rising.reduce(0) { $0 + 1 / $1.mean } - falling.reduce(0) { $0 + 1 / $1.mean }
    let width = rate * (most - least)
    guard width.isFinite, abs(width) > 1e-9 else { return least + share * (most - least) }
    let drawn =
      width > 0
      ? -log1p(share * expm1(-width)) / rate
      : most - least + log1p((1 - share) * expm1(width)) / -rate
    return min(max(least + drawn, least), most)
  }
}
