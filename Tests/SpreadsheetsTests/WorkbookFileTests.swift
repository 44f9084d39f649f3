import Claims
import Foundation
@testable import Payments
@testable import Reports
import TestKit
import Testing

@testable import Spreadsheets

/// A workbook of three rows, read back by the reader of payments, which shares no line with what wrote it.
@Suite struct WorkbookFileTests {
  private struct Row {
    let name: String?
    let amount: Double?
    let day: String?
    let isKnown: Bool
    let units: Int64
    let seconds: Int
  }

  private static let rows = [
    Row(
      name: "=1+1",
      amount: 1_250_000.5,
      day: "2025-03-01",
      isKnown: true,
      units: 12_345,
      seconds: 86_399
    ),
    Row(
      name: "Bell \u{7} and <b>",
      amount: nil,
      day: "2025-03",
      isKnown: false,
      units: 900_719_925_474_099_367,
      seconds: 0
    ),
    Row(name: nil, amount: .nan, day: "1899-12-31", isKnown: false, units: -1, seconds: 1),
  ]

  private static func workbook(_ rows: [Row] = rows) -> Workbook {
    let sheet = Sheet(
      "Table",
      rows,
      [
        .text("name") { $0.name }, .amount("dollars") { $0.amount }, .day("day") { $0.day },
        .flag("known") { $0.isKnown }, .units("units", digits: 2) { $0.units },
        .moment("when") { $0.seconds },
      ]
    )
    let question = Workbook.Question(
      command: "ouro x",
      version: "1",
      [("book", "b"), ("book head", "abc")]
    )
    return Workbook([sheet, Sheet("Empty", [Row](), [.text("none") { $0.name }])], question)
  }

  private static func zip(_ workbook: Workbook) throws -> Zip {
    try Zip(WorkbookFile.bytes(of: workbook))
  }

  @Test func cellsAreOfTheirTypes() throws {
    let sheets = try XLSX(Self.zip(Self.workbook())).sheets()
    #expect(sheets.map(\.name) == ["Question", "Table"])
    #expect(sheets[1].rows.count == 4)
    let xml = try Self.part("xl/worksheets/sheet2.xml")
    // Fifteen digits are what spreadsheets keep of a number: the rest stays words.
    #expect(xml.contains("<v>1250000.5</v>"))
    #expect(xml.contains("<v>123.45</v>"))
    #expect(!xml.contains("9007199254740993"))
    // By hand: 2025-03-01 is the 45,717th day from the last of 1899.
    #expect(xml.contains("<v>45717</v>"))
    // A formula would be an element of its own, an inexact number `nan`.
    #expect(!xml.contains("<f>"))
    #expect(!xml.contains("nan"))
    #expect(xml.contains(#"t="b"><v>1</v>"#))
    let words = try Self.part("xl/sharedStrings.xml")
    for text in [
      "=1+1", "Bell \\u{7} and &lt;b&gt;", "2025-03", "1899-12-31", "9007199254740993.67",
    ] {
      #expect(words.contains(">\(text)</t>"), "\(text)")
    }
  }

  @Test func theQuestionStandsFirst() throws {
    let words = try Self.part("xl/sharedStrings.xml")
    for text in ["asked", "ouro x", "book head", "abc", "Table: 3 rows"] {
      #expect(words.contains(">\(text)</t>"), "\(text)")
    }
  }

  @Test func headersAreFrozen() throws {
    for sheet in 1...2 {
      #expect(try Self.part("xl/worksheets/sheet\(sheet).xml").contains(#"ySplit="1""#))
    }
  }

  @Test func theSameWorkbookHasTheSameBytes() throws {
    let first = try WorkbookFile.bytes(of: Self.workbook())
    // Zip archives tell time by two seconds.
    Thread.sleep(forTimeInterval: 2.1)
    #expect(try WorkbookFile.bytes(of: Self.workbook()) == first)
    #expect(try WorkbookFile.bytes(of: Self.workbook(Array(Self.rows.prefix(2)))) != first)
  }

  @Test func moreRowsThanASheetHoldsAreRefused() throws {
    let row = Self.rows[0]
    let sheet = Sheet("Long", repeatElement(row, count: 1_048_576), [.text("name") { $0.name }])
    let workbook = Workbook([sheet], Workbook.Question(command: "ouro x", version: "1"))
    #expect(throws: SpreadsheetError.tooManyRows(sheet: "Long", rows: 1_048_576)) {
      try WorkbookFile.bytes(of: workbook)
    }
  }

  @Test func aFileThatCannotBeIsRefusedAndNothingIsLeft() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "none/x.xlsx").path
      #expect(throws: (any Error).self) { try WorkbookFile.write(Self.workbook(), to: path) }
      let file = folder.appending(path: "x.xlsx").path
      try WorkbookFile.write(Self.workbook(), to: file)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["x.xlsx"])
    }
  }

  private static func part(_ name: String) throws -> String {
    let zip = try zip(workbook())
    return String(decoding: try zip.contents(try #require(zip.named(name))), as: UTF8.self)
  }
}
