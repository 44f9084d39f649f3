import Numerics
import Foundation
import Networks
import TestKit
import Testing

private typealias Cell = CompletionProblem.Cell
private typealias Solution = CompletionProblem.Solution

extension CompletionProblem {
  /// The largest share by which `solution` misses a total, blocks included.
  fileprivate func miss(_ solution: Solution) -> Double {
    var rows = solution.outsideByRow
    var columns = solution.outsideByColumn
    for (cell, amount) in zip(cells, solution.amounts) {
      rows[cell.row] += amount
      columns[cell.column] += amount
    }
    let sums = bounds.map { block in block.cells.reduce(0) { $0 + solution.amounts[$1] } }
    let met = zip(rows + columns + sums, rowTotals + columnTotals + bounds.map(\.low))
    let corner = abs(solution.amounts.reduce(0, +) - solution.corner)
    let sum = rowTotals.reduce(0, +) + columnTotals.reduce(0, +)
    return met.reduce(corner / sum) { max($0, abs($1.0 - $1.1) / $1.1) }
  }

  /// A random problem in which every row and column has a cell, perhaps with a block.
  fileprivate static func random(using chance: inout SplitMix64) -> CompletionProblem {
    let (rows, columns) = (
      Int.random(in: 1...6, using: &chance), Int.random(in: 1...6, using: &chance)
    )
    func totals(_ count: Int) -> [Double] {
      (0..<count).map { _ in Double(Int.random(in: 1...1000, using: &chance)) }
    }
    let rowTotals = totals(rows)
    let columnTotals = totals(columns)
    var cells: [Cell] = []
    for row in 0..<rows {
      for column in 0..<columns where Int.random(in: 0..<3, using: &chance) > 0 || row == column {
        cells.append(Cell(row: row, column: column))
      }
    }
    let column = Int.random(in: 0..<columns, using: &chance)
    let members = cells.indices.filter { cells[$0].column == column }.prefix(3)
    let most = members.reduce(0) { $0 + rowTotals[cells[$1].row] }
    let total = min(most, columnTotals[column]) * Double.random(in: 0.1...0.6, using: &chance)
    let hasBlock = Bool.random(using: &chance) && !members.isEmpty
    return CompletionProblem(
      rowTotals: rowTotals,
      columnTotals: columnTotals,
      cells: cells,
      bounds: hasBlock ? [.init(cells: Array(members), low: total, high: total)] : [],
      outsideWeight: [0.5, 1, 2].randomElement(using: &chance) ?? 1
    )
  }
}

@Suite struct EntropyTests {
  /// With every pair allowed and outside weight 1, sums are independent: S·R/(ΣS + ΣR).
  @Test(arguments: [
    ([3.0], [5.0]), ([30, 70], [40, 60]), ([1, 2, 3], [10, 20]), ([100, 1], [1, 100, 7]),
  ])
  func everyPairIsInProportion(rows: [Double], columns: [Double]) {
    let cells = rows.indices.flatMap { row in columns.indices.map { Cell(row: row, column: $0) } }
    let problem = CompletionProblem(rowTotals: rows, columnTotals: columns, cells: cells)
    let solution = problem.leastRelativeEntropy()
    let all = rows.reduce(0, +) + columns.reduce(0, +)
    for (cell, amount) in zip(cells, solution.amounts) {
      #expect(abs(amount - rows[cell.row] * columns[cell.column] / all) < 1e-9 * all)
    }
    #expect(problem.miss(solution) < 1e-11)
  }

  /// One pair, totals S and R, outside weight w: x²·w² = (S − x)(R − x), by scaling invariants.
  @Test(arguments: [(1.0, 1.0, 0.5), (1, 1, 2), (3, 7, 0.5), (50, 2, 4), (10, 10, 1)])
  func onePairByItsCrossRatio(spend: Double, take: Double, weight: Double) {
    let problem = CompletionProblem(
      rowTotals: [spend],
      columnTotals: [take],
      cells: [Cell(row: 0, column: 0)],
      outsideWeight: weight
    )
    let solution = problem.leastRelativeEntropy()
    let x = solution.amounts[0]
    #expect(abs(x * x * weight * weight - (spend - x) * (take - x)) < 1e-8 * spend * take)
    #expect(x > 0 && x < min(spend, take))
  }

  @Test func theHeavierTheOutsideTheLessWithin() {
    let amounts = [0.25, 0.5, 1, 2, 4].map { weight in
      CompletionProblem(
        rowTotals: [10],
        columnTotals: [20],
        cells: [Cell(row: 0, column: 0)],
        outsideWeight: weight
      ).leastRelativeEntropy().amounts[0]
    }
    #expect(zip(amounts, amounts.dropFirst()).allSatisfy(>))
  }

  @Test(arguments: UInt64(0)..<200) func totalsAndBlocksAreMet(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    let problem = CompletionProblem.random(using: &chance)
    let solution = problem.leastRelativeEntropy()
    #expect(solution.residual <= 1e-12)
    #expect(problem.miss(solution) < 1e-11)
    #expect(solution.amounts.allSatisfy { $0 > 0 })
    #expect((solution.outsideByRow + solution.outsideByColumn).allSatisfy { $0 > 0 })
  }

  @Test func whatCannotBeMetSaysSo() {
    let problem = CompletionProblem(
      rowTotals: [10, 10],
      columnTotals: [10],
      cells: [Cell(row: 0, column: 0), Cell(row: 1, column: 0)],
      bounds: [
        .init(cells: [0], low: 8, high: 8, rank: 1), .init(cells: [1], low: 8, high: 8, rank: 0),
      ]
    )
    let solution = problem.leastRelativeEntropy()
    #expect(abs(solution.amounts[0] - 8) < 1e-4 && abs(solution.amounts[1] - 2) < 1e-4)
    #expect(solution.yielded[0] == nil && solution.yielded[1] != nil)
    #expect(solution.hasYielded(1, problem) && !solution.hasYielded(0, problem))
  }

