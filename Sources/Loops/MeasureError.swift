/// Why a measure could not be taken.
public enum MeasureError: Error, Equatable, CustomStringConvertible {
  /// What comes in at a party and what goes out differ: the network was not balanced first.
  case unbalanced(party: String)
  /// The network is too large for a figure that is worked out exactly.
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
      "this figure is worked out exactly up to \(limit) parties, and there are \(nodes)"
    case .badParameter(let name, let value):
      "\(name) is \(value); it must be a number, zero or above"
    case .didNotConverge(let rounds, let change):
      "the figure still changed by \(change) after \(rounds) rounds"
    }
  }
}
