/// Why a workbook could not be written.
package enum SpreadsheetError: Error, Equatable, CustomStringConvertible {
  /// A table has more rows than a sheet can.
  case tooManyRows(sheet: String, rows: Int)
  /// The library would not go on; what stood in the file before still does.
  case failed(reason: String)

  /// One sentence for a person.
  package var description: String {
    switch self {
    case .tooManyRows(let sheet, let rows):
      "\(sheet) has \(rows) rows, and a sheet holds \(SheetWriter.mostRows): ask for less, or for --csv"
    case .failed(let reason): "the workbook could not be written: \(reason)"
    }
  }
}
