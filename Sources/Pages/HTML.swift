internal import Drawing

/// A piece of a page, safe to put into it: text is escaped on the way in.
package struct HTML: Sendable, ExpressibleByStringInterpolation {
  /// The markup.
  package let markup: String

  /// Takes text, as a reader is to see it.
  package init(text: String) { markup = Self.escaped(text) }

  /// Takes markup that is known to be well-formed, as a drawing of ours.
  package init(markup: String) { self.markup = markup }

  /// A literal of the program is markup; what is put into it is escaped.
  package init(stringLiteral value: String) { markup = value }

  /// Joins a literal and what was put into it.
  package init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

  /// Collects literals as markup and values as text.
  package struct Interpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    /// Begins empty.
    package init(literalCapacity: Int, interpolationCount: Int) {
      markup.reserveCapacity(literalCapacity)
    }

    /// Takes a literal of the program as markup.
    package mutating func appendLiteral(_ literal: String) { markup += literal }

    /// Takes text.
    package mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

    /// Takes a number.
    package mutating func appendInterpolation(_ number: Int) { markup += "\(number)" }

    /// Takes a piece of a page.
    package mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

    /// Takes pieces of a page, one after the other.
    package mutating func appendInterpolation(_ pieces: [HTML]) {
      for piece in pieces { markup += piece.markup }
    }
  }

  /// Text whose lines stay lines, for what is shown as it was written.
  ///
  /// - Parameter text: The text.
  /// - Returns: The piece.
  package static func lines(_ text: String) -> HTML {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return HTML(markup: lines.map { escaped(String($0)) }.joined(separator: "\n"))
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
