internal import Columns
internal import Networks

/// Payments in the order of time, and in that of the columns they come from where times are equal.
struct TransferList: Sendable {
  let payer: Column<Int32>
  let payee: Column<Int32>
  let time: Column<Int>
  /// Where each stands in the columns; side by side from ``offset`` on, if it is `nil`.
  private let place: Column<Int32>?
  private let offset: Int

  var count: Int { payer.count }

  /// Where each stands in the columns.
  var original: Column<Int32> {
    if let place { return place }
    let place = Column<Int32>(unwritten: count)
    for index in 0..<count { place.base[index] = Int32(truncatingIfNeeded: offset &+ index) }
    return place
  }

  /// The payments of `columns` that are large enough for `rules`, and of a time at which a loop can be.
  init(_ columns: TransferColumns, _ rules: TemporalCycles.Rules, threads: Int) {
    let (time, times) = (columns.time, rules.times)
    let isSorted = Self.isSorted(time, threads)
    guard !isSorted || rules.minimumAmount > 0 else {
      self = TransferList(
        columns,
        from: time.place(of: times.lowerBound),
        until: time.end(of: times)
      )
      return
    }
    let counted = Column<Int32>(unwritten: columns.count)
    var count = 0
    for index in 0..<columns.count
    where times.contains(time.base[index])
      && (rules.minimumAmount <= 0 || columns.amounts[index] >= rules.minimumAmount)
    {
      counted.base[count] = Int32(truncatingIfNeeded: index)
      count += 1
    }
    let order = Column(base: counted.base, count: count, owner: counted)
    if !isSorted { RadixSort.sort(order, by: time) }
    self.init(
      payer: Self.picked(columns.payer, order, threads),
      payee: Self.picked(columns.payee, order, threads),
      time: Self.picked(time, order, threads),
      place: order
    )
  }

  /// A run of `columns` as they stand.
  private init(_ columns: TransferColumns, from: Int, until: Int) {
    func run<Value>(_ column: Column<Value>) -> Column<Value> {
      Column(base: column.base + from, count: until - from, owner: column)
    }
    payer = run(columns.payer)
    payee = run(columns.payee)
    time = run(columns.time)
    (place, offset) = (nil, from)
  }

  private static func isSorted(_ time: Column<Int>, _ threads: Int) -> Bool {
    let isSorted = Column(repeating: true, count: max(1, threads))
    Workers.split(time.count, threads: threads) { piece, range in
      isSorted.base[piece] = range.dropFirst(range.lowerBound == 0 ? 1 : 0).allSatisfy {
        time.base[$0 - 1] <= time.base[$0]
      }
    }
    return (0..<isSorted.count).allSatisfy { isSorted.base[$0] }
  }

  private init(
    payer: Column<Int32>,
    payee: Column<Int32>,
    time: Column<Int>,
    place: Column<Int32>?
  ) {
    (self.payer, self.payee, self.time, self.place) = (payer, payee, time, place)
    offset = 0
  }

  /// The payments at `positions`.
  func picked(_ positions: Column<Int32>, threads: Int) -> TransferList {
    TransferList(
      payer: Self.picked(payer, positions, threads),
      payee: Self.picked(payee, positions, threads),
      time: Self.picked(time, positions, threads),
      place: place.map { Self.picked($0, positions, threads) } ?? moved(positions)
    )
  }

  /// Where the payments at `positions` stand in the columns.
  private func moved(_ positions: Column<Int32>) -> Column<Int32> {
    guard offset > 0 else { return positions }
    let places = Column<Int32>(unwritten: positions.count)
    for index in 0..<positions.count {
      places.base[index] = positions.base[index] &+ Int32(truncatingIfNeeded: offset)
    }
    return places
  }

  private static func picked<Value: BitwiseCopyable>(
    _ values: Column<Value>,
    _ positions: Column<Int32>,
    _ threads: Int
  ) -> Column<Value> {
    let result = Column<Value>(unwritten: positions.count)
    Workers.split(positions.count, threads: threads) { _, range in
      for index in range { result.base[index] = values.base[Int(positions.base[index])] }
    }
    return result
  }
}

extension Column where Element == Int {
  /// How many values of an ascending column are below `bound`.
  fileprivate func place(of bound: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if base[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where the values of an ascending column that a range holds end.
  fileprivate func end(of range: ClosedRange<Int>) -> Int {
    range.upperBound == .max ? count : place(of: range.upperBound + 1)
  }
}
