import ArgumentParser
import Books
import Claims
import Projection
import Reports

struct StressScenario: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract: "What a scenario changes: before and after, who fails through which links.",
    discussion: """
      Runs the months of a scenario twice, with and without what happens in it, on the middle path and \
      on many. A party can fail where its cash, receipts and spending are known; every figure that \
      the book lacks is named, and can be set in the scenario.

      EXAMPLES
        ouro stress scenario Examples/ai-economy Examples/scenarios/ipo-fails.yaml --paths 20
        ouro stress scenario BOOK SCENARIO.yaml --json

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOption
  @Option(help: "How many paths the ranges rest on.") var paths = 1000
  @Option(help: "Where chance begins.") var seed: UInt64 = 1

  func validate() throws {
    guard (1...10_000_000).contains(paths) else {
      throw ValidationError("--paths takes 1 to 10000000.")
    }
  }

  func run() throws {
    let question = try options.question()
    let report = try ScenarioReport(
      question.plan,
      question.view,
      book: (question.book, version),
      paths: paths,
      seed: seed,
      threads: threads.count
    )
    try show(report, asJSON: options.json, names: PartyNames(question.view))
  }
}
