package import Disk
import Foundation

/// The book, scenarios, payments and article that ship with the program, in the folder where they were found.
package struct ShippedFiles {
  /// The parts that are copied, each a folder of files.
  static let parts = ["ai-economy", "scenarios", "payments", "reading"]

  private let folder: String

  /// Looks beside the program, as it is installed, and then in the working folder, as in the sources.
  ///
  /// - Throws: ``FileError/noSuchInput(path:reason:)`` that names both places.
  package init() throws(FileError) {
    let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
    let installed = program?.deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "share/ouro").path
    let places = [installed, "Examples"].compactMap(\.self)
    let found = places.first { place in
      Self.parts.allSatisfy { Files.kind("\(place)/\($0)") == .folder }
    }
    guard let found else {
      throw .noSuchInput(
        path: places.joined(separator: " and "),
        reason: "the book that ships with ouro is in neither; install the program whole"
      )
    }
    folder = found
  }

  /// Copies all of them; a file that is there already stays when it is the same.
  ///
  /// - Parameter target: The folder to copy into, made where there is none.
  /// - Throws: ``FileError``, before anything of a part is written where a file of it is another.
  package func copy(to target: String) throws {
    try Files.makeFolder(target)
    for part in Self.parts {
      let names = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(part)").sorted()
      let copies = try names.map { try copy(named: "\(part)/\($0)", in: target) }
      try Files.makeFolder("\(target)/\(part)")
      for copy in copies.compactMap(\.self) { try Files.replace(copy.path, with: copy.bytes) }
    }
  }

  /// What to write where; `nil` where it is written already.
  private func copy(named name: String, in target: String) throws -> (path: String, bytes: [UInt8])?
  {
    let path = "\(target)/\(name)"
    let bytes = try Files.bytes(of: "\(folder)/\(name)")
    guard Files.kind(path) != .nothing else { return (path, bytes) }
    guard Files.kind(path) == .file, try Files.bytes(of: path) == bytes else {
      throw FileError.couldNotWrite(
        path: path,
        reason: "something else is there and is left as it is; name another folder"
      )
    }
    return nil
  }
}
