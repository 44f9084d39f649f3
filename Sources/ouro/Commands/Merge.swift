import ArgumentParser
import Books
import Claims
import Projection
import Reports

struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join the parts of a run, in any order, to the same bits as one run.",
    discussion: """
      EXAMPLES
        ouro merge part1.json part2.json part3.json -o run.json

      EXIT CODES
        0 joined · 64 usage · 65 the parts do not fit · 66 no such file · 74 could not write
      """
  )

  @Argument(help: "The parts.", completion: .file()) var parts: [String]
  @Option(name: .shortAndLong, help: "Write the run to this file.", completion: .file())
  var output: String
  @Flag(help: "Also where paths are still missing.") var partial = false

  func run() throws {
    var file = try RunStore.read(parts[0])
    for part in parts.dropFirst() { try file.join(RunStore.read(part)) }
    if !partial { try file.checkWhole() }
    try RunStore.write(file, to: output)
    say("joined \(Figures.count(parts.count, "part")), \(Figures.count(file.tally.paths, "path"))")
  }
}

struct Rerun: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run a file of ouro project again, and say whether the same comes out.",
    discussion: """
      EXAMPLES
        ouro rerun run.json
        ouro rerun run.json --book BOOK

      EXIT CODES
        0 the same bits · 64 usage · 65 something else, or the book or scenario changed · 66 no such \
      file · 74 could not write
      """
  )

  @Argument(help: "The run.", completion: .file()) var file: String
  @OptionGroup var threads: ThreadOption
  @Option(help: "The book, where it has moved.", completion: .file()) var book: String?
  @Option(help: "The scenario, where it has moved.", completion: .file()) var scenario: String?

  func run() throws {
    let old = try RunStore.read(file)
    let question = try question(old.parameters)
    guard question.hash == old.parameters.inputs, old.parameters.version == version else {
      throw RunFileError.changed(path: file)
    }
    var new = try RunFile(old.parameters, question.plan, threads: threads.count)
    let run = MonteCarlo(
      question.plan,
      seed: old.parameters.seed,
      threads: threads.count,
      paths: old.parameters.paths
    )
    for span in old.done where !Interrupt.isAsked {
      try RunStore.advance(&new, over: span.from..<span.until, by: run, keepingIn: nil)
    }
    guard !Interrupt.isAsked else { throw ExitCode(130) }
    guard try json(new) == json(old) else { throw RunFileError.differs(path: file) }
    say("the same bits: \(Figures.count(old.tally.paths, "path")) of \(file)")
  }

  private func question(_ parameters: RunFile.Parameters) throws -> ScenarioQuestion {
    let opened = try BookFile.open(book ?? parameters.book)
    guard let request = parameters.request else {
      throw RunFileError.notARun(path: file, reason: "its day or policy is none")
    }
    return try ScenarioQuestion(
      opened,
      View(of: opened.contents, request),
      scenario: scenario ?? parameters.scenario,
      months: parameters.months.count
    )
  }
}
