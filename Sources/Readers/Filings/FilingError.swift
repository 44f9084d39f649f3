/// Why a file of filings was not read.
package enum FilingError: Error, Equatable, CustomStringConvertible {
  /// It is larger than what is read.
  case tooLarge(bytes: Int, limit: Int)
  /// It is not JSON, or not the JSON that the SEC writes.
  case badJSON(offset: Int, reason: String)
  /// It is not XML, or holds what no filing needs.
  case badXML(line: Int, reason: String)
  /// It is neither facts of a company, nor a list of its filings, nor a filing in inline XBRL.
  case unknownFile

  /// One sentence for a person.
  package var description: String {
    switch self {
    case .tooLarge(let bytes, let limit):
      "the file has \(bytes) bytes, at most \(limit) are read"
    case .badJSON(let offset, let reason): "byte \(offset): \(reason); fetch the file again"
    case .badXML(let line, let reason): "line \(line): \(reason)"
    case .unknownFile:
      "this is neither companyfacts nor submissions of the SEC, nor a filing in inline XBRL; "
        + "ouro read reads what a filing says in words"
    }
  }
}