  /// Sums over no cells bind nothing; a sum that nearly fills its column leaves little beside it.
  @Test func blocksOfNothingAndOfAllAreMet() {
    let cells = [(0, 0), (1, 0)].map { CompletionProblem.Cell(row: $0.0, column: $0.1) }
    let problem = CompletionProblem(
      rowTotals: [5, 7],
      columnTotals: [4],
      cells: cells,
      bounds: [.init(cells: [], low: 3, high: 3), .init(cells: [0], low: 3.9, high: 3.9)]
    )
    let solution = problem.leastRelativeEntropy()
    #expect(abs(solution.amounts[0] - 3.9) < 1e-9)
    #expect(abs(solution.amounts[1] + solution.outsideByColumn[0] - 0.1) < 1e-9)
    #expect(solution.residual < 1e-9)
  }

  @Test func totalsOfNothingAreFilledWithNothing() {
    let cell = CompletionProblem.Cell(row: 0, column: 0)
    let solution = CompletionProblem(rowTotals: [0], columnTotals: [0], cells: [cell])
      .leastRelativeEntropy()
    #expect(solution.amounts == [0])
    #expect(solution.residual == 0)
  }

  @Test func fewRoundsSayHowFarTheyGot() {
    var chance = SplitMix64(seed: 3)
    let problem = CompletionProblem.random(using: &chance)
    let residuals = [1, 3, 9].map { problem.leastRelativeEntropy(maximumRounds: $0).residual }
    #expect(zip(residuals, residuals.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(residuals[0] > 0)
  }

  @Test func withoutPairsAllIsOutside() {
    let problem = CompletionProblem(rowTotals: [3], columnTotals: [4], cells: [])
    let solution = problem.leastRelativeEntropy()
    #expect(abs(solution.outsideByRow[0] - 3) < 1e-9)
    #expect(abs(solution.outsideByColumn[0] - 4) < 1e-9)
    #expect(solution.amounts.isEmpty)
  }
}

@Suite struct SampleTests {
  @Test(arguments: UInt64(0)..<100) func everySampleMeetsTheTotalsAndIsNowhereNegative(seed: UInt64)
  {
    var chance = SplitMix64(seed: seed)
    let problem = CompletionProblem.random(using: &chance)
    let start = problem.leastRelativeEntropy()
    for path in UInt64(0)..<5 {
      var stream = RandomStream(seed: seed, path: path)
      let sample = problem.sample(from: start, using: &stream)
      #expect(problem.miss(sample) < 1e-9)
      let amounts = sample.amounts + sample.outsideByRow + sample.outsideByColumn
      #expect(amounts.allSatisfy { $0 >= -1e-9 })
      var again = RandomStream(seed: seed, path: path)
      #expect(problem.sample(from: start, using: &again).amounts == sample.amounts)
    }
  }

  @Test func seedsDiffer() {
    var chance = SplitMix64(seed: 5)
    let problem = CompletionProblem.random(using: &chance)
    let start = problem.leastRelativeEntropy()
    let samples = (UInt64(0)..<20).map { seed -> [Double] in
      var stream = RandomStream(seed: seed)
      return problem.sample(from: start, using: &stream).amounts
    }
    #expect(Set(samples).count == 20)
  }

  /// One pair: the amount is exponential with the rate of four cells, cut at the smaller total.
  @Test(arguments: [(1.0, 1.0), (1, 3), (5, 2), (1, 20)])
  func onePairHasItsExactMean(spend: Double, take: Double) {
    let problem = CompletionProblem(
      rowTotals: [spend],
      columnTotals: [take],
      cells: [Cell(row: 0, column: 0)]
    )
    let start = problem.leastRelativeEntropy()
    let rate =
      1 / start.amounts[0] + 1 / start.corner - 1 / start.outsideByRow[0]
      - 1 / start.outsideByColumn[0]
    let most = min(spend, take)
    let terms = 20_000
    let weights = (0..<terms).map { step in
      let x = (Double(step) + 0.5) / Double(terms) * most
      return (x: x, density: exp(-rate * x))
    }
    let mean =
      weights.reduce(0) { $0 + $1.x * $1.density } / weights.reduce(0) { $0 + $1.density }
    var stream = RandomStream(seed: 11)
    var sum = 0.0
    let count = 20_000
    for _ in 0..<count { sum += problem.sample(from: start, sweeps: 4, using: &stream).amounts[0] }
    #expect(abs(sum / Double(count) - mean) < 0.02 * most)
  }

  /// The mean of many samples lies near the greatest entropy: within a third of the totals' scale.
  @Test(arguments: UInt64(0)..<10) func theMeanOfManyIsNearTheGreatestEntropy(seed: UInt64) {
    var chance = SplitMix64(seed: seed)
    let problem = CompletionProblem.random(using: &chance)
    let start = problem.leastRelativeEntropy()
    var sums = [Double](repeating: 0, count: problem.cells.count)
    for path in UInt64(0)..<400 {
      var stream = RandomStream(seed: seed, path: path)
      let sample = problem.sample(from: start, using: &stream)
      for (index, amount) in sample.amounts.enumerated() { sums[index] += amount / 400 }
    }
    for (index, cell) in problem.cells.enumerated() {
      let scale = min(problem.rowTotals[cell.row], problem.columnTotals[cell.column])
      #expect(abs(sums[index] - start.amounts[index]) < scale / 3)
    }
  }
}
