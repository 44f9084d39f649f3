package import Claims
internal import Columns
internal import Payments

/// What is searched, whichever slice of it: how many payments, of when, in which currencies, from which files.
///
/// The parts of a scan carry it, and an engine that cuts a table into pieces states it of the table.
package struct SearchedPayments: Codable, Sendable, Equatable {
  /// What all payments of one currency add up to.
  package struct Total: Codable, Sendable, Equatable {
    /// The currency, where it is known.
    @Nullable var currency: String?
    /// How many payments.
    let payments: Int
    /// Their sum in minor units, in digits: it may be more than a number holds.
    let minorUnits: String

    private enum CodingKeys: String, CodingKey {
      case currency, payments
      case minorUnits = "minor_units"
    }
  }

  /// A file that payments came from.
  package struct Source: Codable, Sendable, Equatable {
    let file: String
    let payments: Int
    let rejected: Int
    /// The SHA-256 of the file; of what came through a pipe there is none.
    @Nullable var sha256: String?
    /// How it was understood; `null` of a file of the plain form.
    @Nullable var understanding: Understanding?
    let notes: [String]
  }

  /// How many payments.
  package let payments: Int
  /// Between how many parties.
  package let parties: Int
  /// How many rows are no payments.
  package let rejected: Int
  /// The time of the first payment, in seconds since 1970.
  @Nullable package var first: Int?
  /// That of the last.
  @Nullable package var last: Int?
  /// Whether no payment has a time of day.
  package let daysOnly: Bool
  /// How many digits after the point a minor unit is.
  package let digits: Int
  /// The one currency.
  @Nullable package var currency: String?
  let totals: [Total]
  /// The files that were understood before they were read.
  let sources: [Source]
  /// What a reader has to know of the currencies, a sentence each.
  let currencyNotes: [String]

  private enum CodingKeys: String, CodingKey {
    case payments, parties, rejected, first, last, digits, currency, totals, sources
    case daysOnly = "days_only"
    case currencyNotes = "currency_notes"
  }

  /// Describes payments, and the form in which they are searched.
  init(_ payments: Payments, _ search: PaymentSearch, hasRates: Bool) {
    (self.payments, parties) = (payments.count, payments.parties.count)
    rejected = payments.rejected.count
    let span = payments.span
    (first, last) = (span?.first, span?.last)
    (daysOnly, digits) = (payments.knowsOnlyDays, payments.digits)
    currency = payments.currency?.description
    totals = payments.totals.map {
      Total(currency: $0.currency, payments: $0.payments, minorUnits: "\($0.minorUnits)")
    }
    sources = payments.sources.map {
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
}
