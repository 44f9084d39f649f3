import Foundation

/// A server on the loopback address that does what a test tells it, well or badly.
///
/// Each connection is taken on a thread of its own, and holds one request.
final class LoopbackServer: Sendable {
  /// A request as it came in.
  struct Request: Sendable {
    /// The path asked for.
    let path: String
    /// The lines above the body.
    let head: String
    /// What was sent.
    let body: [UInt8]
    /// When it came, in seconds.
    let time: Double

    /// The value of a line of the head; `nil` where there is none.
    func header(_ name: String) -> String? {
      head.split(separator: "\r\n").first { $0.lowercased().hasPrefix(name.lowercased() + ":") }
        .map { String($0.drop { $0 != ":" }.dropFirst()).trimmingCharacters(in: .whitespaces) }
    }
  }

  /// What is sent back, piece by piece.
  struct Reply: Sendable {
    /// The pieces, each with how long to wait before it, in seconds; sent until the client leaves.
    let pieces: @Sendable (Int) -> (bytes: [UInt8], wait: Double)?

    /// Bytes as they are, head and all.
    static func raw(_ bytes: [UInt8]) -> Reply {
      Reply { $0 == 0 ? (bytes, 0) : nil }
    }

    /// A whole answer.
    static func ok(_ body: [UInt8], status: Int = 200) -> Reply {
      .raw(Array("HTTP/1.1 \(status) X\r\nContent-Length: \(body.count)\r\n\r\n".utf8) + body)
    }

    /// An answer that says it has more than it sends.
    static func cutOff(_ body: [UInt8], of count: Int) -> Reply {
      .raw(Array("HTTP/1.1 200 X\r\nContent-Length: \(count)\r\n\r\n".utf8) + body)
    }

    /// An answer without an end.
    static let endless = Reply { index in
      index == 0
        ? (Array("HTTP/1.1 200 X\r\n\r\n".utf8), 0) : ([UInt8](repeating: 0x20, count: 1 << 16), 0)
    }

    /// No answer for so many seconds.
    static func silence(_ seconds: Double) -> Reply {
      Reply { $0 == 0 ? ([], seconds) : nil }
    }
  }

  /// Where it listens.
  let port: UInt16
  private let descriptor: Int32
  private let lock = NSLock()
  nonisolated(unsafe) private var taken: [Request] = []
  private let answer: @Sendable (Request, Int) -> Reply

  /// The address of the server.
  var address: String { "http://127.0.0.1:\(port)" }
  /// The requests so far.
  var requests: [Request] { lock.withLock { taken } }

  /// Starts to listen, and answers each request by how many came before it.
  init(_ answer: @escaping @Sendable (Request, Int) -> Reply) throws {
    self.answer = answer
    #if canImport(Glibc)
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
    descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 64) == 0
          && getsockname(descriptor, $0, &size) == 0
      }
    }
    guard isBound else { throw CocoaError(.fileReadUnknown) }
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { self.listenOn() }
  }

  /// Ends the listening.
  func stop() {
    shutdown(descriptor, Int32(SHUT_RDWR))
    close(descriptor)
  }

  private func listenOn() {
    while true {
      let connection = accept(descriptor, nil, nil)
      guard connection >= 0 else { return }
      Thread.detachNewThread {
        self.serve(connection)
        close(connection)
      }
    }
  }

  private func serve(_ connection: Int32) {
    guard let request = Self.request(on: connection) else { return }
    let number = lock.withLock {
      taken.append(request)
      return taken.count - 1
    }
    let reply = answer(request, number)
    var index = 0
    while let (bytes, wait) = reply.pieces(index) {
      if wait > 0 { Thread.sleep(forTimeInterval: wait) }
      var rest = bytes[...]
      while !rest.isEmpty {
        let sent = rest.withUnsafeBytes {
          send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
        }
        guard sent > 0 else { return }
        rest = rest.dropFirst(sent)
      }
      index += 1
    }
  }

  private static func request(on connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = recv(connection, &buffer, buffer.count, 0)
      guard got > 0 else { return nil }
      bytes += buffer[..<got]
      guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
      let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
      let body = Array(bytes[end.upperBound...])
      let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
      let request = Request(
        path: path,
        head: head,
        body: body,
        time: Date().timeIntervalSince1970
      )
      if body.count >= request.header("Content-Length").flatMap({ Int($0) }) ?? 0 { return request }
      if request.header("Expect") != nil, body.isEmpty {
        let go = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
        _ = go.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
      }
    }
  }
}
