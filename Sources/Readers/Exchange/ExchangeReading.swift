package import Claims

/// What a file of another's tool gives for a book: rows, and what has no place among them.
package struct ExchangeReading: Sendable {
  /// Something of the file that became no row.
  package struct LeftOut: Sendable, Equatable {
    /// What it is, as `Vessel ship-7`.
    package let what: String
    /// Why it became no row.
    package let reason: String
  }

  /// The rows, what others refer to first.
  package var rows: [any Record] = []
  /// How many parties of the file the book has already.
  package var known = 0
  /// What became no row, in the order of the file.
  package var leftOut: [LeftOut] = []
  /// Rows that the file means to have and that no book can hold: one sentence each.
  package var faults: [String] = []

  mutating func leaveOut(_ what: String, _ reason: String) {
    leftOut.append(LeftOut(what: what, reason: reason))
  }

  /// Adds the row that cells make, or notes why they make none.
  mutating func add<Row: Record>(_: Row.Type, _ cells: [String: String], from place: String) {
    do throws(FieldFault) {
      rows.append(try Row(Fields(cells)))
    } catch {
      faults.append("\(place), \(error.column): \(error.reason); \(error.advice)")
    }
  }
}

/// Why a file of another's tool was not read.
package enum ExchangeError: Error, Equatable, CustomStringConvertible {
  /// It is larger than what is read.
  case tooLarge(bytes: Int, limit: Int)
  /// A line is not what the format has there.
  case badLine(line: Int, reason: String)
  /// It is no format that is read.
  case unknownFile
  /// It has nothing that a book could hold.
  case nothing(leftOut: Int)
  /// Rows that it means to have, and that no book can hold.
  case badRows([String])

  /// One sentence for a person; of rows that are no rows one line each.
  package var description: String {
    switch self {
    case .tooLarge(let bytes, let limit):
      "the file has \(bytes) bytes, at most \(limit) are read"
    case .badLine(let line, let reason): "line \(line): \(reason)"
    case .unknownFile:
      "this is neither FollowTheMoney (entities as JSON lines, or statements as CSV) nor statements of "
        + "beneficial ownership (BODS 0.4); a table of claims needs --map"
    case .nothing(let leftOut):
      "there is nothing in it that a book could hold; \(leftOut) things were left out"
    case .badRows(let faults):
      faults.prefix(20).joined(separator: "\n")
        + (faults.count > 20 ? "\nand \(faults.count - 20) more" : "")
    }
  }
}

/// The formats of others that are read, told apart by what a file holds.
package enum ExchangeFormat: String, Sendable, CaseIterable {
  /// Entities of FollowTheMoney, one JSON object a line.
  case entities
  /// Statements of FollowTheMoney, as CSV.
  case statements
  /// Statements of beneficial ownership, version 0.4 of the standard.
  case ownership

  /// The largest file that is read, in bytes.
  package static let limit = 256 << 20

  /// The format of a file, by its beginning; `nil` for anything else.
  package init?(of bytes: [UInt8]) {
    let head = String(decoding: bytes.prefix(1 << 14), as: UTF8.self)
    let first = head.unicodeScalars.first { $0.value > 0x20 && $0 != "\u{FEFF}" }
    switch first {
    case "{" where head.contains("\"schema\"") && head.contains("\"id\""): self = .entities
    case "{" where head.contains("\"recordType\""), "[" where head.contains("\"recordType\""):
      self = .ownership
    default:
      let header = head.prefix { $0 != "\n" && $0 != "\r\n" }.split(separator: ",")
        .map { $0.filter { $0 != "\"" } }
      let needed = ["entity_id", "prop", "schema", "value"]
      guard needed.allSatisfy({ header.contains($0) }) else { return nil }
      self = .statements
    }
  }

  /// Reads a file of this format.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - origin: Where it is from, for what does not say so itself.
  ///   - contents: The book that the rows are for: its parties are known again by number, else by name.
  /// - Returns: Rows, and what became none.
  /// - Throws: ``ExchangeError``; ``ExchangeError/badRows(_:)`` for all faults at once.
  package func read(
    _ bytes: [UInt8],
    from origin: ExchangeOrigin,
    into contents: BookContents
  ) throws(ExchangeError) -> ExchangeReading {
    guard bytes.count <= Self.limit else {
      throw .tooLarge(bytes: bytes.count, limit: Self.limit)
    }
    let reading: ExchangeReading
    switch self {
    case .entities:
      reading = EntityReader(try ExchangeEntity.lines(bytes), origin, contents).reading()
    case .statements:
      reading = EntityReader(try StatementTable.entities(bytes), origin, contents).reading()
    case .ownership:
      var reader = try OwnershipReader(bytes, origin, contents)
      reading = reader.reading()
    }
    guard reading.faults.isEmpty else { throw .badRows(reading.faults) }
    guard !reading.rows.isEmpty || reading.known > 0 else {
      throw .nothing(leftOut: reading.leftOut.count)
    }
    return reading
  }
}

/// Where a file is from: the source of whatever names none of its own.
package struct ExchangeOrigin: Sendable {
  /// Who published it.
  package let publisher: String
  /// The name of the file.
  package let file: String
  /// When it was published, or got; what says no day itself was reported on this one.
  package let day: Day

  /// Where a file is from.
  ///
  /// - Parameters:
  ///   - publisher: Who published it; the name of the file where nobody says.
  ///   - file: The name of the file.
  ///   - day: When it was published, or got.
  package init(publisher: String?, file: String, day: Day) {
    let name = file.split(separator: "/").last.map(String.init) ?? file
    (self.publisher, self.file, self.day) = (publisher ?? name, name, day)
  }

  /// The id of its source in a book.
  var source: String { "file-" + String(Names.id(publisher).prefix(50)) }

  /// The day on which a row was reported that says none itself: the one that the book has of it, else that of the file.
  func day(of id: String, in contents: BookContents) -> String {
    let known =
      contents.claims.first { $0.id == id }?.reported
      ?? contents.facts.first { $0.id == id }?.reported
    return known?.description ?? day.description
  }

  /// The source as cells.
  var cells: [String: String] {
    ["id": source, "publisher": publisher, "title": file, "kind": "data", "seen_as": file]
  }
}
