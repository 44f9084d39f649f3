internal import CXlsxWriter
internal import Reports
private import Claims
private import Tables

/// Writes one sheet: a frozen header, cells by their types, columns as wide as what stands in them.
struct SheetWriter {
  /// How many rows a sheet holds below its header.
  static let mostRows = 1_048_575
  /// How many characters a cell holds, in UTF-16.
  private static let mostCharacters = 32_767
  /// The widest that a column is; longer words are broken into lines.
  private static let widest = 64
  private static let widestOfRows = 30

  private let page: UnsafeMutablePointer<lxw_worksheet>
  private let styles: Styles

  init(_ page: UnsafeMutablePointer<lxw_worksheet>, _ styles: Styles) {
    (self.page, self.styles) = (page, styles)
  }

  func write(_ sheet: Sheet) {
    let widths = sheet.headings.indices.map { Self.width(of: $0, in: sheet) }
    for (column, width) in widths.enumerated() {
      worksheet_set_column(page, UInt16(column), UInt16(column), Double(width + 2), nil)
    }
    let titles = sheet.headings.map { Sheet.Cell.text($0.title) }
    setHeight(of: 0, Self.lines(titles, widths))
    for (column, heading) in sheet.headings.enumerated() {
      worksheet_write_string(page, 0, UInt16(column), heading.title, styles.title(heading.kind))
    }
    let kinds = sheet.headings.map(\.kind)
    for (row, cells) in sheet.rows.enumerated() {
      setHeight(of: row + 1, Self.lines(cells, widths))
      for (column, cell) in cells.enumerated() {
        write(cell, UInt32(row + 1), UInt16(column), kinds[column], width: widths[column])
      }
    }
    setPage(sheet, widths)
  }

  private func setPage(_ sheet: Sheet, _ widths: [Int]) {
    worksheet_freeze_panes(page, 1, 0)
    let last = UInt16(max(0, sheet.headings.count - 1))
    if !sheet.rows.isEmpty { worksheet_autofilter(page, 0, 0, UInt32(sheet.rows.count), last) }
    worksheet_repeat_rows(page, 0, 0)
    worksheet_print_area(page, 0, 0, UInt32(sheet.rows.count), last)
    worksheet_set_landscape(page)
    // A wider table would be too small to read on one page.
    if widths.reduce(0, +) < 200 { worksheet_fit_to_pages(page, 1, 0) }
  }

  /// Makes a row as high as its words need: not every spreadsheet does so by itself.
  private func setHeight(of row: Int, _ lines: Int) {
    // A row is at most 409 points high.
    worksheet_set_row(page, UInt32(row), Double(min(15 * lines, 405)), nil)
  }

  private func write(
    _ cell: Sheet.Cell,
    _ row: UInt32,
    _ column: UInt16,
    _ kind: Sheet.Kind,
    width: Int
  ) {
    func number(_ value: Double, _ shownAs: Sheet.Kind? = nil) {
      worksheet_write_number(page, row, column, value, styles[shownAs ?? kind])
    }
    switch Self.shown(cell) {
    case .nothing: break
    case .number(let value): number(value)
    case .day(let day): number(Self.serial(day.ordinal * 86_400))
    case .moment(let seconds): number(Self.serial(seconds), seconds % 86_400 == 0 ? .day : kind)
    case .units(let units, let digits): number(Self.whole(units, digits))
    case .flag(let flag): worksheet_write_boolean(page, row, column, flag ? 1 : 0, styles[kind])
    case .text, .rows:
      let words = cell.plain
      let isWrapped = kind != .rows && words.count > width
      let style = isWrapped ? styles.wrapped : styles.plain
      worksheet_write_string(page, row, column, Self.fitting(words), style)
    }
  }

  /// The cell as a spreadsheet can hold it: a date before March of 1900, and an amount of more than the fifteen digits
  /// that it keeps, as words.
  private static func shown(_ cell: Sheet.Cell) -> Sheet.Cell {
    switch cell {
    case .day(let day) where serial(day.ordinal * 86_400) < 61: .text(cell.plain)
    case .moment(let seconds) where serial(seconds) < 61: .text(cell.plain)
    case .units(let units, _) where units.magnitude >= 1_000_000_000_000_000: .text(cell.plain)
    default: cell
    }
  }

  /// Days since the end of 1899, as spreadsheets count them.
  private static func serial(_ seconds: Int) -> Double { Double(seconds) / 86_400 + 25_569 }

  private static func whole(_ units: Int64, _ digits: Int) -> Double {
    let scale = (0..<abs(digits)).reduce(1.0) { product, _ in product * 10 }
    return digits < 0 ? Double(units) * scale : Double(units) / scale
  }

  /// Words that a cell can hold and show.
  private static func fitting(_ words: String) -> String {
    let words = legible(words)
    guard words.utf16.count > mostCharacters else { return words }
    return
      "\(words.prefix(mostCharacters / 2 - 40)) … (cut: a cell holds \(mostCharacters) characters)"
  }

  /// About how many characters a cell takes when shown.
  private static func length(_ cell: Sheet.Cell, _ kind: Sheet.Kind) -> Int {
    switch cell {
    case .nothing: 0
    case .text, .rows: cell.plain.count
    case .number(let value): length(of: value, kind)
    case .units: cell.plain.count * 4 / 3
    case .day: 10
    case .moment: 19
    case .flag: 5
    }
  }

  private static func length(of value: Double, _ kind: Sheet.Kind) -> Int {
    guard kind != .share else { return 7 }
    let digits = if case .amount(let digits) = kind, digits > 0 { digits + 1 } else { 0 }
    var whole = 1
    var rest = value.magnitude
    while rest >= 9.5, whole < 20 {
      rest /= 10
      whole += 1
    }
    return whole + (whole - 1) / 3 + digits + (value < 0 ? 1 : 0)
  }

  /// How many characters wide a column is: as its cells and its title need, the title broken between words.
  private static func width(of column: Int, in sheet: Sheet) -> Int {
    let heading = sheet.headings[column]
    let words = sheet.rows.map { length($0[column], heading.kind) }.max() ?? 0
    let longest = heading.title.split(separator: " ").map(\.count).max() ?? 0
    let title = max(longest, min(heading.title.count, 12))
    return max(min(words, heading.kind == .rows ? widestOfRows : widest), title)
  }

  /// How many lines a row needs; ids are not broken into lines, of which there may be hundreds.
  private static func lines(_ cells: [Sheet.Cell], _ widths: [Int]) -> Int {
    cells.indices.map { column in
      guard case .text(let words) = cells[column] else { return 1 }
      // Letters are narrower than the digits by which columns are measured; broken lines are not full.
      return words.count <= widths[column] ? 1 : words.count * 20 / (widths[column] * 21) + 1
    }.max() ?? 1
  }
}
