internal import Tables

/// Rows of cells that line up when printed.
package struct TextTable {
  /// Where the text of a column stands.
  package enum Side: Sendable { case left, right }

  private let sides: [Side]
  private var rows: [[String]] = []

  /// A table whose columns stand as `sides` say.
  package init(_ sides: [Side]) { self.sides = sides }

  /// A table of figures with a header, as lines: the first column to the left, the others to the right.
  ///
  /// - Parameters:
  ///   - header: The names of the columns.
  ///   - rows: The cells, as many in each row as in the header.
  /// - Returns: The lines, each of them legible.
  package static func figures(_ header: [String], _ rows: [[String]]) -> [String] {
    var table = TextTable(header.indices.map { $0 == 0 ? .left : .right })
    for row in [header] + rows { table.add(cells: row) }
    return table.lines()
  }

  /// Adds a row; missing cells are empty.
  package mutating func add(_ cells: String...) { add(cells: cells) }

  /// Adds a row; missing cells are empty.
  package mutating func add(cells: [String]) { rows.append(cells.map(legible)) }

  /// The lines, each after `indent` blanks, columns two blanks apart, without blanks at the end.
  ///
  /// Words of a last column to the left go on below where they do not fit.
  ///
  /// - Parameters:
  ///   - indent: The blanks before each line.
  ///   - width: The most characters of a line, as far as columns before the last leave it.
  /// - Returns: The lines.
  package func lines(indent: Int = 2, width: Int = 100) -> [String] {
    let widths = sides.indices.map { column in
      rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let before = indent + widths.dropLast().reduce(0) { $0 + $1 + 2 }
    let isWrapped = sides.last == .left && before + (widths.last ?? 0) > width
    return rows.flatMap { row -> [String] in
      let fixed = line(row, widths, indent, columns: sides.count - (isWrapped ? 1 : 0))
      guard isWrapped, let last = row.count == sides.count ? row.last : "" else { return [fixed] }
      let isNarrow = width - before < 24
      let words = wrapped(last, width: width, indent: isNarrow ? indent + 6 : before)
      guard let first = words.first, !isNarrow else { return [fixed] + words }
      let padding = String(repeating: " ", count: before - fixed.count)
      return [fixed + padding + first.dropFirst(before)] + words.dropFirst()
    }
  }

  private func line(_ row: [String], _ widths: [Int], _ indent: Int, columns: Int) -> String {
    var line = String(repeating: " ", count: indent)
    for (column, side) in sides.prefix(columns).enumerated() {
      let cell = column < row.count ? row[column] : ""
      let blanks = String(repeating: " ", count: widths[column] - cell.count)
      line += (side == .left ? cell + blanks : blanks + cell) + "  "
    }
    while line.last == " " { line.removeLast() }
    return line
  }
}

/// `text` broken into lines of at most `width` characters, each after `indent` blanks.
package func wrapped(_ text: String, width: Int = 100, indent: Int = 2) -> [String] {
  let blanks = String(repeating: " ", count: indent)
  var lines: [String] = []
  var line = ""
  for word in text.split(whereSeparator: \.isWhitespace) {
    if !line.isEmpty, indent + line.count + 1 + word.count > width {
      lines.append(blanks + line)
      line = ""
    }
    line += line.isEmpty ? String(word) : " " + word
  }
  return line.isEmpty ? lines : lines + [blanks + line]
}
