import ArgumentParser
import Books
import Claims
import Disk
import Payments
import Reports
import Spreadsheets

/// Where an answer goes as tables: all of them into a workbook, the main one into a CSV file.
struct TableOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also write all tables as a workbook, with the rows they cite and their sources.",
      valueName: "file"
    ),
    completion: .file(extensions: ["xlsx"])
  )
  var xlsx: String?

  @Option(
    help: ArgumentHelp(
      "Also write the main table as CSV; - for standard output, in place of the answer.",
      valueName: "file"
    ),
    completion: .file(extensions: ["csv"])
  )
  var csv: String?

  /// Whether any table is to be written.
  var isAsked: Bool { xlsx != nil || csv != nil }

  /// Whether a table takes standard output.
  private var takesOutput: Bool { xlsx == "-" || csv == "-" }

  func validate() throws {
    guard xlsx != "-" || csv != "-" else {
      throw ValidationError("--xlsx - and --csv - both want standard output.")
    }
  }

  /// Shows an answer, unless a table takes standard output, and writes its tables.
  ///
  /// - Parameters:
  ///   - report: The answer.
  ///   - asJSON: Whether to show it in JSON rather than in words.
  ///   - names: What people call the parties.
  ///   - question: What was asked.
  ///   - contents: The book whose rows the answer cites.
  ///   - inputs: The files that it rests on, where it is of no book.
  /// - Throws: What the writing of either throws.
  func show(
    _ report: some TabularReport,
    asJSON: Bool,
    names: PartyNames,
    _ question: @autoclosure () -> Workbook.Question,
    of contents: BookContents? = nil,
    inputs: [InputFile] = []
  ) throws {
    guard !(asJSON && takesOutput) else {
      throw ValidationError("--json and a table both want standard output: write one to a file.")
    }
    if !takesOutput { try ouro.show(report, asJSON: asJSON, names: names, inputs: inputs) }
    try write(report, names: names, question(), of: contents)
  }

  /// Shows an answer of files, unless a table takes standard output, and writes its tables.
  ///
  /// - Parameters:
  ///   - report: The answer.
  ///   - asJSON: Whether to show it in JSON rather than in words.
  ///   - inputs: The files that it rests on.
  /// - Throws: What the writing of either throws.
  func show(
    _ report: some TabularReport,
    asJSON: Bool,
    of inputs: @autoclosure () -> [InputFile]
  ) throws {
    // Who is told in words alone is told how each file was understood, and waits for no hashes.
    let files = asJSON || isAsked ? inputs() : []
    let question = Self.question(of: files)
    try show(report, asJSON: asJSON, names: PartyNames(ids: []), question, inputs: files)
  }

  /// What a command asks of files.
  static func question(of inputs: [InputFile]) -> Workbook.Question {
    let files = inputs.flatMap { input in
      [("file", input.file), ("its SHA-256", input.sha256 ?? "cannot be read again")]
    }
    return Workbook.Question(command: PageOptions.command, version: version, files)
  }

  /// Writes the tables of an answer where any are asked for.
  ///
  /// - Parameters:
  ///   - report: The answer.
  ///   - names: What people call the parties.
  ///   - question: What was asked.
  ///   - contents: The book whose rows the answer cites.
  /// - Throws: What the writing throws.
  func write(
    _ report: some TabularReport,
    names: PartyNames,
    _ question: @autoclosure () -> Workbook.Question,
    of contents: BookContents? = nil
  ) throws {
    guard isAsked else { return }
    try write(Workbook(report, question(), of: contents, names))
  }

  /// Writes tables to where they are asked for.
  ///
  /// - Parameter workbook: The tables.
  /// - Throws: What the writing throws.
  func write(_ workbook: Workbook) throws {
    if let xlsx { try ouro.write(workbook, to: xlsx) }
    guard let csv else { return }
    guard csv != "-" else { return try ouro.show(data: workbook.main.csv) }
    try Files.replace(csv, with: workbook.main.csv)
    say("wrote \(Figures.count(workbook.main.rows.count, "row")) to \(csv)")
  }
}

/// Writes a workbook, and says so.
///
/// - Parameters:
///   - workbook: The tables.
///   - path: The file, or `-` for standard output.
/// - Throws: What the writing throws.
func write(_ workbook: Workbook, to path: String) throws {
  try WorkbookFile.write(workbook, to: path)
  if path != "-" { say("wrote \(Figures.count(workbook.sheets.count, "sheet")) to \(path)") }
}

extension ViewOptions {
  /// Shows an answer of a book and writes its tables.
  ///
  /// - Parameters:
  ///   - report: The answer.
  ///   - asked: The view, and the book that it was taken of.
  ///   - network: What was asked of the network, where anything was.
  ///   - tables: Where the tables go.
  /// - Throws: What the writing of either throws.
  func show(
    _ report: some TabularReport,
    _ asked: (view: View, opened: OpenedBook),
    _ network: Question? = nil,
    _ tables: TableOptions
  ) throws {
    try tables.show(
      report,
      asJSON: json,
      names: names(asked.view),
      question(asked, network),
      of: asked.opened.contents
    )
  }

  /// Writes the tables of an answer of a book that is shown otherwise.
  ///
  /// - Parameters:
  ///   - report: The answer.
  ///   - asked: The view, and the book that it was taken of.
  ///   - network: What was asked of the network.
  ///   - tables: Where the tables go.
  /// - Throws: What the writing throws.
  func write(
    _ report: some TabularReport,
    _ asked: (view: View, opened: OpenedBook),
    _ network: Question,
    _ tables: TableOptions
  ) throws {
    let names = names(asked.view)
    let contents = asked.opened.contents
    try tables.write(report, names: names, question(asked, network), of: contents)
  }

  /// What a command asks of a book, as its workbook says it.
  func question(
    _ asked: (view: View, opened: OpenedBook),
    _ network: Question?
  ) -> Workbook.Question {
    Workbook.Question(
      command: PageOptions.command,
      version: version,
      book: (asked.opened.name, asked.opened.headHash),
      view: asked.view.request,
      network: network
    )
  }
}
