/// A finished drawing.
package struct Picture: Sendable {
  /// The drawing as an SVG that stands by itself, and can stand in an HTML page.
  package let svg: String
  /// Its size, in pixels at full scale.
  package let size: Size
  /// Every text in it with the box it takes.
  package let labels: [PlacedText]
  /// The labels that found no place; the description names them.
  package let dropped: [String]

  /// The drawing with what it rests on, a line each, for whoever opens it later.
  ///
  /// - Parameter lines: The lines.
  /// - Returns: The SVG.
  package func svg(stating lines: [String]) -> String {
    guard !lines.isEmpty, let end = svg.firstIndex(of: ">") else { return svg }
    let stated = lines.map(escaped).joined(separator: "\n")
    return svg[...end] + "<metadata>\(stated)</metadata>" + svg[svg.index(after: end)...]
  }
}
