#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// Whole files in and out, with the system's reason when that fails.
public enum Files {
  /// The bytes of a file; `-` is standard input.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: Where to stop.
  /// - Returns: All of it, or at least its first `limit` bytes.
  /// - Throws: ``FileError/noSuchInput(path:reason:)``.
  public static func bytes(
    of path: String,
    atMost limit: Int = .max
  ) throws(FileError) -> [UInt8] {
    let descriptor = path == "-" ? 0 : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .noSuchInput(path: path, reason: lastReason()) }
    defer { if descriptor != 0 { close(descriptor) } }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < limit {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .noSuchInput(path: path, reason: lastReason()) }
      guard count > 0 else { return bytes }
      bytes += buffer[..<count]
    }
    return bytes
  }

  /// Writes a file whole, as ``NewFile`` does; `-` is standard output.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - bytes: What it is to hold.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    let file = try NewFile(path)
    try file.write(bytes)
    try file.end()
  }

  /// Gives a finished file its name, unless something has that name already.
  ///
  /// - Returns: Whether the name was free.
  package static func name(_ part: String, _ path: String) throws(FileError) -> Bool {
    guard link(part, path) == 0 else {
      if errno == EEXIST { return false }
      throw .couldNotWrite(path: path, reason: lastReason())
    }
    try force(folder: parent(of: path))
    return true
  }

  /// Takes a file away, where there is one.
  package static func remove(_ path: String) { unlink(path) }

  /// The names of what lies in a folder, in no order; none where it cannot be read.
  ///
  /// - Parameter folder: The folder.
  /// - Returns: The names.
  package static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      names.append(name)
    }
    return names
  }

  /// A path that leads there from any folder.
  package static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
    defer { free(here) }
    return "\(String(cString: here))/\(path)"
  }

  /// What changes when a file does: which it is, how long, and when it was written; `nil` where there is none.
  ///
  /// - Parameter path: The file.
  /// - Returns: The stamp, to be compared with another of the same path.
  package static func stamp(of path: String) -> [Int]? {
    var found = stat()
    guard stat(path, &found) == 0 else { return nil }
    #if canImport(Glibc)
    let (written, changed) = (found.st_mtim, found.st_ctim)
    #else
    let (written, changed) = (found.st_mtimespec, found.st_ctimespec)
    #endif
    return [
      Int(found.st_dev), Int(found.st_ino), Int(found.st_size), Int(written.tv_sec),
      Int(written.tv_nsec), Int(changed.tv_sec), Int(changed.tv_nsec),
    ]
  }

  /// What stands at a path, at the end of links.
  public enum Kind: Sendable {
    /// Nothing, which is also what a link leads to that leads nowhere.
    case nothing
    /// Bytes that stay where they are.
    case file
    /// A folder.
    case folder
    /// A device, a pipe or a socket, which passes on what is written to it.
    case device
  }

  /// What stands at `path`.
  public static func kind(_ path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .nothing }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: return .folder
    case S_IFREG: return .file
    default: return .device
    }
  }

  /// Makes a folder where there is none.
  ///
  /// - Parameter path: The folder.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  public static func makeFolder(_ path: String) throws(FileError) {
    guard mkdir(path, 0o777) == 0 || (errno == EEXIST && kind(path) == .folder) else {
      throw .couldNotWrite(path: path, reason: lastReason())
    }
  }

  /// The folder that `path` lies in.
  static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Forces the names in a folder to disk; a file system that cannot is left alone.
  static func force(folder: String) throws(FileError) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .couldNotWrite(path: folder, reason: lastReason())
    }
  }
}
