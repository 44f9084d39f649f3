extension FlowNetwork {
  /// What is wrong with the network's rows, if anything: for tests.
  public func checkInvariants() -> String? {
    guard rowStart.count == nodes.count + 1, rowStart.first == 0, rowStart.last == payee.count,
      payee.count == weight.count
    else { return "the rows do not cover the flows" }
    for payer in nodes.indices {
      guard rowStart[payer] <= rowStart[payer + 1] else {
        return "row \(payer) ends before it starts"
      }
      let payees = payee[row(payer)]
      guard zip(payees, payees.dropFirst()).allSatisfy(<) else {
        return "row \(payer) is not in the order of its payees, each once"
      }
      guard payees.allSatisfy({ nodes.indices.contains($0) && $0 != payer }) else {
        return "row \(payer) pays itself or nobody"
      }
    }
    guard (weight + inflows.map(\.weight) + outflows.map(\.weight)).allSatisfy({ $0 > 0 }) else {
      return "a flow is not above zero"
    }
    return nil
  }
}
