/// Why a path could not be run.
public enum ProjectionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The books of a month do not close, by so many cents.
  case doesNotClose(month: String, path: Int, cents: Int64)
  /// What everybody can pay was still falling after `rounds` rounds.
  case didNotClear(month: String, rounds: Int)
  /// An amount is more than can be counted.
  case tooMuch(month: String, party: String)
  /// Parties pay one another so much of what they receive that it never ends.
  case endlessShares(month: String)
  /// Nothing inside is known well enough to fail.
  case nobodyTracked
  /// Whoever asked for the run told it not to go on.
  case stopped

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .doesNotClose(let month, let path, let cents):
      "the books of \(month) on path \(path) do not close by \(cents) cents; please report it"
    case .didNotClear(let month, let rounds):
      "the payments of \(month) did not settle in \(rounds) rounds; please report it"
    case .endlessShares(let month):
      "what parties pay of their receipts comes back to them in full in \(month); lower of-receipts "
        + "of a deal among them"
    case .tooMuch(let month, let party):
      "the money of \(party) outgrows what can be counted in \(month); lower growth or amounts"
    case .nobodyTracked:
      "no party has cash, receipts and spending; set them under parties: in the scenario"
    case .stopped: "the run was stopped"
    }
  }
}
