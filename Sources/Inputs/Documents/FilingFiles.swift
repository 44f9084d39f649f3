internal import Disk
import Foundation
import Payments
package import Readers

/// The files of a folder that hold filings, read, and those that were passed over.
package struct FilingFiles {
  private var set = FilingSet()
  /// Which files were passed over, and why: a sentence each.
  package private(set) var skipped: [String] = []
  private let paths: [String]

  /// Reads files and whatever lies in folders, by name.
  ///
  /// - Parameter paths: The files and folders.
  /// - Throws: ``FileError``, and ``UnreadableFile`` for a file that was named itself.
  package init(_ paths: [String]) throws {
    self.paths = paths
    for path in paths {
      for file in try Self.files(path) { try read(file, isAsked: file == path) }
    }
  }

  private static func files(_ path: String) throws -> [String] {
    switch Files.kind(path) {
    case .nothing:
      throw FileError.noSuchInput(path: path, reason: "there is no such file or folder")
    case .file, .device: return [path]
    case .folder:
      let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
      return names.filter { !$0.hasPrefix(".") }.map { "\(path)/\($0)" }
        .filter { Files.kind($0) == .file }
    }
  }

  private mutating func read(_ file: String, isAsked: Bool) throws {
    let bytes = try UnpackedFile.bytes(of: file, atMost: CompanyFactsReader.limit)
    let name = file.split(separator: "/").last.map(String.init) ?? file
    do throws(FilingError) {
      _ = try set.add(bytes, file: name)
    } catch {
      if isAsked { throw UnreadableFile(file, error) }
      skipped.append("\(file): passed over: \(error.description)")
    }
  }

  /// The companies asked for, or all.
  ///
  /// - Parameter asked: Their numbers.
  /// - Returns: What they filed.
  /// - Throws: ``NoFilings`` where there is nothing of one.
  package func companies(_ asked: [Int]) throws(NoFilings) -> [CompanyFilings] {
    let found = set.ciks
    if let missing = asked.first(where: { !found.contains($0) }) {
      throw NoFilings(cik: missing, paths: paths, found: found)
    }
    guard !found.isEmpty else {
      throw NoFilings(cik: nil, paths: paths, found: found)
    }
    return (asked.isEmpty ? found : asked).map { set.company($0) }
  }
}

/// Nothing was read of a company, or of any.
package struct NoFilings: Error, CustomStringConvertible {
  let cik: Int?
  let paths: [String]
  let found: [Int]

  /// One sentence for a person.
  package var description: String {
    let there = paths.joined(separator: ", ")
    guard let cik else {
      return
        "\(there): nothing was read: there is neither companyfacts nor a filing in inline XBRL; "
        + "fetch them from data.sec.gov and www.sec.gov/Archives"
    }
    let others = found.isEmpty ? "none" : found.map(CIK.text).joined(separator: ", ")
    return "\(there): nothing is of CIK \(CIK.text(cik)); companies that are there: \(others)"
  }
}
