import Foundation
import TestKit
import Testing

@testable import Web

/// Who may ask what: every line of the table in docs/web.md, sent over a socket.
@Suite struct GuardTests {
  /// A request of the table and what is answered.
  struct Line: Sendable, CustomTestStringConvertible {
    let sent: String
    let statuses: [Int]
    var testDescription: String { sent }
  }

  static let lines: [Line] = {
    let page = packageRoot.appending(path: "docs/web.md")
    let text = (try? String(contentsOf: page, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      guard let found = line.wholeMatch(of: /\| `(.+)` \| ([0-9 ]+) \|/) else { return nil }
      return Line(
        sent: String(found.output.1),
        statuses: found.output.2.split(separator: " ").compactMap { Int($0) }
      )
    }
  }()

  @Test func theTableIsLong() { #expect(Self.lines.count >= 60) }

  @Test(arguments: lines) func eachIsAnsweredAsWritten(line: Line) async throws {
    let served = try await ServedBook.shipped.value
    let bytes = try await Self.bytes(of: line.sent, to: served)
    let replies = try await RawClient(port: served.port).send(bytes, replies: line.statuses.count)
    #expect(replies.map(\.status) == line.statuses)
    for reply in replies where reply["Content-Length"] != "0" || reply.status != 400 {
      #expect(reply["X-Content-Type-Options"] == "nosniff")
      #expect(reply["Content-Security-Policy"]?.contains("default-src 'none'") == true)
      #expect(reply["Content-Security-Policy"]?.contains("unsafe") == false)
      #expect(reply["Server"] == nil)
      // Nothing that was sent comes back.
      for word in ["evil.example", "aaaaaaaa", "passwd", "nobody", "no-such"] {
        #expect(reply.status < 400 || !reply.body.contains(word), "\(word)")
      }
    }
    for reply in replies where reply.status == 405 {
      #expect(["GET, HEAD", "POST"].contains(reply["Allow"]))
    }
  }

  /// What a line of the table stands for.
  private static func bytes(of text: String, to served: ServedBook) async throws -> String {
    let book = try await served.get("/api/book").body
    let head = try #require(book.firstMatch(of: /"head" : "([0-9a-f]+)"/)).output.1.prefix(12)
    var text = text.replacing("{host}", with: served.host).replacing(
      "{port}",
      with: "\(served.port)"
    )
    .replacing("{cookie}", with: served.cookie).replacing("{head}", with: String(head))
    .replacing("{used}", with: served.usedToken)
    text = text.replacing(/\{X: y\*(\d+)\}/) { match in
      String(repeating: "· X: y ", count: Int(match.output.1) ?? 0)
    }
    text = text.replacing(/\{(\w)\*(\d+)\}/) { match in
      String(repeating: String(match.output.1), count: Int(match.output.2) ?? 0)
    }
    text = text.replacing(/\ ?··\ ?/, with: "\r\n\r\n").replacing(/\ ?·\ ?/, with: "\r\n")
    return text.hasSuffix("\r\n\r\n") || text.hasSuffix("abcd") ? text : text + "\r\n\r\n"
  }

  @Test func theNextBrowserHasAnAddressOfItsOwn() async throws {
    let served = try await ServedBook(packageRoot.appending(path: "Examples/ai-economy").path)
    let address = try #require(served.others.last)
    let token = try #require(address.split(separator: "=").last)
    let request = "GET /?token=\(token) HTTP/1.1\r\nHost: \(served.host)\r\n\r\n"
    let client = RawClient(port: served.port)
    let first = try #require(try await client.send(request).first)
    #expect(first.status == 303)
    #expect(first["Location"] == "/report")
    let cookie = try #require(first["Set-Cookie"])
    #expect(cookie.hasPrefix("ouro-\(served.port)="))
    for mark in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(mark)) }
    #expect(try await client.send(request).first?.status == 401)
    // The browser that came before is known still.
    #expect(try await served.get("/api/book").status == 200)
  }

  @Test func slowConnectionsKeepNobodyWaiting() async throws {
    let served = try await ServedBook.shipped.value
    let client = RawClient(port: served.port)
    let slow = try (0..<300).map { _ in try client.connected(60) }
    defer { for descriptor in slow { close(descriptor) } }
    for descriptor in slow {
      try client.write(Array("GET /style.css HTTP/1.1\r\nHost".utf8), to: descriptor)
    }
    let start = ContinuousClock.now
    #expect(try await served.get("/api/book").status == 200)
    // Other tests keep the machine busy; who waited for the silent ones would wait the 20 seconds until they are given up.
    #expect(ContinuousClock.now - start < .seconds(19))
  }

  @Test func theCommandPrintsItsAddressAndEndsWhenTold() async throws {
    let out = FileManager.default.temporaryDirectory.appending(path: "serve-\(UUID().uuidString)")
    try Data().write(to: out)
    defer { try? FileManager.default.removeItem(at: out) }
    let process = Process()
    process.executableURL = try builtOuro()
    process.arguments = ["serve", "Examples/ai-economy", "--no-open"]
    process.currentDirectoryURL = packageRoot
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer { if process.isRunning { process.terminate() } }
    var text = ""
    for _ in 0..<600 where !text.contains("\n") {
      try await Task.sleep(for: .milliseconds(100))
      text = try String(contentsOf: out, encoding: .utf8)
    }
    let line = /http:\/\/127\.0\.0\.1:(\d+)\/\?token=[0-9a-f]{32}\n/
    let found = try #require(text.wholeMatch(of: line))
    let port = try #require(UInt16(found.output.1))
    let request = "GET /icon.svg HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
    #expect(try await RawClient(port: port).send(request).first?.status == 200)
    // Nobody else can listen there.
    let second = try runOuro(["serve", "Examples/ai-economy", "--no-open", "--port", "\(port)"])
    #expect(second.status == 74)
    #expect(second.stdout.isEmpty)
    process.terminate()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(process.terminationReason == .exit)
  }
}
