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
  /// - Throws: ``BookError/noSuchInput(path:reason:)``.
  public static func bytes(
    of path: String,
    atMost limit: Int = .max
  ) throws(BookError) -> [UInt8] {
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

  /// Replaces a file: written beside it, forced to disk, then renamed, so that no half is ever seen.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - bytes: What it is to hold.
  /// - Throws: ``BookError/couldNotWrite(path:reason:)``.
  public static func replace(_ path: String, with bytes: [UInt8]) throws(BookError) {
    let part = temporaryName(beside: path)
    do throws(BookError) {
      try create(part, bytes)
      guard rename(part, path) == 0 else {
        throw .couldNotWrite(path: path, reason: lastReason())
      }
      try force(folder: parent(of: path))
    } catch {
      unlink(part)
      guard case .couldNotWrite(_, let reason) = error else { throw error }
      throw .couldNotWrite(path: path, reason: reason)
    }
  }

  /// A name that nothing has yet, in the same folder, hidden.
  static func temporaryName(beside path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? "file"
    let random = Digest.text((0..<6).map { _ in UInt8.random(in: 0...255) })
    return "\(parent(of: path))/.\(name).\(random).part"
  }

  /// Makes a file that was not there before and forces it to disk.
  static func create(_ path: String, _ bytes: [UInt8]) throws(BookError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .couldNotWrite(path: path, reason: lastReason()) }
    defer { close(descriptor) }
    guard put(bytes, descriptor), fsync(descriptor) == 0 else {
      throw .couldNotWrite(path: path, reason: lastReason())
    }
  }

  /// Writes all of `bytes`; tells whether the system took them.
  private static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Writes to standard output.
  ///
  /// - Parameter bytes: What to write.
  /// - Throws: ``BookError/couldNotWrite(path:reason:)``, when nobody reads or the disk is full.
  public static func show(_ bytes: [UInt8]) throws(BookError) {
    guard put(bytes, 1) else {
      throw .couldNotWrite(path: "standard output", reason: lastReason())
    }
  }

  /// Gives a finished file its name, unless something has that name already.
  ///
  /// - Returns: Whether the name was free.
  static func name(_ part: String, _ path: String) throws(BookError) -> Bool {
    guard link(part, path) == 0 else {
      if errno == EEXIST { return false }
      throw .couldNotWrite(path: path, reason: lastReason())
    }
    try force(folder: parent(of: path))
    return true
  }

  static func remove(_ path: String) { unlink(path) }

  /// What stands at `path`.
  enum Kind { case nothing, file, folder }

  static func kind(_ path: String) -> Kind {
    var status = stat()
    guard stat(path, &status) == 0 else { return .nothing }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  /// Makes a folder where there is none.
  ///
  /// - Parameter path: The folder.
  /// - Throws: ``BookError/couldNotWrite(path:reason:)``.
  public static func makeFolder(_ path: String) throws(BookError) {
    guard mkdir(path, 0o777) == 0 || (errno == EEXIST && kind(path) == .folder) else {
      throw .couldNotWrite(path: path, reason: lastReason())
    }
  }

  /// The folder that `path` lies in.
  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Forces the names in a folder to disk; a file system that cannot is left alone.
  private static func force(folder: String) throws(BookError) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL else {
      throw .couldNotWrite(path: folder, reason: lastReason())
    }
  }

  /// The system's words for what went wrong last.
  private static func lastReason() -> String {
    let code = errno
    if code == ENOENT { return "there is no such file or folder" }
    if code == ENOSPC { return "the disk is full" }
    return String(cString: strerror(code)).lowercased()
  }
}
