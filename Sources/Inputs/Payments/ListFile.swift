internal import Disk
internal import Payments
package import Reports
internal import Tables

/// A list that is written as it is found: to a file, or to standard output.
package final class ListFile {
  private let file: NewFile
  private let isForPeople: Bool
  /// Why nothing more was written, where whoever finds cannot be told at once.
  private var failure: FileError?

  /// An empty list.
  ///
  /// - Parameters:
  ///   - path: The file, or `-` for standard output.
  ///   - isForPeople: Whether it goes to a terminal, which obeys what is not legible.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  package init(_ path: String, isForPeople: Bool) throws {
    file = try NewFile(path)
    self.isForPeople = isForPeople
  }

  private func write(_ rows: [UInt8]) throws(FileError) {
    try file.write(isForPeople ? legibleLines(rows) : rows)
  }

  /// Writes rows where it still can; says whether it could.
  private func tryWrite(_ rows: () -> [UInt8]) -> Bool {
    guard failure == nil else { return false }
    do throws(FileError) {
      try write(rows())
    } catch {
      failure = error
    }
    return failure == nil
  }

  /// Writes loops while a search finds them.
  ///
  /// - Parameters:
  ///   - listing: The list of them.
  ///   - search: Is given what takes a loop, and says whether to go on.
  /// - Returns: What the search came to.
  /// - Throws: ``FileError``, and what `search` throws.
  package func loops<Answer>(
    _ listing: LoopListing,
    _ search: (@escaping ([Int]) -> Bool) throws -> Answer
  ) throws -> Answer {
    var listing = listing
    let answer = try search { loop in
      listing.add(loop)
      return listing.pending < 1_000 || self.tryWrite { listing.drain() }
    }
    _ = tryWrite { listing.drain() }
    if let failure { throw failure }
    try file.end()
    return answer
  }

  /// Writes findings while a search finds them.
  ///
  /// - Parameters:
  ///   - listing: The list of them.
  ///   - search: Is given what takes a finding.
  /// - Returns: What the search came to.
  /// - Throws: ``FileError``, and what `search` throws.
  package func findings<Finding: Encodable, Answer>(
    _ listing: FindingListing<Finding>,
    _ search: (@escaping (Finding) throws -> Void) throws -> Answer
  ) throws -> Answer {
    var listing = listing
    let answer = try search { finding in
      try listing.add(finding) { try AnswerJSON.text(of: $0, isPretty: false) }
      try self.write(listing.drain())
    }
    try write(listing.drain())
    try file.end()
    return answer
  }

  /// Writes the loops of the parts of a scan, those that begin first first.
  ///
  /// - Parameters:
  ///   - parts: The files of the parts.
  ///   - format: The form.
  /// - Throws: ``FileError``, and ``ScanPartError``.
  package func loops(ofParts parts: [String], _ format: LoopListing.Format) throws {
    var rows = LoopRows(format)
    for path in parts {
      try ScanPartStore.read(path).list(&rows, path: path) {
        if $0.pending >= 1_000 { try write($0.drain()) }
      }
    }
    try write(rows.drain())
    try file.end()
  }
}

/// The numbers of findings in an earlier answer or list.
///
/// - Parameter path: JSON as of `--json`, JSON lines, or CSV as of `--list`.
/// - Returns: The numbers.
/// - Throws: ``PaymentError`` where it holds none.
package func findingNumbers(in path: String) throws -> Set<String> {
  guard let numbers = FindingNumber.all(in: try Files.bytes(of: path)) else {
    throw PaymentError.unreadable(
      path: path,
      reason:
        "it has no numbers of findings; give the answer of an earlier run with --json, or its list"
    )
  }
  return numbers
}
