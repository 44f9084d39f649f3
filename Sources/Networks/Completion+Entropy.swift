#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension CompletionProblem {
  /// The filling nearest to the priors, by least relative entropy, that meets every total and bound.
  ///
  /// Ascends the dual one total or bound at a time, which scales the cells in it: for totals that are met exactly this
  /// is iterative proportional fitting (Deming and Stephan, "On a Least Squares Adjustment of a Sampled Frequency Table
  /// When the Expected Marginal Totals are Known", *Annals of Mathematical Statistics* 11(4), 1940,
  /// doi:10.1214/aoms/1177731829), for bounds its extension to inequalities (Bregman, "The relaxation method of finding
  /// the common point of convex sets", *USSR Computational Mathematics and Mathematical Physics* 7(3), 1967,
  /// doi:10.1016/0041-5553(67)90040-7). Where nothing is known of a split the prior is 1 for each cell and
  /// ``outsideWeight`` outside. A bound can pull no harder than its rank allows, the ranks being far apart: where no
  /// filling meets them all, the weakest give way, by the least money in total.
  ///
  /// - Parameters:
  ///   - tolerance: The largest miss of a total, as a share of it, that counts as met.
  ///   - maximumRounds: When to stop; the residual of the answer then says how far it got.
  /// - Returns: The filling.
  /// - Complexity: O(cells + cells in bounds) a round; tens to thousands of rounds.
  public func leastRelativeEntropy(
    tolerance: Double = 1e-12,
    maximumRounds: Int = 20_000
  ) -> Solution {
    var solution = start
    var pulls = [Double](repeating: 0, count: bounds.count)
    for _ in 0..<maximumRounds where solution.residual > tolerance {
      scaleColumns(&solution)
      pull(&solution, &pulls)
      scaleRows(&solution)
      solution.residual = zip(bounds, pulls).reduce(columnMiss(solution)) { miss, bound in
        max(miss, abs(pull(wantedBy: bound.0, at: bound.1, solution) - bound.1))
      }
    }
    solution.yielded = bounds.map { bound in
      let sum = sum(of: bound, solution)
      let slack = 1e-6 * max(bound.low, bound.high.isFinite ? bound.high : 0)
      return sum < bound.low - slack || sum > bound.high + slack ? sum : nil
    }
    return solution
  }

  /// The priors: what weaker evidence says, and beside it what that leaves outside; 1 and ``outsideWeight`` where
  /// nothing is said.
  ///
  /// Scaling a whole row or column of priors changes nothing, so that stated amounts can stand beside ones.
  private var start: Solution {
    var solution = Solution(
      amounts: weights,
      outsideByRow: [Double](repeating: outsideWeight, count: rowTotals.count),
      outsideByColumn: [Double](repeating: outsideWeight, count: columnTotals.count),
      corner: cells.isEmpty ? 0 : 1,
      residual: .infinity
    )
    let named = priors.contains { $0 != nil }
    guard named else { return solution }
    let expected = expectedAmounts
    let all = expected.reduce(0, +)
    var spent = [Double](repeating: 0, count: rowTotals.count)
    var taken = [Double](repeating: 0, count: columnTotals.count)
    for (cell, amount) in zip(cells, expected) {
      spent[cell.row] += amount
      taken[cell.column] += amount
    }
    let isNamed = Set(cells.indices.filter { priors[$0] != nil }.map { cells[$0].column })
    for (index, cell) in cells.enumerated() where isNamed.contains(cell.column) {
      let left = max(rowTotals[cell.row] - spent[cell.row], 0.05 * rowTotals[cell.row])
      solution.amounts[index] = left > 0 ? expected[index] / left * outsideWeight : 0
    }
    for column in isNamed {
      let left = max(columnTotals[column] - taken[column], 0.02 * columnTotals[column])
      solution.outsideByColumn[column] = all > 0 ? left / all : outsideWeight
    }
    return solution
  }

  /// What each cell is expected to be before any total is met: its prior, else an even part of what the priors of its
  /// column leave.
  private var expectedAmounts: [Double] {
    var named = [Double](repeating: 0, count: columnTotals.count)
    var unnamed = [Double](repeating: 0, count: columnTotals.count)
    for (index, cell) in cells.enumerated() {
      if let prior = priors[index] {
        named[cell.column] += prior
      } else {
        unnamed[cell.column] += weights[index]
      }
    }
    return cells.indices.map { index in
      let column = cells[index].column
      let rest = max(0, columnTotals[column] - named[column])
      return priors[index] ?? weights[index] * rest / (unnamed[column] + outsideWeight)
    }
  }

  /// Brings each bound's sum between its ends, as far as it may pull.
  private func pull(_ solution: inout Solution, _ pulls: inout [Double]) {
    for (index, bound) in bounds.enumerated() {
      guard bound.high > 0 else {
        for cell in bound.cells { solution.amounts[cell] = 0 }
        continue
      }
      let next = pull(wantedBy: bound, at: pulls[index], solution)
      let factor = exp(next - pulls[index])
      for cell in bound.cells { solution.amounts[cell] *= factor }
      pulls[index] = next
    }
  }

  /// How hard a bound has to pull, on a logarithmic scale, where it pulls as hard as `now`.
  private func pull(wantedBy bound: Bound, at now: Double, _ solution: Solution) -> Double {
    let sum = sum(of: bound, solution)
    guard sum > 0, bound.high > 0 else { return now }
    let free = log(sum) - now
    let wanted = max(0, log(bound.low) - free) + min(0, log(bound.high) - free)
    let most = 30.0 * Double(bound.rank + 1)
    return min(max(wanted, -most), most)
  }

  private func sum(of bound: Bound, _ solution: Solution) -> Double {
    bound.cells.reduce(0) { $0 + solution.amounts[$1] }
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

  /// How far the worst column is off, the outside one included.
  private func columnMiss(_ solution: Solution) -> Double {
    let outside = solution.outsideByRow.reduce(solution.corner, +)
    let sums = zip(columnSums(solution) + [outside], columnTotals + [rowTotals.reduce(0, +)])
    return sums.reduce(0) { max($0, Self.miss($1.0, $1.1)) }
  }
}
