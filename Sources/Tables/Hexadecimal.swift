/// Bytes as hexadecimal digits, two each.
///
/// - Parameter bytes: The bytes.
/// - Returns: The digits.
package func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
  func digit(_ half: UInt8) -> UInt8 { half < 10 ? 48 + half : 87 + half }
  return String(unsafeUninitializedCapacity: 2 * bytes.count) { text in
    var count = 0
    for byte in bytes {
      text[count] = digit(byte >> 4)
      text[count + 1] = digit(byte & 15)
      count += 2
    }
    return count
  }
}
