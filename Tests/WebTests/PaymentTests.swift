import Foundation
import TestKit
import Testing

@testable import Web

/// Payments dropped into the page: understood, corrected, searched, a sum followed; and what cannot be read.
@Suite struct PaymentTests {
  /// Three payments in a ring, by hand: 100 go out, 90 and 80 go on, and 80 come back, in two days.
  static let ring =
    "payer,payee,amount,date\nacme,bolt,100.00,2025-01-01\nbolt,cano,90.00,2025-01-02\ncano,acme,80.00,2025-01-03\n"

  private static func drop(
    _ files: [(name: String, text: String)],
    on served: ServedBook,
    boundary: String = "between"
  ) async throws -> RawReply {
    let parts = files.map { name, text in
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n\(text)\r\n"
    }
    let body = parts.joined() + "--\(boundary)--\r\n"
    return try await served.get(
      "/payments/drop",
      method: "POST",
      headers: "Origin: http://\(served.host)\r\nContent-Length: \(body.utf8.count)\r\n"
        + "Content-Type: multipart/form-data; boundary=\(boundary)\r\n",
      body: body
    )
  }

  @Test func aRingIsFoundAndItsSumFollowed() async throws {
    let served = try await ServedBook.shipped.value
    let dropped = try await Self.drop([("../../ring.csv", Self.ring)], on: served)
    #expect(dropped.status == 303)
    let place = try #require(dropped["Location"])
    let page = try await served.page(place + "?within=7d").body
    #expect(page.contains("1 loop within 7 days among 3 payments between 3 parties"))
    #expect(page.contains("acme → bolt → cano → acme"))
    #expect(page.contains("Least payment on it <strong>80</strong>, in all 270"))
    #expect(page.contains("<svg "))

    let json = try await served.get("/api\(place)?within=7d")
    let command = try runOuro(
      ["scan", "-", "--within=7d", "--json"],
      input: Self.ring
    )
    let (mine, theirs) = (try Self.object(json.body), try Self.object(command.stdout))
    #expect(mine["count"] as? Int == 1)
    #expect(mine["largest"] as? NSArray == theirs["largest"] as? NSArray)
    #expect(try await served.get("\(place).csv?within=7d").body.contains("acme"))
    #expect(try await served.get("\(place).xlsx?within=7d").status == 200)

    // By hand: who paid 100 at first has 80 of it again by every rule that keeps what is lent apart from what is owned.
    let follow = place.replacing("rings", with: "follow")
    let followed = try await served.get("/api\(follow)?from=acme&at=2025-01-01&sum=100")
    #expect(followed.status == 200, "\(followed.body)")
    let rules = try #require(try Self.object(followed.body)["rules"] as? [[String: Any]])
    #expect(rules.count == 4)
    for rule in rules { #expect(rule["came_back"] as? Double == 80) }
    let shown = try await served.page("\(follow)?from=acme&at=2025-01-01&sum=100&rule=fifo").body
    #expect(shown.contains("100 ") && shown.contains("came back"))
    #expect(shown.contains("SHA-256"))
    #expect(try await served.get("/api\(follow)").status == 400)

    #expect(try await served.post(place.replacing("rings", with: "forget"), [:]).status == 303)
    #expect(try await served.page(place).status == 404)
    #expect(try await served.get("/api\(place)").status == 404)
  }

  private static func object(_ text: String) throws -> [String: Any] {
    let found = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(found as? [String: Any])
  }

  @Test func aQuestionOfTheFileIsAnsweredOnThePage() async throws {
    let served = try await ServedBook.shipped.value
    // Every day could be a month: the command asks, and so does the page.
    let text = Self.ring.replacing("2025-01-0", with: "0").replacing(/,0(\d)\n/) {
      ",0\($0.output.1)/02/2025\n"
    }
    let place = try #require(try await Self.drop([("a.csv", text)], on: served)["Location"])
    let asked = try await served.page("\(place)?within=90d").body
    #expect(asked.contains("not understood that way yet"))
    #expect(asked.contains("--day-order"))
    #expect(try await served.get("/api\(place)?within=90d").status == 422)
    let answered = try await served.page("\(place)?within=90d&day-order=DMY").body
    #expect(answered.contains("1 loop"))
    #expect(answered.contains("2025-02-01"))
    #expect(
      try await served.get("/api\(place)?within=90d&day-order=MDY").body.contains("2025-03-02")
    )
  }

