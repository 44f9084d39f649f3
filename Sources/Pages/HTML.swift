internal import Drawing

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

  /// Text in which nothing is markup; a percent sign stays with its figure.
  private static func escaped(_ text: String) -> String {
    Drawing.escaped(text).replacing(" %", with: "\u{A0}%")
  }
}
