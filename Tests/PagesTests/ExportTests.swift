import Claims
import Foundation
import FoundationXML
import Networks
import Reports
import TestKit
import Testing

@testable import Pages

/// Documents of networks and tables hold what the networks hold, whatever parties are called.
@Suite struct ExportTests {
  /// The elements of a document with their attributes, as a strict parser reads them.
  private final class Elements: NSObject, XMLParserDelegate {
    private(set) var all: [(name: String, attributes: [String: String], text: String)] = []

    private var isInside = false

    init(_ document: String) throws {
      super.init()
      let parser = XMLParser(data: Data(document.utf8))
      parser.delegate = self
      try #require(parser.parse(), "\(String(describing: parser.parserError))")
    }

    func named(_ name: String) -> [[String: String]] {
      all.filter { $0.name == name }.map(\.attributes)
    }

    func texts(_ name: String) -> [String] { all.filter { $0.name == name }.map(\.text) }

    func parser(
      _: XMLParser,
      didStartElement name: String,
      namespaceURI: String?,
      qualifiedName: String?,
      attributes: [String: String]
    ) {
      all.append((name, attributes, ""))
      isInside = true
    }

    func parser(
      _: XMLParser,
      didEndElement _: String,
      namespaceURI: String?,
      qualifiedName: String?
    ) {
      isInside = false
    }

    func parser(_: XMLParser, foundCharacters text: String) {
      guard isInside else { return }
      all[all.count - 1].text += text
    }
  }

  private static let names = ["a & b", "<c>", "d\"e' x=\"1"]

  /// a pays c 3, c pays d 2.5.
  private func network() throws -> FlowNetwork {
    try FlowNetwork(
      nodes: Self.names,
      flows: [.init(payer: 0, payee: 1, weight: 3), .init(payer: 1, payee: 2, weight: 2.5)]
    )
  }

  @Test(arguments: NetworkFormat.allCases) func bareNetworks(format: NetworkFormat) throws {
    let export = FlowExport(
      try network(),
      labels: ["<c>": "C & Sons"],
      stating: ["p.csv, SHA-256 <0>"]
    )
    let elements = try Elements(export.document(format))
    #expect(elements.named("node").compactMap { $0["id"] } == Self.names)
    let edges = elements.named("edge")
    #expect(edges.map { $0["source"] } == [Self.names[0], Self.names[1]])
    #expect(edges.map { $0["target"] } == [Self.names[1], Self.names[2]])
    switch format {
    case .graphml:
      let data = elements.all.filter { $0.name == "data" }
      let weights = data.filter { $0.attributes["key"] == "weight" }.map { Double($0.text) }
      #expect(weights == [3, 2.5])
      #expect(data.contains { $0.text == "C & Sons" })
      #expect(elements.texts("desc") == ["p.csv, SHA-256 <0>"])
    case .gexf:
      #expect(edges.map { $0["weight"].flatMap { Double($0) } } == [3, 2.5])
      #expect(elements.named("node").map { $0["label"] }.contains("C & Sons"))
      #expect(elements.texts("description") == ["p.csv, SHA-256 <0>"])
    }
  }

  private static let story = Story(
    """
    party acme
    party bolt name=Bolt_&_<Sons>
    deal acme > bolt purchase
    c1 filing 2026-01 completed paid 40 in 2025
    deal bolt > acme equity
    c2 gazette 2026-02 completed paid 10 in 2025
    """
  )

  private func footing() throws -> Footing {
    let view = try Self.story.view("2026-06-30")
    let question = Question(view: view.request, period: Period(text: "2025"), completion: .none)
    return Economy.footing(question, of: view)
  }

  /// Of a book each flow has its amount and the rows behind it, each party its name.
  @Test(arguments: NetworkFormat.allCases) func networksOfABook(format: NetworkFormat) throws {
    let document = NetworkExport(try footing()).document(format)
    let elements = try Elements(document)
    #expect(Set(elements.named("edge").compactMap { $0["source"] }) == ["acme", "bolt"])
    #expect(document.contains("c1") && document.contains("c2"))
    #expect(document.contains("Bolt &amp; &lt;Sons&gt;"))
    #expect(NetworkExport(try footing()).document(format) == document)
  }

  @Test func tablesOfFlowsAndLoops() throws {
    let footing = try footing()
    let flows = DealsReport(flowsOf: footing).flows
    let rows = String(decoding: TableExport.flows(flows), as: UTF8.self).split(separator: "\n")
    #expect(rows.count == 3 && rows[0].hasPrefix("payer,payee,amount"))
    #expect(rows.contains { $0.hasPrefix("acme,bolt,40,") })
    #expect(rows.contains { $0.hasPrefix("bolt,acme,10,") })
    let loops = LoopReport(footing, limit: 10, top: 5).loops
    let lines = String(decoding: TableExport.loops(loops), as: UTF8.self).split(separator: "\n")
    // One loop of two payments, each beside the 10 that go round.
    #expect(lines.count == 3 && lines.dropFirst().allSatisfy { $0.hasPrefix("1,10,") })
  }

  @Test func whatIsPutIntoAPageIsText() {
    let name = "<b>\"x\" & 'y'"
    let piece: HTML = "<p title=\"\(name)\">\(name) \("5 %")</p>"
    #expect(piece.markup.hasPrefix("<p title=\"&lt;b&gt;"))
    #expect(!piece.markup.contains("<b>") && piece.markup.contains("5\u{A0}%"))
    #expect(HTML(text: "a<").markup == "a&lt;")
    #expect(HTML.lines("a\n<b").markup == "a\n&lt;b")
    let list: HTML = "<ul>\([HTML(text: "&"), HTML(markup: "<li>")])</ul>"
    #expect(list.markup == "<ul>&amp;<li></ul>")
  }

  /// Pages of a served book link to what is in it, and show names as text.
  @Test func linksOfAServedBook() throws {
    let view = try Self.story.view("2026-06-30")
    let page = BookPage(view, query: "?period=2025")
    let deals = page.deals(DealsReport(view)).markup
    #expect(deals.contains("Bolt &amp; &lt;Sons&gt;") && !deals.contains("<Sons>"))
    let links = (deals + page.parties.markup).split(separator: "href=\"").dropFirst()
      .map { String($0.prefix { $0 != "\"" }) }
    #expect(!links.isEmpty)
    let known = Set(view.contents.deals.map(\.id) + view.contents.parties.map(\.id))
    for link in links where link.hasPrefix("/deal") || link.hasPrefix("/party") {
      let id = link.prefix { $0 != "?" }.split(separator: "/").last.map(String.init) ?? ""
      #expect(known.contains(id), "\(link)")
    }
  }
}
