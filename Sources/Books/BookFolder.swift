public import Claims
internal import Disk
internal import Tables

/// A book as a folder of six CSV files, which people edit by hand and review in git.
///
/// Other files in the folder are left alone.
public enum BookFolder {
  /// Reads a folder and checks every row.
  ///
  /// - Parameter path: The folder.
  /// - Returns: Its rows.
  /// - Throws: ``BookError``, naming the file, line and column of every fault.
  public static func read(_ path: String) throws(BookError) -> BookContents {
    try contents(of: uncheckedRows(path))
  }

  /// Reads a folder, checks every row, and gives the rows with where they stand.
  ///
  /// - Parameter path: The folder.
  /// - Returns: Its rows, for ``Book/add(_:present:reason:now:)``.
  /// - Throws: ``BookError``, naming the file, line and column of every fault.
  public static func rows(_ path: String) throws(BookError) -> [NewRow] {
    let rows = try uncheckedRows(path)
    _ = try contents(of: rows)
    return rows
  }

  /// The rows of a folder, checked each by itself.
  private static func uncheckedRows(_ path: String) throws(BookError) -> [NewRow] {
    switch Files.kind(path) {
    case .folder: break
    case .file, .device: throw .notABook(path: path, reason: "this is a file, not a book folder")
    case .nothing: throw .noSuchInput(path: path, reason: "there is no such folder")
    }
    var (rows, faults): ([NewRow], [TableError]) = ([], [])
    for table in BookTable.allCases {
      do throws(BookError) {
        rows += try read(table, from: file(table, in: path))
      } catch {
        guard !error.faults.isEmpty else { throw error }
        faults += error.faults
      }
    }
    guard faults.isEmpty else { throw BookError(faults) }
    return rows
  }

  /// Reads the rows of one table from a CSV file, each checked by itself.
  ///
  /// - Parameters:
  ///   - table: The table whose columns the file has.
  ///   - path: The file; `-` is standard input.
  /// - Returns: The rows in the order of the file.
  /// - Throws: ``BookError``, naming the line and column of every fault.
  public static func read(_ table: BookTable, from path: String) throws(BookError) -> [NewRow] {
    let bytes = try BookError.ofFiles { () throws(FileError) in try Files.bytes(of: path) }
    var (rows, faults): ([NewRow], [TableError]) = ([], [])
    do throws(TableError) {
      let csv = try CSVTable(
        bytes: bytes,
        file: path,
        columns: table.record.columns,
        optional: table.record.optionalColumns
      )
      for record in csv.records {
        let cells = Dictionary(uniqueKeysWithValues: zip(csv.header, record.cells))
        do throws(TableError) {
          rows.append(
            NewRow(try row(table, cells, path, record.line), file: path, line: record.line)
          )
        } catch {
          faults.append(error)
        }
      }
    } catch {
      throw .badTable(error)
    }
    guard faults.isEmpty else { throw BookError(faults) }
    return rows
  }

  private static func row(
    _ table: BookTable,
    _ cells: [String: String],
    _ file: String,
    _ line: Int
  ) throws(TableError) -> any Record {
    do throws(FieldFault) {
      return try table.record.init(Fields(cells))
    } catch {
      throw error.at(file, line)
    }
  }

  /// Checks how rows refer to each other, and says on which line each names a row that is not there, or where the first
  /// other fault stands.
  private static func contents(of rows: [NewRow]) throws(BookError) -> BookContents {
    do throws(BookContents.ReferenceFault) {
      return try BookContents(rows: rows.map(\.record))
    } catch {
      let dangling = error.fault.column == "id" ? [] : dangling(rows)
      guard dangling.isEmpty else { throw BookError(dangling) }
      let same = rows.filter {
        type(of: $0.record).table == error.table && $0.record.id == error.id
      }
      // A fault of the id itself is that it stands twice: the second place is the one to mend.
      let row = error.fault.column == "id" ? same.dropFirst().first : same.first
      throw (row ?? rows[0]).error(error.fault)
    }
  }

  /// Every cell that names a row that is not there, of rows that were read from files.
  private static func dangling(_ rows: [NewRow]) -> [TableError] {
    let there = Set(rows.map { [type(of: $0.record).table, $0.record.id] })
    return rows.flatMap { row in
      row.record.references.filter { !there.contains([$0.table, $0.id]) }
        .compactMap { reference in row.file.map { reference.fault.at($0, row.line) } }
    }
  }

  /// Writes a folder: each file whole, under its name only once it is on disk.
  ///
  /// - Parameters:
  ///   - contents: The rows to write.
  ///   - path: The folder, made where there is none.
  /// - Throws: ``BookError/couldNotWrite(path:reason:)``.
  public static func write(_ contents: BookContents, to path: String) throws(BookError) {
    try BookError.ofFiles { () throws(FileError) in
      try Files.makeFolder(path)
      for table in BookTable.allCases {
        try Files.replace(file(table, in: path), with: csv(contents, table))
      }
    }
  }

  /// Makes a folder of empty tables, with a README.txt that says what each column holds.
  ///
  /// - Parameter path: The folder; nothing may be there.
  /// - Throws: ``BookError/refused(reason:advice:)`` where something is, ``BookError/couldNotWrite(path:reason:)``.
  public static func create(at path: String) throws(BookError) {
    try BookError.refuse(existing: path)
    try BookError.ofFiles { () throws(FileError) in
      try Files.makeFolder(path)
      for table in BookTable.allCases {
        let writer = CSVWriter(header: table.record.allColumns)
        try Files.replace(file(table, in: path), with: writer.bytes)
      }
      let guide = (path.hasSuffix("/") ? path : path + "/") + "README.txt"
      try Files.replace(guide, with: Array(BookGuide.text.utf8))
    }
  }

  /// One table as CSV in its canonical form: columns in order, rows by id; optional columns only where a
  /// row has a value in one of them.
  ///
  /// - Parameters:
  ///   - contents: The rows to write.
  ///   - table: The table to write.
  /// - Returns: The bytes of the file.
  public static func csv(_ contents: BookContents, _ table: BookTable) -> [UInt8] {
    let header = contents.columns(of: table)
    var writer = CSVWriter(header: header)
    for row in contents.rows(of: table) { writer.append(Array(row.values.prefix(header.count))) }
    return writer.bytes
  }

  /// The SHA-256 of all rows in their canonical form: equal for folders that say the same.
  ///
  /// - Parameter contents: The rows.
  /// - Returns: 64 hexadecimal digits.
  public static func digest(_ contents: BookContents) -> String {
    var digest = Digest()
    for table in BookTable.allCases {
      digest.add(table.rawValue)
      digest.add(csv(contents, table))
    }
    return digest.hexadecimal
  }

  /// The file of a table in a folder.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - path: The folder.
  /// - Returns: Its path.
  package static func file(_ table: BookTable, in path: String) -> String {
    (path.hasSuffix("/") ? path : path + "/") + table.rawValue + ".csv"
  }
}
