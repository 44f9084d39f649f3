import ArgumentParser
import Books
import Claims
import Foundation
import Inputs
import Reports

/// A book, a scenario, and what of the book is asked: what every projection takes.
struct ScenarioOptions: ParsableArguments {
  @Argument(help: "The book: a file or a folder.", completion: .file())
  var book: String

  @Argument(help: "What is assumed and what happens: SCENARIO.yaml.", completion: .file())
  var scenario: String

  @OptionGroup var choice: ViewChoice

  @Option(help: ArgumentHelp("How many months; the scenario's, or 60.", valueName: "count"))
  var months: Int?

  @Flag(help: "Answer in JSON.")
  var json = false

  func validate() throws {
    if let months, !(1...600).contains(months) {
      throw ValidationError("--months takes 1 to 600.")
    }
  }

  /// Reads and lays out everything asked for.
  func question() throws -> ScenarioQuestion {
    let opened = try choice.open(book)
    let view = try choice.view(of: opened)
    return try ScenarioQuestion(opened, view, scenario: scenario, months: months)
  }
}

/// How many threads a run takes: as many as the machine has, or as many as were asked for.
struct ThreadOption: ParsableArguments {
  @Option(help: "How many threads; as many as the machine has by default.")
  var threads: Int?

  var count: Int { min(256, max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)) }
}
