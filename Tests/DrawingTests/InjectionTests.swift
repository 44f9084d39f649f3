import Drawing
import Foundation
import Testing

/// Nothing a caller passes as a name or an address can run, or break out of where it stands.
@Suite struct InjectionTests {
  /// Schemes that run or carry markup, in the disguises by which filters are usually passed.
  static let addresses: [String] = {
    let schemes = ["javascript", "data", "vbscript", "file", "blob", "about", "view-source", "ftp"]
    let disguises: [(String) -> String] = [
      { $0 + ":alert(1)" },
      { $0.uppercased() + ":alert(1)" },
      { " " + $0 + ":alert(1)" },
      { "\t" + $0 + ":alert(1)" },
      { "\u{0}" + $0 + ":alert(1)" },
      { $0 + ":\u{301}alert(1)" },
      { $0 + ":\u{FE0F}alert(1)" },
      { $0.prefix(3) + "\n" + $0.dropFirst(3) + ":alert(1)" },
      { $0.prefix(3) + "\u{200B}" + $0.dropFirst(3) + ":alert(1)" },
      { $0 + "&colon;alert(1)" },
      { "&#x6a;" + $0.dropFirst() + "&#58;alert(1)" },
      { $0 + "://example.org/%0aalert(1)" },
      { "\u{FEFF}" + $0 + ":alert(1)" },
      { $0 + ":text/html;base64,PHNjcmlwdD4=" },
      { $0 + ":https://a.example" },
    ]
    let others = [
      "//evil.example", "\\\\evil.example", "/\\evil.example", "http:evil", "https:/evil",
      "http://",
      "", " ", "\u{1}", "a b", ":", "://x", "1:2",
    ]
    return schemes.flatMap { scheme in disguises.map { $0(scheme) } } + others
  }()

  static let texts: [String] = {
    let breakouts = [
      "", "\"", "'", "\">", "'>", "]]>", "-->", "</title>", "</text>", "</style>", "</svg>",
    ]
    let payloads = [
      "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
      " onload=alert(1) x=\"", "<foreignObject><iframe src=javascript:alert(1)>",
      "<animate attributeName=href to=javascript:alert(1)>", "&lt;script&gt;",
      "<![CDATA[<script>]]>",
    ]
    return breakouts.flatMap { breakout in payloads.map { breakout + $0 } }
  }()

  @Test func thereAreTwoHundred() {
    #expect(Self.addresses.count + Self.texts.count >= 200)
  }

  @Test(arguments: addresses) func addressIsRefused(payload: String) {
    #expect(Address(payload) == nil)
    var canvas = Canvas(id: payload, size: Size(width: 300, height: 60), title: payload)
    canvas.add(.mark("a", to: payload, "x", []))
    canvas.text(LabelLine("a"), at: LabelPosition(Point(10, 30)), to: payload)
    #expect(!canvas.picture().svg.contains("href"))
  }

  @Test(arguments: texts) func textStaysText(payload: String) throws {
    var canvas = Canvas(
      id: payload,
      size: Size(width: 900, height: 60),
      title: payload,
      description: payload
    )
    canvas.add(.mark(payload, to: "#" + payload.filter { $0 != " " }, payload, []))
    canvas.text(LabelLine(payload), at: LabelPosition(Point(10, 30)), to: "#a")
    let outline = try XMLOutline(canvas.picture().svg)
    #expect(
      outline.elements.isSubset(of: ["svg", "title", "desc", "style", "rect", "a", "text", "g"])
    )
    #expect(outline.attributes.allSatisfy { !$0.lowercased().hasPrefix("on") })
    #expect(outline.attributes.isSubset(of: XMLOutline.plainAttributes))
  }
}
