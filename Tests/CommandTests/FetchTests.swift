import Foundation
import TestKit
import Testing

/// What is fetched from the SEC, from a server of our own that serves well and badly.
struct FetchTests {
  private static let facts = """
    {"cik":42,"entityName":"ACME","facts":{"us-gaap":{"Revenues":{"label":"Revenues","units":{"USD":[
    {"start":"2025-01-01","end":"2025-12-31","val":100000000,"accn":"0000000042-26-000001","fy":2025,"fp":"FY","form":"10-K","filed":"2026-02-01"}
    ]}}}}}
    """
  private static let listed = """
    {"cik":"42","name":"ACME CORP","tickers":["ACME"],"filings":{"recent":{"accessionNumber":["0000000042-26-000001"],"filingDate":["2026-02-01"],"reportDate":["2025-12-31"],"form":["10-K"],"primaryDocument":["acme.htm"]},"files":[]}}
    """
  private static let report = """
    <html xmlns:ix="http://www.xbrl.org/2013/inlineXBRL" xmlns:xbrli="http://www.xbrl.org/2003/instance" xmlns:dei="http://xbrl.sec.gov/dei/2024" xmlns:us-gaap="http://fasb.org/us-gaap/2024" xmlns:iso4217="http://www.xbrl.org/2003/iso4217"><body><ix:header><ix:resources>
    <xbrli:context id="c"><xbrli:entity><xbrli:identifier scheme="http://www.sec.gov/CIK">0000000042</xbrli:identifier></xbrli:entity><xbrli:period><xbrli:startDate>2025-01-01</xbrli:startDate><xbrli:endDate>2025-12-31</xbrli:endDate></xbrli:period></xbrli:context>
    <xbrli:unit id="u"><xbrli:measure>iso4217:USD</xbrli:measure></xbrli:unit></ix:resources></ix:header>
    <p><ix:nonNumeric name="dei:DocumentType" contextRef="c">10-K</ix:nonNumeric> <ix:nonFraction name="us-gaap:Revenues" contextRef="c" unitRef="u" decimals="-6" scale="6">100</ix:nonFraction></p></body></html>
    """

  private static func page(_ path: String) -> [UInt8]? {
    switch path {
    case "/submissions/CIK0000000042.json": Array(listed.utf8)
    case "/api/xbrl/companyfacts/CIK0000000042.json": Array(facts.utf8)
    case "/Archives/edgar/data/42/000000004226000001/acme.htm": Array(report.utf8)
    default: nil
    }
  }

  private static let served: @Sendable (LoopbackServer.Request, Int) -> LoopbackServer.Reply = {
    request,
    _ in
    page(request.path).map { .ok($0) } ?? .ok([], status: 404)
  }

  private func fetch(
    _ server: LoopbackServer,
    _ more: [String] = [],
    in folder: URL
  ) throws -> ProgramResult {
    let words = ["edgar", "42", "--fetch", "--server", server.address, "--cache", "kept"]
    return try runOuro(words + ["--user-agent", "Ada ada@example.com"] + more, in: folder)
  }

  @Test func filesAreAskedForOnceAndUnderOnesName() throws {
    let server = try LoopbackServer(Self.served)
    defer { server.stop() }
    try withTemporaryFolder { folder in
      let first = try fetch(server, in: folder)
      #expect(first.status == 0, "\(first.stderr)")
      #expect(first.stdout.contains("ACME CORP"))
      #expect(server.requests.count == 3)
      #expect(server.requests.allSatisfy { $0.header("User-Agent") == "Ada ada@example.com" })
      // At most ten a second: a tenth between each two as they are sent, however long they take to arrive.
      let times = server.requests.map(\.time)
      #expect((times.last ?? 0) - (times.first ?? 0) > 0.1)
      let again = try fetch(server, in: folder)
      #expect(again.stdout == first.stdout)
      #expect(server.requests.count == 3)
      // Lists grow and are asked for again where that is wanted; a filing never changes.
      let fresh = try fetch(server, ["--refresh"], in: folder)
      #expect(fresh.status == 0)
      #expect(server.requests.count == 5)
    }
  }

