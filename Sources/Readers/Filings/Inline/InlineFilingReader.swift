internal import Claims
internal import Tables

/// Reads filings in inline XBRL: pages of XHTML in which figures are marked.
package enum InlineFilingReader {
  /// The most bytes of a filing that are read.
  package static let limit = 64 << 20

  /// Whether a file looks like one: a page that declares the namespace of inline XBRL at its beginning.
  ///
  /// - Parameter bytes: The file.
  /// - Returns: Whether it is worth reading.
  package static func reads(_ bytes: [UInt8]) -> Bool {
    String(decoding: bytes.prefix(1 << 16), as: UTF8.self).contains("/inlineXBRL")
  }

  /// Reads a filing.
  ///
  /// - Parameters:
  ///   - bytes: The page.
  ///   - file: Its name, for the figures to name.
  /// - Returns: What it says; of the day it was filed it knows nothing.
  /// - Throws: ``FilingError``. Linear in the size of the page.
  package static func read(_ bytes: [UInt8], file: String) throws(FilingError) -> InlineFiling {
    guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
    let collector = InlineCollector()
    try MarkupEvents(collector).read(bytes)
    return InlineResolver(collector, file: file).filing()
  }
}

/// A mark of inline XBRL as it stood in the page.
struct InlineMark {
  let isNumber: Bool
  let name: String
  let context: String
  let unit: String
  let format: String?
  let scale: String?
  let sign: String?
  let decimals: String?
  let isNil: Bool
  let continuedAt: String?
  let isHidden: Bool
  /// Where its text begins and ends, in the visible or the hidden text.
  var range: Range<Int>
  /// What of it does not belong to it.
  var excluded: [Range<Int>] = []
}

/// Gathers contexts, units, marks and text, in one pass.
final class InlineCollector: MarkupListener {
  private(set) var names = TaxonomyNames()
  private(set) var contexts: [String: InlineContext] = [:]
  private(set) var units: [String: InlineUnit] = [:]
  private(set) var marks: [InlineMark] = []
  /// Texts that go on elsewhere, by id.
  private(set) var continuations: [String: InlineMark] = [:]
  private(set) var visible = PageText()
  private(set) var hidden = PageText()

  private var hiddenDepth = 0
  private var headDepth = 0
  /// Marks that are open: `nil` for an element that is none.
  private var open: [(element: String, id: String, mark: InlineMark)] = []
  private var context: (id: String, value: InlineContext)?
  private var unit: (id: String, value: InlineUnit)?
  private var dimension: Concept?
  private var captured: [UInt8]?

  func declare(_ prefix: String, _ space: String) { names.declare(prefix, space) }

  // MARK: Elements

  func begin(_ name: MarkupName, _ attributes: MarkupAttributes) {
    if name.space.hasSuffix("/inlineXBRL") {
      beginMark(name.local, attributes)
    } else if name.space.hasSuffix("/2003/instance") {
      beginInstance(name.local, attributes)
    } else if context != nil {
      beginMember(name.local, attributes)
    } else {
      beginPage(name.local)
    }
  }

  private func beginPage(_ element: String) {
    if element == "head" || element == "script" || element == "style" { headDepth += 1 }
    breakText(element)
  }

  private func beginInstance(_ element: String, _ attributes: MarkupAttributes) {
    switch element {
    case "context": context = (attributes["id"] ?? "", InlineContext())
    case "unit": unit = (attributes["id"] ?? "", InlineUnit())
    case "unitDenominator": unit?.value.isBelow = true
    case "instant", "startDate", "endDate", "measure": captured = []
    default: break
    }
  }

  private func beginMember(_ element: String, _ attributes: MarkupAttributes) {
    guard element == "explicitMember" || element == "typedMember" else {
      captured = []
      return
    }
    dimension = attributes["dimension"].map { names.concept($0) }
    captured = []
  }

  private func beginMark(_ element: String, _ attributes: MarkupAttributes) {
    switch element {
    case "header", "hidden": hiddenDepth += 1
    case "nonFraction", "nonNumeric", "continuation", "fraction", "exclude":
      open.append((element, attributes["id"] ?? "", mark(element, attributes)))
    default: break
    }
  }

  private func mark(_ element: String, _ attributes: MarkupAttributes) -> InlineMark {
    let isNil = attributes["http://www.w3.org/2001/XMLSchema-instance nil"]
    return InlineMark(
      isNumber: element == "nonFraction" || element == "fraction",
      name: attributes["name"] ?? "",
      context: attributes["contextRef"] ?? "",
      unit: attributes["unitRef"] ?? "",
      format: element == "fraction" ? "fraction" : attributes["format"].map(Self.behindPrefix),
      scale: attributes["scale"],
      sign: attributes["sign"],
      decimals: attributes["decimals"],
      isNil: isNil == "true" || isNil == "1",
      continuedAt: attributes["continuedAt"],
      isHidden: hiddenDepth > 0,
      range: place..<place
    )
  }

