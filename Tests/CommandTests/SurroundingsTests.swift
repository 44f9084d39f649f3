import Foundation
import TestKit
import Testing

/// What the system around the command gives it: names, limits, and disks that are full.
@Suite struct SurroundingsTests {
  /// What a line of the shell says, with `ouro` for the program, in a folder that holds a book as `b.ouro`.
  private func shell(_ line: String) throws -> ProgramResult {
    try withTemporaryFolder { folder in
      let book = packageRoot.appending(path: "Tests/CommandTests/Fixtures/loop-book").path
      _ = try runOuro(["import", book, "b.ouro"], in: folder)
      let program = try builtOuro().path
      let script = "ouro() { '\(program)' \"$@\"; }\nBOOK='\(book)'\n\(line)"
      return try runProgram(URL(filePath: "/bin/bash"), ["-c", script], in: folder)
    }
  }

  @Test(arguments: [
    // A dash is no name for a book: it would be a file that no other command can open.
    ("ouro import $BOOK -", 65, "a book is a file of its own"),
    // What was written is said, although the answer cannot be.
    ("ouro import $BOOK c.ouro --json > /dev/full", 74, "in batch 1"),
    ("ouro undo b.ouro --json > /dev/full", 74, "in batch 2"),
    // Of a name that is not UTF-8 Swift would make another.
    ("cp b.ouro $'b\\xff.ouro'; ouro verify $'b\\xff.ouro'", 64, "argument 2 is not UTF-8"),
    ("(ulimit -n 9; ouro report b.ouro)", 66, "too many open files"),
    ("(ulimit -n 9; ouro serve b.ouro --no-open --port 0)", 66, "ulimit -n 1024"),
    ("echo 'extends: ../s.yaml' > s.yaml; ouro stress scenario b.ouro s.yaml", 65, "leads out"),
    ("echo 'extends: /etc/hosts' > s.yaml; ouro stress scenario b.ouro s.yaml", 65, "leads out"),
    ("ouro verify b.ouro --expecting ABCDEF01", 65, "no entry has the hash abcdef01"),
  ])
  func areToldWhereTheyDoNotServe(line: String, status: Int32, words: String) throws {
    let result = try shell(line)
    #expect(result.status == status, "\(result.stderr)")
    #expect(result.stderr.contains(words), "\(result.stderr)")
  }

  @Test func aHashIsGivenInCapitalsToo() throws {
    let line =
      "H=$(ouro verify b.ouro | grep -o '[0-9a-f]\\{64\\}'); ouro verify b.ouro --expecting ${H^^}"
    let result = try shell(line)
    #expect(result.status == 0, "\(result.stderr)")
    #expect(result.stdout.contains("intact"))
  }
}
