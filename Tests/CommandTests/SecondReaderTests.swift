import Foundation
import TestKit
import Testing

/// A language model as a second reader, played by a server of our own that answers well and badly.
struct SecondReaderTests {
  private static let article =
    "Gannet Power agreed to lend Hollin Systems $40 million. Hollin Systems keeps Tarrant Works afloat with $12 million.\n"

  private static func claim(
    _ payer: String,
    _ payee: String,
    kind: String = "loan",
    status: String = "signed",
    low: String = "40000000",
    currency: String = "\"USD\"",
    quote: String = "lend Hollin Systems $40 million"
  ) -> String {
    """
    {"payer":"\(payer)","payee":"\(payee)","kind":"\(kind)","status":"\(status)","low":\(low),"high":\(low),"currency":\(currency),"quote":"\(quote)"}
    """
  }

  private static let loan = claim("Gannet Power", "Hollin Systems", status: "rumoured")
  private static let own = claim(
    "Hollin Systems",
    "Tarrant Works",
    kind: "grant",
    low: "12000000",
    quote: "keeps Tarrant Works afloat with $12 million"
  )

  private static func chat(_ claims: [String]) -> [UInt8] {
    let content = "{\"claims\":[\(claims.joined(separator: ","))]}"
    let quoted = content.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return Array(
      "{\"choices\":[{\"finish_reason\":\"stop\",\"message\":{\"content\":\"\(quoted)\"}}]}".utf8
    )
  }

  private func read(
    _ reply: LoopbackServer.Reply,
    _ more: [String] = ["--json"],
    _ body: (ProgramResult, LoopbackServer) throws -> Void
  ) throws {
    let server = try LoopbackServer { _, _ in reply }
    defer { server.stop() }
    try withTemporaryFolder { folder in
      try Data(Self.article.utf8).write(to: folder.appending(path: "a.txt"))
      let words = ["read", "a.txt", "--model", server.address, "--model-timeout", "2"]
      try body(try runOuro(words + more, in: folder), server)
    }
  }

  @Test func itsCandidatesAreCheckedAndMarked() throws {
    try read(.ok(Self.chat([Self.loan, Self.own]))) { result, server in
      #expect(result.status == 0, "\(result.stderr)")
      let answer = try JSON(result.stdout)
      let second = try #require(answer["second_reader"])
      #expect(second["claims"]?.elements.count == 2)
      #expect(second["refused"] == .array([]))
      #expect(second["disagreements"]?.elements.first?["cell"]?.string == "status")
      let alone = try #require(second["only_model"]?.elements.first)
      #expect(alone["kind"]?.string == "grant")
      #expect(alone["because"]?.string?.contains("read by the model") == true)
      #expect(answer["claims"]?.elements.contains { $0["kind"]?.string == "loan" } == true)
      let request = try #require(server.requests.first)
      #expect(request.path == "/v1/chat/completions")
      let sent = try JSON(String(decoding: request.body, as: UTF8.self))
      #expect(sent["response_format"]?["type"]?.string == "json_schema")
      #expect(sent["messages"]?.elements.last?["content"]?.string == Self.article)
    }
  }

  /// What is not so is refused, and said.
  @Test(arguments: [
    (claim("Gannet Power", "Hollin Systems", quote: "lend Hollin $41 million"), "do not stand"),
    (claim("Gannet Power", "Hollin Systems", low: "41000000"), "amount does not stand"),
    (claim("Gannet Power", "Hollin Systems", low: "\\\"a lot\\\""), "amount does not stand"),
    (claim("Gannet Power", "Hollin Systems", currency: "\"EUR\""), "its words give USD"),
    (claim("Gannet Power", "Acme"), "not named in the text"),
    (claim("Gannet Power", ""), "one side only"),
    (claim("Gannet Power", "Gannet Power"), "would pay itself"),
    (claim("Gannet Power", "Hollin Systems", kind: "gift"), "no kind of deal"),
    (claim("Gannet Power", "Hollin Systems", status: "sure"), "no status"), ("{}", "do not stand"),
    ("7", "do not stand"),
  ])
  func whatIsNotSoIsRefused(claim: String, expected: String) throws {
    let claim = claim.replacing("\\\"", with: "\"")
    try read(.ok(Self.chat([claim]))) { result, _ in
      #expect(result.status == 0, "\(result.stderr)")
      let second = try JSON(result.stdout)["second_reader"]
      #expect(second?["claims"] == .array([]))
      let reason = second?["refused"]?.elements.first?["reason"]?.string
      #expect(reason?.contains(expected) == true, "\(reason ?? "none")")
    }
  }

  private static let faults: [(reply: LoopbackServer.Reply, expected: String)] = [
    (.ok(Array("{}".utf8), status: 500), "status 500"), (.silence(6), "timed out"),
    (.cutOff(Array("{\"cho".utf8), of: 500), "transfer closed"), (.endless, "sends more than"),
    (.ok(Array("<html>".utf8)), "not JSON"), (.ok(Array("{\"error\":\"busy\"}".utf8)), "busy"),
    (.ok(Array("{\"choices\":[{\"message\":{}}]}".utf8)), "no content"),
    (
      .ok(Array("{\"choices\":[{\"message\":{\"content\":\"I think\"}}]}".utf8)),
      "answer is not JSON"
    ),
    (.ok(Array("{\"choices\":[{\"message\":{\"content\":\"{}\"}}]}".utf8)), "no list of claims"),
    (.ok(Array("{\"choices\":[{\"finish_reason\":\"length\"}]}".utf8)), "was cut off"),
    (.raw(Array("nonsense\r\n\r\n".utf8)), "HTTP"), (.raw([]), "reply"),
  ]

  /// Whatever the server does, what the grammar read is told, and that the model gave nothing.
  @Test(arguments: faults.indices)
  func aBadServerIsToldOf(index: Int) throws {
    let (reply, expected) = Self.faults[index]
    try read(reply) { result, _ in
      #expect(result.status == 65)
      #expect(result.stderr.localizedCaseInsensitiveContains(expected), "\(result.stderr)")
      let answer = try JSON(result.stdout)
      #expect(answer["second_reader"] == nil)
      #expect(answer["claims"]?.elements.isEmpty == false)
    }
  }

  @Test func wordsTellWhereTheTwoDiffer() throws {
    try read(.ok(Self.chat([Self.loan, Self.own])), []) { result, _ in
      #expect(result.stdout.contains("differs: status is"))
      #expect(result.stdout.contains("the model's alone:"))
    }
  }

  @Test func itsOwnCandidatesWaitInTheInbox() throws {
    let server = try LoopbackServer { _, _ in .ok(Self.chat([Self.loan, Self.own])) }
    defer { server.stop() }
    try withTemporaryFolder { folder in
      try Data(Self.article.utf8).write(to: folder.appending(path: "a.txt"))
      #expect(try runOuro(["new", "own.ouro"], in: folder).status == 0)
      let words = ["review", "own.ouro", "--read", "a.txt", "--model", server.address]
      #expect(try runOuro(words, in: folder).status == 0)
      let waiting = try JSON(try runOuro(["review", "own.ouro", "--json"], in: folder).stdout)
      let marked = waiting.elements.filter {
        $0["cells"]?["because"]?.string?.hasPrefix("read by the model") == true
      }
      #expect(marked.count == 1)
    }
  }

  /// Without --model nothing is asked, and a bad address is a misuse.
  @Test func nothingIsAskedUnasked() throws {
    let result = try runOuro(["read", "-", "--model", "file:///etc/passwd"], input: Self.article)
    #expect(result.status == 64)
  }
}
