import Drawing
import TestKit
import Testing

/// What each chart says and shows, on examples small enough to check by eye.
@Suite struct ChartTests {
  private let options = ChartOptions(id: "g", width: 600, hasStyle: false)

  private func day(_ text: String) throws -> ChartDay { try #require(ChartDay(text)) }

  @Test func measuresPanel() throws {
    let panel = MeasuresPanel(
      Caption("Measures", subtitle: "2025"),
      sections: [
        .init(
          "Going round",
          measures: [
            .init(label: "share", detail: "of money", share: 0.25, range: 0.2...0.5, href: "#s"),
            .init(label: "gain", share: 1.2, text: "1.2"),
            .init(label: "path", share: nil, text: "1.1"),
          ]
        )
      ]
    )
    let picture = try checkedChart { panel.picture(options) }
    try golden(picture.svg, named: "measures.svg")
    #expect(links(picture) == ["#s", "#s"])
    let dots = ChartElements("circle", in: picture).found.compactMap { Double($0["cx"] ?? "") }
    let ranges = ChartElements("rect", in: picture).found.filter { $0["class"] == "f0 band" }
    #expect(dots.count == 1 && ranges.count == 1)
    // From 0.2 to 0.5 is six times as far as from 0.2 to the dot at 0.25.
    let low = Double(ranges[0]["x"] ?? "") ?? 0
    let width = Double(ranges[0]["width"] ?? "") ?? 0
    #expect(abs(width - 6 * (dots[0] - low)) < 0.1)
  }

  @Test func rangeChart() throws {
    let chart = RangeChart(
      Caption("Readings"),
      rows: [
        .init(
          label: "Osprey",
          value: 1.3,
          range: 1...1.5,
          readings: [.init(value: 0.32, label: "Wallstreetcn", href: "#c14")],
          href: "#d"
        ),
        .init(section: "Other", label: "Unknown", value: nil),
      ]
    ) { "$" + decimal($0) + "bn" }
    let picture = try checkedChart { chart.picture(options) }
    try golden(picture.svg, named: "ranges.svg")
    #expect(Set(links(picture)) == ["#d", "#c14"])
    let texts = picture.labels.map(\.text)
    #expect(texts.contains("$0.32bn Wallstreetcn") && texts.contains("$1bn – $1.5bn"))
    #expect(picture.svg.contains("Osprey: $1.3bn, range $1bn – $1.5bn; disputed: Wallstreetcn"))
  }

  @Test func tornadoRanksByWidth() throws {
    let chart = Tornado(
      Caption("Swings"),
      base: 10,
      baseLabel: "stands at",
      swings: [
        .init(label: "small", low: 9.5, high: 10.5), .init(label: "inverse", low: 14, high: 8),
        .init(label: "one-sided", low: 10, high: 12, href: "#o"),
        .init(label: "broken", low: .nan, high: 1),
      ],
      top: 2
    ) { decimal($0) }
    let picture = try checkedChart { chart.picture(options) }
    try golden(picture.svg, named: "tornado.svg")
    let texts = picture.labels.map(\.text)
    let inverse = try #require(texts.firstIndex(of: "inverse"))
    let oneSided = try #require(texts.firstIndex(of: "one-sided"))
    #expect(inverse < oneSided && !texts.contains("small") && !texts.contains("broken"))
    #expect(texts.contains("And 1 that move it less."))
  }

  @Test func provenanceBars() throws {
    let bars = ProvenanceBars(
      Caption("Whose money"),
      origins: [
        .init(id: "l", label: "lenders of A", group: "lenders", href: "#l"),
        .init(id: "c", label: "customers"), .init(id: "s", label: "small"),
      ],
      parties: [
        .init(
          label: "A",
          amount: "$10bn",
          shares: [.init("l", 0.5), .init("c", 0.06), .init("s", 0.02)],
          through: [.init("B", 0.4, href: "#b")],
          href: "#a"
        ),
        .init(label: "B", shares: [.init("c", 1)]),
      ]
    )
    let picture = try checkedChart { bars.picture(options) }
    try golden(picture.svg, named: "provenance.svg")
    let texts = picture.labels.map(\.text)
    for text in ["50 % lenders of A", "6 % customers", "42 % not traced", "40 % through B"] {
      #expect(texts.contains(text), "\(text)")
    }
    // One origin has one colour in every bar: half the bar and the whole of it.
    let customers = ChartElements("rect", in: picture).found.filter { $0["class"] == "f0 rest" }
    let widths = customers.compactMap { Double($0["width"] ?? "") }
    #expect(widths.count == 2 && abs((widths[0] + 1) / (widths[1] + 1) - 0.06) < 0.001)
  }

  @Test func fanChart() throws {
    let days = try ["2026-01-01", "2026-07-01", "2027-01-01"].map(day)
    let chart = try FanChart(
      Caption("Cash"),
      days: days,
      quantiles: [
        .init(level: 0.95, values: [1, 3, 4]), .init(level: 0.05, values: [1, 0, -2]),
        .init(level: 0.5, values: [1, 1, 1]),
      ],
      events: [.init(day: try day("2026-05-01"), label: "loan due", href: "#e")],
      href: "#f"
    ) { decimal($0) }
    let picture = try checkedChart { chart.picture(options) }
    try golden(picture.svg, named: "fan.svg")
    let texts = picture.labels.map(\.text)
    #expect(texts.contains("median  1") && texts.contains("5 %  -2"))
    #expect(texts.contains("90 of 100 courses") && Set(links(picture)) == ["#f", "#e"])
  }

  @Test func fansThatCannotBe() throws {
    let days = try ["2026-01-01", "2026-07-01"].map(day)
    func fan(_ days: [ChartDay], _ level: Double, _ values: [Double]) throws(FanChartError) {
      let quantile = FanChart.Quantile(level: level, values: values)
      _ = try FanChart(Caption("x"), days: days, quantiles: [quantile]) { decimal($0) }
    }
    #expect(throws: FanChartError.daysNotAscending(days[0])) {
      try fan([days[0], days[0]], 0.5, [1, 2])
    }
    #expect(throws: FanChartError.badLevel(1.5)) { try fan(days, 1.5, [1, 2]) }
    #expect(throws: FanChartError.badValues(level: 0.5)) { try fan(days, 0.5, [1]) }
    #expect(throws: FanChartError.badValues(level: 0.5)) { try fan(days, 0.5, [1, .infinity]) }
  }
}
