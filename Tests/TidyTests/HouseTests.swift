import Foundation
import TestKit
import Testing

/// The rules of the house, on the house.
@Suite struct HouseTests {
  private let sources: [(name: String, text: String)]

  init() throws {
    let folder = packageRoot.appending(path: "Sources")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    sources = try paths.compactMap { path in
      let file = folder.appending(path: path)
      guard !file.hasDirectoryPath, !path.contains("/.") else { return nil }
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        return nil
      }
      return ("Sources/\(path)", try String(contentsOf: file, encoding: .utf8))
    }
  }

  /// A rule that is shown no file finds nothing.
  @Test func everyModuleIsRead() {
    let modules = Set(sources.map { $0.name.split(separator: "/")[1] })
    #expect(modules.isSuperset(of: ImportTable.house.ours.keys.map { Substring($0) }))
  }

  @Test func importsKeepTheDirection() { expectNone(checkImports) }

  @Test func citedPapersAreListed() throws {
    let file = packageRoot.appending(path: "docs/references.md")
    let references =
      FileManager.default.fileExists(atPath: file.path)
      ? try String(contentsOf: file, encoding: .utf8) : ""
    expectNone(checkReferences(listed: listedIdentifiers(references)))
  }

  @Test func filesAreShortAndClean() { expectNone(checkLayout) }

  @Test func publicDeclarationsAreDocumented() { expectNone(checkDocumentation) }

  @Test func onlyTheCommandPrintsOrStops() { expectNone(checkQuiet) }

  @Test func everyErrorIsProvoked() throws {
    let folder = packageRoot.appending(path: "Tests")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
    let tests = try paths.filter { $0.hasSuffix(".swift") && !$0.hasPrefix("TidyTests/") }.map {
      try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
    }
    expectNone(checkProvoked(by: tests.joined(separator: "\n")))
  }

  private func expectNone(_ rule: Rule, sourceLocation: SourceLocation = #_sourceLocation) {
    let violations = sources.flatMap { rule($0.name, $0.text) }
    let list = violations.map(\.description).joined(separator: "\n")
    #expect(violations.isEmpty, "\(list)", sourceLocation: sourceLocation)
  }
}
