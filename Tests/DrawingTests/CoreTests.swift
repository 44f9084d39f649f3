import Drawing
import Foundation
import Testing

@Suite struct CoreTests {
  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (-0.001, "0"), (1.005, "1"), (12.5, "12.5"), (-3.14159, "-3.14"),
    (1e15, "1000000000000"), (.nan, "0"), (.infinity, "0"), (99.999, "100"), (0.05, "0.05"),
  ])
  func numbersAreFixed(value: Double, text: String) {
    #expect(decimal(value) == text)
  }

  @Test func textIsEscaped() {
    #expect(
      escaped("a<b>&\"'\u{0}\u{202E}\u{FFFF}\n")
        == "a&lt;b&gt;&amp;&quot;&#39;\u{FFFD}\u{FFFD}\u{FFFD} "
    )
    #expect(identifier("1 a\"b") == "d1-a-b")
  }

  @Test(arguments: [
    "#claim-1", "https://a.example/b?c=1&d=2", "http://a.example", "deals/1.html", "/a", "?q=1",
    "a%20b.html/x:y",
  ])
  func addressesThatHold(text: String) {
    #expect(Address(text) != nil)
  }

  @Test(arguments: TextStyle.allCases)
  func widthsGrowWithTheText(style: TextStyle) {
    #expect(FontMetrics.width("", style) == 0)
    #expect(FontMetrics.width("ii", style) < FontMetrics.width("WW", style))
    #expect(FontMetrics.width("世界", style) > 2 * style.size)
  }

  @Test func fittingCuts() throws {
    let text = "Taiwan Semiconductor Manufacturing Company"
    let short = try #require(FontMetrics.fitted(text, .label, within: 100))
    #expect(short.hasSuffix("…") && FontMetrics.width(short, .label) <= 100)
    #expect(FontMetrics.fitted(text, .label, within: 5) == nil)
    #expect(
      FontMetrics.lines(text, .label, within: 120).allSatisfy {
        FontMetrics.width($0, .label) <= 120
      }
    )
  }

  @Test(arguments: [Theme.light, Theme.dark])
  func everyTextIsReadable(theme: Theme) {
    for ink in theme.inks {
      #expect(ink.colour.contrast(with: theme.surface) >= 4.5, "\(ink)")
    }
  }

  @Test func labelsNeverOverlapOrVanish() {
    var canvas = Canvas(id: "x", size: Size(width: 200, height: 60), title: "t")
    for number in 0..<20 {
      canvas.label(
        Label(
          [LabelLine("Party \(number)")],
          at: [LabelPosition(Point(100, 30)), LabelPosition(Point(100, 10), .end)],
          priority: Double(number)
        )
      )
    }
    let picture = canvas.picture()
    #expect(picture.labels.map(\.text) == ["Party 19", "Party 18"])
    #expect(picture.dropped.count == 18)
    #expect(picture.svg.contains("Not labelled for want of room: Party 17"))
  }
}
