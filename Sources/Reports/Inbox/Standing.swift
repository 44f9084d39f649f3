package import Claims
package import Readers

/// A claim of the book that stands beside a candidate.
package struct Standing: Encodable, Sendable {
  /// The claim's id.
  package let claim: String
  /// The deal's id.
  package let deal: String
  /// When it was reported.
  package let reported: String
  /// Who says it.
  package let teller: String?
  /// How far the deal has come by it.
  package let status: String?
  /// The amount in words.
  package let amount: String
  /// `says the same`, `contradicts`, or empty.
  package let compared: String

  /// The claim in one line.
  package var text: String {
    let parts = [claim, reported, teller, status, amount, compared].compactMap(\.self).filter {
      !$0.isEmpty
    }
    return parts.joined(separator: " · ")
  }

  /// The claims about the deal that a candidate belongs to, compared with it.
  ///
  /// - Parameters:
  ///   - cells: The candidate.
  ///   - contents: The book.
  ///   - target: The deal it is to belong to.
  /// - Returns: The claims.
  package static func claims(
    of cells: [String: String],
    in contents: BookContents,
    target: Acceptance.Target
  ) -> [Standing] {
    let deal: String? =
      if case .deal(let id) = target { id } else { target == .new ? nil : cells["deal"] }
    guard let deal else { return [] }
    let said = amount(of: cells)
    return contents.claims.filter { $0.deal == deal }.map { claim in
      Standing(
        claim: claim.id,
        deal: deal,
        reported: claim.reported.description,
        teller: claim.teller,
        status: claim.status?.rawValue,
        amount: claim.amount.map {
          CandidateText.amount(
            bound($0.low, $0.currency),
            bound($0.high, $0.currency),
            $0.currency.code,
            per: nil
          )
        } ?? "",
        compared: compared(claim, said, cells["status"])
      )
    }
  }

  private static func bound(_ units: Int64?, _ currency: Currency) -> Bound? {
    units.flatMap { Bound(minorUnits: $0, digits: currency.minorDigits) }
  }

  private static func compared(_ claim: Claim, _ said: AmountRange?, _ status: String?) -> String {
    if let said, let amount = claim.amount {
      if amount.contradicts(said) { return "contradicts" }
      if amount == said, status == nil || claim.status?.rawValue == status {
        return "says the same"
      }
    }
    let isOut = { (status: String?) in status.flatMap(Claim.Status.init)?.isWayOut }
    if let one = isOut(claim.status?.rawValue), let other = isOut(status), one != other {
      return "contradicts"
    }
    return ""
  }

  private static func amount(of cells: [String: String]) -> AmountRange? {
    guard let currency = cells["currency"].flatMap({ Currency($0) }), cells["per"] == nil else {
      return nil
    }
    let units = { (name: String) in
      cells[name].flatMap { Bound(text: $0)?.minorUnits(currency.minorDigits) }
    }
    return AmountRange(low: units("low"), high: units("high"), currency: currency)
  }
}
