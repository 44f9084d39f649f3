#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// A folder that nobody else may look into, for what others read and write only by a path.
///
/// It goes with ``remove()``; where the process is killed before, the system's cleaning takes it.
package struct ScratchFolder: Sendable {
  /// Where it is.
  package let path: String

  /// Makes an empty folder.
  ///
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  package init() throws(FileError) {
    var name = Array("\(ScratchFile.folder)/ouro-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else {
      throw .couldNotWrite(path: ScratchFile.folder, reason: lastReason())
    }
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Makes a folder in it.
  ///
  /// - Parameter name: Its name.
  /// - Returns: Where it is.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  package func folder(_ name: String) throws(FileError) -> String {
    let folder = "\(path)/\(name)"
    guard mkdir(folder, 0o700) == 0 else {
      throw .couldNotWrite(path: folder, reason: lastReason())
    }
    return folder
  }

  /// Removes a folder in it with all that it holds.
  ///
  /// - Parameter name: Its name.
  package func remove(_ name: String) { Self.remove("\(path)/\(name)") }

  /// Removes it with all that it holds.
  package func remove() { Self.remove(path) }

  /// Removes a file, a link itself, or a folder with all that it holds.
  private static func remove(_ path: String) {
    guard unlink(path) != 0 else { return }
    for name in Files.names(in: path) where ![".", ".."].contains(name) {
      remove("\(path)/\(name)")
    }
    rmdir(path)
  }
}
