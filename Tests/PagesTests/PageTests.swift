import Books
import Claims
import Drawing
import Foundation
import Networks
import Pages
import Reports
import TestKit
import Testing

/// The page says what the reports say, every link on it leads somewhere, and nothing that a book holds
/// becomes markup.
@Suite struct PageTests {
  /// The page of a book as of the end of 2026, on the flows of 2025.
  static func page(_ contents: BookContents, asOf: String = "2026-12-31") throws -> String {
    let day = try #require(PartialDate(asOf)?.last)
    let view = try View(of: contents, ViewRequest(asOf: day))
    let year = Period(.year(2025))
    let question = Question(view: view.request, period: year, samples: 10)
    let economy = Economy(view, question)
    let report = try EconomyReport(economy, book: (name: "test", head: "00", version: "0"))
    return ReportPage(
      try PageContent(
        economy,
        report: report,
        command: "ouro report test"
      )
    ).document
  }

  static func shippedBook() throws -> BookContents {
    try BookFile.open(packageRoot.appending(path: "Examples/ai-economy").path).contents
  }

  /// The elements of a page without harm in it.
  private static let allowedTags = try? tags(of: page(shippedBook())).union([
    "pattern", "g", "path",
  ])

  @Test func everyLinkLeadsSomewhere() throws {
    let page = try Self.page(Self.shippedBook())
    let ids = attributes("id", of: page)
    #expect(Set(ids).count == ids.count)
    let links = attributes("href", of: page)
    #expect(links.count > 1_000)
    let inner = links.filter { $0.hasPrefix("#") }.map { String($0.dropFirst()) }
    #expect(Set(inner).subtracting(ids).isEmpty)
    #expect(links.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("http") })
  }

