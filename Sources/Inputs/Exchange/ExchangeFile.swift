package import Claims
internal import Disk
internal import Payments
package import Readers

/// A file that another tool wrote, as rows of a book.
package struct ExchangeFile {
  private let path: String
  private let origin: ExchangeOrigin

  /// A file.
  ///
  /// - Parameters:
  ///   - path: Where it is.
  ///   - publisher: Who published it; its name where `nil`.
  ///   - day: When, for what names no day of its own.
  package init(_ path: String, publisher: String?, on day: Day) {
    self.path = path
    origin = ExchangeOrigin(publisher: publisher, file: path, day: day)
  }

  /// What it holds, in a format that is told by what it holds.
  ///
  /// - Parameter contents: The book that the rows are for.
  /// - Returns: Rows, and what became none.
  /// - Throws: ``PaymentError`` where it cannot be unpacked, and ``UnreadableFile``.
  package func read(into contents: BookContents) throws -> ExchangeReading {
    let bytes = try UnpackedFile.bytes(of: path, atMost: ExchangeFormat.limit)
    do throws(ExchangeError) {
      guard let format = ExchangeFormat(of: bytes) else { throw .unknownFile }
      return try format.read(bytes, from: origin, into: contents)
    } catch {
      throw UnreadableFile(path, error)
    }
  }

  /// What it holds as a table of claims.
  ///
  /// - Parameters:
  ///   - mapPath: How its columns are to be read.
  ///   - contents: The book that the rows are for.
  /// - Returns: Rows, and what became none.
  /// - Throws: ``PaymentError`` where it is no table, and ``UnreadableFile`` for it or the map.
  package func read(by mapPath: String, into contents: BookContents) throws -> ExchangeReading {
    let map = try Self.map(mapPath)
    let table = try TableText(path, columns: Array(map.columns.values))
    let rows = try MappedTable(table, map, path)
    var reader = ClaimTableReader(rows.rows, from: origin, into: contents)
    do throws(ExchangeError) {
      guard rows.faults.isEmpty else { throw .badRows(rows.faults) }
      return try reader.read()
    } catch {
      throw UnreadableFile(path, error)
    }
  }

  private static func map(_ path: String) throws -> TableMap {
    let bytes = try Files.bytes(of: path)
    do throws(TableMap.Fault) {
      return try TableMap(bytes)
    } catch {
      throw UnreadableFile(path, error)
    }
  }

  /// Writes how its columns seem to be meant.
  ///
  /// - Parameter map: The file to write.
  /// - Returns: What to tell of it, a line each.
  /// - Throws: ``PaymentError`` where it is no table, and ``FileError``.
  package func proposeMap(to map: String) throws -> [String] {
    let table = try TableText(path, columns: [])
    try Files.replace(map, with: Array(TableMap.proposal(table.proposal).utf8))
    return [
      "wrote how \(path) seems to be meant to \(map): correct it, and import again with it",
      "columns: \(table.header.joined(separator: ", "))",
      "cells: \(TableMap.cells.joined(separator: ", "))",
    ]
  }
}
