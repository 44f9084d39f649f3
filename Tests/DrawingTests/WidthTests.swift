import Foundation
import Testing

@testable import Drawing

/// What is drawn is as wide as the amount it stands for, on examples small enough to check on paper.
@Suite struct WidthTests {
  /// 8 to b, of which 4 go on to c, and 2 to c at once: nothing comes back.
  private func forward() throws -> FlowDiagram {
    try FlowDiagram(
      title: "Forward",
      nodes: ["a", "b", "c"].map { .init(id: $0, label: $0) },
      flows: [
        .init(source: "a", target: "b", amount: 8),
        .init(source: "b", target: "c", amount: 4),
        .init(source: "a", target: "c", amount: 2),
      ]
    )
  }

  /// The numbers in a path, in order.
  private func numbers(_ path: String) -> [Double] {
    path.split { !("0"..."9").contains($0) && $0 != "." && $0 != "-" }.compactMap { Double($0) }
  }

  /// A band begins at the top of its start and ends at the bottom of it.
  @Test func bandsOfASankey() throws {
    let picture = try forward().sankey(Sample.options())
    let bands = ChartElements("path", in: picture).found.compactMap { $0["d"] }
      .filter { $0.contains("C") && $0.hasSuffix("Z") }.map(numbers)
    let drawn: [Double] = bands.map { band in ((band.last ?? 0) - band[1]) * 100 }
    let widths: [Double] = Set(drawn.map { $0.rounded() }).sorted()
    #expect(widths.count == 3)
    let least = try #require(widths.first)
    #expect(least > 0)
    for (width, times) in zip(widths, [1.0, 2, 4]) { #expect(abs(width / least - times) < 0.01) }
  }

  @Test func linesOfANetwork() throws {
    let picture = try forward().network(Sample.options())
    let widths = ChartElements("path", in: picture).found
      .compactMap { $0["stroke-width"].flatMap { Double($0) } }
    // The largest is sixteen wide; half and a quarter of it are eight and four.
    for width in [16.0, 8, 4] { #expect(widths.contains { abs($0 - width) < 0.01 }, "\(width)") }
  }

  /// A flow takes as much of the arc of whoever pays as of whoever is paid, and an arc is what both make of it.
  @Test(arguments: UInt64(0)..<20) func spansOfAChord(seed: UInt64) throws {
    let diagram = try Sample.random(parties: 3 + Int(seed), flows: 20, seed: seed)
    let layout = ChordLayout(FlowGraph(diagram, top: nil))
    var taken = [Double](repeating: 0, count: layout.arcs.count)
    let first = try #require(layout.graph.flows.first)
    let unit = (layout.paying[0].end - layout.paying[0].start) / first.amount
    for (index, flow) in layout.graph.flows.enumerated() {
      for (span, node) in [
        (layout.paying[index], flow.source), (layout.receiving[index], flow.target),
      ] {
        #expect(abs(span.end - span.start - unit * flow.amount) < 1e-12)
        #expect(span.start >= layout.arcs[node].start - 1e-12)
        #expect(span.end <= layout.arcs[node].end + 1e-12)
        taken[node] += span.end - span.start
      }
    }
    for (arc, taken) in zip(layout.arcs, taken) { #expect(abs(arc.end - arc.start - taken) < 1e-9) }
  }

  private func hands(_ names: [String]) -> HandsChart {
    func payment(_ payer: Int, _ payee: Int, _ day: Int, _ amount: Double) -> HandsChart.Payment {
      HandsChart.Payment(
        payer: names[payer],
        payee: names[payee],
        seconds: day * 86_400,
        amount: amount,
        time: "day \(day)",
        words: "\(amount)"
      )
    }
    return HandsChart(
      Caption("ring-0", subtitle: names[0], note: names[1]),
      [payment(0, 1, 0, 100), payment(1, 2, 1, 50), payment(2, 0, 2, 50)]
    )
  }

  /// b holds the 100 it was paid, then 50; c holds 50: bars of the full 24, and of half of that.
  @Test func whatHandsHeld() throws {
    let picture = hands(["a", "b", "c"]).picture(ChartOptions(id: "h", width: 900))
    let bars = ChartElements("rect", in: picture).found
      .filter { $0["class"]?.hasSuffix("rest") == true }
      .compactMap { $0["height"].flatMap { Double($0) } }
    #expect(bars.sorted() == [12, 12, 24])
  }

  /// However its hands are called, a finding keeps its words on the canvas and apart.
  @Test func handsOfAnyName() throws {
    let long = String(repeating: "Zweckgesellschaft ", count: 9)
    for names in [["a", "b", "c"], [long, "b", long + "2"], ["", "<b>", "\u{202E}"]] {
      try checkedChart { hands(names).picture(ChartOptions(id: "h", width: 700)) }
    }
    let outline = try XMLOutline(
      hands(["<script>", "a\" onload=\"x", "&amp;"]).picture(ChartOptions(id: "h", width: 700)).svg
    )
    #expect(!outline.elements.contains("script") && !outline.attributes.contains("onload"))
    try checkedChart { HandsChart(Caption("none"), []).picture(ChartOptions(id: "h", width: 700)) }
  }
}
