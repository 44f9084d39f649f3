import Disk
import Foundation
import Projection
import Reports

/// Runs in files: read, written as a whole, and kept while they are filled.
enum RunStore {
  /// Seconds between two writes of what is done.
  private static let interval = 10.0
  /// More bytes than any run has: what never ends is not read to its end.
  private static let mostBytes = 1 << 30

  static func read(_ path: String) throws -> RunFile {
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

  static func write(_ file: RunFile, to path: String) throws {
    try Files.replace(path, with: Array((try json(file) + "\n").utf8))
  }

  /// Runs what of `wanted` is missing, until it is done or somebody presses Ctrl-C.
  static func advance(
    _ file: inout RunFile,
    over wanted: Range<Int>,
    by run: MonteCarlo,
    keepingIn path: String?
  ) throws {
    Interrupt.watch()
    let progress = Progress()
    defer { progress.end() }
    // What passes on what it is given, as a pipe does, gets the whole run and no beginnings.
    let isReplaced = path.map { $0 != "-" && Files.kind($0) != .device } ?? false
    var kept = Date()
    try file.advance(over: wanted, by: run) { file, share in
      progress.show(share)
      if let path, isReplaced, Date().timeIntervalSince(kept) > interval {
        try write(file, to: path)
        kept = Date()
      }
      return !Interrupt.isAsked
    }
  }
}

/// A key by the name that it has now.
private struct PresentKey: CodingKey {
  let stringValue: String
  let intValue: Int? = nil

  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
