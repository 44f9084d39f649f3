import Claims
import Drawing
import Networks
import Pages
import Reports
import TestKit
import Testing

/// In every picture of the shipped book no two texts overlap, and none leaves the canvas.
@Suite struct ShippedPictureTests {
  private static let days = ["2025-03-31", "2025-10-01", "2026-08-22"]

  @Test(arguments: days) func textsKeepApart(day: String) throws {
    let view = try Self.view(on: day)
    let year = try #require(PartialDate("2025"))
    let economy = Economy(view, Question(view: view.request, period: Period(year)))
    for footing in [economy.completed, economy.promised] {
      let diagram = try FlowPictures(footing, links: .nowhere).diagram(title: "Flows")
      var options = FlowOptions(id: "test") { Figures.dollars($0) }
      for top in [nil, 12] {
        options.top = top
        for picture in [diagram.sankey(options), diagram.chord(options), diagram.network(options)] {
          check(picture)
        }
      }
    }
    for width in [360.0, 1_040] {
      let chart = ChartOptions(id: "test", width: width)
      let panel = try NetworkPanel(of: economy.completed.standing.network)
      check(ChartPictures.panel(of: panel.measures, subtitle: "2025").picture(chart))
      check(
        ChartPictures.provenance(
          of: panel.parties,
          top: 12,
          subtitle: "2025",
          view: view,
          amount: { Figures.dollars($0) },
          links: .nowhere
        ).picture(chart)
      )
      check(ChartPictures.timeline(of: view, top: 28, links: .nowhere).picture(chart))
    }
  }

  private static func view(on day: String) throws -> View {
    let date = try #require(PartialDate(day))
    return try View(of: PageTests.shippedBook(), ViewRequest(asOf: date.last))
  }

  private func check(_ picture: Picture) {
    #expect(!picture.labels.isEmpty)
    for (index, label) in picture.labels.enumerated() {
      let box = label.box
      #expect(box.x >= 0 && box.y >= 0, "\(label.text)")
      #expect(box.maxX <= picture.size.width && box.maxY <= picture.size.height, "\(label.text)")
      for other in picture.labels.dropFirst(index + 1) where overlap(box, other.box) {
        Issue.record("\(label.text) lies over \(other.text)")
      }
    }
  }

  private func overlap(_ one: Box, _ other: Box) -> Bool {
    one.x < other.maxX && other.x < one.maxX && one.y < other.maxY && other.y < one.maxY
  }
}
