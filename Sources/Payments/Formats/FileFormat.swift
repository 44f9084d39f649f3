internal import Tables

/// What a file holds, as its first bytes tell.
enum FileFormat {
  case table
  case camt
  case mt940
  case ofx
  case bai2
  case nacha
  case frenchJournal
  case textJournal(TextJournal.Form)
  case zip
  /// Something that is known, and not read: in words.
  case other(String)

  init(_ beginning: [UInt8]) {
    if beginning.starts(with: [0x50, 0x4B, 0x03, 0x04])
      || beginning.starts(with: [0x50, 0x4B, 0x05, 0x06])
    {
      self = .zip
    } else if let other = Self.known.first(where: { beginning.starts(with: $0.0) }) {
      self = .other(other.1)
    } else {
      self = Self.text(beginning)
    }
  }

  private static let known: [([UInt8], String)] = [
    ([0x28, 0xB5, 0x2F, 0xFD], "it is compressed by zstd: unpack it first, as zstd -d FILE"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "it is compressed by xz: unpack it first, as xz -d FILE"),
    ([0x37, 0x7A, 0xBC, 0xAF], "it is a 7z archive: unpack it first"),
    ([0x52, 0x61, 0x72, 0x21], "it is a RAR archive: unpack it first"),
    (
      [0xD0, 0xCF, 0x11, 0xE0],
      "it is a workbook of the old kind (.xls), or encrypted: save it as .xlsx or CSV"
    ),
    (
      Array("%PDF".utf8),
      "it is a PDF, from which no amount can be read for sure: ask the bank for CSV, camt.053 or MT940"
    ),
    (Array("SQLite format 3".utf8), "it is a database: export the payments as CSV"),
    ([0x7F, 0x45, 0x4C, 0x46], "it is a program"),
  ]

  private static func text(_ beginning: [UInt8]) -> FileFormat {
    var encoding = TextEncoding(beginning: beginning)
    if encoding == .utf8, beginning.starts(with: [0xEF, 0xBB, 0xBF]) { encoding = .utf8 }
    let isWide = encoding == .utf16LittleEndian || encoding == .utf16BigEndian
    // Whatever the width of its characters, a format is known by letters of ASCII.
    let letters = beginning.prefix(8_192).filter { !isWide || $0 != 0 }
    let text = String(decoding: letters, as: UTF8.self).trimmedText
    if text.hasPrefix("OFXHEADER") || (text.hasPrefix("<") && text.contains("<OFX")) { return .ofx }
    if text.hasPrefix("<") {
      let isPayments = ["BkToCstmr", "CstmrCdtTrfInitn", "CstmrDrctDbtInitn", "iso:20022"].contains
      { text.contains($0) }
      if isPayments { return .camt }
      let isPage =
        text.lowercased().hasPrefix("<!doctype html") || text.lowercased().hasPrefix("<html")
      if isPage { return .other("it is a web page: download the statement itself, as CSV or XML") }
      // Whoever declares a document type is told so by the reader.
      return text.hasPrefix("<?xml") || text.hasPrefix("<!")
        ? .camt : .other("it is XML of a kind that is not known")
    }
    if text.hasPrefix("{") || text.hasPrefix("[") {
      if !text.hasPrefix("{1:") { return .other("it is JSON: export the payments as CSV") }
    }
    if let other = Self.unread(text) { return .other(other) }
    let lines = text.split(whereSeparator: \.isNewline).prefix(12)
    let hasStatement = lines.contains {
      $0.hasPrefix(":20:") || $0.hasPrefix(":25:") || $0.contains("{4:")
    }
    if hasStatement, lines.contains(where: { $0.hasPrefix(":") || $0.hasPrefix("{") }) {
      return .mt940
    }
    if let first = lines.first {
      if first.hasPrefix("01,"), lines.dropFirst().contains(where: { $0.hasPrefix("02,") }) {
        return .bai2
      }
      if first.hasPrefix("101"), (80...94).contains(first.utf8.count), !first.contains(",") {
        return .nacha
      }
    }
    if FrenchJournal.begins(text) { return .frenchJournal }
    return TextJournal.form(of: text).map { .textJournal($0) } ?? .table
  }
}

