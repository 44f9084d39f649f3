import ArgumentParser
import Loops
import Networks

struct MeasureClosure: ParsableCommand, NetworkMeasure {
  static let configuration = CommandConfiguration(
    commandName: "closure",
    abstract: "Find the most money that can be seen as going round inside.",
    discussion: """
      EXAMPLES
        ouro measure closure edges.csv
        ouro measure closure edges.csv --samples 200 --json | jq .share
      """
  )

  @OptionGroup var input: NetworkInput
  @OptionGroup var periods: MeasuredPeriods
  @OptionGroup var listed: PartyRows

  @Option(
    help: "Compare with this many random networks in which every party's totals are the same."
  )
  var samples = 0

  func validate() throws {
    guard samples >= 0 else { throw ValidationError("--samples must be 0 or more") }
  }

  struct Answer: Encodable {
    struct Party: Encodable {
      let id: String
      let low: OrNull<Double>
      let high: OrNull<Double>
    }

    struct Place: Encodable {
      let actual: Double
      let mean: OrNull<Double>
      let quantile: OrNull<Double>

      init(_ place: AgainstChance.Place) {
        actual = place.actual
        mean = OrNull(place.mean)
        quantile = OrNull(place.quantile)
      }
    }

    struct Chance: Encodable {
      let samples: Int
      let seed: UInt64
      let share: Place
      let finn: OrNull<Place>
      let circular_share: OrNull<Place>
    }

    let measure = "closure"
    let total: Double
    let circulation: Double
    let share: Double
    let efficiency: OrNull<Double>
    let forwarded_share: OrNull<Double>
    let forwarded_imbalance: OrNull<Double>
    let parties: [Party]
    /// Only where asked for.
    let against_chance: Chance?
  }

  /// What was found of one network.
  struct Finding {
    let parties: [String]
    let circulation: Circulation
    /// What goes round at each party in the circulation that was found.
    let through: [Double]
    let forwarding: BalancedFlowForwarding?
    let ranges: [Circulation.Range?]
    let chance: AgainstChance?
  }

  static let headings = ["inside", "goes round", "share", "of what nets", "forwarded"]

  func run() throws { try measure() }

  func finding(in source: NetworkSource) throws -> Finding {
    let network = try source.network()
    let circulation = Circulation(of: network)
    let forwarding = try forwarding(in: network)
    let ranges = circulation.ranges()
    let open = ranges.count { $0 == nil }
    if open > 0 {
      say(
        "\(count(open, "party", "parties")) left open: the least and the most there take too long"
      )
    }
    let chance =
      samples > 0 ? try AgainstChance(of: network, samples: samples, seed: input.options.seed) : nil
    return Finding(
      parties: network.nodes,
      circulation: circulation,
      through: network.nodes.indices.map { node in
        network.row(node).reduce(0) { $0 + circulation.flow[$1] }
      },
      forwarding: forwarding,
      ranges: ranges,
      chance: chance
    )
  }

  func line(_ found: Finding) -> [String] {
    [
      figure(found.circulation.total), figure(found.circulation.amount),
      percent(found.circulation.share), percent(found.circulation.efficiency),
      percent(found.forwarding?.share),
    ]
  }

  private func forwarding(in network: FlowNetwork) throws -> BalancedFlowForwarding? {
    do {
      return try BalancedFlowForwarding(of: network)
    } catch MeasureError.tooLarge(let nodes, _) {
      say("no forwarded share: it takes too long for \(nodes) parties in one component")
      return nil
    }
  }

  func answer(_ found: Finding) -> Answer {
    let circulation = found.circulation
    return Answer(
      total: circulation.total,
      circulation: circulation.amount,
      share: circulation.share,
      efficiency: OrNull(circulation.efficiency),
      forwarded_share: OrNull(found.forwarding?.share),
      forwarded_imbalance: OrNull(found.forwarding?.imbalance),
      parties: zip(found.parties, found.ranges).map {
        Answer.Party(id: $0, low: OrNull($1?.low), high: OrNull($1?.high))
      },
      against_chance: found.chance.map {
        Answer.Chance(
          samples: samples,
          seed: $0.seed,
          share: Answer.Place($0.share),
          finn: OrNull($0.finn.map(Answer.Place.init)),
          circular_share: OrNull($0.circularShare.map(Answer.Place.init))
        )
      }
    )
  }

  /// How far forwarding is from balance, where it is not exact.
  private func roughness(_ forwarding: BalancedFlowForwarding?) -> String {
    guard let forwarding, forwarding.imbalance > 0 else { return "" }
    return ", nearly: \(percent(forwarding.imbalance)) of it does not balance"
  }

  func words(_ found: Finding) -> String {
    let circulation = found.circulation
    var lines = [
      "Of \(figure(circulation.total)) paid inside, \(figure(circulation.amount)) can be seen as "
        + "going round: \(percent(circulation.share)).",
      "  of what could be netted away   \(percent(circulation.efficiency))",
      "  if all forward in proportion   \(percent(found.forwarding?.share))"
        + roughness(found.forwarding),
    ]
    if let chance = found.chance {
      lines.append(
        "  against chance                 above \(percent(chance.share.quantile)) of \(samples) "
          + "networks with the same totals (mean \(percent(chance.share.mean)))"
      )
    }
    let ranges = found.ranges
    let shown = listed.first(of: found.parties.indices) { found.through[$0] }
    let rows = shown.map { [found.parties[$0], figure(ranges[$0]?.low), figure(ranges[$0]?.high)] }
    lines += ["", "What goes round at each party, in any of the largest circulations:"]
    lines.append(table(["", "at least", "at most"], rows))
    return (lines + listed.rest(of: found.parties.count)).joined(separator: "\n")
  }
}
