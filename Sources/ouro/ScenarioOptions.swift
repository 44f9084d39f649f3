import ArgumentParser
import Books
import Claims
import Disk
import Foundation
import Projection
import Reports

/// A book, a scenario, and what of the book is asked: what every projection takes.
struct ScenarioOptions: ParsableArguments {
  @Argument(help: "The book: a file or a folder.", completion: .file())
  var book: String

  @Argument(help: "What is assumed and what happens: SCENARIO.yaml.", completion: .file())
  var scenario: String

  @OptionGroup var choice: ViewChoice

  @Option(help: ArgumentHelp("How many months; the scenario's, or 60.", valueName: "count"))
  var months: Int?

  @Flag(help: "Answer in JSON.")
  var json = false

  func validate() throws {
    if let months, !(1...600).contains(months) {
      throw ValidationError("--months takes 1 to 600.")
    }
  }

  /// Reads and lays out everything asked for.
  func question() throws -> ScenarioQuestion {
    let opened = try BookFile.open(book, recordedBy: choice.recordedBy?.timestamp)
    let view = try choice.view(of: opened)
    return try ScenarioQuestion(opened, view, scenario: scenario, months: months)
  }
}

extension ScenarioQuestion {
  /// Lays out the scenario at `path` on what a book holds.
  init(_ opened: OpenedBook, _ view: View, scenario path: String, months: Int?) throws {
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
  var hash: String { Fingerprint.of(ingredients) }

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

/// How many threads a run takes: as many as the machine has, or as many as were asked for.
struct ThreadOption: ParsableArguments {
  @Option(help: "How many threads; as many as the machine has by default.")
  var threads: Int?

  var count: Int { min(256, max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)) }
}
