import Drawing
import Testing

/// No name, note or address can run, or break out of where it stands, in any chart.
@Suite struct ChartInjectionTests {
  private func pictures(_ text: String, _ href: String) throws -> [Picture] {
    let options = ChartOptions(id: text)
    let caption = Caption(text, subtitle: text, note: text, description: text)
    let day = ChartDay(number: 20_000)
    let deal = Timeline.Deal(
      label: text,
      group: text,
      kind: text,
      readings: [.init(text: text), .init(text: text, start: day)],
      claims: [.init(reported: day, label: text, href: href)],
      href: href
    )
    let party = ProvenanceBars.Party(
      label: text,
      amount: text,
      shares: [.init(text, 0.9, href: href), .init("o", 0.05)],
      through: [.init(text, 0.4, href: href)],
      href: href
    )
    let origin = ProvenanceBars.Origin(id: "o", label: text, group: text, href: href)
    let reading = RangeChart.Reading(value: 2, label: text, href: href)
    let measure = MeasuresPanel.Measure(label: text, detail: text, share: 0, text: text, href: href)
    let fan = try FanChart(
      caption,
      days: [day],
      quantiles: [.init(level: 0.5, values: [1])],
      events: [.init(day: day, label: text, href: href)],
      href: href
    ) { _ in text }
    let swing = Tornado.Sensitivity(label: text, low: 1, high: 2, lowInput: text, href: href)
    return [
      Timeline(caption, deals: [deal], labelsClaims: true).picture(options),
      ProvenanceBars(caption, origins: [origin], parties: [party]).picture(options),
      RangeChart(caption, rows: [.init(label: text, value: 1, readings: [reading], href: href)]) {
        _ in text
      }.picture(options),
      MeasuresPanel(caption, sections: [.init(text, measures: [measure])]).picture(options),
      fan.picture(options),
      Tornado(caption, base: 1, baseLabel: text, swings: [swing]) { _ in text }.picture(options),
    ]
  }

  @Test(arguments: InjectionTests.texts) func textStaysText(payload: String) throws {
    for picture in try pictures(payload, "#a") { try checkedChart { picture } }
  }

  @Test(arguments: InjectionTests.addresses) func addressIsRefused(payload: String) throws {
    for picture in try pictures("name", payload) { #expect(links(picture).isEmpty) }
  }

  @Test func addressIsKept() throws {
    for picture in try pictures("name", "https://a.example/?b=1&c=2") {
      #expect(links(picture).contains("https://a.example/?b=1&c=2"))
    }
  }
}