  @Test func sharesOfAPeriodOfWhichTooLittleIsToldAreWithheld() throws {
    let page = try Self.page(Self.shippedBook(), asOf: "2025-11-30")
    #expect(page.contains("data-label=\"of each dollar\">withheld</td>"))
    #expect(page.contains("too little for a share"))
    // What is promised is told all the same, with its loops.
    #expect(
      page.contains("<td class=\"words\" data-label=\"first counted\">promised: if all is met</td>")
    )
  }

  @Test func sameBytesTwice() throws {
    let contents = try Self.shippedBook()
    let first = try Self.page(contents)
    let second = try Self.page(contents)
    #expect(first == second)
  }

  @Test func loopsOnThePageAreThoseOfTheReport() throws {
    let contents = try Story(
      """
      party a
      party b
      party c
      deal a > b purchase
      c1 gazette 2025-01 signed binding 100 in 2025..2025
      deal b > c purchase
      c2 gazette 2025-01 signed binding 60 in 2025..2025
      deal c > a purchase
      c3 gazette 2025-01 signed binding 40 in 2025..2025
      """
    ).contents()
    let page = try Self.page(contents)
    // 40 of 200 on each of three payments goes round: 120 of 200.
    #expect(page.contains("60\u{A0}%"))
    #expect(page.contains("Goes round: <strong>$40</strong>"))
    for claim in ["c1", "c2", "c3"] { #expect(page.contains("<li id=\"row-\(claim)\">")) }
  }

  @Test(arguments: 0..<20) func nothingOfABookBecomesMarkup(round: Int) throws {
    let allowedTags = try #require(Self.allowedTags)
    for payload in Injection.payloads.filter({ $0.index % 20 == round }) {
      let page = try Self.page(payload.book())
      let extra = Self.tags(of: page).subtracting(allowedTags)
      #expect(extra.isEmpty, "\(payload.text)")
      #expect(handlers(in: page).isEmpty, "\(payload.text)")
      let addresses = attributes("href", of: page)
      #expect(addresses.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("http") }, "\(payload.text)")
    }
  }

  /// The names of the elements.
  private static func tags(of page: String) -> Set<String> {
    Set(page.matches(of: /<([A-Za-z][A-Za-z0-9]*)/).map { String($0.output.1) })
  }

  /// Attributes within tags that a browser would run, and whatever begins like a tag and is none.
  private func handlers(in page: String) -> [String] {
    // Compiled once: a page has thousands of tags.
    let tag = /^(?:!doctype html|\/?[A-Za-z][A-Za-z0-9]*((?:\s+[A-Za-z0-9:-]+="[^"]*")*)\s*\/?)>/
    let attribute = /([A-Za-z0-9:-]+)="[^"]*"/
    return page.components(separatedBy: "<").dropFirst().flatMap { piece -> [String] in
      guard let match = piece.firstMatch(of: tag) else { return [String(piece.prefix(30))] }
      return (match.output.1 ?? "").matches(of: attribute).map { String($0.output.1) }
        .filter { $0.hasPrefix("on") }
    }
  }

  private func attributes(_ name: String, of page: String) -> [String] {
    page.components(separatedBy: " \(name)=\"").dropFirst().compactMap {
      $0.components(separatedBy: "\"").first
    }
  }
}

/// Texts that would do harm if a page took them as markup, in each place where a book holds text.
struct Injection {
  let index: Int
  let text: String

  private static let shapes = [
    "<script>X</script>", "\"><script>X</script>", "'><img src=x onerror=X>",
    "</title><script>X</script>",
    "</style><script>X</script>", "</svg><script>X</script>", "<svg onload=X>",
    "<a href=javascript:X>y</a>",
    "]]><script>X</script>", "--><script>X</script>", "&lt;script&gt;X&lt;/script&gt;",
    "\" onmouseover=\"X",
    "' onfocus='X' autofocus='", "<iframe srcdoc='<script>X</script>'>",
    "<math><mtext></form><form>X",
    "<!--<img src=--><img src=x onerror=X>", "javascript:X", "data:text/html,<script>X</script>",
    "<use href=\"data:image/svg+xml,X\"/>", "\u{0}<scr\u{0}ipt>X</script>",
  ]
  private static let acts = [
    "alert(1)", "fetch('//e')", "document.write(1)", "top.location='x'", "eval('1')", "0",
    "print()",
    "import('x')", "open()", "close()",
  ]

  /// Two hundred of them.
  static var payloads: [Injection] {
    shapes.flatMap { shape in acts.map { shape.replacing("X", with: $0) } }.enumerated().map {
      Injection(index: $0.offset, text: $0.element)
    }
  }

  /// A book with the text as name, title, note, quote, teller, publisher and address.
  func book() throws -> BookContents {
    let text = text.replacing("\u{0}", with: "")
    func fields(_ cells: [String: String]) -> Fields { Fields(cells) }
    let parties = try ["a", "b"].map { id in
      try Party(
        fields([
          "id": id, "name": "\(text) \(id)", "kind": "company", "inside": "yes", "note": text,
        ])
      )
    }
    let source = try Source(
      fields([
        "id": "s", "publisher": text, "title": text, "url": text, "kind": "news", "seen_as": text,
        "note": text,
      ])
    )
    let deals = try [("d1", "a", "b"), ("d2", "b", "a")].map { id, payer, payee in
      try Deal(
        fields(["id": id, "payer": payer, "payee": payee, "kind": "purchase", "title": text])
      )
    }
    let claims = try [("c1", "d1"), ("c2", "d2")].map { id, deal in
      try Claim(
        fields([
          "id": id, "deal": deal, "source": "s", "teller": text, "reported": "2025-01-01",
          "status": "signed", "level": "binding", "low": "100", "high": "100", "currency": "USD",
          "start": "2025", "end": "2026", "quote": text, "note": text,
        ])
      )
    }
    return try BookContents(
      parties: parties,
      sources: [source],
      deals: deals,
      claims: claims,
      facts: [],
      assumptions: []
    )
  }
}
