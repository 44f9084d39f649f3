import ArgumentParser
import Claims
import Loops
import Networks
import Tables

struct MeasureConcentration: ParsableCommand, NetworkMeasure {
  static let configuration = CommandConfiguration(
    commandName: "concentration",
    abstract: "Tell how much depends on how few.",
    discussion: """
      Of all parties: the shares of what they receive. Of one party: the shares of those who pay it.

      EXAMPLES
        ouro measure concentration edges.csv
        ouro measure concentration edges.csv --of CoreWeave --looked-through
        ouro measure concentration edges.csv --of CoreWeave --undisclosed 120 --at-most 40
      """
  )

  @OptionGroup var input: NetworkInput
  @OptionGroup var periods: MeasuredPeriods

  @Option(help: "The payers of this party, rather than the receipts of all.")
  var of: String?

  @Flag(help: "Not who pays the party, but where that money began.")
  var lookedThrough = false

  @Option(help: "How many of the largest to list.")
  var top = 10

  @Option(help: "An amount besides, of holders without a name: gives the least and the most.")
  var undisclosed: Double?

  @Option(help: "The most that one holder without a name can have.")
  var atMost: Double?

  func validate() throws {
    guard !lookedThrough || of != nil else { throw ValidationError("--looked-through needs --of") }
    guard top >= 0 else { throw ValidationError("--top must be 0 or more") }
    for (name, value) in [("--undisclosed", undisclosed), ("--at-most", atMost)] {
      guard let value else { continue }
      guard value >= 0, value.isFinite else { throw ValidationError("\(name) must be 0 or more") }
    }
    guard undisclosed == nil || !lookedThrough else {
      throw ValidationError(
        "--undisclosed is an amount of payers, and does not go with --looked-through"
      )
    }
    guard atMost == nil || undisclosed != nil else {
      throw ValidationError("--at-most needs --undisclosed")
    }
  }

  struct Answer: Encodable {
    struct Bounds: Encodable {
      let low: Double
      let high: Double
    }

    let measure = "concentration"
    @Nullable var hhi: Double?
    @Nullable var effective_number: Double?
    let largest: [ShareAnswer]
    /// Only where an undisclosed amount is given.
    let bounds: Bounds?
  }

  /// What was found of one network.
  struct Finding {
    let concentration: Concentration
    let bounds: Concentration.Bounds?
  }

  static let headings = ["equal parts", "index", "largest", "its share"]

  var party: String? { of }

  func run() throws { try measure() }

  func finding(in source: NetworkSource) throws -> Finding {
    let concentration = try concentration(in: source)
    let bounds = undisclosed.flatMap {
      concentration.bounds(undisclosed: $0, atMost: atMost ?? .infinity)
    }
    return Finding(concentration: concentration, bounds: bounds)
  }

  func answer(_ found: Finding) -> Answer {
    let concentration = found.concentration
    return Answer(
      hhi: concentration.hhi,
      effective_number: concentration.effectiveNumber,
      largest: concentration.shares.prefix(top).map { ShareAnswer(id: $0.id, share: $0.share) },
      bounds: found.bounds.map { Answer.Bounds(low: $0.low, high: $0.high) }
    )
  }

  func line(_ found: Finding) -> [String] {
    let largest = found.concentration.shares.first
    return [
      figure(found.concentration.effectiveNumber), percent(found.concentration.hhi),
      largest?.id ?? "–", percent(largest?.share),
    ]
  }

  private func concentration(in source: NetworkSource) throws -> Concentration {
    let network = try lookedThrough ? source.network() : source.statedNetwork()
    guard let of else { return Concentration(ofReceiptsIn: network) }
    let node = try input.node(of, in: network)
    guard lookedThrough else { return Concentration(ofPayersOf: node, in: network) }
    return Concentration(ofSourcesOf: try Provenance.receipts(of: node, in: network))
  }

  func words(_ found: Finding) -> String {
    let concentration = found.concentration
    let what = of.map(legible).map {
      lookedThrough ? "the sources of \($0)" : "the payers of \($0)"
    }
    let rows = concentration.shares.prefix(top).map { [$0.id, percent($0.share)] }
    var lines = [
      "As concentrated over \(what ?? "who receives") as \(figure(concentration.effectiveNumber)) "
        + "equal parts.",
      "  Herfindahl–Hirschman index   \(percent(concentration.hhi))",
    ]
    if let bounds = found.bounds {
      lines.append(
        "  with what has no name        \(percent(bounds.low)) – \(percent(bounds.high))"
      )
    }
    lines += ["", table(["", "share"], rows)]
    return lines.joined(separator: "\n")
  }
}
