private import CExpat

/// Whoever is told of elements.
protocol XMLListener: AnyObject {
  /// An element begins.
  func begin(_ name: String, _ attributes: [(name: String, value: String)])
  /// An element ends.
  func end(_ name: String, _ text: String)
}

/// A push parser of XML that takes no document type, no entities of its own, and nothing deep or long.
///
/// Elements go by their local names. Whoever listens is told of each that begins and of each that ends, with the text
/// that stood in it.
final class XMLEvents {
  /// How deep elements may stand in one another.
  static let deepest = 64
  /// The most bytes of text in one element.
  static let longestText = 1 << 20

  private let parser: XML_Parser
  private let listener: any XMLListener
  private let path: String
  fileprivate var text: [UInt8] = []
  fileprivate var depth = 0
  fileprivate var refusal: String?

  /// Prepares to tell `listener` of the file at `path`.
  init(_ path: String, _ listener: any XMLListener) {
    guard let parser = XML_ParserCreate(nil) else {
      preconditionFailure("there is memory for a parser")
    }
    (self.parser, self.listener, self.path) = (parser, listener, path)
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(parser, beginElement, endElement)
    XML_SetCharacterDataHandler(parser, characters)
    XML_SetStartDoctypeDeclHandler(parser, documentType)
    XML_SetUnknownEncodingHandler(parser, unknownEncoding, nil)
  }

  deinit { XML_ParserFree(parser) }

  /// The line that is being read.
  var line: Int { Int(XML_GetCurrentLineNumber(parser)) }

  /// Reads some bytes; the last time with none.
  func feed(_ bytes: UnsafeBufferPointer<UInt8>, isLast: Bool) throws(PaymentError) {
    let status = bytes.withMemoryRebound(to: CChar.self) { text in
      XML_Parse(parser, text.baseAddress, Int32(text.count), isLast ? 1 : 0)
    }
    guard status != XML_STATUS_OK else { return }
    let code = XML_GetErrorCode(parser)
    let reason =
      refusal ?? XML_ErrorString(code).map { "the XML is broken: \(String(cString: $0))" }
      ?? "the XML is broken"
    throw .unreadable(path: path, reason: "line \(line): \(reason)")
  }

  /// Reads all that is left of a stream.
  func read(_ stream: ByteStream) throws(PaymentError) {
    let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 18)
    defer { room.deallocate() }
    guard let base = room.baseAddress else { return }
    while true {
      let count = try stream.read(base, room.count)
      try feed(UnsafeBufferPointer(rebasing: room[..<count]), isLast: count == 0)
      if count == 0 { return }
    }
  }

  fileprivate func refuse(_ reason: String) {
    refusal = refusal ?? reason
    XML_StopParser(parser, 0)
  }

  fileprivate func tellBegin(_ name: String, _ attributes: [(name: String, value: String)]) {
    depth += 1
    guard depth <= Self.deepest else {
      return refuse("elements stand more than \(Self.deepest) deep in one another")
    }
    text.removeAll(keepingCapacity: true)
    listener.begin(name, attributes)
  }

  fileprivate func tellEnd(_ name: String) {
    depth -= 1
    listener.end(name, String(decoding: text, as: UTF8.self))
    text.removeAll(keepingCapacity: true)
  }
}

private func events(_ data: UnsafeMutableRawPointer?) -> XMLEvents? {
  data.map { Unmanaged<XMLEvents>.fromOpaque($0).takeUnretainedValue() }
}

/// The name behind a prefix.
private func localName(_ name: UnsafePointer<CChar>) -> String {
  let whole = String(cString: name)
  guard let colon = whole.utf8.firstIndex(of: UInt8(ascii: ":")) else { return whole }
  return String(whole[whole.utf8.index(after: colon)...])
}

private func beginElement(
  _ data: UnsafeMutableRawPointer?,
  _ name: UnsafePointer<CChar>?,
  _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
) {
  guard let events = events(data), let name else { return }
  var list: [(name: String, value: String)] = []
  var place = 0
  while let attributes, let key = attributes[place], let value = attributes[place + 1] {
    list.append((localName(key), String(cString: value)))
    place += 2
  }
  events.tellBegin(localName(name), list)
}

private func endElement(_ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<CChar>?) {
  guard let events = events(data), let name else { return }
  events.tellEnd(localName(name))
}

private func characters(
  _ data: UnsafeMutableRawPointer?,
  _ text: UnsafePointer<CChar>?,
  _ count: Int32
) {
  guard let events = events(data), let text, count > 0 else { return }
  guard events.text.count + Int(count) <= XMLEvents.longestText else {
    return events.refuse("an element has more than a megabyte of text")
  }
  UnsafeBufferPointer(start: text, count: Int(count)).withMemoryRebound(to: UInt8.self) {
    events.text += $0
  }
}

private func documentType(
  _ data: UnsafeMutableRawPointer?,
  _: UnsafePointer<CChar>?,
  _: UnsafePointer<CChar>?,
  _: UnsafePointer<CChar>?,
  _: Int32
) {
  events(data)?.refuse("it declares a document type, which no statement needs: it is not read")
}

/// Encodings of one byte a character that the parser does not know itself.
private func unknownEncoding(
  _: UnsafeMutableRawPointer?,
  _ name: UnsafePointer<CChar>?,
  _ info: UnsafeMutablePointer<XML_Encoding>?
) -> Int32 {
  guard let name, let info else { return 0 }
  let encoding: TextEncoding
  switch String(cString: name).lowercased() {
  case "windows-1252", "cp1252": encoding = .windows1252
  case "iso-8859-15", "latin-9", "latin9": encoding = .latin9
  default: return 0
  }
  withUnsafeMutableBytes(of: &info.pointee.map) { bytes in
    let map = bytes.bindMemory(to: Int32.self)
    for byte in 0..<256 {
      map[byte] = byte < 128 ? Int32(byte) : Int32(encoding.scalar(UInt8(byte)).value)
    }
  }
  info.pointee.convert = nil
  info.pointee.release = nil
  info.pointee.data = nil
  return 1
}
