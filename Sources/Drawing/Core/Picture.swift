/// A finished drawing.
public struct Picture: Sendable {
  /// The drawing as an SVG that stands by itself, and can stand in an HTML page.
  public let svg: String
  /// Its size, in pixels at full scale.
  public let size: Size
  /// Every text in it with the box it takes.
  public let labels: [PlacedText]
  /// The labels that found no place; the description names them.
  public let dropped: [String]
}
