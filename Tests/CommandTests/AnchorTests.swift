import Foundation
import TestKit
import Testing

/// `ouro anchor`, and what `ouro verify` makes of it.
@Suite struct AnchorTests {
  private static let hasKeygen = ["/usr/bin/ssh-keygen", "/usr/local/bin/ssh-keygen"].contains {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// A book, its anchor, two keys, and the file of signers that knows the first.
  private func withAnchor(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let book = packageRoot.appending(path: "Tests/CommandTests/Fixtures/loop-book").path
      _ = try runOuro(["import", book, "b.ouro"], in: folder)
      for name in ["mine", "other"] {
        let make = ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name]
        let made = try runProgram(URL(filePath: "/usr/bin/ssh-keygen"), make, in: folder)
        try #require(made.status == 0, "\(made.stderr)")
        let key = try String(contentsOf: folder.appending(path: "\(name).pub"), encoding: .utf8)
        try Data("\(name)@example.com \(key)".utf8).write(
          to: folder.appending(path: "\(name).signers")
        )
      }
      let made = try runOuro(["anchor", "b.ouro", "--key", "mine", "-o", "b.anchor"], in: folder)
      try #require(made.status == 0, "\(made.stderr)")
      try body(folder)
    }
  }

  private func verify(_ folder: URL, signers: String? = "mine.signers") throws -> ProgramResult {
    let who = signers.map { ["--signers", $0] } ?? []
    return try runOuro(["verify", "b.ouro", "--anchor", "b.anchor"] + who, in: folder)
  }

  @Test(.enabled(if: hasKeygen)) func aBookThatGrewHoldsWhatWasSigned() throws {
    try withAnchor { folder in
      _ = try runOuro(["undo", "b.ouro"], in: folder)
      let result = try verify(folder)
      #expect(result.status == 0, "\(result.stderr)")
      #expect(result.stderr.contains("it holds all that was signed on "))
      #expect(result.stderr.contains(": mine@example.com"))
      #expect(try verify(folder, signers: nil).stderr.contains("SHA256:"))
    }
  }

  @Test(.enabled(if: hasKeygen)) func aBookThatWasMadeAnewDoesNot() throws {
    try withAnchor { folder in
      try FileManager.default.removeItem(at: folder.appending(path: "b.ouro"))
      let book = packageRoot.appending(path: "Tests/CommandTests/Fixtures/loop-book").path
      _ = try runOuro(["import", book, "b.ouro"], in: folder)
      let result = try verify(folder)
      #expect(result.status == 65)
      #expect(result.stderr.contains("no entry has the hash"))
    }
  }

  @Test(.enabled(if: hasKeygen)) func anAnchorThatWasChangedIsNobodys() throws {
    try withAnchor { folder in
      #expect(try verify(folder, signers: "other.signers").status == 65)
      let file = folder.appending(path: "b.anchor")
      let text = try String(contentsOf: file, encoding: .utf8)
      for (part, other) in [
        ("entries ", "entries 1"), ("signed 2", "signed 1"), ("hash ", "hash 0"),
      ] {
        try Data(text.replacing(part, with: other).utf8).write(to: file)
        let result = try verify(folder)
        #expect(result.status == 65, "\(other)")
        #expect(result.stderr.contains("the anchor is not signed so"), "\(result.stderr)")
      }
      try Data("hello\n".utf8).write(to: file)
      #expect(try verify(folder).stderr.contains("this is no anchor"))
    }
  }

  @Test(
    arguments: [
      (["verify", "b.ouro", "--signers", "s"], 64, "goes with --anchor"),
      (["verify", "Tests/CommandTests/Fixtures/loop-book", "--anchor", "a"], 64, "kept in git"),
      (
        ["anchor", "Tests/CommandTests/Fixtures/loop-book", "--key", "k", "-o", "a"], 65, "by hand"
      ),
      (["anchor", "none.ouro", "--key", "k", "-o", "a"], 66, "no such file"),
    ] as [([String], Int32, String)]
  )
  func whatCannotBeAnchoredIsTold(line: [String], status: Int32, words: String) throws {
    let result = try runOuro(line)
    #expect(result.status == status, "\(result.stderr)")
    #expect(result.stderr.contains(words), "\(result.stderr)")
  }

  @Test(.enabled(if: hasKeygen)) func aKeyThatIsNotThereSignsNothing() throws {
    try withAnchor { folder in
      let result = try runOuro(["anchor", "b.ouro", "--key", "none", "-o", "c.anchor"], in: folder)
      #expect(result.status == 74)
      #expect(result.stderr.contains("ssh-keygen does not sign"))
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "c.anchor").path))
    }
  }
}
