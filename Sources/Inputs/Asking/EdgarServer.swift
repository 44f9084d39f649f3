import Disk
import Foundation
import Readers

/// The SEC's servers: lists of filings, lists of facts, and the filings themselves.
package struct EdgarServer {
  private let cache: FileCache
  private let server: String?

  /// The most bytes of one file.
  private static let limit = 256 << 20

  private var data: String { server ?? "https://data.sec.gov" }
  private var archive: String { server ?? "https://www.sec.gov" }

  /// The servers.
  ///
  /// - Parameters:
  ///   - cache: Where files are kept.
  ///   - server: Another server in place of the SEC's.
  package init(cache: FileCache, server: String?) {
    (self.cache, self.server) = (cache, server)
  }

  /// Fetches what there is about a company.
  ///
  /// - Parameters:
  ///   - cik: Its number.
  ///   - filings: How many of its newest annual reports to read whole, where shares of customers stand.
  ///   - isFresh: Whether to ask again for lists, which grow; a filing never changes.
  /// - Returns: The paths of the files.
  /// - Throws: ``CannotFetch``.
  package func files(of cik: Int, filings: Int, isFresh: Bool) throws -> [String] {
    let number = CIK.text(cik)
    let listed = try cache.file(
      "\(data)/submissions/CIK\(number).json",
      isFresh: isFresh,
      limit: Self.limit
    )
    let facts = try cache.file(
      "\(data)/api/xbrl/companyfacts/CIK\(number).json",
      isFresh: isFresh,
      limit: Self.limit
    )
    let annual = try annualReports(listed).prefix(filings)
    return [listed, facts]
      + (try annual.map { filing in
        let accession = filing.accession.filter { $0 != "-" }
        return try cache.file(
          "\(archive)/Archives/edgar/data/\(cik)/\(accession)/\(filing.document)",
          limit: Self.limit
        )
      })
  }

  private func annualReports(_ path: String) throws -> [Submissions.Filing] {
    let bytes = try Files.bytes(of: path)
    do throws(FilingError) {
      return try SubmissionsReader.read(bytes).filings
        .filter { filing in
          !filing.form.hasSuffix("/A")
            && ["10-K", "20-F", "40-F"].contains(where: filing.form.hasPrefix)
        }
        .filter { !$0.document.isEmpty && !$0.accession.isEmpty }
    } catch {
      throw UnreadableFile(path, error)
    }
  }
}
