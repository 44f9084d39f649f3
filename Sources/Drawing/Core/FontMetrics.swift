/// How a text is set: its size and weight.
package enum TextStyle: String, Sendable, CaseIterable {
  /// The heading of a drawing: 17, bold.
  case heading = "h"
  /// A name that leads: 12.5, bold.
  case strong = "b"
  /// Any other label: 12.5.
  case label = "t"
  /// Notes, scales and amounts: 11.5.
  case small = "s"
  /// An amount that matters: 11.5, bold.
  case amount = "m"

  /// The size of the font, in units of the drawing.
  package var size: Double {
    switch self {
    case .heading: 17
    case .strong, .label: 12.5
    case .small, .amount: 11.5
    }
  }

  /// Whether it is bold.
  package var isBold: Bool { self != .label && self != .small }

  /// From one line to the next.
  package var lineHeight: Double { (size * 1.25 * 2).rounded() / 2 }

  /// From the top of the line to its baseline.
  var ascent: Double { (lineHeight - size * (0.905 + 0.212)) / 2 + size * 0.905 }
}

/// Widths of texts in the font of the drawings, from the font's own tables.
///
/// Liberation Sans, Arimo, Arial and Helvetica share them. A character that they lack counts as
/// one em, one beyond the basic plane (pictographs) as 1.4.
package enum FontMetrics {
  /// The families that share the widths, as a style sheet names them.
  package static let family = "\"Liberation Sans\", Arimo, Arial, Helvetica, sans-serif"

  /// How wide a text is when it is set, with a margin of 2 % for other renderers.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - style: How it is set.
  /// - Returns: The width in units of the drawing.
  package static func width(_ text: String, _ style: TextStyle) -> Double {
    let blocks = style.isBold ? FontWidths.bold : FontWidths.regular
    let units = text.unicodeScalars.reduce(0.0) { $0 + advance($1, blocks) }
    return units / FontWidths.unitsPerEm * style.size * 1.02
  }

  /// The text, cut at its end with an ellipsis where it is wider than there is room.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - style: How it is set.
  ///   - room: The width there is.
  /// - Returns: The text or a shorter one; `nil` where not even three letters fit.
  package static func fitted(_ text: String, _ style: TextStyle, within room: Double) -> String? {
    guard width(text, style) > room else { return text }
    var low = 0
    var high = text.count
    while low < high {
      let middle = (low + high + 1) / 2
      if width(text.prefix(middle) + "…", style) <= room { low = middle } else { high = middle - 1 }
    }
    guard low >= 3 else { return nil }
    var kept = text.prefix(low)
    while let last = kept.last, last == " " || last == "," || last == "(" { kept.removeLast() }
    return kept.count >= 2 ? kept + "…" : nil
  }

  /// The text in lines no wider than the room; a word wider than that is cut.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - style: How it is set.
  ///   - room: The width of a line.
  /// - Returns: The lines.
  package static func lines(_ text: String, _ style: TextStyle, within room: Double) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
      if let last = lines.last, width(last + " " + word, style) <= room {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(fitted(word, style, within: room) ?? "…")
      }
    }
    return lines
  }

  private static func advance(_ scalar: Unicode.Scalar, _ blocks: [FontBlock]) -> Double {
    let value = scalar.value
    for block in blocks where value >= block.first {
      let index = Int(value - block.first)
      guard index < block.widths.count else { continue }
      let width = Double(block.widths[index])
      return width > 0 ? width : FontWidths.unitsPerEm
    }
    if (0x300...0x36F).contains(value) || value == 0x200D || value == 0xFE0F { return 0 }
    return FontWidths.unitsPerEm * (value > 0xFFFF ? 1.4 : 1)
  }
}
