import Books
import Claims
import Foundation
import FoundationXML
import Pages
import Reports
import TestKit
import Testing

@testable import Web

/// Every view of the shipped book is a whole page, whose links lead to views that are there.
@Suite struct ViewTests {
  static let targets = [
    "/report", "/map", "/map?kind=chord", "/map?kind=network&loop=1", "/map?focus=openai", "/loops",
    "/path?party=nvidia&party=OpenAI&party=oracle", "/party", "/party/openai", "/deal",
    "/deal/openai-coreweave-2025-03", "/flows", "/left-out", "/disputes",
    "/changes?from=2025-02-15&to=2025-04-15", "/trend", "/check", "/search",
    "/search?q=coreweave+option",
    "/tellers?first=press&second=companies", "/source", "/row/c004", "/claim/c006", "/history",
    "/inbox", "/payments", "/scenarios",
    "/write", "/runs", "/scenarios/edit", "/scenarios/edit?scenario=ipo-fails",
    "/scenarios?scenario=microsoft-withdraws&scenario=ipo-fails&paths=3&as-of=2026-08-22",
  ]

  /// A question that is soon answered, where programs are not optimised.
  static let quick = "samples=5&as-of=2025-04-30&period=2025"

  /// The question of a target, where it has none of its own.
  static func quickly(_ target: String) -> String {
    let question = target.contains("as-of") ? "samples=5" : quick
    return target + (target.contains("?") ? "&" : "?") + question
  }

  @Test(arguments: targets) func viewsAreWholePages(target: String) async throws {
    let served = try await ServedBook.shipped.value
    let reply = try await served.page(Self.quickly(target))
    #expect(reply.status == 200)
    #expect(reply["Content-Type"] == "text/html; charset=utf-8")
    #expect(reply.body.hasSuffix("</html>\n"))
    #expect(reply.body.components(separatedBy: "<h1").count == 2)
    #expect(reply.body.components(separatedBy: "<main").count == 2)
    // Nothing that the policy of the page would not run.
    for word in [
      "HTML(markup", " style=", "<style", " onclick", " onload", "javascript:", "<script>",
    ] {
      #expect(!reply.body.contains(word), "\(word)")
    }
    let ids = reply.body.components(separatedBy: " id=\"").dropFirst().compactMap {
      $0.components(separatedBy: "\"").first
    }
    #expect(Set(ids).count == ids.count, "an id stands twice")
  }

  @Test(arguments: [
    "/report", "/map", "/party/openai", "/disputes", "/deal/openai-coreweave-2025-03",
  ])
  func linksLeadToViewsThatAreThere(target: String) async throws {
    let served = try await ServedBook.shipped.value
    let page = try await served.page("\(target)?\(Self.quick)").body
    let links = page.components(separatedBy: " href=\"").dropFirst().compactMap {
      $0.components(separatedBy: "\"").first?.replacing("&amp;", with: "&")
    }
    let here = Set(links.filter { $0.hasPrefix("/") })
    #expect(here.count > 20)
    for link in here where Assets()[link] == nil && link != "/api/openapi.json" {
      let target = try Target(link)
      #expect(Routes.route(of: target.path) != nil, "\(link)")
      // The question goes along.
      #expect(target.parameters.contains { $0.name == "head" }, "\(link)")
      #expect(
        target.parameters.contains { $0.name == "as-of" && $0.value == "2025-04-30" }
          || link.contains("as-of"),
        "\(link)"
      )
    }
    for link in links where !link.hasPrefix("/") {
      #expect(link.isEmpty || link.hasPrefix("#") || link.hasPrefix("http"), "\(link)")
    }
  }

  @Test func figuresLeadToClaimAndSourceInTwoSteps() async throws {
    let served = try await ServedBook.shipped.value
    let flows = try await served.page("/flows?\(Self.quick)").body
    let row = try #require(flows.firstMatch(of: /href="(\/row\/[^"]+)"/)).output.1
    let claim = try await served.get(String(row).replacing("&amp;", with: "&"))
    #expect(claim.status == 200)
    let source = try #require(claim.body.firstMatch(of: /href="(\/source\/[^"]+)"/)).output.1
    #expect(try await served.get(String(source).replacing("&amp;", with: "&")).status == 200)
  }

  @Test func addressesHoldTheWholeQuestion() async throws {
    let served = try await ServedBook.shipped.value
    let first = try await served.get("/map?as-of=2025-03&kind=chord")
    #expect(first.status == 303)
    let place = try #require(first["Location"])
    let target = try Target(place)
    let pairs = target.parameters.map { "\($0.name)=\($0.value)" }
    #expect(
      pairs.prefix(6).elementsEqual([
        "kind=chord", "as-of=2025-03-31", "policy=reported", "period=2024", "basis=flows",
        "complete=entropy",
      ])
    )
    #expect(try #require(target.parameters.last).name == "head")
    #expect(try await served.get(place).status == 200)
  }

  @Test func answersAreThoseOfTheCommand() async throws {
    let served = try await ServedBook.shipped.value
    let contents = try BookFile.open(packageRoot.appending(path: "Examples/ai-economy").path)
      .contents
    let day = try #require(PartialDate("2025-04-30"))
    let view = try View(of: contents, ViewRequest(asOf: day.last))
    let question = Question(view: view.request, period: Period(text: "2025"), samples: 5)
    let footing = Economy.footing(question, of: view)
    let expected: [(String, any Encodable)] = [
      ("/api/disputes", DisputeReport(view)), ("/api/check", CheckReport(view)),
      ("/api/deal", DealsReport(view)), ("/api/flows", DealsReport(flowsOf: footing)),
      ("/api/party/openai", try #require(PartyReport("openai", in: footing))),
      ("/api/loops", LoopReport(footing, limit: EconomyReport.loopLimit, top: 10)),
      ("/api/row/c004", try ShowReport(["c004"], in: contents)),
    ]
    for (path, value) in expected {
      let reply = try await served.get("\(path)?\(Self.quick)")
      #expect(reply.body == (try AnswerJSON.text(of: value)) + "\n", "\(path)")
    }
  }

  @Test(arguments: [
    "/flows.csv", "/loops.csv?as-of=2026-08-22", "/deal.csv", "/left-out.csv", "/disputes.csv",
    "/search.csv?q=openai",
  ])
  func tablesAreKept(target: String) async throws {
    let served = try await ServedBook.shipped.value
    let reply = try await served.get(Self.quickly(target))
    #expect(reply["Content-Type"] == "text/csv; charset=utf-8")
    #expect(reply["Content-Disposition"]?.hasPrefix("attachment; filename=\"") == true)
    let lines = reply.body.split(separator: "\n")
    #expect(lines.count > 1)
  }

  @Test func drawingsStandByThemselves() async throws {
    let served = try await ServedBook.shipped.value
    for path in ["/map.svg", "/timeline.svg"] {
      let reply = try await served.get("\(path)?\(Self.quick)")
      #expect(reply["Content-Type"] == "image/svg+xml")
      #expect(reply.body.hasPrefix("<svg "))
      #expect(reply.body.contains("<style>"))
      #expect(try XMLDocument(xmlString: reply.body).rootElement()?.name == "svg")
    }
  }
}
