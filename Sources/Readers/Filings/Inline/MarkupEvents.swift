private import CExpat

/// The name of an element: its namespace and what it is called there.
struct MarkupName: Hashable {
  /// The address that the prefix stands for; empty where there is none.
  let space: String
  /// The name behind the prefix.
  let local: String
}

/// The attributes of an element, made into texts only when asked for.
struct MarkupAttributes {
  fileprivate let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

  /// The value of an attribute without a prefix, or of one in a namespace.
  subscript(name: String) -> String? {
    var place = 0
    while let list, let key = list[place], let value = list[place + 1] {
      if String(cString: key) == name { return String(cString: value) }
      place += 2
    }
    return nil
  }
}

/// Whoever is told of a document.
protocol MarkupListener: AnyObject {
  /// An element begins; the attributes are gone when this returns.
  func begin(_ name: MarkupName, _ attributes: MarkupAttributes)
  /// An element ends.
  func end(_ name: MarkupName)
  /// Some text, which may be a part of what stands there.
  func text(_ bytes: UnsafeBufferPointer<UInt8>)
  /// From here on a prefix stands for a namespace.
  func declare(_ prefix: String, _ space: String)
}

/// A parser of XML with namespaces that takes no document type and no entities of its own, and nothing deep.
final class MarkupEvents {
  /// How deep elements may stand in one another.
  static let deepest = 512
  /// What stands between a namespace and a name.
  private static let separator = UInt8(ascii: " ")

  private let parser: XML_Parser
  private let listener: any MarkupListener
  private var depth = 0
  private var refusal: String?
  /// Names by the text the parser gives them: a document has few.
  private var names: [String: MarkupName] = [:]

  /// Prepares to tell `listener`.
  init(_ listener: any MarkupListener) {
    guard let parser = XML_ParserCreateNS(nil, XML_Char(Self.separator)) else {
      preconditionFailure("there is memory for a parser")
    }
    (self.parser, self.listener) = (parser, listener)
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(parser, beginElement, endElement)
    XML_SetCharacterDataHandler(parser, characters)
    XML_SetStartNamespaceDeclHandler(parser, namespace)
    XML_SetStartDoctypeDeclHandler(parser, documentType)
    XML_SetUnknownEncodingHandler(parser, unknownEncoding, nil)
  }

  deinit { XML_ParserFree(parser) }

  /// Reads a whole document.
  ///
  /// - Throws: ``FilingError/badXML(line:reason:)``.
  func read(_ bytes: [UInt8]) throws(FilingError) {
    let status = bytes.withUnsafeBytes { bytes in
      XML_Parse(
        parser,
        bytes.assumingMemoryBound(to: CChar.self).baseAddress,
        Int32(bytes.count),
        1
      )
    }
    guard status != XML_STATUS_OK else { return }
    let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) }
    throw .badXML(
      line: Int(XML_GetCurrentLineNumber(parser)),
      reason: refusal ?? "the XML is broken: \(reason ?? "no reason given")"
    )
  }

  fileprivate func refuse(_ reason: String) {
    refusal = refusal ?? reason
    XML_StopParser(parser, 0)
  }

  private func name(_ text: UnsafePointer<CChar>) -> MarkupName {
    let whole = String(cString: text)
    if let known = names[whole] { return known }
    let parts = whole.utf8.split(
      separator: Self.separator,
      maxSplits: 1,
      omittingEmptySubsequences: false
    )
    .map { String($0) ?? "" }
    let name =
      parts.count == 2
      ? MarkupName(space: parts[0], local: parts[1]) : MarkupName(space: "", local: whole)
    names[whole] = name
    return name
  }

  fileprivate func begin(
    _ text: UnsafePointer<CChar>,
    _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
  ) {
    depth += 1
    guard depth <= Self.deepest else {
      return refuse("elements stand more than \(Self.deepest) deep in one another")
    }
    listener.begin(name(text), MarkupAttributes(list: attributes))
  }

  fileprivate func end(_ text: UnsafePointer<CChar>) {
    depth -= 1
    listener.end(name(text))
  }

  fileprivate func tell(_ bytes: UnsafeBufferPointer<UInt8>) { listener.text(bytes) }

  fileprivate func declare(_ prefix: UnsafePointer<CChar>?, _ space: UnsafePointer<CChar>?) {
    listener.declare(
      prefix.map { String(cString: $0) } ?? "",
      space.map { String(cString: $0) } ?? ""
    )
  }
}

private func events(_ data: UnsafeMutableRawPointer?) -> MarkupEvents? {
  data.map { Unmanaged<MarkupEvents>.fromOpaque($0).takeUnretainedValue() }
}

private func beginElement(
  _ data: UnsafeMutableRawPointer?,
  _ name: UnsafePointer<CChar>?,
  _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) {
  guard let events = events(data), let name else { return }
  events.begin(name, attributes)
}

private func endElement(_ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?) {
  guard let events = events(data), let name else { return }
  events.end(name)
}

private func characters(
  _ data: UnsafeMutableRawPointer?,
  _ text: UnsafePointer<CChar>?,
  _ count: Int32
) {
  guard let events = events(data), let text, count > 0 else { return }
  UnsafeBufferPointer(start: text, count: Int(count)).withMemoryRebound(to: UInt8.self) {
    events.tell($0)
  }
}

private func namespace(
  _ data: UnsafeMutableRawPointer?,
  _ prefix: UnsafePointer<CChar>?,
  _ space: UnsafePointer<CChar>?
) {
  events(data)?.declare(prefix, space)
}

private func documentType(
  _ data: UnsafeMutableRawPointer?,
  _: UnsafePointer<CChar>?,
  _: UnsafePointer<CChar>?,
  _: UnsafePointer<CChar>?,
  _: Int32
) {
  events(data)?.refuse("it declares a document type, which no filing may: it is not read")
}

/// What the parser does not know by name: `ASCII`, which much of what is filed calls itself, and Windows' Latin.
private func unknownEncoding(
  _: UnsafeMutableRawPointer?,
  _ name: UnsafePointer<CChar>?,
  _ info: UnsafeMutablePointer<XML_Encoding>?
) -> Int32 {
  guard let name, let info else { return 0 }
  let isLatin: Bool
  switch String(cString: name).lowercased() {
  case "ascii": isLatin = false
  case "windows-1252", "cp1252": isLatin = true
  default: return 0
  }
  withUnsafeMutableBytes(of: &info.pointee.map) { bytes in
    let map = bytes.bindMemory(to: Int32.self)
    for byte in 0..<256 { map[byte] = byte < 128 || isLatin ? Int32(byte) : -1 }
    guard isLatin else { return }
    for (place, scalar) in windowsScalars.enumerated() { map[128 + place] = scalar }
  }
  info.pointee.convert = nil
  info.pointee.release = nil
  info.pointee.data = nil
  return 1
}

/// What the bytes from 128 to 159 stand for in Windows-1252; -1 for nothing.
private let windowsScalars: [Int32] = [
  0x20AC, -1, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
  0x0152, -1, 0x017D, -1, -1, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
  0x2122, 0x0161, 0x203A, 0x0153, -1, 0x017E, 0x0178,
]
