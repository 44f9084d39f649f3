import Foundation
import TestKit
import Testing

@testable import Web

/// Scenarios edited, run with progress, stopped and compared on the page.
@Suite struct RunTests {
  static let text =
    "extends: baseline.yaml\nname: A test\nmonths: 4\nshocks:\n  - withdraw: microsoft-nebius\n    on: 2026-10\n"
  /// Months and paths of a run that is stopped before it is done, on any machine.
  private static let (long, many) = ("months: 120", 10_000)

  private static func start(
    _ served: ServedBook,
    paths: Int,
    text: String = text
  ) async throws -> String {
    let reply = try await served.post(
      "/scenarios/run",
      ["text": text, "paths": "\(paths)", "action": "run", "samples": "2"]
    )
    #expect(reply.status == 303, "\(reply.body)")
    let place = try #require(reply["Location"])
    return String(place.prefix { $0 != "?" })
  }

  @Test func aRunIsToldAsItGoesOnAndComparedWithAnother() async throws {
    let served = try await ServedBook.shipped.value
    let (first, second) = (
      try await Self.start(served, paths: 60), try await Self.start(served, paths: 70)
    )
    var events: [String] = []
    for place in [first, second] {
      let reply = try await served.get("\(place)/events")
      #expect(reply.status == 200)
      #expect(reply["Content-Type"] == "text/event-stream")
      events.append(reply.body)
    }
    for told in events {
      #expect(told.contains("event: over"))
      #expect(told.contains("data: 100 done"))
    }
    let page = try await served.page(first).body
    #expect(page.contains("Who is hit, month by month"))
    #expect(page.contains("Outside money needed"))
    for word in ["forced loss", "at risk", "nobody can know"] { #expect(page.contains(word)) }
    // The page has one style sheet, and pictures carry none.
    #expect(!page.contains("<style>"))
    let numbers = [first, second].compactMap { $0.split(separator: "/").last }
    let both = try await served.page("/runs?run=\(numbers[0])&run=\(numbers[1])").body
    #expect(both.contains("Side by side"))
    #expect(try await served.get("/api\(first)").body.contains("\"paragraph\""))
  }

  @Test func aRunIsStopped() async throws {
    let served = try await ServedBook.shipped.value
    let text = Self.text.replacing("months: 4", with: Self.long)
    let place = try await Self.start(served, paths: Self.many, text: text)
    #expect(try await served.get("/api\(place)").status == 422)
    #expect(try await served.post("\(place)/stop", [:]).status == 303)
    let told = try await served.get("\(place)/events").body
    let page = try await served.page(place).body
    #expect(told.contains("stopped"))
    #expect(page.contains("was stopped"))
    #expect(try await served.post("/runs/999999/stop", [:]).status == 404)
    #expect(try await served.get("/runs/999999/events").status == 404)
  }

  @Test func whatIsWrongWithATextIsTold() async throws {
    let served = try await ServedBook.shipped.value
    let cases = [
      ["text": "name: x\nshocks:\n  - withdraw: no-such-deal\n"], ["paths": "5"],
      ["text": Self.text, "paths": "0"], ["text": Self.text, "action": "add"],
      ["text": Self.text, "action": "add", "verb": "delay", "target": "microsoft-nebius"],
    ]
    for fields in cases {
      let reply = try await served.post("/scenarios/run", fields)
      #expect(reply.status == 422, "\(fields)")
    }
    #expect(try await served.page("/scenarios/edit?draft=0123456789ab").status == 404)
  }

  @Test func oneThingMoreHappens() throws {
    let delayed = try ShockLine([
      "verb": "delay", "target": "a-b", "value": "3 to 9", "on": "2027-01", "because": "say \"so\"",
    ])
    let lines = [
      "  - delay: a-b", "    months: {uniform: [3, 9]}", "    on: 2027-01",
      "    because: \"say \\\"so\\\"\"",
    ]
    #expect(delayed.lines == lines)
    let added = lines.joined(separator: "\n")
    #expect(delayed.added(to: "name: x\n") == "name: x\nshocks:\n\(added)\n")
    #expect(delayed.added(to: "shocks: []\nname: x\n") == "shocks:\n\(added)\nname: x\n")
    let old = "shocks:\n  - fail: y\nname: x"
    #expect(delayed.added(to: old) == "shocks:\n\(added)\n  - fail: y\nname: x")
    let flat = delayed.added(to: "shocks:\n- freeze: y\n")
    #expect(flat.hasPrefix("shocks:\n- delay: a-b\n  months:"))
    let several = try ShockLine(["verb": "freeze", "target": "a, b: c"])
    #expect(several.lines == ["  - freeze: [a, \"b: c\"]"])
  }
}
