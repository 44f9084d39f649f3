#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// A file that gets its name once it is whole and on disk, so that no half is ever seen.
///
/// The one way files are written. Links are followed. A file that was there is replaced, and the new
/// one has its mode, and its owner where that may be. What is no plain file, such as a device or a pipe, is
/// written to as it is, and never replaced.
///
/// Until the end the file has no name, so that a process that is killed leaves nothing behind; where the file
/// system cannot do that, and for the moment before the end, it has a hidden one, which whoever writes there next
/// takes away.
public final class NewFile {
  /// What the user named.
  private let path: String
  /// The name the file is to have; `nil` where something that stands is written to.
  private var target: String?
  /// The name the file has until then, if any.
  private var part: String?
  private var descriptor: Int32 = -1

  /// Opens a file to be at `path`; `-` is standard output.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``.
  public init(_ path: String) throws(FileError) {
    self.path = path
    switch Destination(path) {
    case .output: descriptor = dup(1)
    // To append matters only to a file that another process holds open, perhaps to append.
    case .standing:
      let isFile = Files.kind(path) == .file
      descriptor = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC | (isFile ? O_APPEND : 0))
    case .file(let target):
      self.target = target
      openBeside(target)
    case nil: break
    }
    guard descriptor >= 0 else { throw failure() }
  }

  deinit { abandon() }

  private func openBeside(_ target: String) {
    var old = stat()
    let isThere = lstat(target, &old) == 0
    guard !isThere || access(target, W_OK) == 0 else { return }
    let mode: mode_t = isThere ? 0o600 : 0o666
    descriptor = Self.openUnnamed(in: Files.parent(of: target), mode)
    if descriptor < 0, let (part, descriptor) = PartFile.opened(beside: target, Int(mode)) {
      (self.part, self.descriptor) = (part, descriptor)
    }
    if isThere, descriptor >= 0 { keep(old) }
  }

  /// A file without a name, where the system has such.
  private static func openUnnamed(in folder: String, _ mode: mode_t) -> Int32 {
    #if os(Linux)
    // O_TMPFILE, a macro that Swift does not see. It is named through /proc.
    let unnamed = 0o20_000_000 | O_DIRECTORY
    guard access("/proc/self/fd", X_OK) == 0 else { return -1 }
    return open(folder, unnamed | O_WRONLY | O_CLOEXEC, mode)
    #else
    return -1
    #endif
  }

  /// Gives the new file the owner and the mode of the one it replaces.
  private func keep(_ old: stat) {
    var new = stat()
    let isSame =
      fstat(descriptor, &new) == 0 && (new.st_uid, new.st_gid) == (old.st_uid, old.st_gid)
    let isOwned = isSame || fchown(descriptor, old.st_uid, old.st_gid) == 0
    // Rights that come with an owner or a group are not for another.
    _ = fchmod(descriptor, old.st_mode & (isOwned ? 0o7777 : 0o777))
  }

  /// Writes bytes at the end.
  ///
  /// - Parameter bytes: The bytes.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``, after which there is no file.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress
      let count = Self.put(descriptor, start, min(rest.count, 1 << 30))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure() }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes bytes at the end.
  ///
  /// - Parameter bytes: The bytes.
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``, after which there is no file.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(FileError) in
      try write(UnsafeRawBufferPointer(bytes))
    }
  }

  private static func put(_ file: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
    Glibc.write(file, start, count)
    #else
    Darwin.write(file, start, count)
    #endif
  }

  /// Gives the file its name.
  ///
  /// - Throws: ``FileError/couldNotWrite(path:reason:)``, after which there is no file.
  public func end() throws(FileError) {
    guard let target else { return abandon() }
    guard fsync(descriptor) == 0, let part = partName(beside: target), rename(part, target) == 0
    else { throw failure() }
    self.part = nil
    abandon()
    do throws(FileError) {
      try Files.force(folder: Files.parent(of: target))
    } catch {
      guard case .couldNotWrite(_, let reason) = error else { throw error }
      throw .couldNotWrite(path: path, reason: reason)
    }
  }

  /// The name that the file has, or is given now that only a rename is left.
  private func partName(beside target: String) -> String? {
    #if os(Linux)
    if part == nil {
      let name = PartFile.name(beside: target)
      PartFile.sweep(beside: target)
      PartFile.lock(descriptor)
      let unnamed = "/proc/self/fd/\(descriptor)"
      guard linkat(AT_FDCWD, unnamed, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 else { return nil }
      part = name
    }
    #endif
    return part
  }

  /// Why the system would not write; takes away what has been written.
  private func failure() -> FileError {
    let reason = lastReason()
    abandon()
    return .couldNotWrite(path: path == "-" ? "standard output" : path, reason: reason)
  }

  private func abandon() {
    if descriptor >= 0 { close(descriptor) }
    if let part { unlink(part) }
    (descriptor, part) = (-1, nil)
  }
}
