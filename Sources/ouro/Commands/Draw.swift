import Graphs
import ArgumentParser
import Claims
import Disk
import Drawing
import Inputs
import Loops
import Networks
import Pages
import Reports

struct Draw: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a book, a network or a run as SVG, PNG or PDF.",
    discussion: """
      sankey shows who pays whom from left to right, with what comes back drawn around; chord and network \
      show the same otherwise. timeline shows deals over their terms and what was said of them, \
      provenance whose money each party lives on, panel all measures side by side, trend how much of each \
      dollar lies on loops year by year. fan and tornado draw a \
      run that ouro project wrote: the bands of its closed loop, or of the cash of --focus; what moves the \
      outside money needed. ring draws one finding of `ouro scan --json` or its JSON lines as hands over time. The ending of FILE chooses the format; png and pdf need rsvg-convert (Debian: \
      librsvg2-bin).

      EXAMPLES
        ouro draw sankey Examples/ai-economy -o flows.svg
        ouro draw sankey Examples/ai-economy --basis commitments --loop 1 -o loop.svg
        ouro draw network Examples/ai-economy --focus openai -o openai.png
        ouro draw timeline Examples/ai-economy --focus openai --period 2026 -o t.svg
        ouro draw provenance Examples/ai-economy --top 12 -o money.svg
        ouro draw chord edges.csv -o chord.svg
        ouro draw fan run.json --focus coreweave -o cash.svg
        ouro draw ring scan.json --finding split-5f0c9a317e -o ring.svg

      EXIT CODES
        0 drawn · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case sankey, chord, network, timeline, provenance, panel, trend, fan, tornado, ring
  }

  @Argument(
    help: "sankey, chord, network, timeline, provenance, panel, trend, fan, tornado or ring."
  )
  var kind: Kind
  @OptionGroup var input: NetworkInput

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "Where to: FILE.svg, .png or .pdf; - for SVG on standard output.",
      valueName: "file"
    ),
    completion: .file()
  )
  var output: String

  @Option(help: ArgumentHelp("Mark the loop at this place of `ouro loops`.", valueName: "N"))
  var loop: Int?
  @Option(help: "How many parties or deals to show; smaller parties become one.") var top = 40
  @Option(help: "Only flows and deals of this party.") var focus: String?
  @Option(help: "Of ring: the number of the finding; the first where none is named.")
  var finding: String?

  func validate() throws {
    guard top > 1, loop ?? 1 > 0 else {
      throw ValidationError("--top and --loop take counts above 0.")
    }
  }

  func run() throws {
    let picture = try picture()
    if !picture.dropped.isEmpty {
      say(
        "no room for \(Figures.count(picture.dropped.count, "label")); "
          + "the drawing's description names them"
      )
    }
    try write(picture.svg(stating: inputs))
  }

  private func write(_ svg: String) throws {
    guard output != "-" else { return try show(data: Array("\(svg)\n".utf8)) }
    guard let file = PictureFile(output) else {
      throw ValidationError("\(output) should end in .svg, .png or .pdf.")
    }
    try file.write(svg)
    say("wrote \(output)")
  }

  /// The files of payments or edges that the picture rests on; a book and a run have hashes of their own.
  private var inputs: [String] {
    let isOfAnswer = [.fan, .tornado, .ring].contains(kind)
    guard !input.isBook, input.input != "-", !isOfAnswer else { return [] }
    let files = [input.input, input.nodes].compactMap(\.self) + input.payments.files.besides
    return files.map { InputFile($0).words }
  }

  private func picture() throws -> Picture {
    let chart = ChartOptions(id: kind.rawValue, width: 1_040)
    switch kind {
    case .sankey: return try diagram().sankey(flowOptions)
    case .chord: return try diagram().chord(flowOptions)
    case .network: return try diagram().network(flowOptions)
    case .timeline: return try timeline().picture(chart)
    case .provenance: return try provenance().picture(chart)
    case .panel:
      let panel = try NetworkPanel(of: input.network())
      return ChartPictures.panel(of: panel.measures, subtitle: subtitle).picture(chart)
    case .trend: return try trend().picture(chart)
    case .fan: return try RunPictures.of(runFile()) { try $0.fan(focus) }.picture(chart)
    case .tornado: return try RunPictures.of(runFile()) { try $0.tornado() }.picture(chart)
    case .ring: return try hands().picture(chart)
    }
  }

  private var flowOptions: FlowOptions {
    var options = FlowOptions(id: kind.rawValue, amount: written)
    options.top = top
    return options
  }

  /// How an amount is written: dollars of a book, bare figures of an edge list.
  private var written: @Sendable (Double) -> String {
    if input.isBook { return { Figures.dollars($0) } }
    return { amount in Figures.amount(amount) }
  }

  private var subtitle: String { input.isBook ? "" : input.input }

  /// The run that the input is; what chooses among claims and loops has no bearing on it.
  private func runFile() throws -> String {
    if input.choice.isAsked || input.options.period != nil || input.nodes != nil || loop != nil {
      throw ValidationError("\(kind.rawValue) draws a run as it was made; it takes --focus and -o.")
    }
    if input.isBook {
      throw ValidationError(
        "\(kind.rawValue) draws a run, and \(input.input) is a book: ouro project … -o RUN makes one."
      )
    }
    return input.input
  }

  /// One finding of a scan.
  private func hands() throws -> HandsChart {
    guard !input.isBook else {
      throw ValidationError("ring draws a finding of payments: give what ouro scan --json wrote.")
    }
    let found = try FoundHands.all(in: try Files.bytes(of: input.input), file: input.input)
    do {
      return HandsChart(try FoundHands.numbered(finding, among: found))
    } catch {
      throw ValidationError("no finding of \(input.input) is \(error)")
    }
  }

  private func timeline() throws -> Timeline {
    guard input.isBook else {
      throw ValidationError("a timeline is of deals: it needs a book, and \(input.input) is none.")
    }
    let view = try input.view()
    return ChartPictures.timeline(
      of: view,
      party: try focus.map { try party($0, in: view) },
      top: top,
      window: try input.options.period?.days(in: view),
      links: .toSources(of: view)
    )
  }

  private func trend() throws -> RangeChart {
    guard input.isBook else {
      throw ValidationError("a trend is of years: it needs a book, and \(input.input) is none.")
    }
    let view = try input.view()
    var question = try input.options.question(of: view, samples: 50)
    if input.options.period == nil {
      question.period = TrendReport.usualPeriod(asOf: view.request.asOf)
    }
    return ChartPictures.trend(
      of: try TrendReport(question, of: view.contents, by: .year, book: (input.input, ""))
    )
  }

  private func provenance() throws -> ProvenanceBars {
    let view = input.isBook ? try input.view() : nil
    let parties = try EconomyReport.PartyLine.all(of: input.network())
    return ChartPictures.provenance(
      of: parties,
      top: top,
      subtitle: subtitle,
      view: view,
      amount: written,
      links: view.map { FlowPictures.Links.toSources(of: $0) } ?? .nowhere
    )
  }

  private func diagram() throws -> FlowDiagram {
    input.isBook ? try bookDiagram() : try edgeDiagram()
  }

  private func bookDiagram() throws -> FlowDiagram {
    let view = try input.view()
    let footing = try input.options.footing(of: view)
    for notice in footing.ledger.unratedNotices { say(notice) }
    let focus = try focus.map { view.group(of: try party($0, in: view)) }
    let what =
      footing.kind == .promised ? "Promised and still to run" : "Flows of \(footing.period)"
    return try FlowPictures(footing, links: .toSources(of: view)).diagram(
      title: "\(what), as known on \(view.request.asOf)",
      loop: chosenLoop(in: footing.standing.network),
      focus: focus
    )
  }

  private func edgeDiagram() throws -> FlowDiagram {
    let network = try input.network()
    if let words = network.ownPaymentsWords(of: focus) { say(words) }
    let title = input.input == "-" ? "Flows" : "Flows of \(input.input)"
    guard let focus else {
      return try FlowDiagram(network, title: title, loop: chosenLoop(in: network))
    }
    let node = try input.node(focus, in: network)
    let kept = network.flows.filter { $0.payer == node || $0.payee == node }
    return try FlowDiagram(FlowNetwork(nodes: network.nodes, flows: kept), title: title)
  }

  /// The parties of the loop asked for.
  private func chosenLoop(in network: FlowNetwork) throws -> [String] {
    guard let loop else { return [] }
    let tally = network.elementaryCycles(limit: EconomyReport.loopLimit, topCount: loop)
    guard tally.top.count == loop else {
      throw ValidationError("there are only \(Figures.count(tally.top.count, "loop")).")
    }
    return tally.top[loop - 1].nodes.map { network.nodes[$0] }
  }
}
