import Foundation
import TestKit
import Testing

/// The means by which commands are tested.
@Suite struct RunOuroTests {
  @Test func helpGoesToStandardOutput() throws {
    let result = try runOuro(["--help"])
    #expect(result.status == 0)
    #expect(result.stdout.contains("USAGE: ouro"))
    #expect(result.stderr.isEmpty)
  }

  @Test func misuseIsTold() throws {
    let result = try runOuro(["--no-such-option"])
    #expect(result.status == 64)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains("--no-such-option"))
  }

  @Test func largeInputAndOutputPass() throws {
    let input = String(repeating: "a line of some length\n", count: 200_000)
    let script = "tee /dev/stderr"
    let result = try runProgram(shell, ["-c", script], input: input)
    #expect(result.status == 0)
    #expect(result.stdout == input)
    #expect(result.stderr == input)
  }

  @Test func inputMayBeLeftUnread() throws {
    let input = String(repeating: "unread\n", count: 100_000)
    #expect(try runProgram(shell, ["-c", "exit 3"], input: input).status == 3)
  }

  @Test func aSignalIsNoExitCode() throws {
    #expect(try runProgram(shell, ["-c", "kill -9 $$"]).status == -9)
  }

  @Test func environmentAndFolderAreGiven() throws {
    let result = try runProgram(
      shell,
      ["-c", "echo $COLUMNS $TZ $SAID; pwd"],
      environment: ["SAID": "yes", "TZ": "Asia/Tokyo"],
      in: URL(filePath: "/")
    )
    #expect(result.stdout == "80 Asia/Tokyo yes\n/\n")
  }

  private let shell = URL(filePath: "/bin/sh")
}
