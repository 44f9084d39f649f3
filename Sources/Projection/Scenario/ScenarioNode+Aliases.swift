extension ScenarioNode {
  /// Refuses a text that names a part of itself, `&name`, and repeats it, `*name`.
  ///
  /// A few lines of repetitions of repetitions say more than any machine can hold, and as keys they are
  /// compared before there is a tree to count. So this is looked for in the text: what may be a name is
  /// taken for one, in quotes and comments too, where both signs before one word are of no use.
  ///
  /// - Parameters:
  ///   - text: What the file holds.
  ///   - file: Its name, for messages.
  /// - Throws: ``ScenarioError`` with the place of the first repetition.
  static func refuseAliases(_ text: String, file: String) throws(ScenarioError) {
    let bytes = Array(text.utf8)
    var named: Set<ArraySlice<UInt8>> = []
    var (line, column, before) = (1, 0, UInt8(ascii: " "))
    for (place, byte) in bytes.enumerated() {
      // A character counts once, by its first byte.
      if byte & 0xC0 != 0x80 { column += 1 }
      defer {
        if byte == UInt8(ascii: "\n") { (line, column) = (line + 1, 0) }
        before = byte
      }
      guard byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*"), !isOfName(before) else {
        continue
      }
      let name = bytes[(place + 1)...].prefix(while: isOfName)
      if byte == UInt8(ascii: "&") {
        named.insert(name)
      } else if named.contains(name) {
        throw ScenarioError(
          file: file,
          line: line,
          column: column,
          problem: "an alias stands here",
          advice: "write the value out"
        )
      }
    }
  }

  private static func isOfName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
