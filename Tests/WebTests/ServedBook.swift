import Books
import Foundation
import Synchronization
import TestKit

@testable import Web

/// A book served to tests, by a server that runs beside them on a port of its own.
struct ServedBook: Sendable {
  /// The server of the shipped book that all tests share.
  static let shipped = Task {
    try await ServedBook(packageRoot.appending(path: "Examples/ai-economy").path)
  }

  let port: UInt16
  let cookie: String
  /// The token that was exchanged for the cookie.
  let usedToken: String
  /// The addresses printed since for other browsers.
  let others: Others

  final class Others: Sendable {
    private let addresses = Mutex<[String]>([])
    func add(_ address: String) { addresses.withLock { $0.append(address) } }
    var last: String? { addresses.withLock { $0.last } }
  }

  struct NoAddress: Error {}

  init(_ book: String, program: String? = nil) async throws {
    let others = Others()
    let server = try WebServer(
      book: book,
      scenarios: packageRoot.appending(path: "Examples/scenarios").path,
      port: 0,
      program: program ?? (try builtOuro().path),
      version: "0",
      now: { Timestamp(secondsSince1970: 1_900_000_000) },
      onNewAddress: { others.add($0) }
    )
    let (addresses, told) = AsyncStream.makeStream(of: String.self)
    Task.detached { try await server.run { told.yield($0) } }
    var iterator = addresses.makeAsyncIterator()
    guard let address = await iterator.next(), let place = URL(string: address),
      let port = place.port, let token = address.split(separator: "=").last
    else { throw NoAddress() }
    self.port = UInt16(port)
    self.others = others
    let replies = try await RawClient(port: UInt16(port)).send(
      "GET /?token=\(token) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
    )
    guard let set = replies.first?["Set-Cookie"], let cookie = set.split(separator: ";").first
    else { throw NoAddress() }
    self.cookie = String(cookie)
    usedToken = String(token)
  }

  var host: String { "127.0.0.1:\(port)" }

  /// What a path gives to a browser that is known.
  func get(
    _ target: String,
    method: String = "GET",
    headers: String = "",
    body: String = ""
  ) async throws -> RawReply {
    let text =
      "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\nCookie: \(cookie)\r\n\(headers)\r\n\(body)"
    guard let reply = try await RawClient(port: port).send(text).first else { throw NoAddress() }
    return reply
  }

  /// Sends a form, as a browser sends one of the server's own.
  func post(_ target: String, _ fields: [String: String]) async throws -> RawReply {
    let body = fields.sorted { $0.key < $1.key }
      .map { "\(Target.encoded($0.key))=\(Target.encoded($0.value))" }.joined(separator: "&")
    return try await get(
      target,
      method: "POST",
      headers:
        "Origin: http://\(host)\r\nSec-Fetch-Site: same-origin\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n",
      body: body
    )
  }

  /// The same, led on to the address that holds the whole question.
  func page(_ target: String) async throws -> RawReply {
    let reply = try await get(target)
    guard reply.status == 303, let place = reply["Location"] else { return reply }
    return try await get(place)
  }
}
