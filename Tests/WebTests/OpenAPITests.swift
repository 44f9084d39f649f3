import Foundation
import Testing

@testable import Web

/// The document for programs says what the server does, and the server does what it says.
@Suite struct OpenAPITests {
  private static func document() throws -> [String: Any] {
    let text = try OpenAPI.document(version: "0", cookie: "ouro-1")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    )
  }

  @Test func everyRouteIsDescribed() throws {
    let paths = try #require(try Self.document()["paths"] as? [String: [String: Any]])
    let routes = Routes.all.filter { if case .page = $0.kind { false } else { true } }
    #expect(Set(paths.keys) == Set(routes.map(\.path)))
    #expect(routes.count > 20)
    for route in routes {
      let operation = try #require(paths[route.path]?["get"] as? [String: Any])
      let parameters = try #require(operation["parameters"] as? [[String: Any]])
      let names = parameters.filter { $0["in"] as? String == "query" }
        .compactMap { $0["name"] as? String }
      #expect(names == route.allParameters.map(\.name))
    }
  }

  @Test func operationsHaveNamesOfTheirOwn() throws {
    let paths = try #require(try Self.document()["paths"] as? [String: [String: [String: Any]]])
    let names = paths.values.compactMap { $0["get"]?["operationId"] as? String }
    #expect(Set(names).count == paths.count)
  }

  @Test func everyDescribedRouteAnswersAsDescribed() async throws {
    let served = try await ServedBook.shipped.value
    let examples = [
      "/api/trace/{id}": "/api/trace/coreweave", "/api/party/{id}": "/api/party/openai",
      "/api/deal/{id}": "/api/deal/openai-coreweave-2025-03",
      "/api/source/{id}": "/api/source/022025-oai", "/api/row/{id}": "/api/row/c004",
      "/api/path": "/api/path?party=nvidia&party=openai", "/api/search": "/api/search?q=openai",
      "/api/scenarios/{id}": "/api/scenarios/microsoft-withdraws?paths=2&as-of=2026-08-22",
      "/search.csv": "/search.csv?q=openai", "/party/{id}.xlsx": "/party/openai.xlsx",
    ]
    for route in Routes.all {
      let target = examples[route.path] ?? route.path
      guard !target.contains("{"), !target.contains("/payments/"), !target.contains("/runs/") else {
        continue
      }
      let reply = try await served.get(route.asks ? ViewTests.quickly(target) : target)
      switch route.kind {
      case .page: #expect([200, 303].contains(reply.status), "\(target)")
      case .table:
        let kind =
          route.path.hasSuffix(".xlsx") ? "application/vnd.openxmlformats" : "text/csv"
        #expect(reply["Content-Type"]?.hasPrefix(kind) == true, "\(target)")
      case .picture: #expect(reply["Content-Type"] == "image/svg+xml", "\(target)")
      case .answer(let keys):
        #expect(reply.status == 200, "\(target)")
        #expect(reply["Content-Type"] == "application/json")
        let found = try JSONSerialization.jsonObject(with: Data(reply.body.utf8))
        let object = try #require(found as? [String: Any], "\(target)")
        #expect(Set(keys).isSubset(of: object.keys), "\(target) has \(object.keys.sorted())")
      }
    }
  }
}