  private static func behindPrefix(_ name: String) -> String {
    name.split(separator: ":").last.map(String.init) ?? name
  }

  private var place: Int { hiddenDepth > 0 ? hidden.bytes.count : visible.bytes.count }

  func end(_ name: MarkupName) {
    if name.space.hasSuffix("/inlineXBRL") {
      endMark(name.local)
    } else if name.space.hasSuffix("/2003/instance") {
      endInstance(name.local)
    } else if context != nil {
      endMember(name.local)
    } else {
      if name.local == "head" || name.local == "script" || name.local == "style" { headDepth -= 1 }
      breakText(name.local)
    }
  }

  private func endInstance(_ element: String) {
    let text = captured.map { String(decoding: $0, as: UTF8.self) }
    switch element {
    case "context":
      if let context { contexts[context.id] = context.value.ordered }
      context = nil
    case "unit":
      if let unit { units[unit.id] = unit.value }
      unit = nil
    case "unitNumerator", "unitDenominator": unit?.value.isBelow = false
    case "measure": unit?.value.add(text ?? "")
    case "instant", "startDate", "endDate":
      context?.value.take(element, text ?? "", dimension: nil, member: nil)
    default: break
    }
    captured = nil
  }

  private func endMember(_ element: String) {
    guard let text = captured else { return }
    let words = String(decoding: text, as: UTF8.self).split(whereSeparator: \.isWhitespace)
      .joined(separator: " ")
    if element == "explicitMember" || !words.isEmpty {
      let member =
        element == "explicitMember" ? names.concept(words) : Concept("", String(words.prefix(200)))
      let kind = element == "explicitMember" ? element : "typedMember"
      context?.value.take(kind, "", dimension: dimension, member: member)
    }
    captured = nil
  }

  private func endMark(_ element: String) {
    if element == "header" || element == "hidden" {
      hiddenDepth -= 1
      return
    }
    guard let last = open.last, last.element == element else { return }
    open.removeLast()
    var mark = last.mark
    mark.range = mark.range.lowerBound..<max(mark.range.lowerBound, place)
    if element == "exclude" {
      for index in open.indices { open[index].mark.excluded.append(mark.range) }
    } else if element == "continuation" {
      continuations[last.id] = mark
    } else {
      marks.append(mark)
    }
  }

  // MARK: Text

  private func breakText(_ element: String) {
    guard hiddenDepth == 0 else { return }
    switch element {
    case "p", "div", "tr", "li", "br", "table", "h1", "h2", "h3", "h4", "h5", "h6", "title":
      visible.endLine()
    case "td", "th": visible.endWord()
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if captured != nil {
      guard (captured?.count ?? 0) + bytes.count <= 1 << 16 else { return }
      captured?.append(contentsOf: bytes)
    } else if hiddenDepth > 0 {
      // Text that is of no mark: of contexts and references, between their elements.
      if !open.isEmpty { hidden.add(bytes) }
    } else if headDepth == 0 {
      visible.add(bytes)
    }
  }
}

/// What a figure is counted in.
struct InlineUnit {
  private var above: [String] = []
  private var below: [String] = []
  var isBelow = false

  mutating func add(_ measure: String) {
    let name = measure.split(whereSeparator: \.isWhitespace).joined()
    let plain = name.split(separator: ":").last.map(String.init) ?? name
    if isBelow { below.append(plain) } else { above.append(plain) }
  }

  /// As the SEC writes it: `USD`, `USD/shares`, `pure`.
  var text: String {
    let top = above.joined(separator: "-")
    return below.isEmpty ? top : "\(top)/\(below.joined(separator: "-"))"
  }
}

/// The text of a page, blanks drawn together.
struct PageText {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    for byte in text {
      if byte > 0x20 {
        bytes.append(byte)
      } else {
        endWord()
      }
    }
  }

  /// A blank, unless one stands there.
  mutating func endWord() {
    if let last = bytes.last, last != 0x20, last != 0x0A { bytes.append(0x20) }
  }

  /// A line end, unless one stands there.
  mutating func endLine() {
    if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
  }

  /// The words of a range.
  func words(_ range: Range<Int>, without excluded: [Range<Int>] = []) -> String {
    guard !excluded.isEmpty else {
      return String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
    }
    var kept: [UInt8] = []
    var at = range.lowerBound
    for gap in excluded.sorted(by: { $0.lowerBound < $1.lowerBound }) where gap.lowerBound >= at {
      kept += bytes[at..<min(gap.lowerBound, range.upperBound)]
      // The blank between two words may have gone with what stood there.
      if bytes[gap.clamped(to: range)].contains(0x20) { kept.append(0x20) }
      at = min(gap.upperBound, range.upperBound)
    }
    kept += bytes[at..<range.upperBound]
    return String(decoding: kept, as: UTF8.self)
  }
}
