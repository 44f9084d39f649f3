/// Finds where rows end: at the line ends outside quoted cells.
///
/// A quote opens a quoted cell as the first byte of a cell alone; elsewhere outside it says nothing. So what a
/// byte means depends on its row only, never on how many quotes came before that row.
struct RowScanner {
  private enum State {
    case cellStart, plain, quoted, afterQuote
  }

  private var state = State.cellStart
  private let delimiter: UInt8
  /// The line ends passed, those of rows and those within quoted cells.
  private(set) var lineEnds = 0
  /// The bytes of the quoted cell at hand.
  private(set) var quotedBytes = 0

  init(_ delimiter: UInt8 = UInt8(ascii: ",")) { self.delimiter = delimiter }

  /// Whether a quoted cell has yet to be closed.
  var isInQuotes: Bool { state == .quoted }

  /// Goes on from `start`; where the line end of the row at hand stands, or `nil` if it is not before `count`, or
  /// a quoted cell runs on for more than a row may.
  mutating func rowEnd(
    _ bytes: UnsafePointer<UInt8>,
    from start: Int,
    to count: Int
  ) -> Int? {
    for place in start..<max(start, count) {
      let byte = bytes[place]
      if state == .quoted {
        quotedBytes += 1
        guard quotedBytes <= BlockReader.longestLine else { return nil }
        if byte == 34 { state = .afterQuote } else if byte == 10 { lineEnds += 1 }
        continue
      }
      switch byte {
      case 10:
        state = .cellStart
        lineEnds += 1
        return place
      case delimiter: state = .cellStart
      case 34 where state == .cellStart:
        (quotedBytes, state) = (0, .quoted)
      case 34 where state == .afterQuote: state = .quoted
      default: state = .plain
      }
    }
    return nil
  }
}
