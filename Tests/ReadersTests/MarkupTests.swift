@testable import Readers
import Testing

/// Text out of HTML and Markdown, and what attacks it.
struct MarkupTests {
  private func html(_ text: String) throws -> String {
    String(decoding: try DocumentText.text(of: Array(text.utf8), .html), as: UTF8.self)
  }

  @Test(arguments: [
    ("<p>one</p><p>two</p>", "one\n\ntwo"), ("a<br>b", "a\nb"),
    ("<ul><li>a<li>b</ul>", "- a\n\n- b"),
    ("<b>$2&nbsp;billion</b> &amp; more", "$2 billion & more"),
    ("&euro;5m &#8211; &#x20AC;6m", "€5m – €6m"),
    ("a<!-- <p>no</p> -->b", "ab"), ("<style>p{}</style>x<script>if (a<b) {}</script>y", "xy"),
    ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"), ("<a href=\"x>y\">z</a>", "z"),
    ("&bogus; &#0; &", "&bogus; &#0; &"),
    ("<td>a</td><td>b</td>", "a b"), ("<head><title>t</title></head>x", "x"),
  ])
  func text(page: String, expected: String) throws {
    #expect(try html(page) == expected)
  }

  @Test func markdown() throws {
    let text =
      "# Title\n\nSome **bold** and [words](http://example.com) with `code`.\n\n* an item\n\n```\nnot read\n```\n"
    let plain = String(
      decoding: try DocumentText.text(of: Array(text.utf8), .markdown),
      as: UTF8.self
    )
    #expect(plain.contains("Some bold and words with code."))
    #expect(plain.contains("- an item"))
    #expect(!plain.contains("not read"))
  }

  @Test func whatIsTooLargeIsRefused() {
    let text = [UInt8](repeating: 0x61, count: DocumentText.textLimit + 1)
    #expect(throws: DocumentError.tooLarge(bytes: text.count, limit: DocumentText.textLimit)) {
      try DocumentText.text(of: text, .text)
    }
    #expect(throws: DocumentError.self) {
      try DocumentText.text(of: [UInt8](repeating: 0x20, count: DocumentText.limit + 1), .html)
    }
  }

  @Test func pagesThatDeclareEntitiesAreRefused() {
    for page in [
      "<!DOCTYPE x [<!ENTITY a 'b'>]>x",
      "<?xml version='1.0'?><!DOCTYPE l [<!ENTITY l '&l;&l;'>]><l>&l;</l>",
      "a<!ENTITY x SYSTEM 'file:///etc/passwd'>",
    ] {
      #expect(throws: DocumentError.self) { try html(page) }
    }
  }

  /// Each is a page that has brought down some parser; ours takes a moment for each.
  @Test(arguments: [
    String(repeating: "<div>", count: 200_000) + "x",
    "<p " + String(repeating: "a=b ", count: 50_000) + ">x",
    String(repeating: "<!--", count: 50_000), String(repeating: "&amp", count: 50_000),
    String(repeating: "<", count: 200_000) + "x",
    "<a href=\"" + String(repeating: "x", count: 1_000_000),
    String(repeating: "<script>", count: 20_000) + "x",
    String(repeating: "<a b=\"", count: 20_000) + "x",
    String(repeating: "&#x110000;", count: 20_000),
  ])
  func bombsAreHarmless(page: String) throws {
    let clock = ContinuousClock()
    let time = clock.measure { _ = try? html("<p>ok</p>" + page) }
    #expect(time < .seconds(5))
  }

  @Test func whatIsNoTextIsRefused() {
    #expect(throws: DocumentError.empty) { try DocumentText.text(of: Array(" \n".utf8), .text) }
    #expect(throws: DocumentError.empty) { try html("<p> </p>") }
    #expect(throws: DocumentError.notText(what: "a PDF")) {
      try DocumentText.text(of: Array("%PDF-1.7\n".utf8), .text)
    }
  }
}
