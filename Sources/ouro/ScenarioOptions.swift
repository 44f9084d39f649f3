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
  func inputs() throws -> ProjectionInputs {
    let opened = try BookFile.open(book, recordedBy: choice.recordedBy?.timestamp)
    let view = try choice.view(of: opened)
    return try ProjectionInputs(opened, view, scenario: scenario, months: months)
  }
}

/// A scenario laid out on a view, and the hash of all that went in.
struct ProjectionInputs {
  let opened: OpenedBook
  let view: View
  let plan: ProjectionPlan
  let scenario: String
  let months: Int
  /// The hash of the book, the view, the scenario's files and the months.
  let hash: String

  init(_ opened: OpenedBook, _ view: View, scenario path: String, months: Int?) throws {
    var texts: [String] = []
    let text = try Self.text(path)
    texts.append(text)
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    let read = try ScenarioReader(view).scenario(text, file: path) { name in
      let other = folder.appendingPathComponent(name).relativePath
      // A device or a pipe may never end, or never begin.
      let kind = try? URL(fileURLWithPath: other).resolvingSymlinksInPath()
        .resourceValues(forKeys: [.isRegularFileKey])
      guard kind?.isRegularFile == true else { return nil }
      guard let text = try? Self.text(other) else { return nil }
      texts.append(text)
      return (other, text)
    }
    self.months = months ?? read.months ?? 60
    plan = ProjectionPlan(view, read, months: self.months)
    (self.opened, self.view, scenario) = (opened, view, path)
    let request = view.request
    hash = Fingerprint.of(
      [
        opened.headHash, request.asOf.description, request.policy.rawValue,
        request.toldBy.joined(separator: ","), String(self.months),
      ] + texts
    )
  }

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
