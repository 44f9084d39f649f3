#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// Where what is written to a path goes.
enum Destination {
  /// To standard output.
  case output
  /// Into what stands there as it is: a device, a pipe, or a file that a process holds open.
  case standing
  /// To a file, new or in place of the one there: its own name, where links lead.
  case file(String)

  /// Where `path` leads; `nil`, with the system's reason, where its links lead in a circle.
  init?(_ path: String) {
    guard path != "-" else {
      self = .output
      return
    }
    switch Files.kind(path) {
    case .device, .folder: self = .standing
    case .file, .nothing:
      var target = path
      for _ in 0..<40 {
        guard let link = Self.link(at: target) else {
          self = .file(target)
          return
        }
        guard !Self.isHeldOpen(target) else {
          self = .standing
          return
        }
        target = link.hasPrefix("/") ? link : "\(Files.parent(of: target))/\(link)"
      }
      errno = ELOOP
      return nil
    }
  }

  /// Where the link at `path` leads; `nil` where there is none.
  private static func link(at path: String) -> String? {
    var text = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &text, text.count)
    guard count > 0 else { return nil }
    return String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether the link at `path` stands for an open file, as `/dev/stdout` and `/dev/fd/3` do.
  private static func isHeldOpen(_ path: String) -> Bool {
    guard let folder = realpath(Files.parent(of: path), nil) else { return false }
    defer { free(folder) }
    return String(cString: folder).hasPrefix("/proc/")
  }
}

extension Files {
  /// The name of the file that `path` leads to through links, whether or not there is one.
  package static func target(of path: String) -> String {
    if case .file(let target)? = Destination(path) { target } else { path }
  }
}
