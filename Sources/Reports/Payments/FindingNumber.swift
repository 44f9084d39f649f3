internal import Columns
internal import Payments

/// The numbers of findings: made of what they say and of nothing else, so that the same finding has the same number in
/// the next run, whatever else the file holds by then and in whichever order.
enum FindingNumber {
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
}
