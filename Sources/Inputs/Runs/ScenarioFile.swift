package import Books
package import Claims
internal import Disk
internal import Foundation
package import Reports

extension ScenarioQuestion {
  /// Lays out the scenario of a file on what a book holds.
  ///
  /// - Parameters:
  ///   - opened: The book.
  ///   - view: A view of it.
  ///   - path: The scenario's file; what it extends stands beside it.
  ///   - months: How many months; `nil` for as many as the scenario says.
  /// - Throws: ``ScenarioError``, and ``BookError`` where it is no text.
  package init(_ opened: OpenedBook, _ view: View, scenario path: String, months: Int?) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try self.init(
      view,
      book: opened.headHash,
      scenario: (path, try Self.text(path)),
      months: months
    ) { name in
      let other = folder.appendingPathComponent(name).relativePath
      // A device or a pipe may never end, or never begin.
      let kind = try? URL(fileURLWithPath: other).resolvingSymlinksInPath()
        .resourceValues(forKeys: [.isRegularFileKey])
      guard kind?.isRegularFile == true, let text = try? Self.text(other) else { return nil }
      return (other, text)
    }
  }

  /// The hash of all that went in.
  package var hash: String { Fingerprint.of(ingredients) }

  private static func text(_ path: String) throws -> String {
    let bytes = try Files.bytes(of: path, atMost: 1 << 20)
    guard bytes.count < 1 << 20, let text = String(validating: bytes, as: UTF8.self) else {
      throw BookError.refused(
        reason: "\(path) is no scenario: it is over a megabyte, or no UTF-8",
        advice: "name a YAML file"
      )
    }
    return text
  }
}
