import Foundation
import TestKit
import Testing

/// The means by which golden files are compared.
@Suite struct GoldenTests {
  @Test(arguments: [
    ("a\nb\n", "a\nc\n", #"line 2 differs|"b\n"|"c\n""#),
    ("a\n", "a", #"line 1 differs|"a\n"|"a""#),
    ("a\n", "a\nb\n", #"line 2 differs|(the end)|"b\n""#),
    ("a\nb\n", "a\n", #"line 2 differs|"b\n"|(the end)"#),
    ("a\n", "a\r\n", #"line 1 differs|"a\n"|"a\r\n""#),
    ("", "a", #"line 1 differs|(the end)|"a""#),
  ])
  func differenceIsShown(expected: String, actual: String, shown: String) throws {
    let difference = try #require(firstDifference(expected: expected, actual: actual))
    let lines = difference.split(separator: "\n").map { line in
      line.replacing(/^ *(expected|actual): */, with: "")
    }
    #expect(lines.joined(separator: "|") == shown)
  }

  @Test func sameTextsDoNotDiffer() {
    #expect(firstDifference(expected: "a\nb\n", actual: "a\nb\n") == nil)
  }

  @Test func goldenFileIsCompared() throws {
    try golden("one\ntwo\n", named: "sample.txt")
  }

  @Test func differenceOrAbsenceIsAFault() throws {
    let folder = packageRoot.appending(path: "Tests/TidyTests/Golden")
    let different = try goldenFault("one\n", in: folder.appending(path: "sample.txt"))
    #expect(different?.hasPrefix("sample.txt: line 2 differs") == true)
    let absent = try goldenFault("one\n", in: folder.appending(path: "no-such.txt"))
    #expect(absent?.hasPrefix("there is no ") == true)
  }

  @Test func packageRootHoldsTheManifest() {
    let manifest = packageRoot.appending(path: "Package.swift")
    #expect(FileManager.default.fileExists(atPath: manifest.path))
  }
}
