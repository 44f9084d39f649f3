import ArgumentParser
import Books
import Claims
import Disk
import Drawing
import Foundation
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
        ouro project BOOK SCENARIO.yaml --html projection

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

  func validate() throws {
    guard (1...RunFile.mostPaths).contains(paths) else {
      throw ValidationError("--paths takes 1 to \(RunFile.mostPaths).")
    }
    guard output != nil || (shard == nil && !resume) else {
      throw ValidationError("--shard and --resume need a file: -o FILE.")
    }
    guard shard == nil || !page.isAsked else {
      throw ValidationError("--html and --svg draw a whole run; merge the shards first.")
    }
  }

  func run() throws {
    let inputs = try options.inputs()
    let parameters = inputs.parameters(book: options.book, seed: seed, paths: paths)
    var file = try RunFile(parameters, inputs.plan, threads: threads.count)
    if resume, let output, FileManager.default.fileExists(atPath: output) {
      try file.join(RunStore.read(output))
    }
    let wanted = shard.map { RunFile.paths(paths, part: $0.part, of: $0.parts) } ?? 0..<paths
    let run = MonteCarlo(inputs.plan, seed: seed, threads: threads.count, paths: paths)
    try RunStore.advance(&file, over: wanted, by: run, keepingIn: output)
    if let output { try RunStore.write(file, to: output) }
    if Interrupt.isAsked {
      say(output.map { "stopped; go on with --resume -o \($0)" } ?? "stopped; nothing is kept")
      throw ExitCode(130)
    }
    let isShown = output == nil || options.json || file.isComplete
    if output != "-", isShown { try file.show(options.json, inputs.view) }
    try page.write(file, inputs.view)
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

extension ProjectionInputs {
  func parameters(book: String, seed: UInt64, paths: Int) -> RunFile.Parameters {
    let request = view.request
    return RunFile.Parameters(
      version: version,
      inputs: hash,
      book: (book, opened.headHash),
      scenario: (scenario, plan.scenario.name),
      view: (request.asOf.description, request.toldBy, request.policy.rawValue),
      months: plan.months.map(\.description),
      seed: seed,
      paths: paths
    )
  }
}

extension RunFile {
  /// Prints the answer, without the counts behind it.
  func show(_ asJSON: Bool, _ view: View) throws {
    guard asJSON else { return try ouro.show(text(PartyNames(view))) }
    try ouro.show(json: RunAnswer(self))
  }
}

/// What `--json` prints of a run.
private struct RunAnswer: Encodable {
  let parameters: RunFile.Parameters
  let done: [RunFile.Span]
  @Nullable var result: ProjectionReport?
  let middle: CentralPath
  let drivers: [Driver]
  let assumptions: [ProjectionPlan.Assumption]
  let missing: [ProjectionPlan.Missing]

  init(_ file: RunFile) {
    (parameters, done, result) = (file.parameters, file.done, file.result)
    (middle, drivers) = (file.middle, file.drivers)
    (assumptions, missing) = (file.assumptions, file.missing)
  }
}

/// Runs in files: read, written as a whole, and filled path by path.
enum RunStore {
  /// Paths between two looks at the clock and at Ctrl-C.
  private static let batch = 8192
  /// Seconds between two writes of what is done.
  private static let interval = 10.0
  /// More bytes than any run has: what never ends is not read to its end.
  private static let mostBytes = 1 << 30

  static func read(_ path: String) throws -> RunFile {
    let bytes = try Files.bytes(of: path, atMost: mostBytes)
    guard bytes.count < mostBytes else {
      throw RunFileError.notARun(path: path, reason: "it is over a gigabyte")
    }
    do {
      return try JSONDecoder().decode(RunFile.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw RunFileError.notARun(path: path, reason: reason(error))
    }
  }

  private static func reason(_ error: DecodingError) -> String {
    switch error {
    case .keyNotFound(let key, let context):
      "\(place(context, else: "it")) has no \(key.stringValue)"
    case .typeMismatch(_, let context): "\(place(context, else: "it")) is of another kind"
    case .valueNotFound(_, let context): "\(place(context, else: "it")) is null"
    case .dataCorrupted(let context):
      (place(context, else: "") + " " + context.debugDescription).drop { $0 == " " }.description
    @unknown default: "it cannot be read"
    }
  }

  /// Where an error is, as `done[1].until`.
  private static func place(_ context: DecodingError.Context, else whole: String) -> String {
    let steps = context.codingPath.map { key in
      key.intValue.map { "[\($0)]" } ?? ".\(key.stringValue)"
    }
    return steps.isEmpty ? whole : String(steps.joined().drop { $0 == "." })
  }

  static func write(_ file: RunFile, to path: String) throws {
    try Files.replace(path, with: Array((try json(file, isAnswer: false) + "\n").utf8))
  }

  /// Runs what of `wanted` is missing, until it is done or somebody presses Ctrl-C.
  static func advance(
    _ file: inout RunFile,
    over wanted: Range<Int>,
    by run: MonteCarlo,
    keepingIn path: String?
  ) throws {
    Interrupt.watch()
    let left = file.missing(of: wanted)
    let (progress, total) = (Progress(), left.reduce(0) { $0 + $1.count })
    defer { progress.end() }
    // What passes on what it is given, as a pipe does, gets the whole run and no beginnings.
    let isReplaced = path.map { $0 != "-" && Files.kind($0) != .device } ?? false
    var (done, kept) = (0, Date())
    for span in left {
      var from = span.lowerBound
      while from < span.upperBound, !Interrupt.isAsked {
        let until = min(from + batch, span.upperBound)
        try file.add(from..<until, by: run)
        done += until - from
        from = until
        progress.show(Double(done) / Double(max(1, total)))
        guard let path, isReplaced, Date().timeIntervalSince(kept) > interval else { continue }
        try write(file, to: path)
        kept = Date()
      }
    }
  }
}
