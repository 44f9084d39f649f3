internal import Claims
internal import Projection

/// What a run tells: the answer without the counts behind it.
package struct RunReport: Report {
  private let parameters: RunFile.Parameters
  private let done: [RunFile.Span]
  @Nullable private(set) var result: ProjectionReport?
  private let middle: CentralPath
  let drivers: [Driver]
  let assumptions: [ProjectionPlan.Assumption]
  let missing: [ProjectionPlan.Missing]
  let file: RunFile

  private enum CodingKeys: CodingKey {
    case parameters, done, result, middle, drivers, assumptions, missing
  }

  /// What `file` tells.
  package init(_ file: RunFile) {
    self.file = file
    (parameters, done, result) = (file.parameters, file.done, file.result)
    (middle, drivers) = (file.middle, file.drivers)
    (assumptions, missing) = (file.assumptions, file.missing)
  }

  /// The run for a person.
  package func text(_ names: PartyNames) -> String { file.text(names) }
}
