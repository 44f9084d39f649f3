internal import Books
internal import Claims
internal import Disk
internal import Foundation
package import Projection
package import Reports

/// Runs in files: read, written as a whole, and kept while they are filled.
package enum RunStore {
  /// Seconds between two writes of what is done.
  private static let interval = 10.0
  /// More bytes than any run has: what never ends is not read to its end.
  private static let mostBytes = 1 << 30

  /// Reads a run.
  ///
  /// - Parameter path: Its file.
  /// - Returns: The run.
  /// - Throws: ``RunFileError``, and ``FileError``.
  package static func read(_ path: String) throws -> RunFile {
    let bytes = try Files.bytes(of: path, atMost: mostBytes)
    guard bytes.count < mostBytes else {
      throw RunFileError.notARun(path: path, reason: "it is over a gigabyte")
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .custom { path in
      PresentKey(stringValue: RunFile.presentKey(path.last?.stringValue ?? ""))
    }
    do {
      return try decoder.decode(RunFile.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw RunFileError(error, path: path)
    }
  }

  /// Writes a run.
  ///
  /// - Parameters:
  ///   - file: The run.
  ///   - path: Its file.
  /// - Throws: ``FileError``.
  package static func write(_ file: RunFile, to path: String) throws {
    try Files.replace(path, with: Array((try AnswerJSON.text(of: file) + "\n").utf8))
  }

  /// Joins the parts of a run.
  ///
  /// - Parameters:
  ///   - parts: Their files.
  ///   - isPartial: Whether paths may still be missing.
  /// - Returns: The run.
  /// - Throws: ``RunFileError`` where they do not fit, or paths are missing.
  package static func joined(_ parts: [String], isPartial: Bool) throws -> RunFile {
    var file = try read(parts[0])
    for part in parts.dropFirst() { try file.join(read(part)) }
    if !isPartial { try file.checkWhole() }
    return file
  }

  /// Runs what of `wanted` is missing.
  ///
  /// - Parameters:
  ///   - file: The run, which is filled.
  ///   - wanted: The paths.
  ///   - run: What runs them.
  ///   - path: The file that what is done is kept in, every few seconds.
  ///   - goesOn: Is told the share that is done, and says whether to go on.
  /// - Throws: ``FileError``.
  package static func advance(
    _ file: inout RunFile,
    over wanted: Range<Int>,
    by run: MonteCarlo,
    keepingIn path: String?,
    goesOn: (Double) -> Bool
  ) throws {
    // What passes on what it is given, as a pipe does, gets the whole run and no beginnings.
    let isReplaced = path.map { $0 != "-" && Files.kind($0) != .device } ?? false
    var kept = Date()
    try file.advance(over: wanted, by: run) { file, share in
      let goesOn = goesOn(share)
      if let path, isReplaced, Date().timeIntervalSince(kept) > interval {
        try write(file, to: path)
        kept = Date()
      }
      return goesOn
    }
  }

  /// What people call the parties of a run; `nil` where its book can no longer be read.
  package static func names(of run: RunFile) -> PartyNames? {
    guard let opened = try? BookFile.open(run.parameters.book),
      let day = PartialDate(run.parameters.asOf),
      let view = try? View(of: opened.contents, ViewRequest(asOf: day.last))
    else { return nil }
    return PartyNames(view)
  }
}

/// A key by the name that it has now.
private struct PresentKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
