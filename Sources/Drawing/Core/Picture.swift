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
}
