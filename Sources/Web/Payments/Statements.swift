internal import Books
internal import Columns
internal import Disk

/// The files of payments that were dropped, as long as the server runs: each drop in a private folder of its own, by the
/// hash of what it holds, and what was found in it.
final class Statements: Sendable {
  /// What was dropped together, and is read as one.
  struct Statement: Sendable {
    /// The first digits of the hash of the files.
    let id: String
    /// The names of the files, as far as the program takes them.
    let names: [String]
    /// How many bytes they have.
    let bytes: Int
    /// Where they lie.
    let folder: String
    /// When they were dropped.
    let dropped: Timestamp
  }

  /// A file as it was sent.
  struct File: Sendable {
    let name: String
    let bytes: [UInt8]
  }

  /// The most bytes of one drop.
  static let mostBytes = 64 << 20
  /// The most files of one drop.
  static let mostFiles = 40
  /// The most drops; the one that came first goes for one more.
  private static let most = 20

  private struct State {
    var folder: ScratchFolder?
    var statements: [Statement] = []
  }

  private let program: ChildProgram
  private let state = Guarded(State())
  private let answers = Memory<ChildProgram.Result>(most: 64 << 20)

  /// Nothing dropped yet.
  ///
  /// - Parameter program: What reads them.
  init(_ program: ChildProgram) { self.program = program }

  /// All that were dropped, the last first.
  var all: [Statement] { state.with { $0.statements.reversed() } }

  /// What was dropped, by its id.
  subscript(id: String) -> Statement? { state.with { $0.statements.first { $0.id == id } } }

  /// Keeps files that were sent.
  ///
  /// - Parameters:
  ///   - files: The files.
  ///   - now: The present time.
  /// - Returns: What was dropped; the same again is what was dropped before.
  /// - Throws: ``Refusal``, and ``FileError``.
  func drop(_ files: [File], now: Timestamp) throws -> Statement {
    let names = Self.names(of: files)
    let id = String(
      Fingerprint.of(zip(names, files).flatMap { [$0, Fingerprint.of($1.bytes)] }).prefix(16)
    )
    if let known = self[id] { return known }
    return try state.with { state in
      let scratch = try state.folder ?? ScratchFolder()
      state.folder = scratch
      let statement = Statement(
        id: id,
        names: names,
        bytes: files.reduce(0) { $0 + $1.bytes.count },
        folder: try scratch.folder(id),
        dropped: now
      )
      for (name, file) in zip(names, files) {
        try Files.replace("\(statement.folder)/\(name)", with: file.bytes)
      }
      state.statements.append(statement)
      if state.statements.count > Self.most { scratch.remove(state.statements.removeFirst().id) }
      return statement
    }
  }

  /// Forgets what was dropped, and removes its files.
  func forget(_ id: String) {
    state.with { state in
      state.statements.removeAll { $0.id == id }
      state.folder?.remove(id)
    }
    answers.forget { $0.hasPrefix(id) }
  }

  /// Removes all files.
  func close() {
    state.with { state in
      state.folder?.remove()
      state = State()
    }
  }

  /// What the program says of what was dropped, from memory where it was asked the same before.
  ///
  /// - Parameters:
  ///   - statement: What was dropped.
  ///   - command: The words before the files, as `scan`.
  ///   - options: The options after them.
  /// - Returns: What it said.
  func answer(_ statement: Statement, _ command: [String], _ options: [String])
    -> ChildProgram.Result
  {
    let arguments = command + statement.names + options
    let key = "\(statement.id)\n\(arguments.joined(separator: "\n"))"
    if let known = answers[key] { return known }
    let result = program.run(arguments, in: statement.folder)
    if case .exit = result.end {
      answers.keep(
        result,
        weight: result.output.count + result.errors.count + key.utf8.count,
        for: key
      )
    }
    return result
  }

  /// Names that can stand in a folder and on a command line, each once.
  private static func names(of files: [File]) -> [String] {
    var taken: Set<String> = []
    return files.map { file in
      let last = file.name.split { "/\\".contains($0) }.last.map(String.init) ?? ""
      let plain = String(
        last.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" }
          .drop { ".-_".contains($0) }.suffix(80)
      )
      var name = plain.isEmpty ? "statement" : plain
      while !taken.insert(name).inserted { name = "\(taken.count)-\(name)" }
      return name
    }
  }
}
