internal import Claims
internal import Columns
internal import Networks
internal import Payments

/// The payments that a search looked at: how many, of when, in which currencies, and from which files.
///
/// What every search says of them, under the same keys.
public struct ScannedPayments: Encodable, Sendable {
  /// What all payments of one currency add up to.
  public struct Total: Encodable, Sendable {
    @Nullable var currency: String?
    let payments: Int
    let total: Double
    /// As people read it.
    let text: String

    private enum CodingKeys: CodingKey { case currency, payments, total }
  }

  /// A file that payments came from.
  public struct Source: Encodable, Sendable {
    let file: String
    let payments: Int
    let rejected: Int
    /// The SHA-256 of the file; of what came through a pipe there is none.
    @Nullable var sha256: String?
    /// How it was understood; `null` of a file of the plain form.
    @Nullable var understanding: Understanding?
    let notes: [String]
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
  private let sources: [Source]
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
    (self.payments, parties) = (payments.count, payments.parties.count)
    rejected = payments.rejected.count
    let span = payments.span
    first = span.map { PaymentTime.text($0.first) }
    last = span.map { PaymentTime.text($0.last) }
    (within, self.window) = (seconds, window)
    currency = payments.currency?.description
    totals = payments.totals.map { Total($0, payments) }
    read = payments.sources
    sources = read.map {
      Source(
        file: $0.path,
        payments: $0.payments,
        rejected: $0.rejected,
        sha256: $0.sha256,
        understanding: $0.understanding,
        notes: $0.notes
      )
    }
    currencyNotes = Self.notes(search, hasRates: hasRates)
  }

  private static func notes(_ search: PaymentSearch, hasRates: Bool) -> [String] {
    var notes: [String] = []
    let apart = search.apart.map { $0.isEmpty ? "one that nobody names" : $0 }
    if !apart.isEmpty {
      notes.append(
        !hasRates
          ? "amounts are in \(apart.count) currencies (\(apart.joined(separator: ", "))) and no rates are "
            + "given: each loop stays within one currency; --rates FILE lets it cross"
          : "no rate is given for \(apart.joined(separator: ", ")): loops of it stay within the currency"
      )
    }
    if let base = search.base { notes.append("amounts of loops across currencies are in \(base)") }
    return notes
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
  fileprivate init(_ total: PaymentTotal, _ payments: Payments) {
    let units = Int64(exactly: total.minorUnits)
    let text = units.map { Figures.amount(minorUnits: $0, digits: payments.digits) }
    let whole = payments.unit.whole(Double(total.minorUnits))
    self.init(
      currency: total.currency,
      payments: total.payments,
      total: whole,
      text: text ?? Figures.amount(whole)
    )
  }
}
