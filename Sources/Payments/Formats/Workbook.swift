internal import Tables
private import Claims

/// How many cells a sheet may have: what spreadsheets show.
private let mostColumns = 1_024
private let mostCells = 1 << 26

/// Reads the sheets of an Office Open XML workbook.
struct XLSX {
  private let zip: Zip

  init(_ zip: Zip) { self.zip = zip }

  /// The sheets in order.
  func sheets() throws(Zip.Fault) -> [Sheet] {
    let book = BookListener()
    try parse("xl/workbook.xml", book)
    let links = RelationListener()
    try parse("xl/_rels/workbook.xml.rels", links)
    let strings = StringListener()
    if zip.named("xl/sharedStrings.xml") != nil { try parse("xl/sharedStrings.xml", strings) }
    let styles = StyleListener()
    if zip.named("xl/styles.xml") != nil { try parse("xl/styles.xml", styles) }
    var sheets: [Sheet] = []
    for (name, id) in book.sheets {
      guard let target = links.targets[id] else { continue }
      let path = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
      guard zip.named(path) != nil else { continue }
      let rows = SheetListener(strings.strings, styles.dates, is1904: book.is1904)
      try parse(path, rows)
      if let fault = rows.fault { throw fault }
      sheets.append(Sheet(name: name, rows: rows.rows))
    }
    return sheets
  }

  private func parse(_ name: String, _ listener: some XMLListener) throws(Zip.Fault) {
    guard let entry = zip.named(name) else { throw Zip.Fault(reason: "the workbook lacks \(name)") }
    try parseXML(try zip.contents(entry), name, listener)
  }
}

