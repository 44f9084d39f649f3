import ArgumentParser
import Loops
import Networks

struct MeasureGain: ParsableCommand, NetworkMeasure {
  static let configuration = CommandConfiguration(
    commandName: "gain",
    abstract: "Tell whether a push dies out or feeds itself.",
    discussion: """
      EXAMPLES
        ouro measure gain edges.csv --nodes nodes.csv
        ouro measure gain edges.csv --funding CoreWeave=0.4 --funding Oracle=0.1
      """
  )

  @OptionGroup var input: NetworkInput
  @OptionGroup var periods: MeasuredPeriods

  @Option(
    help: "How much more a party raises for each extra dollar it receives, as PARTY=FRACTION."
  )
  var funding: [String] = []

  struct Answer: Encodable {
    let measure = "gain"
    let gain: Double
    let low: Double
    let high: Double
    let settled: Bool
  }

  static let headings = ["gain", "at least", "at most"]

  func run() throws { try measure() }

  func finding(in source: NetworkSource) throws -> LoopGain {
    let network = try source.network()
    var responses = [Double](repeating: 0, count: network.nodes.count)
    for assignment in funding {
      let parts = assignment.split(separator: "=", omittingEmptySubsequences: false)
      guard parts.count > 1, let value = parts.last.flatMap({ Double($0) }), value >= 0,
        value.isFinite
      else { throw ValidationError("--funding \(assignment) is not PARTY=FRACTION") }
      let party = parts.dropLast().joined(separator: "=")
      responses[try input.node(party, in: network)] = value
    }
    return try LoopGain(of: network, funding: responses)
  }

  func answer(_ gain: LoopGain) -> Answer {
    Answer(gain: gain.gain, low: gain.low, high: gain.high, settled: gain.isSettled)
  }

  func line(_ gain: LoopGain) -> [String] {
    [figure(gain.gain), figure(gain.low), figure(gain.high)]
  }

  func words(_ gain: LoopGain) -> String {
    let verdict =
      gain.high < 1 ? "a push dies out" : gain.low > 1 ? "a push feeds itself" : "a push goes on"
    let range =
      gain.isSettled ? "" : " (between \(figure(gain.low)) and \(figure(gain.high)))"
    return
      "Of each extra dollar inside, \(figure(gain.gain)) is there the next time round\(range): "
      + "\(verdict)."
  }
}
