import ArgumentParser
import Inputs
import Networks
import Reports

/// Fills in one problem read from JSON: a hook by which another program checks the fitting.
struct Complete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete",
    abstract: "Fill in unknown flows from totals.",
    shouldDisplay: false
  )

  @Argument(help: "The problem, as JSON; - is standard input.") var problem: String

  func run() throws {
    let solution = try CompletionProblem(reading: problem).leastRelativeEntropy()
    try show(json(CompletionAnswer(solution), isPretty: false))
  }
}
