/// An address that a drawing may link to: `http`, `https`, a fragment, or a relative path.
package struct Address: Sendable, Hashable {
  /// The address as given.
  package let text: String

  /// The address, or `nil` where it has another scheme, names another host without a scheme, or
  /// holds a blank or a control character.
  ///
  /// - Parameter text: What the caller would link to.
  package init?(_ text: String) {
    // By scalars: a combining mark after a colon would hide it from a search by characters.
    let scalars = Array(text.unicodeScalars)
    let isPlain = scalars.allSatisfy { scalar in
      scalar.value > 0x20 && scalar.value != 0x7F && scalar != "\\" && !isHidden(scalar)
    }
    guard isPlain, !scalars.isEmpty, !scalars.starts(with: "//".unicodeScalars) else { return nil }
    let head = scalars.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    if let colon = head.firstIndex(of: ":") {
      let scheme = String(String.UnicodeScalarView(head[..<colon])).lowercased()
      let rest = scalars[(colon + 1)...]
      guard scheme == "https" || scheme == "http" else { return nil }
      guard rest.starts(with: "//".unicodeScalars), rest.count > 2 else { return nil }
    } else if head.contains("&") {
      return nil
    }
    self.text = text
  }

  /// Whether the address leads away from the page.
  package var isOutside: Bool {
    let start = text.lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }
}

/// Whether the character is a blank, a control or invisible: what a scheme could be hidden behind.
private func isHidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator, .unassigned,
    .surrogate, .privateUse:
    true
  default: false
  }
}
