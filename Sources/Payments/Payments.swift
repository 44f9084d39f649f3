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
  var otherLines = LineRuns()
  /// The line of each payment, where that cannot be told from those of other rows.
  var lines: Column<Int32>?
  /// Where each payment stands in the table that these are a piece of, by its line there.
  var linesOfWhole: [Int]?
  /// The currency of each payment, where there is more than one: a position in ``currencyCodes``.
  package internal(set) var currencyNumber: Column<UInt16>?
  /// The currencies of ``currencyNumber``; empty for amounts that name none.
  package internal(set) var currencyCodes: [String] = []
  /// The names of parties that are told apart by their accounts, by position among ``parties``.
  package internal(set) var labels: [Int32: String] = [:]
  /// The files, in order, where they were read by their own understanding.
  package internal(set) var sources: [PaymentSource] = []
  /// Where the payments of each of ``sources`` end.
  var sourceEnds: [Int] = []
  /// The SHA-256 of each input that nobody can read again, by what it is called.
  var pipeHashes: [String: String] = [:]
  /// The files that packed payments were packed from.
  package internal(set) var packedFrom: [PackedFile] = []
  /// How many transfers both their accounts tell, which count once.
  package internal(set) var twiceTold = 0

  /// The number of payments.
  public var count: Int { payer.count }

  /// The line of the file on which the payment at `index` begins.
  public func line(of index: Int) -> Int {
    if let linesOfWhole { return linesOfWhole[index] }
    if let lines { return Int(lines[index]) }
    return index + 2 + otherLines.above(rowAt: index, from: 2)
  }

  /// Where the payment at `index` stands among all payments, in an order that pieces of a table share.
  package func place(of index: Int) -> Int { linesOfWhole?[index] ?? index }

  /// The currency of the payment at `index`, where the file says it.
  public func currency(of index: Int) -> String? {
    guard let currencyNumber else { return currency }
    let code = currencyCodes[Int(currencyNumber[index])]
    return code.isEmpty ? nil : code
  }

  /// The file of the payment at `index`, where there are several.
  package func source(of index: Int) -> PaymentSource? {
    guard sources.count > 1, let source = sourceEnds.firstIndex(where: { index < $0 }) else {
      return nil
    }
    return sources[source]
  }

  /// The SHA-256 that an input had when it was read, where that is known.
  package func knownHash(of path: String) -> String? {
    pipeHashes[path] ?? sources.first { $0.path == path }?.sha256
  }

  /// What people call the party at `index`: by its name and its account, where both are known.
  public func label(of index: Int) -> String? { labels[Int32(index)] }
}

/// The rows of a file that are no payments: all counted, the first of them told.
public struct RejectedRows: Sendable {
  let runs: LineRuns
  /// What is wrong with the first of them.
  public let first: [TableError]
  /// The kinds of fault, the most frequent first: how many rows have it, and what is wrong with the first of them.
  public internal(set) var reasons: [(count: Int, first: TableError)] = []
  /// How many rows have each kind of fault, by its number.
  var faultKinds: [Int: Int] = [:]

  init(_ runs: LineRuns, first: [TableError]) { (self.runs, self.first) = (runs, first) }

  /// The lines they stand on, ascending.
  public var lines: [Int] { runs.lines }

  /// How many there are.
  public var count: Int { runs.count }
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
