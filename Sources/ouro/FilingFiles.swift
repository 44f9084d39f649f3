import Disk
import Foundation
import Payments
import Readers
import Reports

/// The files of a folder that hold filings, read, and those that were passed over.
struct FilingFiles {
  private var set = FilingSet()
  private var skipped: [(file: String, reason: String)] = []
  private let paths: [String]

  /// Reads files and whatever lies in folders, by name.
  init(_ paths: [String]) throws {
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
      if isAsked { throw UnreadableFiling(file: file, error: error) }
      skipped.append((file, error.description))
    }
  }

  /// The companies asked for, or all.
  func companies(_ asked: [Int]) throws -> [CompanyFilings] {
    let found = set.ciks
    if let missing = asked.first(where: { !found.contains($0) }) {
      tellSkipped()
      throw NoFilings(cik: missing, paths: paths, found: found)
    }
    guard !found.isEmpty else {
      tellSkipped()
      throw NoFilings(cik: nil, paths: paths, found: found)
    }
    return (asked.isEmpty ? found : asked).map { set.company($0) }
  }

  /// Tells which files were passed over, and why.
  func tellSkipped() {
    for (file, reason) in skipped { say("\(file): passed over: \(reason)") }
  }
}

/// A file of filings that was not read, and which.
struct UnreadableFiling: Error, CustomStringConvertible {
  let file: String
  let error: FilingError

  var description: String { "\(file): \(error)" }
}

/// Nothing was read of a company, or of any.
struct NoFilings: Error, CustomStringConvertible {
  let cik: Int?
  let paths: [String]
  let found: [Int]

  var description: String {
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
