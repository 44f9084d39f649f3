import ArgumentParser
import Books
import Claims
import Disk
import Inputs
import Networks
import Pages
import Payments
import Readers
import Reports

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the rows of a book, or the network they make, in another format.",
    discussion: """
      csv is a book folder, sorted by id: exporting what was imported from a sorted folder gives the \
      same bytes. A cell that a spreadsheet would run as a formula has an apostrophe before it, which \
      importing takes off. json is one object of the six tables, cells as text by column. Both hold \
      every row, whatever the day; so does ftm: entities of FollowTheMoney as JSON lines, a payment for each claim, which \
      `ouro import` reads back to the letter, and ftm-statements, the same as statements in CSV. graphml and gexf are the network that `ouro report` sees, amounts in \
      dollars, each flow with the rows behind it. In place of a book they take payments or an edge list: \
      what each party pays each other. xlsx is a workbook of the same six tables, or of payments: each with its \
      file and line, the parties, how every file was understood, and rows that are no payments. With --by: the \
      flows of each month, quarter or year of the period, a row a pair, with ranges, grades and the rows behind them, \
      as csv (one file, or standard output), json or xlsx.

      EXAMPLES
        ouro export market.ouro --format csv -o market
        ouro export market.ouro --format json | jq '.claims | length'
        ouro export market.ouro --format csv -o then --recorded-by 2026-03
        ouro export Examples/ai-economy --format gexf --period 2025 -o ai-2025.gexf
        ouro export Examples/ai-economy --xlsx book.xlsx
        ouro export Examples/ai-economy --format ftm -o book.ftm.json
        ouro export Examples/ai-economy --by quarter --period 2024..2025 -o flows.csv

      EXIT CODES
        0 written · 64 usage · 65 bad data · 66 no such book · 74 could not write
      """
  )

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, json, graphml, gexf, xlsx, ftm
    case ftmStatements = "ftm-statements"

    /// Whether it is of flows, and not of rows alone.
    var isOfFlows: Bool { self == .csv || self == .json || self == .xlsx }
  }

  @OptionGroup var options: ViewOptions
  @OptionGroup var network: NetworkOptions

  @OptionGroup(title: "Of payments") var payments: PaymentOptions

  @Option(help: "csv, json, graphml, gexf, xlsx, ftm or ftm-statements.")
  var format: Format = .csv

  @Option(help: "The flows of each month, quarter or year of the period, in place of the rows.")
  var by: FlowCalendar.Step?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The folder (csv of rows) or file (the others; standard output by default).",
      valueName: "path"
    ),
    completion: .file()
  )
  var output: String?

  @Option(
    help: ArgumentHelp("The same as --format xlsx -o FILE.", valueName: "file"),
    completion: .file(extensions: ["xlsx"])
  )
  var xlsx: String?

  func validate() throws {
    if by != nil, !chosen.isOfFlows || network.basis == .commitments {
      throw ValidationError("--by is of flows of a period, as csv, json or xlsx.")
    }
    if chosen == .csv, output == nil, by == nil {
      throw ValidationError("csv is six files: give their folder with -o.")
    }
    if chosen == .xlsx, xlsx == nil, output == nil {
      throw ValidationError("xlsx is one file: name it with -o, or with --xlsx FILE.")
    }
    if xlsx != nil, options.json || output != nil {
      throw ValidationError("--xlsx writes one file and nothing else: leave out --json and -o.")
    }
  }

  private var chosen: Format { options.json ? .json : xlsx != nil ? .xlsx : format }

  func run() throws {
    let path = options.book
    guard isBookPath(path) else {
      guard by == nil else {
        throw ValidationError("--by is of a book; of payments: ouro sum --by.")
      }
      return try writeFlows(path)
    }
    if let by { return try writeSeries(by) }
    switch chosen {
    case .csv, .json, .ftm, .ftmStatements: try writeRows()
    case .xlsx: try writeWorkbook()
    case .graphml: try write(NetworkExport(footing()).document(.graphml))
    case .gexf: try write(NetworkExport(footing()).document(.gexf))
    }
  }

  /// Writes the network of payments or of an edge list, which have no rows of a book.
  private func writeFlows(_ path: String) throws {
    if chosen == .xlsx {
      let read = try payments.files.read([path])
      let inputs = payments.files.inputs([path], read)
      return try write(Workbook(of: read, of: inputs, TableOptions.question(of: inputs)))
    }
    guard let format = NetworkFormat(rawValue: chosen.rawValue) else {
      throw ValidationError(
        "\(path) is no book: its network is written as --format graphml, gexf or xlsx."
      )
    }
    let file = FlowFiles(path, nodes: nil, payments.files, say: { say($0) })
    let contents = try file.read()
    let money = contents.currency?.wrappedValue.map { ["amounts in \($0)"] } ?? []
    let stated = file.inputs(contents).map(\.words) + money
    switch contents {
    case .edges(let list, _):
      try write(FlowExport(list.statedNetwork(), stating: stated).document(format))
    case .payments(let read):
      let labels = (0..<read.parties.count).compactMap { index in
        read.label(of: index).map { (read.parties[index], $0) }
      }
      let network = try file.source(contents).statedNetwork()
      let called = Dictionary(labels) { first, _ in first }
      try write(FlowExport(network, labels: called, stating: stated).document(format))
    }
  }

  private func footing() throws -> Footing { try network.footing(of: try options.view().view) }

  private func writeRows() throws {
    let contents = try options.choice.open(options.book).contents
    switch chosen {
    case .json: return try write(json(contents.cells))
    case .ftm: return try write(EntityWriter(contents).lines)
    case .ftmStatements:
      let entities = EntityWriter(contents).entities
      return try write(bytes: StatementTable.csv(entities, dataset: "ouro"))
    default: break
    }
    let folder = output ?? "."
    try BookFolder.write(contents, to: folder)
    say("wrote \(Figures.count(contents.rows.count, "row")) to \(folder)")
  }

  /// Writes the flows of each period.
  private func writeSeries(_ step: FlowCalendar.Step) throws {
    let asked = try options.view()
    let question = try network.question(of: asked.view)
    let series = FlowSeries(question, of: asked.view, by: step)
    let names = options.names(asked.view)
    guard chosen == .xlsx else {
      let text = chosen == .json ? try json(series) : String(series.text(names).dropLast())
      return try write(text)
    }
    let contents = asked.opened.contents
    try write(Workbook(series, options.question(asked, question), of: contents, names))
  }

  private func writeWorkbook() throws {
    let opened = try options.choice.open(options.book)
    let question = Workbook.Question(
      command: PageOptions.command,
      version: version,
      [("book", opened.name), ("book head", opened.headHash)]
    )
    try write(Workbook(of: opened.contents, question))
  }

  private func write(_ workbook: Workbook) throws {
    guard let path = xlsx ?? output else { return }
    try ouro.write(workbook, to: path)
  }

  private func write(_ text: String) throws {
    try write(bytes: Array("\(text)\n".utf8))
  }

  private func write(bytes: [UInt8]) throws {
    guard let output, output != "-" else { return try show(data: bytes) }
    try Files.replace(output, with: bytes)
    say("wrote \(output)")
  }
}
