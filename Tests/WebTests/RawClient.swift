import Foundation
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One reply as it came over the wire.
struct RawReply: Sendable {
  let status: Int
  let headers: [(name: String, value: String)]
  let body: String

  /// The value of a header.
  subscript(name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// Sends bytes over a socket of this machine, and reads what comes back; it makes nothing of what it sends.
struct RawClient: Sendable {
  struct Failure: Error { let what: String }

  let port: UInt16

  /// Where the other side is gone, sending fails rather than ends the program.
  private static let noSignal = Int32(0x4000)
  private static let system: @Sendable (Int32, UnsafeRawPointer?, Int, Int32) -> Int =
    { Glibc.send($0, $1, $2, $3) }

  /// Sends requests and gives the replies.
  ///
  /// - Parameters:
  ///   - text: All that is sent.
  ///   - count: How many replies to wait for.
  ///   - seconds: How long to wait for each piece.
  /// - Returns: The replies, fewer where the server closes before.
  /// - Throws: Where nobody listens.
  func send(_ text: String, replies count: Int = 1, seconds: Int = 120) async throws -> [RawReply] {
    // On a thread of its own: the server runs beside the tests, and needs theirs.
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            let descriptor = try connected(seconds)
            defer { close(descriptor) }
            try write(Array(text.utf8), to: descriptor)
            return read(count, from: descriptor)
          }
        )
      }
    }
  }

  /// An open connection on which nothing was sent.
  func connected(_ seconds: Int) throws -> Int32 {
    #if canImport(Glibc)
    let stream = Int32(SOCK_STREAM.rawValue)
    #else
    let stream = SOCK_STREAM
    #endif
    let descriptor = socket(AF_INET, stream, 0)
    guard descriptor >= 0 else { throw Failure(what: "socket") }
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let code = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard code == 0 else { throw Failure(what: "connect") }
    return descriptor
  }

  func write(_ bytes: [UInt8], to descriptor: Int32) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = rest.withUnsafeBytes { bytes in
        Self.system(descriptor, bytes.baseAddress, bytes.count, Self.noSignal)
      }
      // A server that has refused already may read no more.
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  func read(_ count: Int, from descriptor: Int32) -> [RawReply] {
    var bytes: [UInt8] = []
    var replies: [RawReply] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while replies.count < count {
      while replies.count < count, let (reply, length) = Self.first(of: bytes) {
        replies.append(reply)
        bytes.removeFirst(length)
      }
      guard replies.count < count else { break }
      let got = recv(descriptor, &buffer, buffer.count, 0)
      guard got > 0 else { break }
      bytes += buffer[..<got]
    }
    return replies
  }

  /// The first whole reply, and how many bytes it takes.
  private static func first(of bytes: [UInt8]) -> (RawReply, Int)? {
    guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      .components(separatedBy: "\r\n")
    let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      return (String(line[..<colon]), value)
    }
    let status = lines[0].split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    if headers.contains(where: {
      $0.name.lowercased() == "transfer-encoding" && $0.value == "chunked"
    }) {
      guard let (body, length) = chunks(of: bytes[end.upperBound...]) else { return nil }
      return (RawReply(status: status, headers: headers, body: body), end.upperBound + length)
    }
    let length =
      headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
    guard bytes.count >= end.upperBound + length else { return nil }
    let body = String(decoding: bytes[end.upperBound..<end.upperBound + length], as: UTF8.self)
    return (RawReply(status: status, headers: headers, body: body), end.upperBound + length)
  }

  /// What stands in chunks, where the last one has come, and how many bytes they take.
  private static func chunks(of bytes: ArraySlice<UInt8>) -> (String, Int)? {
    var (body, at): ([UInt8], Int) = ([], bytes.startIndex)
    while let line = bytes[at...].firstRange(of: Array("\r\n".utf8)),
      let count = Int(String(decoding: bytes[at..<line.lowerBound], as: UTF8.self), radix: 16),
      bytes.endIndex >= line.upperBound + count + 2
    {
      body += bytes[line.upperBound..<line.upperBound + count]
      at = line.upperBound + count + 2
      if count == 0 { return (String(decoding: body, as: UTF8.self), at - bytes.startIndex) }
    }
    return nil
  }
}
