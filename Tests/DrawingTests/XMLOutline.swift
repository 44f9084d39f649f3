import Foundation
import FoundationXML

/// What a strict parser finds in a document: it must be well formed, its identifiers unique and its
/// references defined.
final class XMLOutline: NSObject, XMLParserDelegate {
  private(set) var elements: Set<String> = []
  private(set) var attributes: Set<String> = []
  private(set) var addresses: [String] = []
  private var identifiers: [String] = []
  private var references: [String] = []

  static let plainAttributes: Set<String> = [
    "xmlns", "class", "id", "width", "height", "viewBox", "role", "aria-labelledby", "aria-label",
    "href", "rel", "x", "y", "text-anchor",
  ]

  static let plainElements: Set<String> = [
    "svg", "title", "desc", "style", "rect", "a", "text", "g", "path", "circle", "defs", "pattern",
    "linearGradient", "stop",
  ]

  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else {
      let line = parser.lineNumber
      throw Fault(description: "line \(line): \(String(describing: parser.parserError))")
    }
    guard Set(identifiers).count == identifiers.count else {
      throw Fault(description: "an identifier twice")
    }
    let missing = Set(references).subtracting(identifiers)
    guard missing.isEmpty else { throw Fault(description: "not defined: \(missing.sorted())") }
  }

  func parser(
    _ parser: XMLParser,
    didStartElement name: String,
    namespaceURI: String?,
    qualifiedName: String?,
    attributes attributeDict: [String: String]
  ) {
    elements.insert(name)
    attributes.formUnion(attributeDict.keys)
    if let id = attributeDict["id"] { identifiers.append(id) }
    if let address = attributeDict["href"] { addresses.append(address) }
    for value in attributeDict.values where value.hasPrefix("url(#") {
      references.append(String(value.dropFirst(5).dropLast()))
    }
  }
}
