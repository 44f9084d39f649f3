package import Networks

/// The flows that a problem of completion comes to.
package struct CompletionAnswer: Encodable, Sendable {
  private let amounts: [Double]
  private let outsideByRow: [Double]
  private let outsideByColumn: [Double]
  private let corner: Double
  private let residual: Double
  private let yielded: [Double?]

  /// The answer that a solution gives.
  package init(_ solution: CompletionProblem.Solution) {
    (amounts, corner, residual) = (solution.amounts, solution.corner, solution.residual)
    (outsideByRow, outsideByColumn) = (solution.outsideByRow, solution.outsideByColumn)
    yielded = solution.yielded
  }
}
