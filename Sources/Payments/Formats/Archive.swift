extension FileIntake {
  /// Reads an archive: a workbook, or files one after another.
  func archive(_ bytes: [UInt8]) throws(PaymentError) -> [Draft] {
    do throws(Zip.Fault) {
      let zip = try Zip(bytes)
      if zip.named("xl/workbook.xml") != nil { return try sheets(try XLSX(zip).sheets()) }
      if zip.named("content.xml") != nil { return try sheets(try ODS(zip).sheets()) }
      let files = zip.entries.filter { !$0.name.hasSuffix("/") && !$0.name.hasPrefix("__MACOSX/") }
        .sorted { $0.name < $1.name }
      guard !files.isEmpty else { throw Zip.Fault(reason: "the archive has no files") }
      var drafts: [Draft] = []
      for file in files {
        let contents = try zip.contents(file)
        guard
          !contents.starts(with: [0x50, 0x4B, 0x03, 0x04]) || file.name.hasSuffix(".xlsx")
            || file.name.hasSuffix(".ods")
        else {
          throw Zip.Fault(reason: "\(file.name) is an archive in an archive: unpack it first")
        }
        drafts += try inner("\(path)/\(file.name)", contents)
      }
      return drafts
    } catch {
      switch error.cause {
      case let payment?: throw payment
      case nil: throw .unreadable(path: path, reason: error.reason)
      }
    }
  }

  /// Reads a file of an archive.
  private func inner(_ name: String, _ contents: [UInt8]) throws(Zip.Fault) -> [Draft] {
    let intake = FileIntake(path: name, text: contents, hints: hints)
    do throws(PaymentError) {
      switch try intake.read().0 {
      case .plain(let payments): return [Draft(payments, name)]
      case .drafts(let drafts): return drafts
      }
    } catch {
      throw Zip.Fault(cause: error)
    }
  }

  /// Reads the first sheet that holds payments; a question about one that might is asked.
  private func sheets(_ sheets: [Sheet]) throws(Zip.Fault) -> [Draft] {
    let filled = sheets.filter { !$0.rows.isEmpty }
    guard !filled.isEmpty else { throw Zip.Fault(reason: "the workbook has no rows") }
    var first: PaymentError?
    for sheet in filled {
      var hints = hints
      (hints.delimiter, hints.encoding) = ("\t", .utf8)
      let text = sheet.text
      let reader = TableReader(path: path, hints: hints) { () throws(PaymentError) in
        try ByteStream(text, from: path)
      }
      do throws(PaymentError) {
        var draft = try reader.draft()
        draft.source.understanding.format = "table"
        draft.source.notes.insert("read from the sheet \(sheet.name)", at: 0)
        return [draft]
      } catch {
        if case .question(let question) = error, !question.isOfColumn {
          throw Zip.Fault(cause: error)
        }
        first = first ?? error
      }
    }
    throw Zip.Fault(cause: first ?? .unreadable(path: path, reason: "no sheet holds payments"))
  }
}

/// A sheet of a workbook: its cells as text, row by row.
struct Sheet {
  let name: String
  /// The rows by number, from 1, ascending.
  var rows: [(number: Int, cells: [String])] = []

  /// The rows as a table with tabs between cells, each on its own line.
  var text: [UInt8] {
    var bytes: [UInt8] = []
    var line = 1
    let width = rows.map(\.cells.count).max() ?? 0
    for (number, cells) in rows {
      while line < number {
        bytes.append(10)
        line += 1
      }
      for column in 0..<width {
        if column > 0 { bytes.append(9) }
        guard column < cells.count else { continue }
        // What would end a cell or a row is a blank in it.
        for byte in cells[column].utf8 {
          bytes.append(byte == 9 || byte == 10 || byte == 13 ? 32 : byte)
        }
      }
      bytes.append(10)
      line += 1
    }
    return bytes
  }
}
