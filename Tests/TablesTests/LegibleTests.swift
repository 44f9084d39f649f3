import Tables
import Testing

@Suite struct LegibleTests {
  @Test(arguments: [
    ("", ""), ("a – b → c · Größe 東京 \u{1F40D} \\", "a – b → c · Größe 東京 \u{1F40D} \\"),
    ("\u{1B}[2Jx", "\\u{1b}[2Jx"), ("a\u{9B}31m\u{7F}", "a\\u{9b}31m\\u{7f}"),
    ("one\r\ntwo\tthree", "one\\u{d}\\u{a}two\\u{9}three"),
    ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"),
    ("\u{202E}evil\u{202C}", "\\u{202e}evil\\u{202c}"),
    ("\u{2066}\u{2069}\u{200E}\u{200F}\u{61C}", "\\u{2066}\\u{2069}\\u{200e}\\u{200f}\\u{61c}"),
    ("pay\u{200B}pal\u{FEFF}\u{AD}", "pay\\u{200b}pal\\u{feff}\\u{ad}"),
    ("\u{E0041}\u{3164}", "\\u{e0041}\\u{3164}"),
  ]) func whatIsNotLegibleIsToldByItsNumber(text: String, told: String) {
    #expect(legible(text) == told)
    #expect(legible(told) == told)
  }

  @Test func noControlAndNoMarkOfDirectionIsLegible() {
    let marks: [ClosedRange<UInt32>] = [
      0...0x1F, 0x7F...0x9F, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xE0000...0xE007F,
    ]
    for value in marks.joined() {
      #expect(Unicode.Scalar(value)?.isLegible == false, "\(value)")
    }
  }

  @Test func aLineInsideALineEndsNone() {
    #expect(["a\nb", "c"].legibleText == "a\\u{a}b\nc")
  }

  @Test func anExcerptIsShortAndLegible() {
    #expect(excerpt("a\u{1B}b") == "a\\u{1b}b")
    #expect(excerpt(String(repeating: "x", count: 41)) == String(repeating: "x", count: 40) + "…")
  }
}
