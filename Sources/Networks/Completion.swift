#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// How unknown flows are filled in.
public enum CompletionMethod: String, Sendable, CaseIterable {
  /// Not at all.
  case none
  /// As near as totals and bounds let them be to what weaker evidence says of the split.
  case entropy
  /// At random, seeded, among all fillings that fit the totals.
  case sample
}

/// Flows of which only totals, bounds, and weaker evidence are known.
///
/// Rows are payers with money left to spend, columns payees with revenue left to explain. An outside
/// column takes what a payer spends elsewhere, an outside row gives what a payee earns elsewhere, so
/// every row and column can be met. Cells are the pairs known to deal with each other. A bound holds the sum of some
/// cells between a least and a most.
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

  /// What some cells come to together.
  public struct Bound: Sendable {
    /// The cells, by position, each once.
    public let cells: [Int]
    /// The least they add up to.
    public let low: Double
    /// The most, at least `low`.
    public let high: Double
    /// How strongly it holds: where bounds cannot all be met, those of the least rank give way.
    public let rank: Int

    /// Holds the sum of `cells` between `low` and `high`.
    public init(cells: [Int], low: Double, high: Double, rank: Int = 0) {
      self.cells = cells
      self.low = low
      self.high = high
      self.rank = rank
    }
  }

  /// What each payer has left to spend, above zero.
  public let rowTotals: [Double]
  /// What each payee has left to receive, above zero.
  public let columnTotals: [Double]
  /// The pairs known to deal.
  public let cells: [Cell]
  /// Bounds on sums of cells, none without cells.
  public let bounds: [Bound]
  /// What weaker evidence says of each cell; `nil` where nothing does.
  public let priors: [Double?]
  /// How heavily each cell weighs where weaker evidence says nothing of it; 1 is in proportion.
  public let weights: [Double]
  /// How heavily spending and earning elsewhere weigh against one pair; 1 is in proportion.
  public let outsideWeight: Double

  /// States a problem; positions must lie within the totals.
  public init(
    rowTotals: [Double],
    columnTotals: [Double],
    cells: [Cell],
    bounds: [Bound] = [],
    priors: [Double?] = [],
    weights: [Double] = [],
    outsideWeight: Double = 1
  ) {
    precondition(cells.allSatisfy { $0.row < rowTotals.count && $0.column < columnTotals.count })
    self.rowTotals = rowTotals
    self.columnTotals = columnTotals
    self.cells = cells
    self.bounds = bounds.filter { !$0.cells.isEmpty }
    self.priors = priors.isEmpty ? cells.map { _ in nil } : priors
    self.weights = weights.isEmpty ? cells.map { _ in 1 } : weights
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
    /// By bound, what its cells come to where it had to give way; `nil` where it holds.
    public internal(set) var yielded: [Double?] = []

    /// Whether a bound on the cell at `index` gave way.
    public func hasYielded(_ index: Int, _ problem: CompletionProblem) -> Bool {
      zip(problem.bounds, yielded).contains { $1 != nil && $0.cells.contains(index) }
    }
  }
}
