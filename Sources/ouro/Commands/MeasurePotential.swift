import Graphs
public import ArgumentParser
public import Loops
import Claims
import Networks

extension Potential.Weighting: ExpressibleByArgument {}

struct MeasurePotential: ParsableCommand, NetworkMeasure {
  static let configuration = CommandConfiguration(
    commandName: "potential",
    abstract: "Tell who is upstream, and how much of the net flows goes round.",
    discussion: """
      EXAMPLES
        ouro measure potential edges.csv --weighting unit
        ouro measure potential edges.csv --json | jq .circular_share
      """
  )

  @OptionGroup var input: NetworkInput
  @OptionGroup var periods: MeasuredPeriods
  @OptionGroup var listed: PartyRows

  @Option(help: "How links count: each alike, by their number of directions, or by their money.")
  var weighting = Potential.Weighting.flow

  struct Answer: Encodable {
    struct Party: Encodable {
      let id: String
      let potential: Double
    }

    let measure = "potential"
    let weighting: String
    @Nullable var circular_share: Double?
    @Nullable var reciprocity: Double?
    @Nullable var incoherence: Double?
    let parties: [Party]
  }

  /// What was found of one network.
  struct Finding {
    let network: FlowNetwork
    let potential: Potential
    let levels: TrophicLevels
  }

  static let headings = ["goes round", "paid back", "incoherence"]

  func run() throws { try measure() }

  func finding(in source: NetworkSource) throws -> Finding {
    let network = try source.network()
    return Finding(
      network: network,
      potential: try Potential(of: network, weighting: weighting),
      levels: try TrophicLevels(of: network)
    )
  }

  func answer(_ found: Finding) -> Answer {
    Answer(
      weighting: weighting.rawValue,
      circular_share: found.potential.circularShare,
      reciprocity: found.network.reciprocity,
      incoherence: found.levels.incoherence,
      parties: zip(found.network.nodes, found.potential.potential).map(Answer.Party.init)
    )
  }

  func line(_ found: Finding) -> [String] {
    [
      percent(found.potential.circularShare), percent(found.network.reciprocity),
      percent(found.levels.incoherence),
    ]
  }

  func words(_ found: Finding) -> String {
    let (network, potential, levels) = (found.network, found.potential, found.levels)
    let order = network.nodes.indices.sorted {
      (-potential.potential[$0], $0) < (-potential.potential[$1], $1)
    }
    let row = { (node: NodeIndex) in [network.nodes[node], figure(potential.potential[node])] }
    let left = max(0, order.count - listed.top)
    let above = order.prefix(listed.top - listed.top / 2).map(row)
    let below = order.suffix(min(order.count - above.count, listed.top / 2)).map(row)
    let gap = left > 0 ? [["… \(count(left, "party", "parties")) between", ""]] : []
    return """
      Of net flows, \(percent(potential.circularShare)) goes round (links weighted by \
      \(weighting.rawValue)).
        paid back to who paid it    \(percent(network.reciprocity))
        incoherence of levels       \(percent(levels.incoherence))

      From upstream down:
      \(table(["", "potential"], above + gap + below))
      """
  }
}
