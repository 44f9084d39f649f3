import Disk
import Foundation

/// Files of the network, kept on disk: each is asked for once, at most ten requests a second are made by all who share
/// the folder, and what was cut off is gone on with.
package struct FileCache {
  let folder: String
  let userAgent: String

  /// The shortest time between two requests, in seconds.
  static let pause = 0.1
  /// How often a request is made again that the server refused for the time being.
  private static let tries = 3

  /// Files in a folder.
  ///
  /// - Parameters:
  ///   - folder: The folder, made where there is none.
  ///   - userAgent: Who asks, as the server wants to know it.
  package init(folder: String, userAgent: String) {
    (self.folder, self.userAgent) = (folder, userAgent)
  }

  /// The file at an address, from the folder where it is there.
  ///
  /// - Parameters:
  ///   - url: The address.
  ///   - isFresh: Whether to ask again for what is there.
  ///   - limit: How many bytes are read.
  /// - Returns: The path of the file.
  /// - Throws: ``CannotFetch``.
  func file(_ url: String, isFresh: Bool = false, limit: Int) throws -> String {
    let path = "\(folder)/\(Self.name(url))"
    if !isFresh, Files.kind(path) == .file { return path }
    try makeFolders(of: path)
    for attempt in 1...Self.tries {
      do {
        try fetch(url, to: path, limit)
        return path
      } catch let fault as Curl.Fault {
        guard attempt < Self.tries, Self.isPassing(fault) else {
          throw CannotFetch(url: url, fault: fault)
        }
        Thread.sleep(forTimeInterval: Double(attempt))
      }
    }
    return path
  }

  private func makeFolders(of path: String) throws(FileError) {
    let parent = String(path.prefix(upTo: path.lastIndex(of: "/") ?? path.endIndex))
    do {
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    } catch {
      throw .couldNotWrite(path: parent, reason: "the folder cannot be made")
    }
  }

  /// Whether a refusal may be over in a moment.
  private static func isPassing(_ fault: Curl.Fault) -> Bool {
    switch fault {
    case .refused(let status): status == 429 || status >= 500
    // Cut off, or nothing came back: what is there is gone on with.
    case .failed(let code, _): code == 18 || code == 52 || code == 56
    default: false
    }
  }

  private func fetch(_ url: String, to path: String, _ limit: Int) throws {
    let part = path + ".part"
    let size = Self.size(part)
    do {
      try fetch(url, part, from: size, limit - size)
    } catch Curl.Fault.refused(416) where size > 0 {
      // What is there is no beginning of what the server has now.
      try FileManager.default.removeItem(atPath: part)
      try fetch(url, part, from: 0, limit)
    } catch Curl.Fault.failed(33, _) where size > 0 {
      // The server gives whole files only.
      try FileManager.default.removeItem(atPath: part)
      try fetch(url, part, from: 0, limit)
    }
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: part, toPath: path)
  }

  private func fetch(_ url: String, _ part: String, from start: Int, _ limit: Int) throws {
    if start == 0 { try Files.replace(part, with: []) }
    guard let file = FileHandle(forWritingAtPath: part) else {
      throw FileError.couldNotWrite(path: part, reason: "the file cannot be opened")
    }
    defer { try? file.close() }
    try file.seekToEnd()
    try waitForTurn()
    var curl = Curl(url: url, limit: limit)
    curl.options = ["--user-agent", userAgent, "--location", "--max-redirs", "5", "--fail"]
    curl.options += ["--speed-limit", "100", "--speed-time", "30"]
    if start > 0 { curl.options += ["--continue-at", "\(start)"] }
    do {
      _ = try curl.run { try file.write(contentsOf: $0) }
    } catch Curl.Fault.failed(22, let words) {
      throw Curl.Fault.refused(status: words.split(separator: " ").compactMap { Int($0) }.last ?? 0)
    }
  }

  private static func size(_ path: String) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return (attributes?[.size] as? Int) ?? 0
  }

  /// Waits until a tenth of a second has gone since the last request of anybody who shares the folder.
  private func waitForTurn() throws {
    let path = "\(folder)/.last"
    let lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard lock >= 0 else {
      throw FileError.couldNotWrite(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(lock) }
    while flock(lock, LOCK_EX) != 0, errno == EINTR {}
    let handle = FileHandle(fileDescriptor: lock, closeOnDealloc: false)
    let told = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
    let now = Date().timeIntervalSince1970
    let wait = (Double(told) ?? 0) + Self.pause - now
    if wait > 0, wait <= Self.pause { Thread.sleep(forTimeInterval: wait) }
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: Data("\(Date().timeIntervalSince1970)".utf8))
  }

  /// The name under which an address is kept: its host and its path.
  static func name(_ url: String) -> String {
    let parts = url.split(separator: "/").dropFirst().map { part in
      String(
        part.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "_" }
      )
    }
    return parts.map { $0.allSatisfy { $0 == "." } ? "_" : $0 }.joined(separator: "/")
  }

  /// The folder where nobody names one.
  package static var usual: String {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["XDG_CACHE_HOME"], folder.hasPrefix("/") { return folder + "/ouro" }
    return (environment["HOME"] ?? ".") + "/.cache/ouro"
  }
}

/// An address that gave nothing, and why.
package struct CannotFetch: Error, CustomStringConvertible {
  let url: String
  let fault: Curl.Fault

  /// One sentence for a person.
  package var description: String { "\(url): \(fault)" }
}
