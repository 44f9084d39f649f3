public import ArgumentParser
import Books
import Claims
import Drawing
import Loops
import Networks
public import Pages
import Reports

extension FlowPictures.Kind: ExpressibleByArgument {}

struct Draw: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw a book or a network as SVG, PNG or PDF.",
    discussion: """
      sankey shows who pays whom from left to right, with what comes back drawn around; chord and network \
      show the same otherwise. The ending of FILE chooses the format; png and pdf need rsvg-convert \
      (Debian: librsvg2-bin).

      EXAMPLES
        ouro draw sankey Examples/ai-economy -o flows.svg
        ouro draw sankey Examples/ai-economy --basis commitments --loop 1 -o loop.svg
        ouro draw network Examples/ai-economy --focus openai -o openai.png
        ouro draw chord edges.csv -o chord.svg

      EXIT CODES
        0 drawn · 64 usage · 65 bad data · 66 no such input · 74 could not write
      """
  )

  @Argument(help: "sankey, chord or network.") var kind: FlowPictures.Kind
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
  @Option(help: "How many parties to show; the smaller ones become one.") var top = 40
  @Option(help: "Only flows to and from this party.") var focus: String?

  func validate() throws {
    guard top > 1, loop ?? 1 > 0 else {
      throw ValidationError("--top and --loop take counts above 0.")
    }
  }

  func run() throws {
    var options = FlowOptions(id: kind.rawValue) { figure($0) }
    options.top = top
    let diagram: FlowDiagram
    if input.isBook {
      options.amount = { Figures.dollars($0 * 100) }
      diagram = try bookDiagram()
    } else {
      diagram = try edgeDiagram()
    }
    let picture = diagram.picture(kind, options)
    if !picture.dropped.isEmpty {
      say(
        "no room for \(count(picture.dropped.count, "label")); the drawing's description names them"
      )
    }
    try Rasteriser.write(picture.svg, to: output)
  }

  private func bookDiagram() throws -> FlowDiagram {
    let view = try input.view()
    let footing = input.options.footing(of: view)
    let focus = try focus.map { view.group(of: try party($0, in: view)) }
    let what =
      footing.ledger.request.basis == .flows
      ? "Flows of \(footing.ledger.request.period)" : "Promised and still to run"
    return try FlowPictures(footing, links: .toSources(of: view)).diagram(
      title: "\(what), as known on \(view.request.asOf)",
      loop: chosenLoop(in: footing.standing.network),
      focus: focus
    )
  }

  private func edgeDiagram() throws -> FlowDiagram {
    let network = try input.network()
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
      throw ValidationError("there are only \(count(tally.top.count, "loop")).")
    }
    return tally.top[loop - 1].nodes.map { network.nodes[$0] }
  }
}
