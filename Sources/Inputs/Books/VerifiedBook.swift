internal import Books
internal import Claims
internal import Reports
internal import Tables

/// A book that holds exactly what was written into it, and how much that is.
package struct VerifiedBook: Encodable {
  private let batches: Int?
  private let entries: Int?
  private let head: String
  private let rows: Int

  /// Verifies a book file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - hash: The hash of an entry that must be there, or its first digits, in letters of either size.
  ///   - anchor: The file of an anchor whose entry must be there.
  ///   - signers: OpenSSH's file of allowed signers, of whom one must have signed it.
  /// - Returns: The book, and who signed what of it.
  /// - Throws: ``BookError`` for the first fault.
  package static func file(
    _ path: String,
    expecting hash: String?,
    anchor: String?,
    signers: String?
  ) throws -> (book: VerifiedBook, signing: String?) {
    let file = try Book(at: path)
    let known = try anchor.map { try Anchor(reading: $0) }
    let signer = try known?.signer(among: signers)
    let found = try file.verify(expecting: known?.hash, hash?.lowercased())
    let book = VerifiedBook(
      batches: found.batches,
      entries: found.entries,
      head: found.headHash,
      rows: found.rows
    )
    guard let known, let signer else { return (book, nil) }
    return (book, "it holds all that was signed on \(known.signed): \(legible(signer))")
  }

  /// Verifies a book folder, which has no entries.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - hash: The hash of what it holds, or its first digits.
  /// - Returns: The book.
  /// - Throws: ``BookError`` for the first fault, or where it holds something else.
  package static func folder(_ path: String, expecting hash: String?) throws -> VerifiedBook {
    let found = try BookFile.open(path)
    if let wanted = hash?.lowercased(), !found.headHash.hasPrefix(wanted) {
      throw BookError.refused(
        reason: "\(path) is now \(found.headHash.prefix(8)), not \(wanted)",
        advice: "see git for what changed"
      )
    }
    let count = found.contents.rows.count
    return VerifiedBook(batches: nil, entries: nil, head: found.headHash, rows: count)
  }

  /// What was counted, in words.
  ///
  /// - Parameter path: The book, as it was named.
  /// - Returns: One line.
  package func text(of path: String) -> String {
    let log = entries.map { " · \(Figures.count($0, "entry", "entries"))" } ?? ""
    let batches = batches.map { " in \(Figures.count($0, "batch", "batches"))" } ?? ""
    return legible(path)
      + ": intact · \(Figures.count(rows, "row"))\(log)\(batches) · book \(head)"
  }
}
