/// Why a measure could not be taken.
public enum MeasureError: Error, Equatable, CustomStringConvertible {
  /// What comes in at a party and what goes out differ: the network was not balanced first.
  case unbalanced(party: String)
  /// A component of the network takes too long for a figure that is exact up to a number of parties.
  case tooLarge(nodes: Int, limit: Int)
  /// A response, a weight or another parameter is negative or not a number.
  case badParameter(name: String, value: Double)
  /// An iteration had not settled after `rounds` rounds.
  case didNotConverge(rounds: Int, change: Double)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .unbalanced(let party):
      "what comes in at \(party) and what goes out differ; balance the network first"
    case .tooLarge(let nodes, let limit):
      "this figure is exact up to \(limit) parties; for \(nodes) in one component it takes too long"
    case .badParameter(let name, let value):
      "\(name) is \(value); it must be a number, zero or above"
    case .didNotConverge(let rounds, let change):
      "the figure still changed by \(change) after \(rounds) rounds"
    }
  }
}
