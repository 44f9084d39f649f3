/// A small sign that tells marks apart without colour.
enum Glyph {
  case circle
  case triangle
  case cross
  case diamond
  case square
  case arrow

  /// How it is filled.
  enum Fill {
    case solid
    case target
    case hollow
    case pale
    case dashed
  }

  /// The sign around a point.
  func elements(at centre: Point, radius: Double = 4.6, _ fill: Fill = .solid) -> [Element] {
    let outline = Sheet.path(points(at: centre, radius: radius * scale))
    let shown: Element =
      switch fill {
      case .solid:
        Element("path", ["d": .text(outline), "class": "fi ls", "stroke-width": 1])
      case .target, .hollow:
        Element("path", ["d": .text(outline), "class": "fs li", "stroke-width": 1.4])
      case .pale:
        Element("path", ["d": .text(outline), "class": "fs lm", "stroke-width": 1])
      case .dashed:
        Element(
          "path",
          ["d": .text(outline), "class": "fs li", "stroke-width": 1.2, "stroke-dasharray": "2 1.6"]
        )
      }
    guard fill == .target else { return [shown] }
    let inner = Sheet.path(points(at: centre, radius: radius * scale * 0.45))
    return [shown, Element("path", ["d": .text(inner), "class": "fi"])]
  }

  /// Makes the signs look equally large.
  private var scale: Double {
    switch self {
    case .circle, .arrow: 1
    case .triangle: 1.15
    case .cross: 1.12
    case .diamond: 1.22
    case .square: 0.92
    }
  }

  private func points(at centre: Point, radius: Double) -> [Point] {
    outline.map { Point(centre.x + $0.0 * radius, centre.y + $0.1 * radius) }
  }

  /// Corners of the sign in a circle of radius 1.
  private var outline: [(Double, Double)] {
    switch self {
    case .circle:
      [
        (1, 0), (0.924, 0.383), (0.707, 0.707), (0.383, 0.924), (0, 1), (-0.383, 0.924),
        (-0.707, 0.707), (-0.924, 0.383), (-1, 0), (-0.924, -0.383), (-0.707, -0.707),
        (-0.383, -0.924), (0, -1), (0.383, -0.924), (0.707, -0.707), (0.924, -0.383),
      ]
    case .triangle: [(0, -1), (0.95, 0.75), (-0.95, 0.75)]
    case .diamond: [(0, -1), (1, 0), (0, 1), (-1, 0)]
    case .square: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
    case .arrow: [(-0.9, -0.9), (1.1, 0), (-0.9, 0.9), (-0.35, 0)]
    case .cross:
      [
        (-0.95, -0.5), (-0.5, -0.95), (0, -0.45), (0.5, -0.95), (0.95, -0.5), (0.45, 0),
        (0.95, 0.5), (0.5, 0.95), (0, 0.45), (-0.5, 0.95), (-0.95, 0.5), (-0.45, 0),
      ]
    }
  }
}
