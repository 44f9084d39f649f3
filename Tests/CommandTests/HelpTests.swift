import Foundation
import TestKit
import Testing

/// What `ouro help` shows: examples for every command, and examples that work.
@Suite struct HelpTests {
  static let commands = [
    "demo", "report", "loops", "trace", "diff", "disputes", "deals", "party", "import", "export",
    "add", "new", "cite", "due",
    "retract", "undo", "redo", "verify", "anchor", "history", "draw", "measure", "measure closure",
    "measure cycling",
    "measure potential", "measure provenance", "measure concentration", "measure gain",
    "measure cycles", "stress", "stress clearing", "stress debtrank", "stress cascade",
    "stress valuation", "stress scenario", "scan", "follow", "watch", "sum", "pack", "parties",
    "project",
    "needed",
    "merge", "rerun", "read", "review", "check", "trend", "path", "show", "search", "edgar",
    "serve", "backtest",
  ]

  @Test(arguments: commands) func examplesAreShown(command: String) throws {
    let help = try runOuro(["help"] + command.split(separator: " ").map(String.init))
    #expect(help.status == 0)
    #expect(help.stderr.isEmpty)
    let examples = Self.examples(in: help.stdout)
    #expect(!examples.isEmpty, "\(command) shows no example")
    #expect(examples.allSatisfy { $0.hasPrefix("ouro \(command) ") }, "\(examples)")
  }

  /// The list above is all of them: each command that the top names has a place in it.
  @Test func everyCommandIsTried() throws {
    for root in [[], ["measure"], ["stress"]] {
      let help = try runOuro(["help"] + root).stdout
      let list = help.split(separator: "\n").drop { !$0.contains("SUBCOMMANDS:") }
      let named = list.filter { $0.hasPrefix("  ") && $0.dropFirst(2).first?.isLowercase == true }
        .map { (root + [String($0.dropFirst(2).prefix { $0 != " " })]).joined(separator: " ") }
      #expect(named.count > 3)
      for command in named { #expect(Self.commands.contains(command), "\(command)") }
    }
  }

  /// Without the server, which runs until it is told to end: the tests of the page start and end it.
  @Test(arguments: commands.filter { $0 != "serve" })
  func examplesOnTheShippedBookRun(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    for example in Self.examples(in: try runOuro(["help"] + words).stdout) {
      // A picture as PNG needs a program that need not be there.
      guard example.contains("Examples/ai-economy"), !example.hasSuffix(".png") else { continue }
      try withTemporaryFolder { folder in
        // What an example writes goes to a folder of its own.
        let link = folder.appending(path: "Examples")
        let shipped = packageRoot.appending(path: "Examples")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: shipped)
        let line = example.components(separatedBy: " | ")[0].dropFirst("ouro ".count)
        let result = try runOuro(line.split(separator: " ").map(String.init), in: folder)
        #expect(result.status == 0, "\(example): \(result.stderr)")
        #expect(!(result.stdout + result.stderr).isEmpty)
      }
    }
  }

  /// The lines below EXAMPLES, up to the next empty one.
  private static func examples(in help: String) -> [String] {
    help.components(separatedBy: "\n").drop { $0 != "EXAMPLES" }.dropFirst()
      .prefix { $0.hasPrefix("  ") }
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
