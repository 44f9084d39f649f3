internal import Columns
internal import Tables

/// Puts the rows of blocks one after another in the order of the file, whichever thread has read them.
struct BlockAssembly {
  /// Rows of one thread that stand together.
  struct Stretch {
    var part: Int
    var end: Int
  }

  private(set) var count = 0
  private(set) var payer = Column<Int32>(unwritten: 0)
  private(set) var payee = Column<Int32>(unwritten: 0)
  private(set) var time = Column<Int>(unwritten: 0)
  private(set) var amount = Column<Int64>(unwritten: 0)
  /// Whose names the rows speak of.
  private(set) var stretches: [Stretch] = []
  private(set) var more: RowExtras?
  private(set) var rejectedLines = LineRuns()
  /// The lines on which no payment begins, ascending.
  private(set) var otherLines = LineRuns()
  /// How many rows are in another currency than was asked for.
  private(set) var otherCurrencyRows = 0
  /// The first faults with the lines they stand on.
  private(set) var faults: [(line: Int, fault: RowFault)] = []
  /// How many rows have each kind of fault, and the first of them.
  private(set) var kinds: [Int: (count: Int, line: Int, fault: RowFault)] = [:]
  /// How many rows are of payments that were not made, and how many are not among those asked for.
  private(set) var notMadeRows = 0
  private(set) var notAskedRows = 0

  private let toldRows: Int
  private var expectedRows: Int
  /// The line on which the next block begins.
  private(set) var line: Int
  private var next = 0
  private var waiting: [Int: BlockRows] = [:]
  private var spare: [BlockRows] = []

  /// More than this is not asked for before the rows have come.
  private static let mostExpected = 1 << 26

  /// Begins below a header of so many lines, with room for `expectedRows`.
  init(
    headerLines: Int,
    toldRows: Int,
    expectedRows: Int,
    keepsMore: Bool = false,
    keepsBalance: Bool = false
  ) {
    line = headerLines + 1
    if headerLines > 1 { otherLines = LineRuns(2...headerLines) }
    if keepsMore { more = RowExtras(room: 0, keepsBalance: keepsBalance) }
    self.toldRows = toldRows
    self.expectedRows = min(expectedRows, Self.mostExpected)
  }

  /// Memory for the rows of a block.
  mutating func lend() -> BlockRows {
    spare.popLast()
      ?? BlockRows(more.map { RowExtras(room: BlockRows.room, keepsBalance: $0.balance != nil) })
  }

  /// Takes the rows of a block, and with it those that waited for it.
  mutating func take(_ rows: BlockRows) {
    waiting[rows.number] = rows
    while let rows = waiting.removeValue(forKey: next) {
      place(rows)
      spare.append(rows)
      next += 1
    }
  }

  private mutating func place(_ rows: BlockRows) {
    noteFaults(rows)
    makeRoom(for: count + rows.count)
    if let own = rows.more { more?.place(own, at: count, count: rows.count, line: line) }
    line += rows.lineCount
    (payer.base + count).update(from: rows.payer.base, count: rows.count)
    (payee.base + count).update(from: rows.payee.base, count: rows.count)
    (time.base + count).update(from: rows.time.base, count: rows.count)
    (amount.base + count).update(from: rows.amount.base, count: rows.count)
    count += rows.count
    if stretches.last?.part == rows.part {
      stretches[stretches.count - 1].end = count
    } else {
      stretches.append(Stretch(part: rows.part, end: count))
    }
  }

  private mutating func noteFaults(_ rows: BlockRows) {
    for (row, fault) in rows.faults {
      switch fault {
      case .otherCurrency:
        otherCurrencyRows += 1
        continue
      case .notMade:
        notMadeRows += 1
        continue
      case .notAsked:
        notAskedRows += 1
        continue
      case .note: continue
      default: break
      }
      rejectedLines.append(line + row)
      if faults.count < toldRows { faults.append((line + row, fault)) }
      kinds[fault.kind, default: (0, line + row, fault)].count += 1
    }
    // Rows that know their own lines need no list of the others.
    guard more == nil else { return }
    guard !rows.continued.isEmpty else {
      for fault in rows.faults { otherLines.append(line + fault.row) }
      return
    }
    for row in (rows.faults.map(\.row) + rows.continued).sorted() { otherLines.append(line + row) }
  }

  private mutating func makeRoom(for needed: Int) {
    guard needed > payer.count else { return }
    let capacity = max(needed, expectedRows, payer.count + payer.count / 2)
    payer = payer.enlarged(to: capacity, keeping: count)
    payee = payee.enlarged(to: capacity, keeping: count)
    time = time.enlarged(to: capacity, keeping: count)
    amount = amount.enlarged(to: capacity, keeping: count)
    more = more?.enlarged(to: capacity, keeping: count)
  }
}

extension Column {
  /// The same values with room for more.
  func enlarged(to capacity: Int, keeping count: Int) -> Column {
    let larger = Column(unwritten: capacity)
    larger.base.update(from: base, count: count)
    return larger
  }

  /// The first `count` values, in the same memory.
  func first(_ count: Int) -> Column { Column(base: base, count: count, owner: self) }
}
