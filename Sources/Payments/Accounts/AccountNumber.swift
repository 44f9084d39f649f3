/// The number of an account as files write it, and as one number is told from another.
package struct AccountNumber: Sendable, Hashable {
  /// Without blanks; of an IBAN also in capitals, and without what is not part of it.
  package let text: String
  /// Whether it is an IBAN whose check digits are right.
  package let isIBAN: Bool

  /// Reads what a file says.
  package init(_ written: String) {
    let bare = String(
      written.unicodeScalars.filter { !$0.properties.isWhitespace && $0 != "\u{FEFF}" }
    )
    var capitals = bare.uppercased()
    if capitals.hasPrefix("IBAN") {
      capitals = String(capitals.dropFirst(4).drop { ":-".contains($0) })
    }
    let letters = capitals.filter { $0 != "-" && $0 != "." }
    if Self.isSound(letters) {
      (text, isIBAN) = (letters, true)
    } else if letters.utf8.count > 18, CurrencyName.code(String(letters.suffix(3))) != nil,
      Self.isSound(String(letters.dropLast(3)))
    {
      // Statements put the currency behind the number of the account.
      (text, isIBAN) = (String(letters.dropLast(3)), true)
    } else {
      (text, isIBAN) = (
        written.trimmedText.contains { $0.isLetter } ? written.trimmedText : bare, false
      )
    }
  }

  /// Whether the check digits of ISO 13616 are right.
  static func isSound(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard (15...34).contains(bytes.count), bytes[0...1].allSatisfy({ $0 &- 65 < 26 }),
      bytes[2...3].allSatisfy({ $0 &- 48 < 10 })
    else { return false }
    var rest = 0
    for byte in bytes[4...] + bytes[..<4] {
      switch byte {
      case 48...57: rest = (rest * 10 + Int(byte) - 48) % 97
      case 65...90: rest = (rest * 100 + Int(byte) - 55) % 97
      default: return false
      }
    }
    return rest == 1
  }
}
