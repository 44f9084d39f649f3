import ArgumentParser
import Claims
import Foundation
import Inputs
import Pages
import Projection
import Reports

struct Project: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cash month by month on many paths: bands, who fails when, what is lost.",
    discussion: """
      Chance depends on the seed, the path and the month alone: a run has the same bits on any number \
      of threads, cut into any shards, killed and resumed. With -o the run is a file; what is done is \
      kept in it every few seconds and on Ctrl-C.

      EXAMPLES
        ouro project BOOK SCENARIO.yaml --paths 10000 --seed 1
        ouro project BOOK SCENARIO.yaml --paths 100000 --shard 1/4 -o part1.json
        ouro project BOOK SCENARIO.yaml --paths 100000 -o run.json --resume
        ouro project BOOK SCENARIO.yaml --html projection --xlsx projection.xlsx

      EXIT CODES
        0 answered · 64 usage · 65 bad data · 66 no such input · 74 could not write · 130 stopped
      """
  )

  @OptionGroup var options: ScenarioOptions
  @OptionGroup var threads: ThreadOption
  @Option(help: "How many paths.") var paths = 10_000
  @Option(help: "Where chance begins.") var seed: UInt64 = 1
  @Option(help: ArgumentHelp("Only one part of the paths, as 2/8.", valueName: "part/parts"))
  var shard: ShardArgument?
  @Option(name: .shortAndLong, help: "Write the run to this file.", completion: .file())
  var output: String?
  @Flag(help: "Go on with the run in the file of -o.")
  var resume = false
  @OptionGroup var page: PageOptions
  @OptionGroup var tables: TableOptions

  func validate() throws {
    guard (1...RunFile.mostPaths).contains(paths) else {
      throw ValidationError("--paths takes 1 to \(RunFile.mostPaths).")
    }
    guard output != nil || (shard == nil && !resume) else {
      throw ValidationError("--shard and --resume need a file: -o FILE.")
    }
    guard shard == nil || !(page.isAsked || tables.isAsked) else {
      throw ValidationError(
        "--html, --svg, --xlsx and --csv tell of a whole run; merge the shards first."
      )
    }
  }

  func run() throws {
    let question = try options.question()
    let parameters = question.parameters(
      version: version,
      inputs: question.hash,
      book: options.book,
      seed: seed,
      paths: paths
    )
    var file = try RunFile(parameters, question.plan, threads: threads.count)
    if resume, let output, FileManager.default.fileExists(atPath: output) {
      try file.join(RunStore.read(output))
    }
    let wanted = shard.map { RunFile.paths(paths, part: $0.part, of: $0.parts) } ?? 0..<paths
    let run = MonteCarlo(question.plan, seed: seed, threads: threads.count, paths: paths)
    try Interrupt.during {
      try RunStore.advance(&file, over: wanted, by: run, keepingIn: output, goesOn: $0)
    }
    if let output { try RunStore.write(file, to: output) }
    if Interrupt.isAsked {
      say(output.map { "stopped; go on with --resume -o \($0)" } ?? "stopped; nothing is kept")
      throw ExitCode(130)
    }
    let names = PartyNames(question.view)
    let isShown = output == nil || options.json || file.isComplete
    if output != "-", isShown {
      try tables.show(
        RunReport(file),
        asJSON: options.json,
        names: names,
        Workbook.Question(command: PageOptions.command, of: file.parameters),
        of: question.view.contents
      )
    }
    if page.isAsked { try page.write(ProjectionPage(file, names, command: PageOptions.command)) }
  }
}

/// Reads `2/8`.
struct ShardArgument: ExpressibleByArgument {
  let part: Int
  let parts: Int

  init?(argument: String) {
    let numbers = argument.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let part = numbers[0], let parts = numbers[1],
      (1...1_000_000).contains(parts), (1...parts).contains(part)
    else { return nil }
    (self.part, self.parts) = (part, parts)
  }
}
