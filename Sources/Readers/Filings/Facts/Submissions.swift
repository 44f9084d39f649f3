package import Claims
internal import Tables

/// What `submissions` of the SEC holds of one company: its names, and the filings it made.
package struct Submissions: Sendable {
  /// One filing of the list.
  package struct Filing: Sendable, Hashable {
    /// The SEC's number of the filing.
    package let accession: String
    /// The day it was filed.
    package let filed: Day
    /// The last day it reports on; `nil` where it reports on none.
    package let reportDay: Day?
    /// The form, as `10-K`.
    package let form: String
    /// The name of its main document.
    package let document: String
  }

  /// The SEC's number of the company; `nil` in a file of older filings, which does not say it.
  package let cik: Int?
  /// Its name.
  package let name: String
  /// The names its shares trade under.
  package let tickers: [String]
  /// The filings, latest first.
  package let filings: [Filing]
  /// Other files that hold older filings.
  package let olderFiles: [String]
}

/// Reads `submissions` of the SEC, and the files of older filings that it names.
package enum SubmissionsReader {
  /// The most bytes that are read.
  package static let limit = 64 << 20

  /// Reads a file.
  ///
  /// - Parameter bytes: The file, in JSON.
  /// - Returns: What it holds.
  /// - Throws: ``FilingError``. Linear in the size of the file.
  package static func read(_ bytes: [UInt8]) throws(FilingError) -> Submissions {
    guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
    do throws(JSONError) {
      return try submissions(JSONValue(bytes))
    } catch {
      throw .badJSON(offset: error.offset, reason: error.reason)
    }
  }

  private static func submissions(_ value: JSONValue) throws(JSONError) -> Submissions {
    let filings = value["filings"]
    guard let table = filings?["recent"] ?? (value["accessionNumber"] == nil ? nil : value) else {
      throw JSONError(offset: 0, reason: "submissions has a list of filings, and this does not")
    }
    return Submissions(
      cik: value["cik"]?.text.flatMap(CIK.number),
      name: value["name"]?.text ?? "",
      tickers: (value["tickers"]?.elements ?? []).compactMap(\.text),
      filings: rows(table),
      olderFiles: (filings?["files"]?.elements ?? []).compactMap { $0["name"]?.text }
    )
  }

  /// The filings, which stand column by column.
  private static func rows(_ table: JSONValue) -> [Submissions.Filing] {
    let column = { (name: String) in (table[name]?.elements ?? []).map { $0.text ?? "" } }
    let (numbers, filed, forms) = (column("accessionNumber"), column("filingDate"), column("form"))
    let (reports, documents) = (column("reportDate"), column("primaryDocument"))
    let cell = { (column: [String], row: Int) in row < column.count ? column[row] : "" }
    return numbers.indices.compactMap { row in
      guard case .day(let day)? = PartialDate(cell(filed, row)) else { return nil }
      return Submissions.Filing(
        accession: numbers[row],
        filed: day,
        reportDay: PartialDate(cell(reports, row))?.last,
        form: cell(forms, row),
        document: cell(documents, row)
      )
    }
  }
}