extension FileFormat {
  /// What a text is that is known, and not read: in words.
  private static func unread(_ text: String) -> String? {
    if text.hasPrefix("!Type:") || text.hasPrefix("!Account") {
      return
        "it is QIF, whose dates nobody can be sure of: export CSV, OFX or camt.053 from the same place"
    }
    let first = text.prefix { !$0.isNewline }
    // A Belgian statement begins with a record of 128 characters, of type 0.
    if first.utf8.count >= 120, first.utf8.count <= 128, first.hasPrefix("0000"),
      first.prefix(11).dropFirst(5).allSatisfy(\.isNumber),
      !first.contains(where: { ",;\t|".contains($0) })
    {
      return "it is CODA: ask the bank for camt.053"
    }
    return nil
  }
}

extension FileIntake {
  /// Reads a file of any format but the plain one.
  func general(
    _ beginning: [UInt8],
    _ open: @escaping () throws(PaymentError) -> ByteStream
  ) throws(PaymentError) -> [Draft] {
    switch FileFormat(beginning) {
    case .table: return [try TableReader(path: path, hints: hints, open: open).draft()]
    case .other(let reason): throw .unreadable(path: path, reason: reason)
    case .camt:
      return [
        try stream(open) { (stream) throws(PaymentError) in try Camt(path, hints).draft(stream) }
      ]
    case .mt940:
      var reader = MT940(path, hints)
      return [reader.draft(try text(open))]
    case .ofx:
      var reader = OFX(path, hints)
      return [try reader.draft(try text(open))]
    case .bai2:
      var reader = BAI2(path, hints)
      return [reader.draft(try text(open))]
    case .nacha:
      var reader = NACHA(path, hints)
      return [reader.draft(try text(open))]
    case .frenchJournal: return [try FrenchJournal(path, hints).draft(try text(open))]
    case .textJournal(let form):
      return [try TextJournal(path, hints, form).draft(try text(open))]
    case .zip:
      let bytes = try stream(open) { (stream) throws(PaymentError) in
        try stream.all(atMost: 1 << 29)
      }
      return try archive(bytes)
    }
  }

  private func stream<Result>(
    _ open: () throws(PaymentError) -> ByteStream,
    _ read: (ByteStream) throws(PaymentError) -> Result
  ) throws(PaymentError) -> Result {
    let stream = try open()
    defer { stream.shut() }
    return try read(stream)
  }

  /// All of a text as UTF-8, where it is not too large.
  private func text(_ open: () throws(PaymentError) -> ByteStream) throws(PaymentError) -> String {
    try stream(open) { (stream) throws(PaymentError) in
      let guess = TextEncoding(beginning: try stream.peek(1 << 20))
      // An encoding of one byte a character may begin late: which it is, all bytes say together.
      let isNarrow = guess == .windows1252 || guess == .latin9
      stream.decode(hints.encoding ?? (isNarrow ? .utf8 : guess))
      let bytes = try stream.all(atMost: 1 << 30)
      if let text = String(validating: bytes, as: UTF8.self) { return text }
      if let place = TextEncoding.damage(bytes, isSaid: hints.encoding == .utf8) {
        let line = bytes[..<place].count { $0 == 10 } + 1
        let byte = String(bytes[place], radix: 16)
        throw .badTable(
          TableError(
            file: path,
            line: line,
            column: nil,
            reason: "byte 0x\(byte) is not UTF-8, as the file is",
            advice: "save the file as UTF-8, or say which it is with --encoding"
          )
        )
      }
      let encoding = TextEncoding.narrow(bytes)
      var scalars = String.UnicodeScalarView()
      for byte in bytes {
        scalars.append(byte < 0x80 ? Unicode.Scalar(byte) : encoding.scalar(byte))
      }
      return String(scalars)
    }
  }
}
