import Claims
import Payments
import Readers

/// The rows of a table by the names of a map, amounts and days as books write them.
struct MappedTable {
  private(set) var rows: [ClaimTableReader.Row] = []
  /// Cells that cannot be read: one sentence each.
  private(set) var faults: [String] = []
  private let table: TableText
  private let map: TableMap
  private let places: [(cell: String, column: Int)]
  private let mark: DecimalMark
  private let order: DayOrder

  /// Reads a table by a map; where neither decides how numbers or days are written, that is asked.
  init(_ table: TableText, _ map: TableMap, _ path: String) throws(PaymentError) {
    (self.table, self.map) = (table, map)
    places = map.columns.sorted { $0.key < $1.key }.compactMap { cell, name in
      table.header.firstIndex(of: name).map { (cell, $0) }
    }
    mark = try Self.mark(table, map, places, path)
    order = try Self.order(table, map, places, path)
    for row in table.rows { add(row) }
  }

  private typealias Places = [(cell: String, column: Int)]

  private static func mark(
    _ table: TableText,
    _ map: TableMap,
    _ places: Places,
    _ path: String
  ) throws(PaymentError) -> DecimalMark {
    if let told = map.decimal.flatMap(DecimalMark.init(rawValue:)) { return told }
    let columns = places.filter { TableMap.amounts.contains($0.cell) }.map(\.column)
    guard let mark = table.decimalMark(of: columns) else {
      throw .unreadable(
        path: path,
        reason:
          "its amounts can be read with a point or a comma before decimals; write \"decimal\": \"point\" or \"comma\" in the map"
      )
    }
    return mark
  }

  private static func order(
    _ table: TableText,
    _ map: TableMap,
    _ places: Places,
    _ path: String
  ) throws(PaymentError) -> DayOrder {
    if let told = map.dayOrder.flatMap(DayOrder.init(rawValue:)) { return told }
    let columns = places.filter { TableMap.dates.contains($0.cell) }.map(\.column)
    let orders = table.dayOrders(of: columns)
    guard orders.count < 2 else {
      let readings = orders.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
      throw .unreadable(
        path: path,
        reason:
          "its days can be read in several orders; write \"day_order\": \(readings) in the map"
      )
    }
    // Where none fits, each cell that is no day is told.
    return orders.first ?? .yearMonthDay
  }

  private mutating func add(_ row: TableText.Row) {
    var cells = map.values
    for (cell, column) in places where !row.cells[column].isEmpty {
      let text = row.cells[column]
      cells[cell] = map.words[cell]?[text] ?? text
    }
    for cell in TableMap.amounts { read(cell, row, &cells) }
    for cell in TableMap.dates {
      guard let text = cells[cell] else { continue }
      if let date = TableText.date(text, order) {
        cells[cell] = date
      } else {
        faults.append("line \(row.line), \(cell): \"\(text.prefix(40))\" is not a day")
      }
    }
    rows.append((row.line, cells.filter { !$0.value.isEmpty }))
  }

  private mutating func read(
    _ cell: String,
    _ row: TableText.Row,
    _ cells: inout [String: String]
  ) {
    guard let text = cells[cell] else { return }
    if let amount = TableText.amount(text, mark, unit: map.unit) {
      cells[cell] = amount.value
      // The sign beside the amount says more than a value for every row.
      if let currency = amount.currency, map.columns["currency"] == nil {
        cells["currency"] = currency
      }
    } else if mark == .point, map.unit == 1, let amount = PlainAmount(text), amount.hasScale {
      cells[cell] = amount.value
      if let currency = amount.currency { cells["currency"] = currency }
    } else {
      faults.append("line \(row.line), \(cell): \"\(text.prefix(40))\" is not an amount of money")
    }
  }
}
