/// A piece of a page, safe to put into it: text is escaped on the way in.
public struct HTML: Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  public let markup: String

  /// Takes text, as a reader is to see it.
  public init(text: String) { markup = Self.escaped(text) }

  /// Takes markup that is known to be well-formed, as a drawing of ours.
  public init(markup: String) { self.markup = markup }

  /// A literal of the program is markup; what is put into it is escaped.
  public init(stringLiteral value: String) { markup = value }

  /// Joins a literal and what was put into it.
  public init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

  /// Collects literals as markup and values as text.
  public struct Interpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    /// Begins empty.
    public init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity)
    }

    /// Takes a literal of the program as markup.
    public mutating func appendLiteral(_ literal: String) { markup += literal }

    /// Takes text.
    public mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

    /// Takes a number.
    public mutating func appendInterpolation(_ number: Int) { markup += "\(number)" }

    /// Takes a piece of a page.
    public mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

    /// Takes pieces of a page, one after the other.
    public mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { markup += piece.markup }
    }
  }

  /// Pieces with `separator` between them.
  static func joined(_ pieces: [HTML], _ separator: String) -> HTML {
    HTML(markup: pieces.map(\.markup).joined(separator: escaped(separator)))
  }

  /// Text in which nothing is markup, in an element or in a quoted attribute.
  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n", "\r": escaped.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0x7F: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped.replacing(" %", with: "\u{A0}%")
  }
}

/// An address that a page may link to: `http` or `https`, nothing else.
func safeAddress(_ address: String) -> String? {
  let small = address.lowercased()
  let isWeb = small.hasPrefix("https://") || small.hasPrefix("http://")
  let hasOddity = address.unicodeScalars.contains { $0.value <= 0x20 || $0.value == 0x7F }
  return isWeb && !hasOddity ? address : nil
}
