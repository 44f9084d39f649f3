import Graphs
import Foundation
import Loops
import Networks

/// Who is upstream, every link alike, to a residual of 10⁻⁸: `GIANT/LINKS/CIRCULAR`, of the giant component.
func potential(_ path: String) throws {
  let pairs = try StaticPairs(contentsOf: path)
  let network = try giantComponent(pairs).network()
  var watch = Stopwatch()
  let potential = try Potential(of: network, weighting: .unit, tolerance: 1e-8)
  watch.stop()
  var net = network.paid
  for (party, received) in network.received.enumerated() { net[party] -= received }
  var rest = net
  var links = 0
  for flow in network.flows {
    let back = network.weight(from: flow.payee, to: flow.payer)
    guard flow.payer < flow.payee || back == 0 else { continue }
    links += 1
    let downhill = potential.potential[flow.payer] - potential.potential[flow.payee]
    rest[flow.payer] -= downhill
    rest[flow.payee] += downhill
  }
  func norm(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
  let residual = norm(rest) / norm(net)
  require(residual <= 1e-8, "the residual is \(residual)")
  let share = String(format: "%.6f", potential.circularShare ?? 0)
  watch.report("\(network.nodes.count)/\(links)/\(share)")
}

/// The part of a network that is the largest of those joined, whatever the direction.
private func giantComponent(_ pairs: StaticPairs) -> StaticPairs {
  let (component, count) = pairs.graph.weakComponents
  var sizes = [Int](repeating: 0, count: count)
  for number in component { sizes[number] += 1 }
  let giant = sizes.indices.max { sizes[$0] < sizes[$1] } ?? 0
  var number = [Int32](repeating: 0, count: component.count)
  var members: Int32 = 0
  for party in component.indices where component[party] == giant {
    number[party] = members
    members += 1
  }
  let kept = pairs.payer.indices.filter { component[Int(pairs.payer[$0])] == giant }
  return StaticPairs(
    nodeCount: Int(members),
    transfers: kept.map {
      (number[Int(pairs.payer[$0])], number[Int(pairs.payee[$0])], pairs.amount[$0])
    }
  )
}
