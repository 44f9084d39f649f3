import Testing

/// Each rule fires on what it forbids, and only there.
@Suite struct RuleTests {
  @Test(arguments: [
    ("Sources/Claims/A.swift", "import Books"),
    ("Sources/Claims/A.swift", "public import Networks"),
    ("Sources/Tables/A.swift", "internal import Claims"),
    ("Sources/Networks/A.swift", "@preconcurrency import struct Loops.Cycle"),
    ("Sources/Loops/A.swift", "import Claims"),
    ("Sources/Reports/A.swift", "import Books"),
    ("Sources/Reports/A.swift", "  import ouro"),
    ("Sources/Networks/A.swift", "import Foundation"),
    ("Sources/Claims/A.swift", "import FoundationEssentials"),
    ("Sources/Reports/A.swift", "import GRDB"),
    ("Sources/Claims/A.swift", "private import Glibc"),
    ("Sources/ouro/Commands/A.swift", "import CLibcrypto"),
    ("Sources/Books/A.swift", "import ArgumentParser"),
    ("Sources/Sundries/A.swift", "let a = 1"),
  ])
  func forbiddenImport(name: String, text: String) {
    #expect(checkImports(name, text).map(\.line) == [1])
  }

  @Test(arguments: [
    ("Sources/Claims/A.swift", "public import Tables"),
    ("Sources/Books/A.swift", "internal import GRDB"),
    ("Sources/Books/A.swift", "import Foundation"),
    ("Sources/ouro/Commands/A.swift", "import ArgumentParser\nimport Books\nimport Reports"),
    ("Sources/Claims/A.swift", "// import Books\n/// We import Books nowhere."),
    ("Sources/CLibcrypto/digest.h", "#include <stddef.h>"),
  ])
  func allowedImport(name: String, text: String) {
    #expect(checkImports(name, text).isEmpty)
  }

  @Test func citationsMustBeListed() {
    let references = """
      - Johnson, *SIAM* 4(1), 1975, doi:10.1137/0204007.
      - [Finn](https://doi.org/10.1016/0022-5193(76)90099-X)
      """
    let rule = checkReferences(listed: listedIdentifiers(references))
    let good = """
      /// Johnson 1975 (doi:10.1137/0204007), and doi:10.1016/0022-5193(76)90099-x.
      /// See https://doi.org/10.1137/0204007
      """
    #expect(rule("Sources/Loops/A.swift", good).isEmpty)
    let bad = "/// doi:10.1137/0204007\n/// doi:10.1137/020400\n/// doi:10.1/x doi: 10.1137/0204007"
    #expect(
      rule("Sources/Loops/A.swift", bad) == [
        Violation(
          file: "Sources/Loops/A.swift",
          line: 2,
          reason: "10.1137/020400 is not in docs/references.md"
        ),
        Violation(
          file: "Sources/Loops/A.swift",
          line: 3,
          reason: "10.1/x is not in docs/references.md"
        ),
        Violation(file: "Sources/Loops/A.swift", line: 3, reason: "`doi:` names no DOI"),
      ]
    )
  }

  @Test func layout() {
    let name = "Sources/Claims/A.swift"
    #expect(checkLayout(name, String(repeating: "let a = 1\n", count: 500)).isEmpty)
    #expect(checkLayout(name, String(repeating: "let a = 1\n", count: 501)).map(\.line) == [501])
    #expect(checkLayout(name, "let a = 1\n\tlet b = 2\n").map(\.line) == [2])
    #expect(checkLayout(name, "let a = 1 \n\n  \n").map(\.line) == [1, 3])
    #expect(checkLayout(name, "let a = 1\r\n").map(\.line) == [1])
  }

  @Test(arguments: [
    "public struct A {}",
    "// Not a documentation comment.\npublic func a() {}",
    "/// A.\n\npublic let a = 1",
    "  public static let a = 1",
    "  public private(set) var a = 1",
    "  @inlinable public init() {}",
    "@MainActor\npublic final class A {}",
    "  @inlinable package func a() {}",
    "  case a\n  public var b: Int { 1 }",
  ])
  func undocumented(text: String) {
    #expect(checkDocumentation("Sources/Claims/A.swift", text).count == 1)
  }

  @Test(arguments: [
    "/// A.\npublic struct A {}",
    "/// A.\n@frozen\n@available(*, deprecated)\npublic struct A {}",
    "  /// A.\n  public private(set) var a = 1",
    "struct A {}\nprivate let a = 1",
    "public import Tables",
    "public extension A {}",
    "// public struct A {}",
  ])
  func documented(text: String) {
    #expect(checkDocumentation("Sources/Claims/A.swift", text).isEmpty)
  }

  @Test(arguments: [
    "fatalError(\"no\")",
    "let a = try! b()",
    "  print(a)",
    "guard a else { print(\"http://a\") }",
    "let a = \"//\"; print(a)",
  ])
  func loud(text: String) {
    #expect(checkQuiet("Sources/Claims/A.swift", text).map(\.line) == [1])
    #expect(checkQuiet("Sources/ouro/A.swift", text).isEmpty)
  }

  @Test(arguments: [
    "let a = blueprint(b)",
    "debugPrint.print(a)",
    "func print(_ a: Int) {}",
    "precondition(a)  // not fatalError(",
    "/// Never print(a).",
    "let a = try b()",
  ])
  func quiet(text: String) {
    #expect(checkQuiet("Sources/Claims/A.swift", text).isEmpty)
  }

  @Test func errorsMustBeProvoked() {
    let text = """
      package enum AError: Error, CustomStringConvertible {
        case tooLong(Int), tooShort
        case unseen
        case broken

        var description: String {
          switch self {
          case .tooLong(let length): "it has \\(length) letters, and ten are allowed"
          case .tooShort: "it has no letters"
          case .unseen: "nobody ever saw this"
          case .broken: "please report it"
          }
        }
      }
      """
    let rule = checkProvoked(by: "AError.tooShort \"7 letters, and ten are allowed\"")
    #expect(rule("Sources/Claims/A.swift", text).map(\.line) == [3])
    #expect(checkProvoked(by: "")("Sources/Claims/A.swift", text).map(\.line) == [2, 2, 3])
    #expect(checkProvoked(by: "")("Sources/Claims/A.swift", "enum A: Error {\n  case b\n}").isEmpty)
  }
}
