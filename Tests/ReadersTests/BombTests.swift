import Claims
import Foundation
import Testing

@testable import Readers

/// Files made to take a reader's time or memory: each is read or refused at once.
@Suite(.serialized) struct BombTests {
  /// What a bomb may take; in a build that is not optimised each is a thirtieth as large.
  #if DEBUG
  private static let (limit, parts) = (10.0, 30)
  #else
  private static let (limit, parts) = (1.0, 1)
  #endif

  private static func times(_ text: String, _ count: Int) -> String {
    String(repeating: text, count: count / parts)
  }

  /// Declarations that expand: ten entities of ten of the one before.
  private static var laughs: String {
    let entities = (1...9).map { "<!ENTITY l\($0) \"\(times("&l\($0 - 1);", 10))\">" }.joined()
    return "<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY l0 \"lol\">\(entities)]><html>&l9;</html>"
  }

  private static let inline =
    "<html xmlns:ix=\"http://www.xbrl.org/2013/inlineXBRL\" xmlns:us-gaap=\"http://fasb.org/us-gaap/2024\"><body>"

  private static let bombs: [(name: String, make: @Sendable () -> String)] = [
    ("a billion laughs", { laughs }),
    (
      "an entity used quadratically",
      {
        "<!DOCTYPE a [<!ENTITY x \"\(times("x", 50_000))\">]><html>\(times("&x;", 50_000))</html>"
      }
    ),
    (
      "another file", { "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><html>&x;</html>" }
    ),
    ("another server", { "<!DOCTYPE html SYSTEM \"http://127.0.0.1:1/x.dtd\"><html>x</html>" }),
    (
      "a parameter entity",
      { "<!DOCTYPE a [<!ENTITY % p SYSTEM \"http://127.0.0.1:1/x\">%p;]><html/>" }
    ),
    ("200,000 nested tags", { times("<div>", 200_000) + "x" }),
    ("200,000 nested tags, closed", { times("<b>", 200_000) + times("</b>", 200_000) }),
    (
      "50,000 attributes",
      { "<p " + (0..<50_000 / parts).map { "a\($0)=1" }.joined(separator: " ") + ">x</p>" }
    ),
    ("an attribute without its end", { "<p a=\"" + times("x", 2_000_000) }),
    ("a comment without its end", { "<!--" + times("-", 2_000_000) }),
    ("a script without its end", { "<script>" + times("<", 2_000_000) }),
    ("a section without its end", { "<html><![CDATA[" + times("]", 1_000_000) }),
    ("200,000 openings of tags", { times("<", 200_000) }),
    ("references to characters", { "<p>" + times("&#x10FFFF;&#99999999999;&amp", 50_000) }),
    ("half references", { times("&", 500_000) }),
    ("nested lists", { times("<ul><li>", 100_000) }),
    ("nested tables", { times("<table><tr><td>", 60_000) }),
    ("deep JSON", { times("[", 200_000) }),
    ("deep objects", { times("{\"a\":", 200_000) }),
    ("a long number", { "{\"facts\":" + times("9", 1_000_000) + "}" }),
    ("a long name", { "{\"facts\":{\"\(times("a", 1_000_000))\":1}}" }),
    ("a text without its end", { "{\"facts\":\"" + times("\\u0061", 200_000) }),
    (
      "100,000 keys of one name",
      { "{\"facts\":{\(times("\"a\":1,", 100_000))\"a\":1}}" }
    ),
    ("an amount of a million digits", { "Acme pays Bolt $" + times("9", 1_000_000) + "bn." }),
    ("100,000 amounts in one sentence", { "Acme pays Bolt " + times("$1bn and ", 30_000) }),
    ("a word of two million letters", { times("A", 2_000_000) }),
    ("a sentence of names", { times("Acme Bolt Core and ", 20_000) + "." }),
    ("nested parentheses", { times("(Acme ", 50_000) + times(")", 50_000) }),
    ("nested quotations", { times("\u{201C}Acme said ", 20_000) }),
    ("a table of leaders", { times("Acme ..... $1 ..... ", 20_000) }),
    ("marks of direction", { times("\u{202E}\u{200B}", 200_000) }),
    ("NUL", { times("\u{0}", 500_000) }),
    (
      "nested figures",
      {
        inline
          + times(
            "<ix:nonFraction name=\"us-gaap:Revenues\" contextRef=\"c\" unitRef=\"u\" decimals=\"0\">",
            50_000
          )
      }
    ),
    (
      "a continuation of itself",
      {
        inline
          + "<ix:nonNumeric name=\"us-gaap:X\" contextRef=\"c\" continuedAt=\"a\">x</ix:nonNumeric><ix:continuation id=\"a\" continuedAt=\"a\">y</ix:continuation></body></html>"
      }
    ),
    (
      "a chain of continuations",
      {
        inline
          + (0..<20_000 / parts).map {
            "<ix:continuation id=\"a\($0)\" continuedAt=\"a\($0 + 1)\">y</ix:continuation>"
          }.joined() + "</body></html>"
      }
    ),
    (
      "lines of entities",
      { times("{\"id\":\"a\",\"schema\":\"Company\",\"properties\":{\"name\":[\"A\"]}}\n", 5_000) }
    ),
    ("a statement without its end", { "entity_id,prop,schema,value\n\"" + times("x", 2_000_000) }),
    ("columns without end", { "entity_id,prop,schema,value" + times(",x", 200_000) + "\n" }),
  ]

  @Test(arguments: bombs.indices) func itIsReadOrRefusedAtOnce(index: Int) {
    let (name, make) = Self.bombs[index]
    let bytes = Array(make().utf8)
    let before = Self.worked
    Self.readEveryWay(bytes)
    let took = Self.worked - before
    #expect(took < Self.limit, "\(name) took \(took) s")
  }

  /// Seconds of a processor that this thread has worked: other tests beside do not count.
  private static var worked: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// By every reader that would take the file by what it holds.
  private static func readEveryWay(_ bytes: [UInt8]) {
    if FilingSet.kind(bytes) != nil {
      var set = FilingSet()
      _ = try? set.add(bytes, file: "bomb")
    }
    if let format = ExchangeFormat(of: bytes) {
      let origin = ExchangeOrigin(publisher: nil, file: "bomb", day: Day(ordinal: 0))
      _ = try? format.read(bytes, from: origin, into: .empty)
    }
    let format = DocumentFormat.guess(name: "bomb", bytes: bytes)
    guard let text = try? DocumentText.text(of: bytes, format) else { return }
    _ = Reader().read(text)
  }
}
