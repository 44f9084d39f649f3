extension ClearingProblem {
  /// A problem of debts between parties called by name, in the order in which they first come.
  ///
  /// - Parameters:
  ///   - debts: Who owes whom how much, in any unit of money.
  ///   - owned: What parties own besides; nothing where none is given.
  ///   - owedOutside: What parties owe others than these.
  ///   - alpha: What share of what it owns a defaulter has left, from 0 to 1.
  ///   - beta: What share of its receipts a defaulter has left, from 0 to 1.
  /// - Throws: ``StressError`` for a figure that is none.
  public init(
    debts: [(debtor: String, creditor: String, amount: Double)],
    owned: [String: Double],
    owedOutside: [String: Double] = [:],
    alpha: Double = 1,
    beta: Double = 1
  ) throws(StressError) {
    var position: [String: Int] = [:]
    var parties: [String] = []
    let named = debts.flatMap { [$0.debtor, $0.creditor] }
    for name in named + owned.keys.sorted() + owedOutside.keys.sorted()
    where position[name] == nil {
      position[name] = parties.count
      parties.append(name)
    }
    try self.init(
      parties: parties,
      liabilities: debts.map {
        Liability(
          debtor: position[$0.debtor] ?? 0,
          creditor: position[$0.creditor] ?? 0,
          amount: $0.amount
        )
      },
      externalAssets: parties.map { owned[$0] ?? 0 },
      externalLiabilities: parties.map { owedOutside[$0] ?? 0 },
      alpha: alpha,
      beta: beta
    )
  }

  /// Figures of a clearing, as ``Clearing/payments``, with the names of the parties they are of.
  public func byParty(_ figures: [Double]) -> [(party: String, figure: Double)] {
    Array(zip(parties, figures)).map { ($0, $1) }
  }
}
