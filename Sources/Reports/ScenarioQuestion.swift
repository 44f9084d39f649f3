package import Claims
package import Projection

/// A scenario laid out on a view of a book: what every projection begins from.
package struct ScenarioQuestion: Sendable {
  /// The view.
  package let view: View
  /// The scenario, month by month.
  package let plan: ProjectionPlan
  /// The book's hash.
  package let book: String
  /// The scenario's file.
  package let scenario: String
  /// All that went in: the book's hash, what of the book is asked, the months, the scenario's files.
  package let ingredients: [String]

  /// The months of a scenario that does not say how many.
  private static let usualMonths = 60

  /// Reads a scenario and lays it out.
  ///
  /// - Parameters:
  ///   - view: The view.
  ///   - book: The book's hash.
  ///   - scenario: The scenario's file, and what it holds.
  ///   - months: How many months; `nil` for as many as the scenario says.
  ///   - other: The file that a scenario extends, and what it holds, by the name it gives; `nil` where there
  ///     is none.
  /// - Throws: ``ScenarioError``.
  package init(
    _ view: View,
    book: String,
    scenario: (path: String, text: String),
    months: Int?,
    other: (String) -> (name: String, text: String)?
  ) throws(ScenarioError) {
    var texts = [scenario.text]
    let read = try ScenarioReader(view).scenario(scenario.text, file: scenario.path) { name in
      guard let found = other(name) else { return nil }
      texts.append(found.text)
      return found
    }
    let count = months ?? read.months ?? Self.usualMonths
    plan = ProjectionPlan(view, read, months: count)
    (self.view, self.book, self.scenario) = (view, book, scenario.path)
    let request = view.request
    ingredients =
      [
        book, request.asOf.description, request.policy.rawValue,
        request.toldBy.joined(separator: ","), String(count),
      ] + texts
  }

  /// What a run of it is of.
  ///
  /// - Parameters:
  ///   - version: The program's version.
  ///   - inputs: The hash of ``ingredients``.
  ///   - path: The book as it was named.
  ///   - seed: Where chance begins.
  ///   - paths: How many paths the whole run has.
  /// - Returns: The parameters.
  package func parameters(
    version: String,
    inputs: String,
    book path: String,
    seed: UInt64,
    paths: Int
  ) -> RunFile.Parameters {
    let request = view.request
    return RunFile.Parameters(
      version: version,
      inputs: inputs,
      book: (path, book),
      scenario: (scenario, plan.scenario.name),
      view: (request.asOf.description, request.toldBy, request.policy.rawValue),
      months: plan.months.map(\.description),
      seed: seed,
      paths: paths
    )
  }
}

extension RunFile.Parameters {
  /// What of the book was asked; `nil` where its day or policy is none.
  package var request: ViewRequest? {
    guard let day = PartialDate(asOf), let policy = Policy(rawValue: policy) else { return nil }
    return ViewRequest(asOf: day.last, toldBy: toldBy, policy: policy)
  }
}
