package import Networks

/// What stress of one kind finds.
///
/// Parties go by their ids.
package protocol StressReport: Report {
  /// What was assumed where figures are not given: part of the words, beside the JSON.
  var assumed: [String] { get }
}

/// What stress is put on: who owes whom, what parties lose at first, and how much is told of it.
package struct StressQuestion: Sendable {
  let list: EdgeList
  let shocks: [Double]
  let listed: ListedParties
  let namesLosses: Bool

  /// Stress on a network of debts.
  ///
  /// - Parameters:
  ///   - list: Who owes whom how much, and what is known of the parties.
  ///   - shocks: The share each party loses at first, by its position.
  ///   - listed: How many parties the words list.
  ///   - namesLosses: Whether every link on which something is lost is named.
  package init(_ list: EdgeList, shocks: [Double], listed: ListedParties, namesLosses: Bool) {
    (self.list, self.shocks) = (list, shocks)
    (self.listed, self.namesLosses) = (listed, namesLosses)
  }
}
