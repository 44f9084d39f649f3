/// What somebody says of a file beforehand, and so is not looked for in it.
public struct ReadingHints: Sendable, Equatable {
  /// The column of who pays, by its name or its place from 1.
  public var payer: String?
  /// The column of who is paid.
  public var payee: String?
  /// The column of amounts.
  public var amount: String?
  /// The column of times.
  public var time: String?
  /// What times that are bare numbers are.
  public var numbers: NumberedTime?
  /// The order of day, month and year.
  public var dayOrder: DayOrder?
  /// The mark before decimals.
  public var decimal: DecimalMark?
  /// What stands between cells.
  public var delimiter: Character?
  /// The encoding.
  public var encoding: TextEncoding?
  /// Whose statement it is: an account, or a name.
  public var account: String?
  /// What amounts below nought mean.
  public var negatives: NegativeAmounts?
  /// By what rule the entries of a journal are payments.
  public var journal: JournalRule?
  /// Whether amounts between two minor units go to the nearer.
  public var rounds = false
  /// How many digits after the point a minor unit is; below nought where it is ten units or more.
  public var digits = 2
  /// The currency whose rows to read.
  public var currency: String?
  /// An understanding to go by.
  package var map: Understanding?
  /// The rows to keep: those in which a column has one of some values.
  public var filters: [Filter] = []
  /// How many rejected rows to tell of one by one.
  public var toldRows = 20
  /// The number of threads; the answer is the same for any.
  public var threads = 1

  /// Rows to keep by the value of a column.
  public struct Filter: Sendable, Equatable {
    /// The column, by its name or its place.
    public let column: String
    /// The values it may have.
    public let values: [String]

    /// Keeps rows in which `column` has one of `values`.
    public init(column: String, values: [String]) {
      (self.column, self.values) = (column, values)
    }
  }

  /// Nothing is said.
  public init() {}
}
