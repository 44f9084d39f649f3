import Drawing
import TestKit
import Testing

@Suite struct TimelineTests {
  private let options = ChartOptions(id: "t", width: 700, hasStyle: false)

  private func day(_ text: String) throws -> ChartDay { try #require(ChartDay(text)) }

  private func march() throws -> Timeline {
    let osprey = Timeline.Deal(
      label: "Nvidia rents its chips back",
      group: "Nvidia → CoreWeave",
      kind: "purchase",
      readings: [
        .init(text: "active, $1.3bn", start: try day("2023-04-01"), end: try day("2027-08-31")),
        .init(text: "active, $320m", start: try day("2023-04-01"), end: try day("2027-08-31")),
      ],
      claims: [
        .init(reported: try day("2025-03-12"), label: "The Information: $1.3bn", href: "#c13"),
        .init(
          reported: try day("2025-03-31"),
          trust: .rumour,
          label: "Wallstreetcn: $320m",
          href: "#c14"
        ),
      ],
      href: "#osprey"
    )
    let option = Timeline.Deal(
      label: "Option on almost 12bn",
      group: "Microsoft → CoreWeave",
      kind: "option",
      readings: [.init(text: "lapsed, up to $12bn", standing: .ended)],
      claims: [
        .init(
          reported: try day("2025-03-20"),
          act: .ends,
          label: "Semafor: not exercised",
          href: "#c4"
        ),
        .init(
          reported: try day("2025-03-20"),
          act: .denies,
          trust: .filing,
          label: "CoreWeave: nothing cancelled",
          href: "#c2"
        ),
      ]
    )
    return Timeline(
      Caption("March 2025"),
      deals: [osprey, option],
      asOf: try day("2025-03-25"),
      window: try day("2025-03-01")...day("2025-04-05")
    )
  }

  @Test func narrowWindow() throws {
    let chart = try march()
    let picture = try checkedChart { chart.picture(options) }
    try golden(picture.svg, named: "timeline.svg")
    let texts = picture.labels.map(\.text)
    for text in ["as of 2025-03-25", "or active, $320m", "CoreWeave: nothing cancelled"] {
      #expect(texts.contains(text), "\(text)")
    }
    #expect(Set(links(picture)) == ["#osprey", "#c13", "#c14", "#c4", "#c2"])
    #expect(picture.svg.contains("disputed, as it stands"))
    #expect(picture.svg.contains("disputed, against it"))
  }

  @Test func claimsStandOnTheirDays() throws {
    let chart = try march()
    let picture = try checkedChart { chart.picture(options) }
    // The as-of line stands at 24 of 35 days, the window's edges at the ends of the axis.
    let lines = ChartElements("line", in: picture).found
    let asOf = try #require(lines.first { $0["class"] == "li" && $0["stroke-width"] == "1.4" })
    let axis = try #require(lines.first { $0["class"] == "ln" })
    let ends = [axis["x1"], axis["x2"]].compactMap { Double($0 ?? "") }
    let x = try #require(Double(asOf["x1"] ?? ""))
    #expect(abs(x - (ends[0] + (ends[1] - ends[0]) * 24 / 35)) < 0.02)
  }

  @Test func openEndsFade() throws {
    let deal = Timeline.Deal(
      label: "a",
      group: "",
      kind: "loan",
      readings: [.init(text: "active", start: try day("2024-01-01"))]
    )
    let chart = Timeline(
      Caption("x"),
      deals: [deal],
      asOf: try day("2025-06-30"),
      window: try day("2023-01-01")...day("2030-12-31")
    )
    let picture = try checkedChart { chart.picture(options) }
    let stops = ChartElements("stop", in: picture).found.compactMap { $0["stop-opacity"] }
    #expect(stops == ["1", "0"])
  }

  @Test func yearsForTheLongAndDaysForTheShort() throws {
    let deal = Timeline.Deal(
      label: "a",
      group: "",
      kind: "loan",
      readings: [.init(text: "t")],
      reported: try day("2025-03-06")
    )
    func texts(_ first: String, _ last: String) throws -> [String] {
      let window = try day(first)...day(last)
      let chart = Timeline(Caption("x"), deals: [deal], window: window)
      return try checkedChart { chart.picture(options) }.labels.map(\.text)
    }
    #expect(try texts("2019-01-01", "2036-12-31").contains("2024"))
    #expect(try texts("2024-01-01", "2027-12-31").contains("Q3"))
    #expect(try texts("2025-01-01", "2025-12-31").contains("Aug"))
    let days = try texts("2025-03-01", "2025-03-31")
    #expect(days.contains("Mar 2025") && days.contains("15"))
  }
}
