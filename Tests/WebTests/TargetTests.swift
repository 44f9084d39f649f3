import Testing

@testable import Web

/// What an address may be, and what it says.
@Suite struct TargetTests {
  @Test func pathsAndParametersAreRead() throws {
    let target = try Target(
      "/party/openai?as-of=2025-03-31&told-by=The+Information%2CReuters&told-by=&x"
    )
    #expect(target.path == "/party/openai")
    let pairs = target.parameters.map { "\($0.name)=\($0.value)" }
    #expect(pairs == ["as-of=2025-03-31", "told-by=The Information,Reuters", "told-by=", "x="])
  }

  @Test(arguments: [
    "", "report", "*", "http://127.0.0.1/report", "//evil", "/a//b", "/report/", "/..", "/a/../b",
    "/a/./b", "/%2e%2e/a", "/a%2fb", "/a\\b", "/A", "/a b", "/a;b", "/caf\u{E9}", "/a%00",
  ])
  func otherPathsAreRefused(text: String) {
    #expect(throws: Refusal.self) { try Target(text) }
  }

  @Test(arguments: [
    "/a?b=%", "/a?b=%2", "/a?b=%zz", "/a?b=%ff", "/a?b=%00", "/a?b=%0a", "/a?%c2%85=1",
  ])
  func whatIsNoTextIsRefused(text: String) {
    #expect(throws: Refusal.self) { try Target(text) }
  }

  @Test func longAddressesAreRefused() throws {
    let most = "/" + String(repeating: "a", count: Target.longest - 1)
    #expect(try Target(most).path == most)
    let long = #expect(throws: Refusal.self) { try Target(most + "a") }
    #expect(long?.status == 414)
    let many = "/a?" + String(repeating: "b&", count: Target.mostParameters)
    #expect(try Target(many).parameters.count == Target.mostParameters)
    #expect(throws: Refusal.self) { try Target(many + "b") }
  }

  @Test(arguments: ["", "a b", "Zürich & Söhne, 50 %", "=?#/+\"<>", "日本"])
  func encodingIsUndone(text: String) throws {
    #expect(try Target("/a?b=\(Target.encoded(text))").parameters[0].value == text)
  }
}

/// Who is known, and what is remembered.
@Suite struct KeepingTests {
  @Test func aTokenIsGoodForOneBrowser() throws {
    let sessions = Sessions()
    let token = sessions.token
    #expect(token.count == 32)
    #expect(sessions.exchange(String(token.dropLast())) == nil)
    let cookie = try #require(sessions.exchange(token))
    #expect(sessions.exchange(token) == nil)
    #expect(sessions.knows(cookie))
    #expect(!sessions.knows(token))
    let other = try #require(sessions.exchange(sessions.token))
    #expect(other != cookie)
    #expect(sessions.knows(cookie) && sessions.knows(other))
  }

  @Test func theBrowserThatCameFirstIsForgottenFirst() throws {
    let sessions = Sessions()
    let cookies = try (0..<70).map { _ in try #require(sessions.exchange(sessions.token)) }
    #expect(cookies.map(sessions.knows) == (0..<70).map { $0 >= 6 })
  }

  @Test func memoryForgetsWhatWasUsedLongestAgo() {
    let memory = Memory<Int>(most: 10)
    memory.keep(1, weight: 4, for: "a")
    memory.keep(2, weight: 4, for: "b")
    #expect(memory["a"] == 1)
    memory.keep(3, weight: 4, for: "c")
    #expect(memory["b"] == nil)
    #expect(memory["a"] == 1)
    #expect(memory["c"] == 3)
    memory.keep(4, weight: 11, for: "d")
    #expect(memory["d"] == nil)
    memory.keep(5, weight: 6, for: "a")
    #expect(memory["a"] == 5)
    #expect(memory["c"] == 3)
  }
}
