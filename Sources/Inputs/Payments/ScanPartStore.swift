internal import Disk
internal import Foundation
package import Payments
package import Reports

/// Parts of scans in files: written while a slice is searched, and joined.
package enum ScanPartStore {
  static func read(_ path: String) throws -> ScanPartFile {
    try ScanPartFile(Files.bytes(of: path), path: path)
  }

  /// Whether a file is a part of a scan.
  ///
  /// - Parameter path: The file.
  /// - Returns: Whether it begins as one.
  /// - Throws: ``FileError``.
  package static func isPart(_ path: String) throws -> Bool {
    ScanPartFile.begins(try Files.bytes(of: path, atMost: 64))
  }

  /// The parts of a scan as one.
  ///
  /// - Parameter parts: Their files.
  /// - Returns: The parts, checked against each other.
  /// - Throws: ``ScanPartError``.
  package static func joined(_ parts: [String]) throws -> ScanParts {
    var joining = ScanParts()
    for path in parts {
      let file = try read(path)
      try joining.add(file.part, path: path, hash: file.checksum)
    }
    return joining
  }

  /// A piece of a table that an engine cut by time, and what it is a piece of.
  ///
  /// - Parameters:
  ///   - piece: The file of payments, with their lines in a first column named line.
  ///   - path: The file that says of what it is a piece.
  ///   - files: How payments are read.
  /// - Returns: The payments, by their lines there.
  /// - Throws: ``ScanPartError``, and ``PaymentError``.
  package static func piece(
    _ piece: String,
    of path: String,
    _ files: PaymentFiles
  ) throws -> (payments: Payments, whole: ScanPart.Whole) {
    let whole: ScanPart.Whole
    do {
      whole = try JSONDecoder().decode(ScanPart.Whole.self, from: Data(Files.bytes(of: path)))
    } catch let error as DecodingError {
      throw ScanPartError(error, whole: path)
    }
    let text = try Files.bytes(of: piece)
    return (try files.read([piece], text: text).standing(in: text, file: piece), whole)
  }

  /// Writes a part while a search finds it.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - search: Is given what takes a loop of some payments, and says whether to go on.
  /// - Returns: The part.
  /// - Throws: ``FileError``.
  package static func write(
    _ path: String,
    _ search: (@escaping (_ loop: [Int], Payments) -> Bool) -> ScanPart
  ) throws -> ScanPart {
    let file = try NewFile(path)
    var writing = ScanPartWriting()
    try file.write(writing.begin())
    var rows: LoopListing?
    var failure: FileError?
    func flush() {
      guard failure == nil, let bytes = rows?.drain() else { return }
      do throws(FileError) {
        try file.write(writing.took(bytes))
      } catch {
        failure = error
      }
    }
    let part = withoutActuallyEscaping(flush) { flush in
      search { loop, payments in
        if rows == nil { rows = LoopListing(payments, .jsonl) }
        rows?.add(loop)
        if rows?.pending ?? 0 >= 1_000 { flush() }
        return failure == nil
      }
    }
    flush()
    if let failure { throw failure }
    try file.write(writing.end(part))
    try file.end()
    return part
  }
}
