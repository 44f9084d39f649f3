import Tables
import Testing

/// Strict JSON: what is read is what was written, and nothing else is read.
struct JSONTests {
  private func value(_ text: String) throws -> JSONValue { try JSONValue(Array(text.utf8)) }

  @Test(arguments: [
    ("null", JSONValue.null), ("true", .boolean(true)), (" [ ] ", .array([])), ("{}", .object([])),
    ("-0.50e+2", .number("-0.50e+2")), ("0", .number("0")),
    ("123456789012345678901234567890", .number("123456789012345678901234567890")),
    (#""a\"b\\c\/d\n\u00e9\ud83d\ude00""#, .string("a\"b\\c/d\né😀")),
    (#""\ud83d""#, .string("\u{FFFD}")),
    (
      #"{"a":[1,{"b":null}],"a":"x"}"#,
      .object([
        ("a", .array([.number("1"), .object([("b", .null)])])), ("a", .string("x")),
      ])
    ),
  ])
  func values(text: String, expected: JSONValue) throws {
    #expect(try value(text) == expected)
  }

  @Test(arguments: [
    ("", 0), ("[1,]", 3), ("[1 2]", 3), ("{\"a\" 1}", 5), ("{a:1}", 1), ("01", 0), ("1.", 2),
    ("-", 0), ("\"a", 0), ("\"\u{1}\"", 1), ("tru", 0), ("[1]]", 3), ("1e", 2), ("'a'", 0),
    ("[,1]", 1),
    ("{\"a\":1,}", 7), ("[", 1), (#""\x""#, 4), (#""\u12g4""#, 8), ("+1", 0), ("NaN", 0),
  ])
  func refused(text: String, offset: Int) {
    #expect { try value(text) } throws: { ($0 as? JSONError)?.offset == offset }
  }

  @Test func nothingIsDeeperThanTheLimit() throws {
    let most = JSONScanner.deepest
    let nested = { (depth: Int) in
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try value(nested(most))
    #expect(throws: JSONError.self) { try value(nested(most + 1)) }
    #expect(throws: JSONError.self) { try value(String(repeating: "[", count: 1_000_000)) }
  }

  @Test func whatIsWrittenReadsBack() throws {
    let written = JSONValue.object([
      ("a\u{1}\"", .array([.string("é\n\u{202E}"), .number("1.50"), .boolean(false), .null]))
    ])
    let text = written.encoded
    #expect(text == #"{"a\u0001\"":["é\n\u202e",1.50,false,null]}"#)
    #expect(try value(text) == written)
  }

  @Test func valuesArePassedOver() throws {
    var scanner = JSONScanner(Array(#"{"skip":{"a":[1,"}",{}]},"keep":7}"#.utf8))
    try scanner.beginObject()
    var kept: String?
    while let key = try scanner.nextKey() {
      if key == "keep" { kept = try scanner.number() } else { try scanner.skip() }
    }
    try scanner.finish()
    #expect(kept == "7")
  }
}
