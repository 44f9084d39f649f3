import ArgumentParser
import Books
import Claims
import Disk
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
    let beginning = try Files.bytes(of: parts[0], atMost: 64)
    guard !ScanPartFile.begins(beginning) else { return try mergeScans() }
    guard let output else { throw ValidationError("The parts of a run need a file: -o FILE.") }
    var file = try RunStore.read(parts[0])
    for part in parts.dropFirst() { try file.join(RunStore.read(part)) }
    if !partial { try file.checkWhole() }
    try RunStore.write(file, to: output)
    say("joined \(Figures.count(parts.count, "part")), \(Figures.count(file.tally.paths, "path"))")
  }

  private func mergeScans() throws {
    var joining = ScanParts()
    for path in parts {
      let file = try Self.read(path)
      try joining.add(file.part, path: path, hash: file.checksum)
    }
    let report = try joining.joined()
    if let list { try write(joining, to: list) }
    for note in json || list == "-" ? report.notes : [report.tieNote].compactMap(\.self) {
      say(note)
    }
    let told = AnswerOfFiles(report, inputs: joining.inputs)
    let answer = json ? try ouro.json(told) + "\n" : report.text(PartyNames(ids: []))
    if let output { return try Files.replace(output, with: Array(answer.utf8)) }
    if list == "-" { say(lines: String(answer.dropLast())) } else { try show(answer) }
  }

  /// Lists the loops of all parts, those that begin first first.
  private func write(_ joining: ScanParts, to list: String) throws {
    let out = try NewFile(list)
    var rows = LoopRows(format)
    let isOnTerminal = list == "-" && Terminal.takesOutput
    func flush(_ rows: inout LoopRows) throws {
      let bytes = rows.drain()
      try out.write(isOnTerminal ? legibleLines(bytes) : bytes)
    }
    for path in joining.paths {
      try Self.read(path).list(&rows, path: path) { if $0.pending >= 1_000 { try flush(&$0) } }
    }
    try flush(&rows)
    try out.end()
  }

  private static func read(_ path: String) throws -> ScanPartFile {
    try ScanPartFile(Files.bytes(of: path), path: path)
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
