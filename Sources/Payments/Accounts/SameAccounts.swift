internal import Columns

/// Accounts that are written as a bank and a number here, and as an IBAN there.
enum SameAccounts {
  /// For each party that is such an account the party that is the same by its IBAN.
  ///
  /// An IBAN ends in the number of its bank and that of the account, with noughts between them where the number is
  /// short. Where two IBANs would do, neither is taken.
  static func found(among names: NameTable) -> [Int32: Int32] {
    let written = (0..<names.count).filter { index in
      let (start, end) = (names.starts[index], names.starts[index + 1])
      return end - start < 40 && (start..<end).contains { names.bytes[$0] == 47 }
    }
    guard !written.isEmpty else { return [:] }
    var ends: [String: Int32?] = [:]
    for index in 0..<names.count {
      let name = names[index]
      guard (15...34).contains(name.utf8.count), AccountNumber.isSound(name) else { continue }
      let basic = String(name.dropFirst(4))
      // Some countries put a bank's letters in front.
      for end in [basic, String(basic.dropFirst(4))] {
        ends[end] = ends[end] == nil ? .some(Int32(index)) : .some(nil)
      }
    }
    guard !ends.isEmpty else { return [:] }
    var same: [Int32: Int32] = [:]
    for index in written {
      let parts = names[index].split(separator: "/").map {
        $0.filter { $0.isLetter || $0.isNumber }
      }
      guard parts.count == 2, parts[0].count >= 4 else { continue }
      for noughts in 0...6 {
        let end = parts[0] + String(repeating: "0", count: noughts) + parts[1]
        if let match = ends[end.uppercased()], let match {
          same[Int32(index)] = match
          break
        }
      }
    }
    return same
  }
}