  @Test func whatIsNoFormWithFilesIsRefused() async throws {
    let served = try await ServedBook.shipped.value
    let own = "Origin: http://\(served.host)\r\n"
    let kind = "Content-Type: multipart/form-data; boundary=x\r\n"
    let part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"
    let cases: [(String, String, String, Int)] = [
      ("another kind", own + "Content-Type: application/x-www-form-urlencoded\r\n", "a=b", 415),
      ("no boundary", own + "Content-Type: multipart/form-data\r\n", "--x--", 415),
      ("no origin", kind, "--x--\r\n", 403),
      ("no file", own + kind, "--x--\r\n", 422),
      ("an empty file", own + kind, part + "\r\n--x--\r\n", 422),
      ("no end", own + kind, part + "payer,payee", 400),
      ("another boundary", own + kind, "--y--\r\n", 400),
      ("a part without a name", own + kind, "--x\r\nX: y\r\n\r\nz\r\n--x--\r\n", 400),
      (
        "a field twice", own + kind,
        String(
          repeating: "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nz\r\n",
          count: 2
        )
          + "--x--\r\n", 400
      ),
      ("a head without an end", own + kind, "--x\r\n" + String(repeating: "a", count: 4_000), 400),
    ]
    for (what, headers, body, status) in cases {
      let sent = headers + "Content-Length: \(body.utf8.count)\r\n"
      let reply = try await served.get("/payments/drop", method: "POST", headers: sent, body: body)
      #expect(reply.status == status, "\(what)")
    }
    let tooLong = own + kind + "Content-Length: \(Statements.mostBytes * 2)\r\n"
    #expect(
      try await served.get("/payments/drop", method: "POST", headers: tooLong).status == 413
    )
  }

  /// Runs the server with a program that behaves badly in place of the reader.
  private static func withReader(
    _ script: String,
    _ body: (ServedBook) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "bad-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let program = folder.appending(path: "reader")
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    let book = packageRoot.appending(path: "Examples/ai-economy").path
    try await body(try await ServedBook(book, program: program.path))
  }

  @Test(arguments: [
    "kill -SEGV $$", "kill -ILL $$", "exit 3", "head -c 100000000 /dev/zero",
    "dd if=/dev/zero of=/dev/null bs=5G count=1 2>/dev/null && echo five gigabytes had; kill -ABRT $$",
    "echo not json",
  ])
  func aFaultInAReaderEndsThatReadingAlone(script: String) async throws {
    try await Self.withReader(script) { served in
      let place = try #require(try await Self.drop([("a.csv", Self.ring)], on: served)["Location"])
      let page = try await served.page(place)
      #expect(page.status == 200)
      #expect(!page.body.contains("five gigabytes had"))
      let reply = try await served.get("/api\(place)")
      #expect(script == "echo not json" || reply.status >= 400)
      #expect(try await served.get("/api/book").status == 200)
    }
  }

  @Test func aReaderThatNeverEndsIsEnded() throws {
    let program = ChildProgram(path: "/bin/sleep", limits: .init(seconds: 1))
    let start = ContinuousClock.now
    #expect(program.run(["100"], in: "/").end == .tooLong)
    #expect(ContinuousClock.now - start < .seconds(30))
    let busy = ChildProgram(path: "/bin/sh", limits: .init(seconds: 1))
    let spun = busy.run(["-c", "while :; do :; done"], in: "/").end
    #expect(spun == .tooLong || spun == .signal(9) || spun == .signal(24))
  }

  @Test func aReaderHasLimitsAndNothingOpen() throws {
    var shell = ChildProgram(path: "/bin/sh")
    shell.limits.memoryBytes = 1 << 30
    let told = shell.run(["-c", "ulimit -v; ulimit -t; ls /proc/self/fd; echo word >&2"], in: "/")
    #expect(told.end == .exit(0))
    let lines = String(decoding: told.output, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.prefix(2) == ["1048576", "60"])
    // Standard input, output and errors, and the folder that is listed.
    #expect(lines.dropFirst(2) == ["0", "1", "2", "3"])
    #expect(told.words == "word\n")
    #expect(ChildProgram(path: "/no/such/program").run([], in: "/").end == .exit(127))
    #expect(ChildProgram(path: "/bin/sh").run([], in: "/no/such/folder").end == .exit(126))
    shell.limits.outputBytes = 1_000
    #expect(shell.run(["-c", "yes"], in: "/").end == .tooMuch)
  }
}
