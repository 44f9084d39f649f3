public import Claims
internal import Disk

/// A book file or a book folder, read once: what reports are made from.
public struct OpenedBook: Sendable, Equatable {
  /// The rows that count.
  public let contents: BookContents
  /// What stands for the contents in reports: the head hash of a file, the digest of a folder.
  public let headHash: String
  /// The name of the file or folder, without its extension.
  public let name: String
}

/// The one way front ends read a book.
public enum BookFile {
  /// Reads a book file (`name.ouro`) or a book folder.
  ///
  /// - Parameters:
  ///   - path: The file or the folder.
  ///   - recordedBy: Only what the book knew at that time; a folder keeps no such times.
  /// - Returns: What was read.
  /// - Throws: ``BookError``.
  public static func open(
    _ path: String,
    recordedBy: Timestamp? = nil
  ) throws(BookError) -> OpenedBook {
    guard Files.kind(path) == .folder else {
      let snapshot = try Book(at: path).snapshot(recordedBy: recordedBy)
      return OpenedBook(
        contents: snapshot.contents,
        headHash: snapshot.headHash,
        name: name(of: path)
      )
    }
    guard recordedBy == nil else {
      throw .refused(
        reason: "\(path) is a folder, which does not keep when each row was recorded",
        advice: "import it into a book file, or use git for its past"
      )
    }
    let contents = try BookFolder.read(path)
    return OpenedBook(
      contents: contents,
      headHash: BookFolder.digest(contents),
      name: name(of: path)
    )
  }

  private static func name(of path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    return last.hasSuffix(".ouro") ? String(last.dropLast(5)) : last
  }
}
