internal import Claims
internal import Columns
internal import Networks
internal import Payments

/// The payments that a search looked at: how many, of when, in which currencies, and from which files.
///
/// What every search says of them, under the same keys.
package struct ScannedPayments: Encodable, Sendable {
  /// What all payments of one currency add up to.
  package struct Total: Encodable, Sendable {
    @Nullable var currency: String?
    let payments: Int
    let total: Double
    /// As people read it.
    let text: String

    private enum CodingKeys: CodingKey { case currency, payments, total }
  }

  private enum CodingKeys: CodingKey {
    case payments, parties, rejected, first, last, within, currency, totals, sources
  }

  private let payments: Int
  private let parties: Int
  private let rejected: Int
  @Nullable private var first: String?
  @Nullable private var last: String?
  private let within: Int
  private let window: String
  /// The one currency that the file names.
  @Nullable private var currency: String?
  private let totals: [Total]
  /// The files that were understood before they were read.
  private let sources: [SearchedPayments.Source]
  /// The same as they were read.
  let read: [PaymentSource]
  /// What a reader has to know of the currencies, a sentence each.
  let currencyNotes: [String]

  /// Describes payments.
  ///
  /// - Parameters:
  ///   - payments: The payments.
  ///   - search: The form in which they are searched.
  ///   - seconds: The window.
  ///   - window: The window as its user wrote it.
  ///   - hasRates: Whether rates are given.
  init(
    _ payments: Payments,
    _ search: PaymentSearch,
    within seconds: Int,
    _ window: String,
    hasRates: Bool
  ) {
    let searched = SearchedPayments(payments, search, hasRates: hasRates)
    self.init(searched, within: seconds, window, read: payments.sources)
  }

  /// Describes what was searched.
  ///
  /// - Parameters:
  ///   - searched: The payments.
  ///   - seconds: The window.
  ///   - window: The window as its user wrote it.
  ///   - read: The files as they were read, where they were.
  init(
    _ searched: SearchedPayments,
    within seconds: Int,
    _ window: String,
    read: [PaymentSource] = []
  ) {
    (payments, parties) = (searched.payments, searched.parties)
    rejected = searched.rejected
    first = searched.first.map(PaymentTime.text)
    last = searched.last.map(PaymentTime.text)
    (within, self.window) = (seconds, window)
    currency = searched.currency
    totals = searched.totals.map { Total($0, digits: searched.digits) }
    self.read = read
    sources = searched.sources
    currencyNotes = searched.currencyNotes
  }

  /// What was found, where, and among what: `3 loops within 2d among 7 payments …`.
  func summary(_ found: String) -> String {
    let span = first.flatMap { first in last.map { ", \(first) to \($0)." } }
    return
      "\(found) within \(window) among \(Figures.count(payments, "payment")) "
      + "\(currency.map { "in \($0) " } ?? "")between "
      + "\(Figures.count(parties, "party", "parties"))\(span ?? ".")"
  }

  /// What follows the summary: totals of several currencies, what is to be known of them, and rows left out.
  var remarks: [String] {
    var lines: [String] = []
    if totals.count > 1 {
      let told = totals.map { "\($0.currency ?? "no currency") \($0.text)" }
      lines.append("In all \(told.joined(separator: " · ")).")
    }
    lines += currencyNotes
    if rejected > 0 {
      lines.append("\(Figures.count(rejected, "row")) of the file left out as no payments.")
    }
    return lines
  }
}

extension ScannedPayments.Total {
  fileprivate init(_ total: SearchedPayments.Total, digits: Int) {
    let units = Int128(total.minorUnits) ?? 0
    let text = Int64(exactly: units).map { Figures.amount(minorUnits: $0, digits: digits) }
    let whole = AmountUnit(currency: nil, digits: digits).whole(Double(units))
    self.init(
      currency: total.currency,
      payments: total.payments,
      total: whole,
      text: text ?? Figures.amount(whole)
    )
  }
}
