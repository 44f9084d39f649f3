internal import Books
internal import Claims
internal import Columns
internal import Disk
internal import Projection
internal import Reports

/// The scenarios of a folder, each run on being asked for, once for a state of the book and a view of it.
final class Scenarios: Sendable {
  /// The most bytes of a scenario.
  private static let longest = 1 << 20

  /// A scenario of the folder.
  struct Named: Sendable {
    /// The name of its file, without its ending.
    let name: String
    /// What the file holds.
    let text: String

    /// What it calls itself, on a line of its own; else the name of its file.
    var title: String {
      let line = text.split(separator: "\n").first { $0.hasPrefix("name: ") }
      let words = line.map { $0.dropFirst(6).filter { $0 != "\"" } } ?? ""
      return words.isEmpty ? name.replacing("-", with: " ") : words
    }
  }

  private struct Listed {
    var stamps: [[Int]?] = []
    var scenarios: [Named] = []
  }

  private let folder: String?
  private let reports = Memory<ScenarioReport>(most: 24)
  private let drafts = Memory<String>(most: 8 << 20)
  private let listed = Guarded(Listed())

  /// Scenarios of a folder; none where there is no folder.
  init(folder: String?) { self.folder = folder }

  /// What another state of the files has another of.
  var stamp: String {
    let (files, stamps) = stamps
    return zip(files, stamps).map { "\($0) \($1 ?? [])" }.joined(separator: " ")
  }

  /// The files whose names an address can hold, by name, each with its stamp.
  private var stamps: (files: [String], stamps: [[Int]?]) {
    guard let folder else { return ([], []) }
    let files = Files.names(in: folder).filter {
      $0.hasSuffix(".yaml") && QueryParameter.isID(String($0.dropLast(5)))
    }.sorted()
    return (files, files.map { Files.stamp(of: "\(folder)/\($0)") })
  }

  /// All whose names an address can hold, by name; read again when a file of the folder changes.
  func all() -> [Named] {
    let (files, stamps) = stamps
    return listed.with { listed in
      if listed.stamps != stamps || listed.scenarios.count != files.count {
        listed.scenarios = files.compactMap { file in
          text(of: file).map { Named(name: String(file.dropLast(5)), text: $0) }
        }
        listed.stamps = stamps
      }
      return listed.scenarios
    }
  }

  // MARK: Texts that were edited

  /// Keeps a text that somebody edits.
  ///
  /// - Parameter text: The text.
  /// - Returns: What it is called in addresses.
  /// - Throws: ``Refusal`` where it is too long.
  func keep(draft text: String) throws(Refusal) -> String {
    guard text.utf8.count < Self.longest else {
      throw Refusal(413, "A scenario has at most \(Self.longest) bytes.")
    }
    let id = String(Fingerprint.of([text]).prefix(12))
    drafts.keep(text, weight: text.utf8.count, for: id)
    return id
  }

  /// The text that somebody edits.
  func draft(_ id: String) -> String? { drafts[id] }

  // MARK: Running

  /// Lays a scenario out on a view of the book.
  ///
  /// - Parameters:
  ///   - named: The scenario.
  ///   - worked: What of the book is asked.
  /// - Returns: The scenario, laid out.
  /// - Throws: ``Refusal`` with what is wrong with it.
  func question(_ named: Named, _ worked: Worked) throws -> ScenarioQuestion {
    do {
      return try ScenarioQuestion(
        try worked.view(),
        book: worked.edition.head,
        scenario: ("\(named.name).yaml", named.text),
        months: nil
      ) { other in
        let file = other.hasSuffix(".yaml") ? other : "\(other).yaml"
        guard QueryParameter.isID(String(file.dropLast(5))) else { return nil }
        return self.text(of: file).map { (file, $0) }
      }
    } catch let error as ScenarioError {
      throw Refusal(422, "\(error)")
    }
  }

  /// Runs a scenario, unless it was run on the same before.
  ///
  /// - Parameters:
  ///   - name: The name of its file, without its ending.
  ///   - paths: On how many paths.
  ///   - asking: The book, and what of it is asked.
  /// - Returns: What it changes.
  /// - Throws: ``Refusal`` where there is no such scenario, or what is wrong with it.
  func report(_ name: String, paths: Int, _ asking: Asking) throws -> ScenarioReport {
    let all = all()
    guard let named = all.first(where: { $0.name == name }) else {
      throw Refusal(404, "The folder of scenarios has none of that name.")
    }
    // A scenario may extend others of the folder: what any of them holds is part of what was asked.
    let texts = all.map { "\($0.name)\n\($0.text)" }.joined(separator: "\n")
    let key = "\(asking.edition.head) \(asking.query) \(name) \(paths) \(texts)"
    if let report = reports[key] { return report }
    let question = try question(named, asking.worked)
    do {
      let report = try ScenarioReport(
        question.plan,
        question.view,
        book: (asking.edition.head, asking.house.version),
        paths: paths,
        seed: asking.worked.question.seed,
        threads: 1
      )
      reports.keep(report, weight: 1, for: key)
      return report
    } catch {
      throw Refusal(422, "This scenario cannot be run on this view of the book.")
    }
  }

  private func text(of file: String) -> String? {
    guard let folder, Files.kind("\(folder)/\(file)") == .file,
      let bytes = try? Files.bytes(of: "\(folder)/\(file)", atMost: Self.longest),
      bytes.count < Self.longest
    else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
