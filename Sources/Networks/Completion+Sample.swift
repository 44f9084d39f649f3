#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension CompletionProblem {
  /// One filling drawn at random among those that meet every total.
  ///
  /// Walks from the filling of least relative entropy by moves on two rows and two columns that leave all
  /// sums as they are, each drawn from its exact conditional distribution under independent
  /// exponential amounts: the Gibbs sampler of Gandy and Veraart, "A Bayesian Methodology for
  /// Systemic Risk Assessment in Financial Networks", *Management Science* 63(12), 2017,
  /// doi:10.1287/mnsc.2016.2546, with every cell present and its mean at the least relative entropy.
  ///
  /// - Parameters:
  ///   - start: The filling of least relative entropy.
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
    var slack = Slack(self, start)
    for _ in 0..<(sweeps * cells.count) {
      let first = Int.random(in: cells.indices, using: &generator)
      let second = Int.random(in: -1..<cells.count, using: &generator)
      if second >= 0, cells[first].column == cells[second].column {
        guard first != second else { continue }
        exchange(first, second, &solution, start, &slack, &generator)
      } else {
        trade(first, &solution, start, &slack, &generator)
      }
    }
    return solution
  }

  /// What the bounds leave for moves; one that gave way holds what it has.
  private struct Slack {
    private var sums: [Double]
    private let lows: [Double]
    private let highs: [Double]
    private let boundsOf: [[Int]]

    init(_ problem: CompletionProblem, _ start: Solution) {
      let sums = problem.bounds.map { $0.cells.reduce(0) { $0 + start.amounts[$1] } }
      self.sums = sums
      lows = zip(problem.bounds, sums).map { min($0.low, $1) }
      highs = zip(problem.bounds, sums).map { max($0.high, $1) }
      var boundsOf = [[Int]](repeating: [], count: problem.cells.count)
      for (index, bound) in problem.bounds.enumerated() {
        for cell in bound.cells { boundsOf[cell].append(index) }
      }
      self.boundsOf = boundsOf
    }

    /// How far money can move to `rising` from `falling`, where there is one.
    func range(_ rising: Int, _ falling: Int?) -> (low: Double, high: Double) {
      let down = falling.map { boundsOf[$0] } ?? []
      let up = boundsOf[rising]
      var range = (low: -Double.infinity, high: Double.infinity)
      for bound in up where !down.contains(bound) {
        range.low = max(range.low, lows[bound] - sums[bound])
        range.high = min(range.high, highs[bound] - sums[bound])
      }
      for bound in down where !up.contains(bound) {
        range.low = max(range.low, sums[bound] - highs[bound])
        range.high = min(range.high, sums[bound] - lows[bound])
      }
      return (min(range.low, 0), max(range.high, 0))
    }

    mutating func move(_ delta: Double, _ rising: Int, _ falling: Int?) {
      for bound in boundsOf[rising] { sums[bound] += delta }
      for bound in falling.map({ boundsOf[$0] }) ?? [] { sums[bound] -= delta }
    }
  }

  /// Moves money between two payers of one payee, and back between them outside.
  private func exchange(
    _ first: Int,
    _ second: Int,
    _ now: inout Solution,
    _ mean: Solution,
    _ slack: inout Slack,
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
      within: slack.range(first, second),
      &generator
    )
    slack.move(delta, first, second)
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
    _ slack: inout Slack,
    _ generator: inout some RandomNumberGenerator
  ) {
    let cell = cells[index]
    let delta = Self.shift(
      rising: [(now.amounts[index], mean.amounts[index]), (now.corner, mean.corner)],
      falling: [
        (now.outsideByRow[cell.row], mean.outsideByRow[cell.row]),
        (now.outsideByColumn[cell.column], mean.outsideByColumn[cell.column]),
      ],
      within: slack.range(index, nil),
      &generator
    )
    slack.move(delta, index, nil)
    now.amounts[index] += delta
    now.corner += delta
    now.outsideByRow[cell.row] -= delta
    now.outsideByColumn[cell.column] -= delta
  }

  /// How far four amounts move: exponential, cut to where none falls below zero.
  private static func shift(
    rising: [(now: Double, mean: Double)],
    falling: [(now: Double, mean: Double)],
    within range: (low: Double, high: Double),
    _ generator: inout some RandomNumberGenerator
  ) -> Double {
    let least = max(range.low, -(rising.map(\.now).min() ?? 0))
    let most = min(range.high, falling.map(\.now).min() ?? 0)
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
