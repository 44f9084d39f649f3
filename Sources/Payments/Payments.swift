public import Columns
public import Tables

/// Payments as columns, in the order of their file: who paid whom, when, and how much.
public struct Payments: Sendable {
  /// Who pays, as a position among ``parties``.
  public let payer: Column<Int32>
  /// Who is paid, as a position among ``parties``.
  public let payee: Column<Int32>
  /// When, in seconds since 1970 (UTC).
  public let time: Column<Int>
  /// How much, in minor units, 0 to 2⁵³.
  public let amountMinorUnits: Column<Int64>
  /// The parties in the order in which they first came.
  public let parties: NameTable
  /// How many digits after the point a minor unit is.
  public let digits: Int
  /// The currency of all amounts, where the file says it.
  public let currency: String?
  /// The rows that are no payments.
  public let rejected: RejectedRows
  /// How many rows were left out because another currency was asked for.
  public let otherCurrencyRows: Int
  /// The lines below the first on which no payment begins, ascending: of other rows, and those on which a row goes on.
  let otherLines: [Int]

  /// The number of payments.
  public var count: Int { payer.count }

  /// The line of the file on which the payment at `index` begins.
  public func line(of index: Int) -> Int {
    var (low, high) = (0, otherLines.count)
    // The payment begins on line index + 2, and one further for each other line above it.
    while low < high {
      let middle = (low + high) / 2
      if otherLines[middle] - middle <= index + 2 { low = middle + 1 } else { high = middle }
    }
    return index + 2 + low
  }
}

/// The rows of a file that are no payments: all counted, the first of them told.
public struct RejectedRows: Sendable {
  /// The lines they stand on, ascending.
  public let lines: [Int]
  /// What is wrong with the first of them.
  public let first: [TableError]

  /// How many there are.
  public var count: Int { lines.count }
}

/// How a payments file says what.
public struct PaymentFormat: Sendable, Equatable {
  /// The name of the column of who pays.
  public var payer = "payer"
  /// The name of the column of who is paid.
  public var payee = "payee"
  /// The name of the column of amounts.
  public var amount = "amount"
  /// The name of the column of times; `time` or `date`, whichever is there, where it is not given.
  public var time: String?
  /// What times that are bare numbers are; seconds where it is not given and they cannot be days.
  public var timeFormat: TimeFormat?
  /// How many digits after the point a minor unit is, 0 to 9.
  public var digits = 2
  /// The currency whose rows to read, by its code; where it is not given all must be of one.
  public var currency: String?
  /// How many rejected rows to tell of one by one.
  public var toldRows = 20
  /// The number of threads; the answer is the same for any.
  public var threads = 1

  /// The columns `payer,payee,amount,time`, or `date` for `time`; cents.
  public init() {}
}
