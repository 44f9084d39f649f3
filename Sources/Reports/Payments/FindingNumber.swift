internal import Columns
internal import Payments

/// The numbers of findings: made of what they say and of nothing else, so that the same finding has the same number in
/// the next run, whatever else the file holds by then and in whichever order.
package enum FindingNumber {
  /// The number of a finding, `ring-5f0c9a317e`.
  ///
  /// - Parameters:
  ///   - kind: What sort of finding it is.
  ///   - parts: What it says.
  /// - Returns: The number: the kind, and forty bits of a SHA-256 of all parts.
  static func of(_ kind: String, _ parts: [String]) -> String {
    // Each part after its length, so that no two lists of parts read the same.
    let text = ([kind] + parts).map { "\($0.utf8.count):\($0)" }.joined()
    return "\(kind)-\(FileHash.of(Array(text.utf8)).prefix(10))"
  }

  /// What a payment says.
  static func parts(_ index: Int, _ payments: Payments) -> [String] {
    [
      payments.parties[Int(payments.payer[index])], payments.parties[Int(payments.payee[index])],
      String(payments.time[index]),
      Figures.exact(minorUnits: payments.amountMinorUnits[index], digits: payments.digits),
      payments.currency(of: index) ?? "",
    ]
  }

  /// The numbers of findings in an earlier answer or list; `nil` where it is neither.
  ///
  /// - Parameter bytes: JSON, JSON lines, or CSV.
  /// - Returns: The numbers.
  package static func all(in bytes: [UInt8]) -> Set<String>? {
    let text = String(decoding: bytes, as: UTF8.self)
    let kinds: Set = ["ring", "split", "return", "pattern"]
    let words = text.split { !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-")) }
    let numbers = words.filter { word in
      let parts = word.split(separator: "-", omittingEmptySubsequences: false)
      return parts.count == 2 && kinds.contains(String(parts[0])) && parts[1].count == 10
        && parts[1].allSatisfy(\.isHexDigit)
    }
    // A list without findings is a header, or as JSON lines nothing.
    let isEmptyList = text.isEmpty || text.hasPrefix("finding,") || text.hasPrefix("loop,")
    guard !numbers.isEmpty || isEmptyList || text.contains("\"measure\"") else { return nil }
    return Set(numbers.map(String.init))
  }
}
