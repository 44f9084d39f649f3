/// A name as it is written: two are one where their bytes are the same.
///
/// Swift compares strings by what they look like, so that a letter with an accent is equal to the letter and
/// the accent after it. What two rows call by other bytes may be two parties; whoever reads them is told.
package struct WrittenName: Hashable, Sendable {
  private let bytes: [UInt8]

  /// The name `text`.
  package init(_ text: String) { bytes = Array(text.utf8) }

  /// Two names of `names` that look alike and are written differently; `nil` where there are none.
  ///
  /// Letters of any case count as one, as do white space around and within, and accents however written.
  ///
  /// - Complexity: O(*n*): a look at each name.
  package static func firstLookAlikes(among names: some Sequence<String>) -> (String, String)? {
    var seen: [String: String] = [:]
    for name in names {
      let look = name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
      guard let other = seen.updateValue(name, forKey: look) else { continue }
      if !other.isWritten(as: name) { return (other, name) }
    }
    return nil
  }
}

extension String {
  /// Whether the two have the same bytes.
  package func isWritten(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }
}
