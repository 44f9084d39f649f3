import Drawing
import Foundation
import FoundationXML
import Testing

/// What holds for every chart: labels stand apart and on the canvas, the SVG is well formed and
/// holds plain shapes alone, and the same value gives the same bytes.
///
/// - Parameters:
///   - location: Where to report a fault.
///   - make: Draws the chart.
/// - Returns: The drawing.
/// - Throws: Why the SVG is not well formed.
@discardableResult
func checkedChart(
  _ location: SourceLocation = #_sourceLocation,
  _ make: () -> Picture
) throws -> Picture {
  let picture = make()
  let area = Box(x: 0, y: 0, width: picture.size.width, height: picture.size.height)
  for (index, label) in picture.labels.enumerated() {
    #expect(area.contains(label.box), "outside: \(label)", sourceLocation: location)
    for other in picture.labels[..<index] where label.box.inset(0.01, 0.01).overlaps(other.box) {
      Issue.record("overlap: \(label) and \(other)", sourceLocation: location)
    }
  }
  let outline = try XMLOutline(picture.svg)
  #expect(outline.elements.isSubset(of: chartElements), sourceLocation: location)
  #expect(outline.attributes.isSubset(of: chartAttributes), sourceLocation: location)
  #expect(!picture.svg.contains("NaN") && !picture.svg.contains("inf\""), sourceLocation: location)
  #expect(make().svg == picture.svg, sourceLocation: location)
  return picture
}

private let chartElements: Set<String> = [
  "svg", "title", "desc", "style", "defs", "pattern", "linearGradient", "stop", "rect", "line",
  "path", "circle", "g", "a", "text",
]

private let chartAttributes: Set<String> = [
  "xmlns", "class", "id", "width", "height", "viewBox", "role", "aria-labelledby", "aria-label",
  "href", "rel", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "d", "fill", "fill-opacity",
  "stroke-width", "stroke-dasharray", "stroke-opacity", "text-anchor", "offset", "stop-opacity",
  "patternUnits",
]

/// The attributes of every element of one name.
final class ChartElements: NSObject, XMLParserDelegate {
  private let name: String
  private(set) var found: [[String: String]] = []

  init(_ name: String, in picture: Picture) {
    self.name = name
    super.init()
    let parser = XMLParser(data: Data(picture.svg.utf8))
    parser.delegate = self
    _ = parser.parse()
  }

  func parser(
    _ parser: XMLParser,
    didStartElement element: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes: [String: String]
  ) {
    if element == name { found.append(attributes) }
  }
}

/// The addresses that a drawing links to, in order.
func links(_ picture: Picture) -> [String] {
  ChartElements("a", in: picture).found.compactMap { $0["href"] }
}
