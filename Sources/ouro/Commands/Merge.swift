import ArgumentParser
import Disk
import Inputs
import Projection
import Reports

struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Join the parts of a run or of a scan, in any order, to the same bits as one.",
    discussion: """
      Parts of a run (ouro project --shard) become a run. Parts of a scan (ouro scan -o) become its answer: as one scan of \
      all payments gives it, whichever machines searched the slices. A part given twice counts once; what is missing, \
      damaged, of another scan, or there twice and different, is refused by its name.

      EXAMPLES
        ouro merge part1.json part2.json part3.json -o run.json
        ouro merge slice*.json --json -o scan.json
        ouro merge slice*.json --list loops.csv

      EXIT CODES
        0 joined · 64 usage · 65 the parts do not fit · 66 no such file · 74 could not write
      """
  )

  @Argument(help: "The parts.", completion: .file()) var parts: [String]
  @Option(
    name: .shortAndLong,
    help: "Write the run, or the answer of the scan, to this file.",
    completion: .file()
  )
  var output: String?
  @Flag(help: "A run also where paths are still missing.") var partial = false
  @Flag(help: "Answer of a scan in JSON.") var json = false
  @Option(
    help: "A file to write every loop of a scan to, or - for standard output.",
    completion: .file()
  )
  var list: String?
  @Option(help: "The form of the list: csv (a row a payment) or jsonl (a line a finding).")
  var format = LoopListing.Format.csv

  func validate() throws {
    guard !((json || output == "-") && output ?? "-" == "-" && list == "-") else {
      throw ValidationError("--json and --list - both want standard output; list to a file")
    }
  }

  func run() throws {
    if try ScanPartStore.isPart(parts[0]) { return try mergeScans() }
    guard let output else { throw ValidationError("The parts of a run need a file: -o FILE.") }
    let file = try RunStore.joined(parts, isPartial: partial)
    try RunStore.write(file, to: output)
    say("joined \(Figures.count(parts.count, "part")), \(Figures.count(file.tally.paths, "path"))")
  }

  private func mergeScans() throws {
    let joining = try ScanPartStore.joined(parts)
    let report = try joining.joined()
    if let list {
      let file = try ListFile(list, isForPeople: list == "-" && Terminal.takesOutput)
      try file.loops(ofParts: joining.paths, format)
    }
    for note in json || list == "-" ? report.notes : [report.tieNote].compactMap(\.self) {
      say(note)
    }
    let told = AnswerOfFiles(report, inputs: joining.inputs)
    let answer = json ? try ouro.json(told) + "\n" : report.text(PartyNames(ids: []))
    if let output { return try Files.replace(output, with: Array(answer.utf8)) }
    if list == "-" { say(lines: String(answer.dropLast())) } else { try show(answer) }
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
    let again = try RunAgain(file, book: book, scenario: scenario, version: version)
    let count = try Interrupt.during { try again.run(threads: threads.count, goesOn: $0) }
    guard let count else { throw ExitCode(130) }
    say("the same bits: \(Figures.count(count, "path")) of \(file)")
  }
}
