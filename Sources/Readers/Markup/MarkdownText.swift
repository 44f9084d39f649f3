/// The text of a document in Markdown: marks of emphasis, links, code and headings taken off, line by line.
enum MarkdownText {
  /// The text of a document.
  static func text(of bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var isCode = false
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.starts(with: "```".utf8) || line.starts(with: "~~~".utf8) {
        isCode.toggle()
        continue
      }
      if isCode { continue }
      text += plain(line)
      text.append(0x0A)
    }
    return text
  }

  private static func plain(_ line: ArraySlice<UInt8>) -> [UInt8] {
    var line = line
    var isHeading = false
    while let first = line.first, first == UInt8(ascii: "#") || first == UInt8(ascii: ">") {
      isHeading = isHeading || first == UInt8(ascii: "#")
      line = line.dropFirst()
    }
    if isHeading { line = line.drop { $0 == 0x20 } }
    let text = inline(Array(line))
    // A heading stands by itself.
    return isHeading ? [0x0A] + text + [0x0A] : text
  }

  private static func inline(_ line: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    var at = 0
    while at < line.count {
      switch line[at] {
      case UInt8(ascii: "*") where text.isEmpty && at + 1 < line.count && line[at + 1] == 0x20:
        text.append(UInt8(ascii: "-"))
      case UInt8(ascii: "*"), UInt8(ascii: "`"): break
      case UInt8(ascii: "_") where at + 1 < line.count && line[at + 1] == UInt8(ascii: "_"): at += 1
      case UInt8(ascii: "\\") where at + 1 < line.count:
        at += 1
        text.append(line[at])
      case UInt8(ascii: "!") where at + 1 < line.count && line[at + 1] == UInt8(ascii: "["): break
      case UInt8(ascii: "["):
        if let link = link(line, at) {
          text += inline(Array(line[link.words]))
          at = link.end
        } else {
          text.append(line[at])
        }
      default: text.append(line[at])
      }
      at += 1
    }
    return text
  }

  /// `[words](address)`: its words, and where it ends.
  private static func link(_ line: [UInt8], _ at: Int) -> (words: Range<Int>, end: Int)? {
    guard let close = line[at...].prefix(400).firstIndex(of: UInt8(ascii: "]")),
      close + 1 < line.count,
      line[close + 1] == UInt8(ascii: "("),
      let end = line[close...].prefix(2000).firstIndex(of: UInt8(ascii: ")"))
    else { return nil }
    return (at + 1..<close, end)
  }
}
