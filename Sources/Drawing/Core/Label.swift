/// Where a label hangs on its anchor, across.
package enum HorizontalAnchor: String, Sendable {
  /// The text begins at the anchor.
  case start
  /// The text is centred on the anchor.
  case middle
  /// The text ends at the anchor.
  case end
}

/// Where a label hangs on its anchor, up and down.
package enum VerticalAnchor: Sendable {
  /// The text hangs below the anchor.
  case top
  /// The text is centred on the anchor.
  case middle
  /// The text stands on the anchor.
  case bottom
}

/// A place where a label may stand.
package struct LabelPosition: Sendable {
  /// The point it hangs on.
  package let point: Point
  /// Where it hangs, across.
  package let across: HorizontalAnchor
  /// Where it hangs, up and down.
  package let upright: VerticalAnchor
  /// The most width it may take there; a longer text is cut with an ellipsis.
  package let room: Double

  /// A place where a label may stand.
  ///
  /// - Parameters:
  ///   - point: The point it hangs on.
  ///   - across: Where it hangs, across.
  ///   - upright: Where it hangs, up and down.
  ///   - room: The most width it may take.
  package init(
    _ point: Point,
    _ across: HorizontalAnchor = .start,
    _ upright: VerticalAnchor = .middle,
    room: Double = .infinity
  ) {
    self.point = point
    self.across = across
    self.upright = upright
    self.room = room
  }

  /// The box of a text of this size that hangs here.
  func box(width: Double, height: Double) -> Box {
    let x =
      switch across {
      case .start: point.x
      case .middle: point.x - width / 2
      case .end: point.x - width
      }
    let y =
      switch upright {
      case .top: point.y
      case .middle: point.y - height / 2
      case .bottom: point.y - height
      }
    return Box(x: x, y: y, width: width, height: height)
  }
}

/// One line of a label.
package struct LabelLine: Sendable, Equatable {
  /// The text.
  package let text: String
  /// How it is set.
  package let style: TextStyle
  /// Its colour.
  package let tone: Tone

  /// One line of a label.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - style: How it is set.
  ///   - tone: Its colour.
  package init(_ text: String, _ style: TextStyle = .label, _ tone: Tone = .ink) {
    self.text = text
    self.style = style
    self.tone = tone
  }
}

/// A label that looks for a place.
package struct Label: Sendable {
  /// Its lines; where only the first find a place, the others go.
  package let lines: [LabelLine]
  /// Where it may stand, best first.
  package let positions: [LabelPosition]
  /// The higher, the earlier it chooses.
  package let priority: Double
  /// Where it leads.
  package let address: String?
  /// Whether what runs behind it is hidden, so that no line strikes it through.
  package let isBacked: Bool
  /// Whether it looks for the least cluttered of its places, rather than the first that is free.
  package let avoidsClutter: Bool
  /// Whether it is cut with an ellipsis, and its later lines left out, rather than dropped.
  package let mayShorten: Bool

  /// A label that looks for a place.
  ///
  /// - Parameters:
  ///   - lines: Its lines.
  ///   - positions: Where it may stand, best first.
  ///   - priority: The higher, the earlier it chooses.
  ///   - address: Where it leads.
  ///   - mayShorten: Whether it may be shortened rather than dropped.
  ///   - avoidsClutter: Whether it looks for the least cluttered of its places.
  ///   - isBacked: Whether what runs behind it is hidden.
  package init(
    _ lines: [LabelLine],
    at positions: [LabelPosition],
    priority: Double,
    address: String? = nil,
    mayShorten: Bool = true,
    avoidsClutter: Bool = false,
    isBacked: Bool = false
  ) {
    self.lines = lines
    self.positions = positions
    self.priority = priority
    self.address = address
    self.mayShorten = mayShorten
    self.avoidsClutter = avoidsClutter
    self.isBacked = isBacked
  }
}

/// A line of text as it stands in a drawing.
package struct PlacedText: Sendable, Equatable {
  /// The text as shown, perhaps shortened.
  package let text: String
  /// The box it takes.
  package let box: Box
  /// How it is set.
  package let style: TextStyle
}
