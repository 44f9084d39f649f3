public import Graphs

/// Why a network could not be built.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
  /// Two parties share an id.
  case duplicateNode(id: String)
  /// A flow names a position that no party has.
  case noSuchNode(index: NodeIndex, count: Int)
  /// A flow between two parties is negative or not a number.
  case badWeight(payer: String, payee: String, weight: Double)
  /// Money across the boundary at a party is negative or not a number.
  case badBoundaryWeight(node: String, weight: Double)
  /// The flows add up to more than ``FlowNetwork/largestTotal``.
  case tooMuch

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .duplicateNode(let id):
      "the party \(id) is given twice; give each party one id"
    case .noSuchNode(let index, let count):
      "a flow names party number \(index), but there are \(count) parties"
    case .badWeight(let payer, let payee, let weight):
      "the flow from \(payer) to \(payee) is \(weight); a flow is a number, zero or above"
    case .badBoundaryWeight(let node, let weight):
      "money across the boundary at \(node) is \(weight); it must be a number, zero or above"
    case .tooMuch:
      "the flows add up to more than \(FlowNetwork.largestTotal); use a larger unit"
    }
  }
}
