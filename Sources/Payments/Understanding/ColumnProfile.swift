/// What the cells of a column look like, by the first rows.
struct ColumnProfile {
  private(set) var filled = 0
  private(set) var dates = 0
  private(set) var numbers = 0
  private(set) var amounts = 0
  private(set) var clocks = 0
  private(set) var currencies = 0
  private(set) var ibans = 0
  private(set) var flags = 0
  private(set) var negatives = 0
  private(set) var zones = 0
  /// Amounts that name a side of an account, as DR and CR.
  private(set) var sided = 0
  /// Amounts other than nought.
  private(set) var nonzero = 0
  private(set) var values: Set<String> = []
  private(set) var cells: [String] = []

  mutating func add(_ cell: String) {
    let cell = cell.trimmedText
    cells.append(cell)
    guard !cell.isEmpty else { return }
    filled += 1
    if values.count < 64 { values.insert(cell) }
    if Self.isNumber(cell) {
      numbers += 1
    } else if DayOrder.allCases.contains(where: { Self.moment(cell, $0) != nil }) {
      dates += 1
    }
    if Self.isClock(cell) { clocks += 1 }
    if CurrencyName.code(cell) != nil { currencies += 1 }
    if AccountNumber(cell).isIBAN { ibans += 1 }
    if Direction(cell) != nil { flags += 1 }
    if Zones.offset(cell.uppercased()) != nil, !Self.isNumber(cell) { zones += 1 }
    noteAmount(cell)
  }

  private mutating func noteAmount(_ cell: String) {
    var isSided = false
    let readings = DecimalMark.allCases.compactMap { mark -> (Int64, Bool)? in
      Self.withBytes(cell) { bytes in
        let reader = AmountReader(mark, digits: 2, rounds: true)
        switch reader.read(bytes) {
        case .units(let units, let isNegative, let affix):
          if let affix {
            guard AmountAffix.isKnown(affix) else { return nil }
            isSided = AmountAffix.side(String(decoding: affix, as: UTF8.self)) != nil
          }
          return (units, isNegative)
        case .large: return (1, false)
        default: return nil
        }
      }
    }
    guard let first = readings.first else { return }
    amounts += 1
    if isSided { sided += 1 }
    if first.1 { negatives += 1 }
    if readings.contains(where: { $0.0 != 0 }) { nonzero += 1 }
  }

  /// Whether most filled cells are counted by `share`.
  func isMostly(_ share: KeyPath<ColumnProfile, Int>) -> Bool {
    filled > 0 && self[keyPath: share] * 10 >= filled * 8
  }

  /// Whether cells are dates, or numbers that can be.
  var isDates: Bool { filled > 0 && (dates + numbers) * 10 >= filled * 8 && !isClocks }

  /// Whether cells are times of day; 02.01.25 can be one, and where all can be days as well they are days.
  var isClocks: Bool { isMostly(\.clocks) && clocks > dates }

  static func isNumber(_ cell: String) -> Bool {
    let digits = cell.first == "-" ? cell.dropFirst() : cell[...]
    return !digits.isEmpty && digits.utf8.allSatisfy { $0 &- 48 <= 9 }
  }

  static func moment(_ cell: String, _ order: DayOrder, _ numbers: NumberedTime? = nil) -> Int? {
    withBytes(cell) { bytes in
      var reader = MomentReader(order: order, numbers: numbers)
      return reader.read(bytes)
    }
  }

  /// Whether a cell is a time of day; hours and minutes with a point between them are an amount as well.
  private static func isClock(_ cell: String) -> Bool {
    let points = cell.count { $0 == "." }
    guard cell.contains(where: { ":h".contains($0) }) || points == 2,
      !cell.contains(where: { "/-,".contains($0) })
    else { return false }
    return withBytes(cell) { $0[0] &- 48 <= 9 && Clock($0) != nil }
  }

  /// The bytes of a cell, with as many behind them as may be read.
  static func withBytes<Result>(
    _ cell: String,
    _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    let bytes = Array(cell.utf8)
    return (bytes + [UInt8](repeating: 0, count: 16)).withUnsafeBufferPointer {
      body(UnsafeBufferPointer(rebasing: $0[..<bytes.count]))
    }
  }
}
