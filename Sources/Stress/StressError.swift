/// Why a network could not be stressed.
public enum StressError: Error, Equatable, CustomStringConvertible {
  /// A list of figures has not one for each party.
  case shapeMismatch(what: String, expected: Int, actual: Int)
  /// A link names a position that no party has.
  case noSuchParty(index: Int, count: Int)
  /// A party owes itself.
  case owesItself(party: String)
  /// What one party owes another is negative or not a number.
  case badLiability(debtor: String, creditor: String, amount: Double)
  /// A figure of a party is out of its bounds, or not a number.
  case badFigure(what: String, party: String, value: Double)
  /// A figure that the answer needs is not known of a party.
  case unknown(what: String, party: String)
  /// A parameter is out of its bounds.
  case badParameter(name: String, value: Double, bounds: String)
  /// The amounts add up to more than a number can hold.
  case tooMuch
  /// The largest change, in the unit of the answer, was still `change` after `rounds` rounds.
  case didNotConverge(rounds: Int, change: Double)

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .shapeMismatch(let what, let expected, let actual):
      "there are \(actual) figures of \(what) for \(expected) parties"
    case .noSuchParty(let index, let count):
      "a link names party number \(index), but there are \(count) parties"
    case .owesItself(let party):
      "\(party) owes itself; leave that out"
    case .badLiability(let debtor, let creditor, let amount):
      "\(debtor) owes \(creditor) \(amount); a debt is a number, zero or above"
    case .badFigure(let what, let party, let value):
      "the \(what) of \(party) is \(value), which it cannot be"
    case .unknown(let what, let party):
      "there is no \(what) for \(party), and the answer needs it"
    case .badParameter(let name, let value, let bounds):
      "\(name) is \(value); it must be \(bounds)"
    case .tooMuch:
      "the amounts add up to more than a number can hold; use a larger unit"
    case .didNotConverge(let rounds, let change):
      "no answer: the figures still changed by \(change) after \(rounds) rounds"
    }
  }
}