  /// A list of facts that is cut off half way is gone on with.
  @Test(arguments: [true, false]) func whatWasCutOffIsGoneOnWith(takesRanges: Bool) throws {
    let server = try LoopbackServer { request, _ in
      guard let page = Self.page(request.path) else { return .ok([], status: 404) }
      guard request.path.contains("companyfacts") else { return .ok(page) }
      guard let range = request.header("Range") else {
        return takesRanges || request.head.contains("never")
          ? .cutOff(Array(page.prefix(100)), of: page.count) : .ok(page)
      }
      guard takesRanges else { return .ok(page) }
      let start = Int(range.dropFirst("bytes=".count).prefix { $0.isNumber }) ?? 0
      let head =
        "HTTP/1.1 206 X\r\nContent-Range: bytes \(start)-\(page.count - 1)/\(page.count)\r\nContent-Length: \(page.count - start)\r\n\r\n"
      return .raw(Array(head.utf8) + page[start...])
    }
    defer { server.stop() }
    try withTemporaryFolder { folder in
      if !takesRanges {
        // A beginning that an earlier run left, and a server that gives whole files only.
        let place = folder.appending(
          path: "kept/127.0.0.1_\(server.port)/api/xbrl/companyfacts"
        )
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try Data("{".utf8).write(to: place.appending(path: "CIK0000000042.json.part"))
      }
      let result = try fetch(server, in: folder)
      #expect(result.status == 0, "\(result.stderr)")
      #expect(result.stdout.contains("100,000,000"))
      #expect(server.requests.contains { $0.header("Range") != nil })
    }
  }

  @Test func aServerThatIsBusyIsAskedAgain() throws {
    let server = try LoopbackServer { request, number in
      number == 0 ? .ok([], status: 503) : Self.served(request, number)
    }
    defer { server.stop() }
    try withTemporaryFolder { folder in
      let result = try fetch(server, in: folder)
      #expect(result.status == 0, "\(result.stderr)")
      #expect(server.requests.count == 4)
    }
  }

  @Test func whatIsNotThereIsTold() throws {
    let server = try LoopbackServer { _, _ in .ok([], status: 404) }
    defer { server.stop() }
    try withTemporaryFolder { folder in
      let result = try fetch(server, in: folder)
      #expect(result.status == 66)
      #expect(result.stderr.contains("the server answered with status 404"))
      #expect(result.stdout.isEmpty)
      server.stop()
      let gone = try fetch(server, in: folder)
      // Curl.Fault.failed, in curl's words.
      #expect(gone.status == 66)
      #expect(gone.stderr.contains("connect"))
    }
  }

  @Test func withoutCurlThatIsTold() throws {
    let server = try LoopbackServer(Self.served)
    defer { server.stop() }
    try withTemporaryFolder { folder in
      let words = ["edgar", "42", "--fetch", "--server", server.address, "--cache", "kept"]
      let result = try runOuro(
        words,
        environment: ["PATH": folder.path, "OURO_USER_AGENT": "Ada"],
        in: folder
      )
      #expect(result.status == 66)
      #expect(result.stderr.contains("curl is not installed"))
      #expect(server.requests.isEmpty)
    }
  }

  @Test(arguments: [
    ["edgar", "42", "--fetch"], ["edgar", "--fetch", "--user-agent", "A"],
    ["edgar", "42", "--from", ".", "--refresh"],
    ["edgar", "42", "--fetch", "--user-agent", "A\nB"],
    ["edgar", "42", "--fetch", "--user-agent", "A", "--reports", "21"],
    ["edgar", "42", "--fetch", "--user-agent", "A", "--server", "file:///etc"],
  ])
  func aMisuseIsTold(words: [String]) throws {
    let result = try runOuro(words, environment: ["OURO_USER_AGENT": ""])
    #expect(result.status == 64, "\(result.stderr)")
  }
}