/// Parses XML in memory.
private func parseXML(_ bytes: [UInt8], _ name: String, _ listener: some XMLListener) throws(Zip
  .Fault)
{
  let events = XMLEvents(name, listener)
  do throws(PaymentError) {
    try bytes.withUnsafeBufferPointer { bytes throws(PaymentError) in
      var place = 0
      while place < bytes.count {
        let end = min(place + 1 << 20, bytes.count)
        try events.feed(UnsafeBufferPointer(rebasing: bytes[place..<end]), isLast: false)
        place = end
      }
      try events.feed(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
    }
  } catch {
    throw Zip.Fault(reason: error.description)
  }
}

/// The names of sheets, and from when days are counted.
private final class BookListener: XMLListener {
  var sheets: [(name: String, id: String)] = []
  var is1904 = false

  func begin(_ name: String, _ attributes: [(name: String, value: String)]) {
    func value(_ key: String) -> String? { attributes.last { $0.name == key }?.value }
    if name == "sheet" { sheets.append((value("name") ?? "", value("id") ?? "")) }
    if name == "workbookPr" { is1904 = ["1", "true"].contains(value("date1904") ?? "") }
  }

  func end(_: String, _: String) {}
}

/// Where sheets stand.
private final class RelationListener: XMLListener {
  var targets: [String: String] = [:]

  func begin(_ name: String, _ attributes: [(name: String, value: String)]) {
    guard name == "Relationship", let id = attributes.first(where: { $0.name == "Id" })?.value
    else { return }
    targets[id] = attributes.first { $0.name == "Target" }?.value
  }

  func end(_: String, _: String) {}
}

/// The texts that cells share.
private final class StringListener: XMLListener {
  var strings: [String] = []
  private var text = ""
  private var isPhonetic = false

  func begin(_ name: String, _: [(name: String, value: String)]) {
    if name == "si" { text = "" }
    if name == "rPh" { isPhonetic = true }
  }

  func end(_ name: String, _ text: String) {
    switch name {
    case "t" where !isPhonetic: self.text += text
    case "rPh": isPhonetic = false
    case "si": strings.append(self.text)
    default: break
    }
  }
}

/// Which styles show numbers as days.
private final class StyleListener: XMLListener {
  /// Of each style whether it is of days.
  var dates: [Bool] = []
  private var formats: [Int: String] = [:]
  private var isInStyles = false

  func begin(_ name: String, _ attributes: [(name: String, value: String)]) {
    func value(_ key: String) -> String? { attributes.first { $0.name == key }?.value }
    switch name {
    case "numFmt":
      if let id = value("numFmtId").flatMap({ Int($0) }) { formats[id] = value("formatCode") }
    case "cellXfs": isInStyles = true
    case "xf" where isInStyles: dates.append(isDate(value("numFmtId").flatMap { Int($0) } ?? 0))
    default: break
    }
  }

  func end(_ name: String, _: String) { if name == "cellXfs" { isInStyles = false } }

  private func isDate(_ format: Int) -> Bool {
    guard let code = formats[format] else {
      return (14...22).contains(format) || (27...36).contains(format) || (45...47).contains(format)
        || (50...58).contains(format)
    }
    // Without colours, conditions and quoted text the letters of days and hours are left.
    var (bare, depth, isQuoted) = ("", 0, false)
    for letter in code.lowercased() {
      if letter == "\"" {
        isQuoted.toggle()
      } else if letter == "[" {
        depth += 1
      } else if letter == "]" {
        depth -= 1
      } else if depth <= 0, !isQuoted {
        bare.append(letter)
      }
    }
    return bare.contains { "dyh".contains($0) } || (bare.contains("m") && bare.contains("s"))
  }
}

/// The cells of a sheet.
private final class SheetListener: XMLListener {
  var rows: [(number: Int, cells: [String])] = []
  var fault: Zip.Fault?
  private let strings: [String]
  private let dates: [Bool]
  private let is1904: Bool
  private var cells: [String] = []
  private var row = 0
  private var column = 0
  private var type = ""
  private var style = 0
  private var value = ""
  private var count = 0

  init(_ strings: [String], _ dates: [Bool], is1904: Bool) {
    (self.strings, self.dates, self.is1904) = (strings, dates, is1904)
  }

  func begin(_ name: String, _ attributes: [(name: String, value: String)]) {
    switch name {
    case "row":
      let stated = attributes.first { $0.name == "r" }.flatMap { Int($0.value) } ?? row + 1
      // Rows go down, and none lies deeper than a sheet has.
      row = stated > row && stated <= 1_048_576 ? stated : row + 1
      (cells, column) = ([], 0)
    case "c":
      (type, style, value) = ("", 0, "")
      var place = column
      for (key, text) in attributes {
        switch key {
        case "r": place = Self.column(text) ?? column
        case "t": type = text
        case "s": style = Int(text) ?? 0
        default: break
        }
      }
      column = place
    default: break
    }
  }

  /// The place of a cell by its letters: A is 0.
  private static func column(_ reference: String) -> Int? {
    var number = 0
    for byte in reference.utf8 {
      guard byte &- 65 < 26 else { break }
      number = number * 26 + Int(byte - 64)
      guard number <= 20_000 else { return nil }
    }
    return number > 0 ? number - 1 : nil
  }

  func end(_ name: String, _ text: String) {
    switch name {
    case "v": value = text
    case "t": value += text
    case "c": endCell()
    case "row":
      if cells.contains(where: { !$0.isEmpty }) { rows.append((row, cells)) }
    default: break
    }
  }

  private func endCell() {
    defer { column += 1 }
    guard column < mostColumns, !value.isEmpty else { return }
    count += 1
    guard count <= mostCells else {
      fault = fault ?? Zip.Fault(reason: "a sheet has more than \(mostCells) cells")
      return
    }
    while cells.count <= column { cells.append("") }
    cells[column] = text
  }

  private var text: String {
    switch type {
    case "s": return Int(value).flatMap { strings.indices.contains($0) ? strings[$0] : nil } ?? ""
    case "str", "inlineStr", "d": return value
    case "b": return value == "1" ? "TRUE" : "FALSE"
    case "e": return ""
    default:
      guard let number = Double(value) else { return value }
      if dates.indices.contains(style), dates[style] {
        return Self.moment(number + (is1904 ? 1_462 : 0))
      }
      return plainText(number)
    }
  }

  /// A count of days as a date, with a time of day where it is not whole; less than a day is a time alone.
  private static func moment(_ days: Double) -> String {
    guard days >= 0, days < 2_958_466 else { return plainText(days) }
    let whole = days.rounded(.down)
    let seconds = Int(((days - whole) * 86_400).rounded())
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(seconds / 3_600 % 24)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    guard whole >= 1 else { return clock }
    // Spreadsheets take 1900 for a leap year.
    let ordinal = Int(whole) - 25_569 + (whole < 60 ? 1 : 0) + seconds / 86_400
    let day = Day(ordinal: ordinal).description
    return seconds % 86_400 == 0 ? day : "\(day) \(clock)"
  }
}

/// A number as a spreadsheet shows it: fifteen digits that count, no power of ten.
private func plainText(_ number: Double) -> String {
  guard number.isFinite else { return "" }
  if number == number.rounded(), number.magnitude < 1e15 { return String(Int64(number)) }
  // Cells hold what was worked out in binary: of its last digits none was meant.
  for digits in 1...6 {
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    let scaled = (number * scale).rounded()
    if scaled.magnitude < 1e15, (scaled / scale - number).magnitude <= number.magnitude * 1e-14 {
      return exactAmount(Int64(scaled), digits: digits)
    }
  }
  return "\(number)"
}

/// Reads the sheets of an OpenDocument spreadsheet.
struct ODS {
  private let zip: Zip

  init(_ zip: Zip) { self.zip = zip }

  /// The sheets in order.
  func sheets() throws(Zip.Fault) -> [Sheet] {
    guard let entry = zip.named("content.xml") else {
      throw Zip.Fault(reason: "the workbook lacks content.xml")
    }
    let listener = TableListener()
    try parseXML(try zip.contents(entry), "content.xml", listener)
    if let fault = listener.fault { throw fault }
    return listener.sheets
  }
}

/// The tables of an OpenDocument spreadsheet.
private final class TableListener: XMLListener {
  var sheets: [Sheet] = []
  var fault: Zip.Fault?
  private var cells: [String] = []
  private var row = 1
  private var rowRepeats = 1
  private var cellRepeats = 1
  private var value: String?
  private var paragraphs: [String] = []
  private var depth = 0
  private var count = 0

  func begin(_ name: String, _ attributes: [(name: String, value: String)]) {
    func attribute(_ key: String) -> String? { attributes.first { $0.name == key }?.value }
    switch name {
    case "table":
      sheets.append(Sheet(name: attribute("name") ?? ""))
      row = 1
    case "table-row":
      cells = []
      rowRepeats = max(1, min(1 << 20, attribute("number-rows-repeated").flatMap { Int($0) } ?? 1))
    case "table-cell", "covered-table-cell":
      cellRepeats = max(
        1,
        min(1 << 14, attribute("number-columns-repeated").flatMap { Int($0) } ?? 1)
      )
      paragraphs = []
      switch attribute("value-type") {
      case "float", "currency", "percentage":
        value = attribute("value").flatMap { Double($0) }.map(plainText)
      case "date": value = attribute("date-value")
      default: value = nil
      }
    default: break
    }
  }

  func end(_ name: String, _ text: String) {
    switch name {
    case "p": paragraphs.append(text)
    case "span", "a": if !text.isEmpty { paragraphs.append(text) }
    case "table-cell", "covered-table-cell": endCell()
    case "table-row": endRow()
    default: break
    }
  }

  private func endCell() {
    let text = value ?? paragraphs.filter { !$0.isEmpty }.joined(separator: " ")
    for _ in 0..<(text.isEmpty ? min(cellRepeats, mostColumns) : cellRepeats) {
      guard cells.count < mostColumns else { break }
      cells.append(text)
    }
  }

  private func endRow() {
    defer { row += rowRepeats }
    while cells.last?.isEmpty == true { cells.removeLast() }
    guard !cells.isEmpty, !sheets.isEmpty else { return }
    for step in 0..<rowRepeats {
      count += cells.count
      guard count <= mostCells >> 2 else {
        fault = fault ?? Zip.Fault(reason: "a sheet has more cells than can be read")
        return
      }
      sheets[sheets.count - 1].rows.append((row + step, cells))
    }
  }
}
