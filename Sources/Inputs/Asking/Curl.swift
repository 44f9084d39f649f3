import Foundation

/// One request to the network, made by the system's `curl`: nothing of it is in this program, and nothing is asked
/// unless a command was told to.
struct Curl {
  /// Why a request gave nothing.
  enum Fault: Error, Equatable, CustomStringConvertible {
    /// There is no `curl`.
    case missing
    /// The server answered with another status than 200 or 206.
    case refused(status: Int)
    /// It sent more than is read.
    case tooLarge(limit: Int)
    /// It did not answer, or not to the end: in `curl`'s words.
    case failed(code: Int32, String)

    var description: String {
      switch self {
      case .missing:
        "curl is not installed, by which the network is asked (Debian: apt-get install curl)"
      case .refused(let status): "the server answered with status \(status)"
      case .tooLarge(let limit): "the server sends more than \(limit) bytes, at most that is read"
      case .failed(_, let words): words
      }
    }
  }

  /// The address.
  let url: String
  /// Further options of `curl`.
  var options: [String] = []
  /// What is sent; `nil` to get.
  var body: [UInt8]?
  /// How long it may take, in seconds.
  var seconds = 120
  /// How many bytes are read of the answer.
  var limit: Int

  /// Options that hold for every request: no file but the address's, no protocol but the web's.
  private var arguments: [String] {
    let sending = body == nil ? [] : ["--data-binary", "@-"]
    return [
      "--disable", "--silent", "--show-error", "--proto", "=http,https", "--proto-redir",
      "=http,https", "--connect-timeout", "20", "--max-time", "\(seconds)", "--globoff",
      "--write-out", "%{stderr}\n%{http_code}",
    ] + options + sending + ["--url", url]
  }

  /// Makes the request.
  ///
  /// - Parameter take: Is given the answer piece by piece.
  /// - Returns: The status of the answer, 200 or 206.
  /// - Throws: ``Fault``, or what `take` throws.
  func run(_ take: (Data) throws -> Void) throws -> Int {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["curl"] + arguments
    let (input, output, errors) = (Pipe(), Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    process.standardError = errors
    try process.run()
    // What is sent is shorter than what a pipe holds, or is taken by curl before it answers.
    try? input.fileHandleForWriting.write(contentsOf: Data(body ?? []))
    try? input.fileHandleForWriting.close()
    var count = 0
    defer { if process.isRunning { process.terminate() } }
    while let piece = try output.fileHandleForReading.read(upToCount: 1 << 16), !piece.isEmpty {
      count += piece.count
      guard count <= limit else { throw Fault.tooLarge(limit: limit) }
      try take(piece)
    }
    let told = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return try Self.status(process.terminationStatus, String(decoding: told, as: UTF8.self))
  }

  /// All of the answer.
  func bytes() throws -> [UInt8] {
    var bytes: [UInt8] = []
    _ = try run { bytes += $0 }
    return bytes
  }

  private static func status(_ code: Int32, _ told: String) throws(Fault) -> Int {
    guard code != 127 else { throw .missing }
    let lines = told.split(separator: "\n").map(String.init)
    let status = lines.last.flatMap { Int($0) } ?? 0
    guard code == 0 else {
      let words = lines.dropLast().last ?? "curl ended with \(code)"
      throw .failed(code: code, words)
    }
    guard status == 200 || status == 206 else { throw .refused(status: status) }
    return status
  }
}
