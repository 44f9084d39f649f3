package import Claims
package import Projection

/// A run of a projection, or a part of one: what went in, how far it came, what it came to.
package struct RunFile: Codable, Sendable {
  /// What a run is of: two files with the same parameters are parts of one run.
  package struct Parameters: Codable, Sendable, Equatable {
    /// The program's version.
    package let version: String
    /// The hash of book, view, scenario and months.
    package let inputs: String
    /// The book as it was named.
    package let book: String
    /// The book's hash.
    package let bookHash: String
    /// The scenario's file.
    package let scenario: String
    /// The scenario's name.
    package let name: String
    /// The day of the view.
    package let asOf: String
    /// Whose word counted.
    package let toldBy: [String]
    /// What was admitted.
    package let policy: String
    /// The months.
    package let months: [String]
    /// Where chance begins.
    package let seed: UInt64
    /// How many paths the whole run has.
    package let paths: Int

    private enum CodingKeys: String, CodingKey {
      case version, inputs, book, scenario, name, policy, months, seed, paths
      case bookHash = "book_hash"
      case asOf = "as_of"
      case toldBy = "told_by"
    }

    /// What a run is of.
    package init(
      version: String,
      inputs: String,
      book: (path: String, hash: String),
      scenario: (path: String, name: String),
      view: (asOf: String, toldBy: [String], policy: String),
      months: [String],
      seed: UInt64,
      paths: Int
    ) {
      (self.version, self.inputs) = (version, inputs)
      (self.book, bookHash) = (book.path, book.hash)
      (self.scenario, name) = (scenario.path, scenario.name)
      (asOf, toldBy, policy) = (view.asOf, view.toldBy, view.policy)
      (self.months, self.seed, self.paths) = (months, seed, paths)
    }
  }

  /// Paths that were run, from the first up to but not including the last.
  package struct Span: Codable, Sendable, Equatable {
    /// The first.
    package let from: Int
    /// The end.
    package let until: Int
  }

  /// What kind of file this is.
  package let format: String
  /// What the run is of.
  package let parameters: Parameters
  /// The parties inside.
  package let parties: [String]
  /// Those whose cash is known.
  package let tracked: [String]
  /// What the answer rests on.
  package let assumptions: [ProjectionPlan.Assumption]
  /// What nobody says.
  package let missing: [ProjectionPlan.Missing]
  /// The path on which every draw takes its middle.
  package let middle: CentralPath
  /// What moves the money needed, the widest first.
  package let drivers: [Driver]
  /// What was run so far.
  package private(set) var done: [Span]
  /// What it came to, in whole numbers.
  package private(set) var tally: Tally
  /// What the whole run came to; `nil` for a part.
  @Nullable package private(set) var result: ProjectionReport?

  /// The name of the format.
  package static let format = "ouroboros run 3"
  /// That of files whose keys are in camelCase and which say the same otherwise.
  static let earlierFormat = "ouroboros run 2"
  /// The most paths of a run.
  package static let mostPaths = 100_000_000

  /// A run that has not begun.
  ///
  /// - Parameters:
  ///   - parameters: What it is of.
  ///   - plan: What to run.
  ///   - threads: How many threads find what moves the answer.
  /// - Throws: ``ProjectionError``.
  package init(
    _ parameters: Parameters,
    _ plan: ProjectionPlan,
    threads: Int
  ) throws(ProjectionError) {
    format = Self.format
    self.parameters = parameters
    (parties, tracked) = (plan.parties, plan.tracked)
    (assumptions, missing) = (plan.assumptions, plan.missing)
    middle = try CentralPath(plan)
    drivers = try Driver.all(
      plan,
      paths: min(parameters.paths, 1000),
      seed: parameters.seed,
      threads: threads
    )
    done = []
    tally = Tally(parties: plan.parties.count, months: plan.months.count)
  }

  private enum CodingKeys: String, CodingKey {
    case format, parameters, parties, tracked, assumptions, missing, middle, drivers, done, tally
    case result
  }

  /// Reads what was written, and refuses what is no run.
  ///
  /// - Parameter decoder: Where it stands.
  /// - Throws: `DecodingError` with the place of the first fault.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func read<Value: Decodable>(_ key: CodingKeys) throws -> Value {
      try container.decode(Value.self, forKey: key)
    }
    let format: String = try read(.format)
    self.format = Self.format
    guard format == Self.format || format == Self.earlierFormat else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath + [CodingKeys.format],
          debugDescription: "is \(format.prefix(40)), not \(Self.format)",
          underlyingError: RunFileError.Format(name: String(format.prefix(40)))
        )
      )
    }
    (parameters, parties, tracked) = (try read(.parameters), try read(.parties), try read(.tracked))
    (assumptions, missing) = (try read(.assumptions), try read(.missing))
    (middle, drivers) = (try read(.middle), try read(.drivers))
    (done, tally) = (try read(.done), try read(.tally))
    _result = try read(.result)
    if let fault = fault() {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath + fault.place, debugDescription: fault.reason)
      )
    }
  }

  /// What a key of a run file is called now: those of the format before are in camelCase.
  package static func presentKey(_ key: String) -> String {
    key.reduce(into: "") { name, letter in
      name += letter.isASCII && letter.isUppercase ? "_" + letter.lowercased() : String(letter)
    }
  }

  /// Whether every path was run.
  package var isComplete: Bool { done == [Span(from: 0, until: parameters.paths)] }

  /// Runs some paths.
  ///
  /// - Parameters:
  ///   - paths: Their numbers, none of which was run.
  ///   - run: What runs them.
  /// - Throws: ``ProjectionError``; the file is then as it was.
  package mutating func add(_ paths: Range<Int>, by run: MonteCarlo) throws(ProjectionError) {
    try run.run(paths, into: &tally)
    note(Span(from: paths.lowerBound, until: paths.upperBound))
  }

  /// Paths between two looks at whether to go on.
  private static let batch = 8192

  /// Runs what of `wanted` is missing.
  ///
  /// - Parameters:
  ///   - wanted: Numbers of paths.
  ///   - run: What runs them.
  ///   - goesOn: Is given the run so far and the share of the work done, now and then, and says whether to go
  ///     on.
  /// - Throws: ``ProjectionError``, and what `goesOn` throws.
  package mutating func advance(
    over wanted: Range<Int>,
    by run: MonteCarlo,
    while goesOn: (RunFile, Double) throws -> Bool
  ) throws {
    let left = missing(of: wanted)
    let total = left.reduce(0) { $0 + $1.count }
    var done = 0
    for span in left {
      for from in stride(from: span.lowerBound, to: span.upperBound, by: Self.batch) {
        let until = min(from + Self.batch, span.upperBound)
        try add(from..<until, by: run)
        done += until - from
        guard try goesOn(self, Double(done) / Double(total)) else { return }
      }
    }
  }

  /// Refuses a part where a whole run is needed.
  ///
  /// - Throws: ``RunFileError/incomplete(from:until:)``.
  package func checkWhole() throws(RunFileError) {
    guard let gap = missing(of: 0..<parameters.paths).first else { return }
    throw .incomplete(from: gap.lowerBound, until: gap.upperBound)
  }

  /// Joins a part of the same run.
  ///
  /// - Parameter other: The part.
  /// - Throws: ``RunFileError`` where it is of another run, holds paths that are here already, or counts
  ///   more than adds up.
  package mutating func join(_ other: RunFile) throws(RunFileError) {
    guard other.parameters == parameters else { throw .otherRun(difference(other.parameters)) }
    guard other.parties == parties, other.tracked == tracked else { throw .otherRun("parties") }
    for span in other.done {
      if let twice = done.first(where: { $0.from < span.until && span.from < $0.until }) {
        throw .twice(from: max(span.from, twice.from), until: min(span.until, twice.until))
      }
    }
    guard tally.canAdd(other.tally) else { throw .tooMuch }
    tally.add(other.tally)
    for span in other.done { note(span) }
  }

  private func difference(_ other: Parameters) -> String {
    if other.inputs != parameters.inputs { return "book, view, scenario or months" }
    if other.seed != parameters.seed { return "seed" }
    if other.paths != parameters.paths { return "number of paths" }
    return other.version == parameters.version ? "names of files" : "version of the program"
  }

  private mutating func note(_ span: Span) {
    guard span.from < span.until else { return }
    var joined: [Span] = []
    for next in (done + [span]).sorted(by: { $0.from < $1.from }) {
      if let last = joined.last, last.until == next.from {
        joined[joined.count - 1] = Span(from: last.from, until: next.until)
      } else {
        joined.append(next)
      }
    }
    done = joined
    if isComplete { result = answer }
  }

  /// What the tally comes to.
  var answer: ProjectionReport {
    ProjectionReport(tally, parties: parties, tracked: Set(tracked), months: parameters.months)
  }

  /// Paths of `wanted` that were not run yet, in order.
  package func missing(of wanted: Range<Int>) -> [Range<Int>] {
    var left: [Range<Int>] = []
    var from = wanted.lowerBound
    for span in done where span.until > from && span.from < wanted.upperBound {
      if span.from > from { left.append(from..<span.from) }
      from = max(from, span.until)
    }
    if from < wanted.upperBound { left.append(from..<wanted.upperBound) }
    return left
  }

  /// The paths of one of some parts of about the same size, `part` from 1.
  package static func paths(_ paths: Int, part: Int, of parts: Int) -> Range<Int> {
    (part - 1) * paths / parts..<part * paths / parts
  }
}
