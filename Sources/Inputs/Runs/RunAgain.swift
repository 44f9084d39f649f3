internal import Books
internal import Claims
internal import Projection
internal import Reports

/// A run that is made again, to see whether the same comes out.
package struct RunAgain {
  private let path: String
  private let old: RunFile
  private let question: ScenarioQuestion

  /// Reads a run, and what it was made of.
  ///
  /// - Parameters:
  ///   - path: The run's file.
  ///   - book: The book, where it has moved.
  ///   - scenario: The scenario, where it has moved.
  ///   - version: The program's version.
  /// - Throws: ``RunFileError``, where book, scenario or program are others.
  package init(_ path: String, book: String?, scenario: String?, version: String) throws {
    self.path = path
    old = try RunStore.read(path)
    let parameters = old.parameters
    let opened = try BookFile.open(book ?? parameters.book)
    guard let request = parameters.request else {
      throw RunFileError.notARun(path: path, reason: "its day or policy is none")
    }
    question = try ScenarioQuestion(
      opened,
      View(of: opened.contents, request),
      scenario: scenario ?? parameters.scenario,
      months: parameters.months.count
    )
    guard question.hash == parameters.inputs, parameters.version == version else {
      throw RunFileError.changed(path: path)
    }
  }

  /// Makes it again.
  ///
  /// - Parameters:
  ///   - threads: The number of threads.
  ///   - goesOn: Is told the share of each stretch that is done, and says whether to go on.
  /// - Returns: How many paths have the same bits; `nil` where it was stopped.
  /// - Throws: ``RunFileError/differs(path:)``.
  package func run(threads: Int, goesOn: (Double) -> Bool) throws -> Int? {
    var new = try RunFile(old.parameters, question.plan, threads: threads)
    let run = MonteCarlo(
      question.plan,
      seed: old.parameters.seed,
      threads: threads,
      paths: old.parameters.paths
    )
    var isStopped = false
    for span in old.done where !isStopped {
      try RunStore.advance(&new, over: span.from..<span.until, by: run, keepingIn: nil) {
        isStopped = !goesOn($0)
        return !isStopped
      }
    }
    guard !isStopped else { return nil }
    guard try AnswerJSON.text(of: new) == AnswerJSON.text(of: old) else {
      throw RunFileError.differs(path: path)
    }
    return old.tally.paths
  }
}
