private import CXlsxWriter
private import Disk
package import Reports

/// A workbook as Office Open XML, which spreadsheets open: the same bytes for the same workbook.
package enum WorkbookFile {
  /// Writes a workbook, whole or not at all.
  ///
  /// - Parameters:
  ///   - workbook: What it is to hold.
  ///   - path: The file; `-` is standard output.
  /// - Throws: ``SpreadsheetError``, or that of the file.
  package static func write(_ workbook: Workbook, to path: String) throws {
    try Files.replace(path, with: bytes(of: workbook))
  }

  /// A workbook as the bytes of a file.
  ///
  /// - Parameter workbook: What it is to hold.
  /// - Returns: The bytes.
  /// - Throws: ``SpreadsheetError``, or that of a file that stands in on the way.
  package static func bytes(of workbook: Workbook) throws -> [UInt8] {
    if let sheet = workbook.sheets.first(where: { $0.rows.count > SheetWriter.mostRows }) {
      throw SpreadsheetError.tooManyRows(sheet: sheet.name, rows: sheet.rows.count)
    }
    // The library knows only paths, and would leave half a file behind.
    let scratch = try ScratchFile()
    let code = ScratchFile.folder.withCString { folder in
      var options = lxw_workbook_options()
      options.tmpdir = UnsafeMutablePointer(mutating: folder)
      return write(workbook, workbook_new_opt(scratch.path, &options))
    }
    guard code == LXW_NO_ERROR else {
      throw SpreadsheetError.failed(reason: String(cString: lxw_strerror(code)))
    }
    return try scratch.bytes()
  }

  private static func write(
    _ workbook: Workbook,
    _ file: UnsafeMutablePointer<lxw_workbook>?
  ) -> lxw_error {
    guard let file else { return LXW_ERROR_MEMORY_MALLOC_FAILED }
    // No clock: the first second that a zip archive can tell.
    var properties = lxw_doc_properties()
    properties.created = 315_532_800
    workbook_set_properties(file, &properties)
    let styles = Styles(file)
    for sheet in workbook.sheets {
      guard let page = workbook_add_worksheet(file, sheet.name) else {
        workbook_close(file)
        return LXW_ERROR_SHEETNAME_ALREADY_USED
      }
      SheetWriter(page, styles).write(sheet)
    }
    return workbook_close(file)
  }
}
