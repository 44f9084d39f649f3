/// A place in a drawing; y grows downwards, as in SVG.
package struct Point: Sendable, Equatable {
  /// Distance from the left edge.
  package let x: Double
  /// Distance from the top edge.
  package let y: Double

  /// A place.
  ///
  /// - Parameters:
  ///   - x: Distance from the left edge.
  ///   - y: Distance from the top edge.
  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A width and a height.
package struct Size: Sendable, Equatable {
  /// The width.
  package let width: Double
  /// The height.
  package let height: Double

  /// A size.
  ///
  /// - Parameters:
  ///   - width: The width.
  ///   - height: The height.
  package init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// An upright rectangle.
package struct Box: Sendable, Equatable {
  /// The left edge.
  package let x: Double
  /// The top edge.
  package let y: Double
  /// The width.
  package let width: Double
  /// The height.
  package let height: Double

  /// A rectangle by its top left corner.
  ///
  /// - Parameters:
  ///   - x: The left edge.
  ///   - y: The top edge.
  ///   - width: The width.
  ///   - height: The height.
  package init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  package var maxX: Double { x + width }
  /// The bottom edge.
  package var maxY: Double { y + height }
  /// The point in the middle.
  package var centre: Point { Point(x + width / 2, y + height / 2) }

  /// Whether the two share an area; touching edges do not count.
  ///
  /// - Parameter other: The other rectangle.
  /// - Returns: Whether they overlap.
  package func overlaps(_ other: Box) -> Bool {
    x < other.maxX && other.x < maxX && y < other.maxY && other.y < maxY
  }

  /// Whether the other lies wholly inside.
  ///
  /// - Parameter other: The other rectangle.
  /// - Returns: Whether it is inside, edges included.
  package func contains(_ other: Box) -> Bool {
    x <= other.x && y <= other.y && other.maxX <= maxX && other.maxY <= maxY
  }

  /// What the two share; empty where they do not overlap.
  func intersection(_ other: Box) -> Box {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Box(
      x: left,
      y: top,
      width: max(0, min(maxX, other.maxX) - left),
      height: max(0, min(maxY, other.maxY) - top)
    )
  }

  /// The area.
  var area: Double { width * height }

  /// The rectangle with each edge moved inwards; outwards where the distance is negative.
  ///
  /// - Parameters:
  ///   - dx: How far to move the left and right edges.
  ///   - dy: How far to move the top and bottom edges.
  /// - Returns: The smaller rectangle.
  package func inset(_ dx: Double, _ dy: Double) -> Box {
    Box(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }
}
