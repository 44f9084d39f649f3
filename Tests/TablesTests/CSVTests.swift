import Tables
import TestKit
import Testing

/// Text that CSV finds hard: separators, quotes, line ends, formulas, letters outside ASCII.
private func randomCell(using rng: inout SplitMix64) -> String {
  let pieces = [
    "'", "=", "+", "-", "@", "\t", "\r", "\n", ",", "\"", "a", "1", ".", " ", "é", "日", "👩‍🚀",
    "\u{feff}", "\u{301}",
  ]
  return (0..<Int.random(in: 0...6, using: &rng)).map { _ in
    pieces.randomElement(using: &rng) ?? ""
  }.joined()
}

/// Compares bytes, because strings that differ only in form are equal.
private func utf8(_ rows: [[String]]) -> [[[UInt8]]] { rows.map { $0.map { Array($0.utf8) } } }

@Test(arguments: UInt64(0)..<300) func whateverIsWrittenReadsBack(seed: UInt64) throws {
  var rng = SplitMix64(seed: seed)
  let width = Int.random(in: 1...4, using: &rng)
  let rows = (0..<20).map { _ in (0..<width).map { _ in randomCell(using: &rng) } }
  var writer = CSVWriter(header: (0..<width).map { "c\($0)" })
  for row in rows { writer.append(row) }
  let table = try CSVTable(bytes: writer.bytes, file: "a.csv")
  #expect(utf8(table.records.map(\.cells)) == utf8(rows))
}

@Test(arguments: [
  ("=1+1", "'=1+1"), ("+1", "'+1"), ("-5", "-5"), ("-5.25", "-5.25"), ("-x", "'-x"),
  ("'=x", "''=x"),
  ("@x", "'@x"), ("'a", "'a"), ("''", "''"), ("it's", "it's"), ("-1e5", "'-1e5"), ("\tx", "'\tx"),
  ("\rx", "\"'\rx\""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=\"x\"", "\"'=\"\"x\"\"\""),
])
func formulasAreNeutralised(cell: String, written: String) {
  var writer = CSVWriter(header: ["a", "b"])
  writer.append([cell, ""])
  #expect(String(decoding: writer.bytes, as: UTF8.self) == "a,b\n\(written),\n")
}

@Test func linesAreCountedThroughQuotedOnes() throws {
  let text = "\u{feff}a,b\r\n\"1\r\n2\",\"x\"\"y\"\r\n3,\n4,5"
  let table = try CSVTable(bytes: Array(text.utf8), file: "a.csv", columns: ["b", "a"])
  #expect(table.header == ["a", "b"])
  #expect(table.index(of: "b") == 1)
  #expect(table.records.map(\.line) == [2, 4, 5])
  #expect(table.records.map(\.cells) == [["1\r\n2", "x\"y"], ["3", ""], ["4", "5"]])
}

/// A broken file, where it breaks, and a part of the reason.
struct Broken: Sendable {
  let bytes: [UInt8]
  let line: Int
  let column: String?
  let reason: String

  init(_ text: String, _ line: Int, _ column: String?, _ reason: String) {
    self.init(bytes: Array(text.utf8), line, column, reason)
  }

  init(bytes: [UInt8], _ line: Int, _ column: String?, _ reason: String) {
    (self.bytes, self.line, self.column, self.reason) = (bytes, line, column, reason)
  }
}

@Test(arguments: [
  Broken("", 1, nil, "the file is empty"),
  Broken("\u{feff}", 1, nil, "the file is empty"),
  Broken("\na,b\n", 1, nil, "the line is empty"),
  Broken("a,,b\n", 1, "2", "the column has no name"),
  Broken("a,b,a\n", 1, "a", "the column stands twice"),
  Broken("a,b,z\n", 1, "z", "the column is not known"),
  Broken("a\n", 1, "b", "the column is missing"),
  Broken("a,b\n1,2\n3\n", 3, nil, "the record has 1 cells, the header has 2"),
  Broken("a,b\n1,2,3\n", 2, nil, "the record has 3 cells, the header has 2"),
  Broken("a,b\n1,2\n\n3,4\n", 3, nil, "the line is empty"),
  Broken("a,b\n1,2\"\n", 2, "b", "a quote stands in a cell"),
  Broken("a,b\n\"1\"2,3\n", 2, "a", "text follows the closing quote"),
  Broken("a,b\n1,\"2\n3\n\"x\n", 4, "b", "opened on line 2"),
  Broken("a,b\n1,2\n3,\"4\n5,6\n", 3, "b", "never closed"),
  Broken("a,b\n1,2\r3,4\n", 2, "b", "a carriage return stands without"),
  Broken("a,b\n1,2\u{0}\n", 2, "b", "a NUL byte"),
  Broken("a,b\n1,\"\n\u{0}\"\n", 3, "b", "a NUL byte"),
  Broken(bytes: Array("a,b\n1,\"x\n".utf8) + [0xE9, 0x22, 0x0A], 3, "b", "byte 0xe9 is not UTF-8"),
  Broken(bytes: Array("a,b\n1,2\n".utf8) + [0xC3], 3, "a", "byte 0xc3 is not UTF-8"),
  Broken(bytes: [0xFF, 0xFE, 0x61, 0x00, 0x2C, 0x00], 1, "1", "NUL"),
  Broken("a,b\n1,\(String(repeating: "x", count: 2_000_000))\n", 2, "b", "more than 65536 bytes"),
  Broken("a,b\n1,\"\(String(repeating: "x\n", count: 1_000_000))\"\n", 2, "b", "more than 65536"),
])
func aBrokenFileIsNamed(broken: Broken) {
  let error = #expect(throws: TableError.self) {
    try CSVTable(bytes: broken.bytes, file: "a.csv", columns: ["a", "b"])
  }
  #expect(error?.file == "a.csv")
  #expect(error?.line == broken.line)
  #expect(error?.column == broken.column)
  #expect(error?.reason.contains(broken.reason) == true, "\(error?.reason ?? "no error")")
  #expect(error?.advice.isEmpty == false)
}

@Test(arguments: UInt64(0)..<500) func anyBytesAreRowsOrAnError(seed: UInt64) {
  var rng = SplitMix64(seed: seed)
  var bytes = Array("id,name\n1,\"a, \"\"b\"\"\"\r\n2,'=é\n3,\"x\ny\"\n".utf8)
  let alphabet: [UInt8] = [0, 9, 10, 13, 34, 39, 44, 61, 97, 0xC3, 0xA9, 0xFF]
  for _ in 0..<Int.random(in: 1...5, using: &rng) {
    let index = Int.random(in: 0..<bytes.count, using: &rng)
    switch Int.random(in: 0..<3, using: &rng) {
    case 0: bytes[index] = alphabet.randomElement(using: &rng) ?? 0
    case 1: bytes.insert(UInt8.random(in: 0...255, using: &rng), at: index)
    default: bytes.removeSubrange(index..<min(bytes.count - 1, index + 4))
    }
  }
  if seed % 5 == 0 { bytes = (0..<60).map { _ in alphabet.randomElement(using: &rng) ?? 0 } }
  do throws(TableError) {
    let table = try CSVTable(bytes: bytes, file: "fuzz.csv")
    #expect(table.records.allSatisfy { $0.count == table.header.count })
  } catch {
    #expect(error.line >= 1)
    #expect(!error.reason.isEmpty)
  }
}
