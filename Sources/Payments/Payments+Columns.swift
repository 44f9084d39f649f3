public import Columns

/// One payment as its file says it.
public struct Payment: Sendable, Equatable {
  /// Who pays.
  public let payer: String
  /// Who is paid.
  public let payee: String
  /// When, in seconds since 1970 (UTC).
  public let time: Int
  /// How much, in minor units.
  public let amountMinorUnits: Int64
  /// The line of the file on which it stands.
  public let line: Int
}

extension Payments {
  /// The payment at `index`, by the names of its parties.
  public subscript(_ index: Int) -> Payment {
    Payment(
      payer: parties[Int(payer[index])],
      payee: parties[Int(payee[index])],
      time: time[index],
      amountMinorUnits: amountMinorUnits[index],
      line: line(of: index)
    )
  }

  /// The columns in which loops are searched.
  public var columns: TransferColumns {
    TransferColumns(
      payer: payer,
      payee: payee,
      time: time,
      amounts: .minorUnits(amountMinorUnits),
      nodeCount: parties.count
    )
  }
}
