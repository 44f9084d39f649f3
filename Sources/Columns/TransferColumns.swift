/// Payments as columns: the form in which millions of them are searched.
public struct TransferColumns: Sendable {
  /// The amounts of payments, in whichever form they are at hand.
  public enum Amounts: Sendable {
    /// Whole minor units, none above 2⁵³.
    case minorUnits(Column<Int64>)
    /// Any numbers.
    case numbers(Column<Double>)
    /// The same number for each, where nobody knows them.
    case same(Double, count: Int)

    /// The number of amounts.
    package var count: Int {
      switch self {
      case .minorUnits(let units): units.count
      case .numbers(let numbers): numbers.count
      case .same(_, let count): count
      }
    }

    /// The amount at `index`.
    package subscript(_ index: Int) -> Double {
      switch self {
      case .minorUnits(let units): Double(units[index])
      case .numbers(let numbers): numbers[index]
      case .same(let number, _): number
      }
    }
  }

  /// Who pays.
  public let payer: Column<Int32>
  /// Who is paid.
  public let payee: Column<Int32>
  /// When, in seconds from a moment that all share.
  public let time: Column<Int>
  /// How much.
  public let amounts: Amounts
  /// The number of parties.
  public let nodeCount: Int

  /// The number of payments.
  public var count: Int { payer.count }

  /// Takes columns as they are.
  ///
  /// - Precondition: All are of one length below 2³¹, and every party is below `nodeCount`.
  public init(
    payer: Column<Int32>,
    payee: Column<Int32>,
    time: Column<Int>,
    amounts: Amounts,
    nodeCount: Int
  ) {
    let count = payer.count
    precondition(
      payee.count == count && time.count == count && amounts.count == count
        && count < Int(Int32.max) && nodeCount < Int(Int32.max),
      "columns must be of one length"
    )
    precondition(
      Self.isBelow(nodeCount, payer) && Self.isBelow(nodeCount, payee),
      "every party must be one of the \(nodeCount)"
    )
    self.payer = payer
    self.payee = payee
    self.time = time
    self.amounts = amounts
    self.nodeCount = nodeCount
  }

  /// Whether every number of `column` is 0 or above and below `bound`: later it is an address.
  private static func isBelow(_ bound: Int, _ column: Column<Int32>) -> Bool {
    var largest: UInt32 = 0
    for index in 0..<column.count {
      largest = max(largest, UInt32(bitPattern: column.base[index]))
    }
    return column.count == 0 || largest < UInt32(bound)
  }

  /// The columns of `transfers` between `nodeCount` parties.
  public init(_ transfers: [Transfer], nodeCount: Int) {
    self.init(
      payer: Column(transfers.map { Int32($0.payer) }),
      payee: Column(transfers.map { Int32($0.payee) }),
      time: Column(transfers.map(\.time)),
      amounts: .numbers(Column(transfers.map(\.amount))),
      nodeCount: nodeCount
    )
  }
}

/// One payment at a moment.
public struct Transfer: Sendable, Hashable {
  /// Who pays, as a position among the parties.
  public let payer: Int
  /// Who is paid, as a position among the parties.
  public let payee: Int
  /// When, in seconds from a moment that all transfers share.
  public let time: Int
  /// How much.
  public let amount: Double

  /// A payment of `amount` at `time`.
  public init(payer: Int, payee: Int, time: Int, amount: Double) {
    self.payer = payer
    self.payee = payee
    self.time = time
    self.amount = amount
  }
}
