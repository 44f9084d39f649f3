/// One element of an SVG, with what it holds.
package struct Element: Sendable {
  /// The value of an attribute: text, or a number with two decimals.
  package enum Value: Sendable, ExpressibleByStringInterpolation, ExpressibleByFloatLiteral,
    ExpressibleByIntegerLiteral
  {
    /// Any text; it is escaped when written.
    case text(String)
    /// A number.
    case number(Double)

    /// A text.
    package init(stringLiteral value: String) { self = .text(value) }
    /// A number.
    package init(floatLiteral value: Double) { self = .number(value) }
    /// A number.
    package init(integerLiteral value: Int) { self = .number(Double(value)) }
  }

  private enum Content: Sendable {
    case element(Element)
    case text(String)
  }

  private let name: String
  private var attributes: [(name: String, value: Value)]
  private var content: [Content]

  /// An element.
  ///
  /// - Parameters:
  ///   - name: Its name, such as `rect`.
  ///   - attributes: Its attributes in the order they are written.
  ///   - children: The elements inside it.
  package init(
    _ name: String,
    _ attributes: KeyValuePairs<String, Value> = [:],
    _ children: [Element] = []
  ) {
    self.name = name
    self.attributes = attributes.map { (name: $0.key, value: $0.value) }
    content = children.map { .element($0) }
  }

  /// An element that holds text alone.
  ///
  /// - Parameters:
  ///   - name: Its name, such as `title`.
  ///   - attributes: Its attributes in the order they are written.
  ///   - text: The text; it is escaped when written.
  package init(_ name: String, _ attributes: KeyValuePairs<String, Value> = [:], text: String) {
    self.name = name
    self.attributes = attributes.map { (name: $0.key, value: $0.value) }
    content = [.text(text)]
  }

  /// A group of elements.
  ///
  /// - Parameters:
  ///   - className: The class of the group, or none.
  ///   - children: What is in it.
  /// - Returns: The group.
  package static func group(_ className: String? = nil, _ children: [Element]) -> Element {
    guard let className else { return Element("g", [:], children) }
    return Element("g", ["class": .text(className)], children)
  }

  /// A mark: shapes with a text that shows on hover and is read aloud, linked where there is an
  /// address that may be linked to.
  ///
  /// - Parameters:
  ///   - title: What the mark stands for.
  ///   - address: Where it leads; ``Address`` says what is refused. A refused one is dropped.
  ///   - className: The class of the mark.
  ///   - children: Its shapes.
  /// - Returns: The mark.
  package static func mark(
    _ title: String,
    to address: String?,
    _ className: String,
    _ children: [Element]
  ) -> Element {
    let content = [Element("title", text: title)] + children
    guard let address = address.flatMap(Address.init) else {
      return Element("g", ["class": .text(className)], content)
    }
    var link = Element(
      "a",
      ["href": .text(address.text), "class": .text(className), "aria-label": .text(title)],
      content
    )
    if address.isOutside { link.attributes.append(("rel", "noopener noreferrer")) }
    return link
  }

  /// Whether the element or one inside it is a link.
  package var hasLink: Bool {
    if name == "a" { return true }
    return content.contains { part in
      if case .element(let child) = part { child.hasLink } else { false }
    }
  }

  /// Appends the element to a text.
  func write(to text: inout String) {
    text += "<"
    text += name
    for attribute in attributes { write(attribute, to: &text) }
    guard !content.isEmpty else {
      text += "/>"
      return
    }
    text += ">"
    for part in content {
      switch part {
      case .element(let child): child.write(to: &text)
      case .text(let data): text += escaped(data)
      }
    }
    text += "</\(name)>"
    if name == "g" || name == "a" || name == "defs" { text += "\n" }
  }

  private func write(_ attribute: (name: String, value: Value), to text: inout String) {
    text += " "
    text += attribute.name
    text += "=\""
    switch attribute.value {
    case .text(let value): text += escaped(value)
    case .number(let value): text += decimal(value)
    }
    text += "\""
  }
}
