package import Columns
private import CLanes

/// Names as numbers, in the order in which they first came.
///
/// A name of up to eight bytes is its own key; of longer ones the key is a hash, and the bytes are compared.
/// Hashes are seeded anew in each run, so that no file can be written whose names all collide; what they
/// decide is where a name stands in the table, and nothing that is told.
struct Interner: @unchecked Sendable {
  private struct Entry: BitwiseCopyable {
    var key: UInt64 = 0
    /// The number of the name, or -1.
    var number: Int32 = -1
    var length: UInt32 = 0
  }

  private var entries: Column<Entry>
  /// A name stands in the group of four that its hash says, or in the first free place after it.
  private var table: UnsafeMutablePointer<Entry>
  /// Leaves of a hash the place of its group.
  private var mask: Int
  private let seeds: (UInt64, UInt64)
  private(set) var count = 0
  /// The bytes of all names one after another, and where each begins.
  private(set) var bytes: [UInt8] = []
  private(set) var starts: [Int] = [0]
  /// When each name first came.
  private(set) var firstSeen: [Int] = []

  init(capacity: Int = 1024) {
    entries = Column(repeating: Entry(), count: capacity)
    table = entries.base
    mask = capacity - 4
    func seed(_ number: Int) -> UInt64 {
      var hasher = Hasher()
      hasher.combine(number)
      return UInt64(truncatingIfNeeded: hasher.finalize())
    }
    seeds = (seed(0), seed(1) | 1)
  }

  /// The number of the name that stands in `cell`.
  ///
  /// Here as elsewhere, eight bytes can be read beyond the end of a cell.
  @inline(__always)
  mutating func number(_ cell: UnsafeBufferPointer<UInt8>, seen: Int) -> Int32 {
    let clue = clue(cell)
    return find(cell, clue) ?? add(cell, clue, seen)
  }

  /// Where to begin to look for a name, apart from the size of the table.
  struct Clue: BitwiseCopyable {
    fileprivate let key: UInt64
    fileprivate let hash: Int
  }

  @inline(__always)
  func clue(_ cell: UnsafeBufferPointer<UInt8>) -> Clue {
    let key = key(cell)
    return Clue(key: key, hash: hash(key, UInt64(cell.count)))
  }

  /// Brings what stands at a clue nearer, so that many can be on the way at a time.
  @inline(__always)
  func fetch(_ clue: Clue) { lanes_fetch(table + (clue.hash & mask)) }

  /// The number of the name that stands in `cell`, if it has one.
  @inline(__always)
  func find(_ cell: UnsafeBufferPointer<UInt8>, _ clue: Clue) -> Int32? {
    // Without a branch on which of the four it is, which nobody could guess.
    let group = table + (clue.hash & mask)
    var matches = 0
    for index in 0..<4 { matches |= (group[index].key == clue.key ? 1 : 0) &<< index }
    if matches != 0 {
      let entry = group[matches.trailingZeroBitCount]
      if isName(entry, cell) { return entry.number }
    }
    return findFurther(cell, clue)
  }

  @inline(never)
  private func findFurther(_ cell: UnsafeBufferPointer<UInt8>, _ clue: Clue) -> Int32? {
    var place = clue.hash & mask
    while table[place].number >= 0 {
      if table[place].key == clue.key, isName(table[place], cell) { return table[place].number }
      place = next(place)
    }
    return nil
  }

  @inline(__always)
  private func next(_ place: Int) -> Int { (place + 1) & (entries.count - 1) }

  private func freePlace(_ hash: Int) -> Int {
    var place = hash & mask
    while table[place].number >= 0 { place = next(place) }
    return place
  }

  @inline(never)
  private mutating func add(
    _ cell: UnsafeBufferPointer<UInt8>,
    _ clue: Clue,
    _ seen: Int
  ) -> Int32 {
    let number = Int32(truncatingIfNeeded: count)
    table[freePlace(clue.hash)] = Entry(
      key: clue.key,
      number: number,
      length: UInt32(truncatingIfNeeded: cell.count)
    )
    bytes.append(contentsOf: cell)
    starts.append(bytes.count)
    firstSeen.append(seen)
    count += 1
    if count * 2 > entries.count { grow() }
    return number
  }

  private mutating func grow() {
    let old = entries
    entries = Column(repeating: Entry(), count: old.count * 2)
    table = entries.base
    mask = entries.count - 4
    for index in 0..<old.count where old.base[index].number >= 0 {
      let entry = old.base[index]
      table[freePlace(hash(entry.key, UInt64(entry.length)))] = entry
    }
  }

  /// Whether the name of an entry, whose key is that of `cell`, is the same.
  @inline(__always)
  private func isName(_ entry: Entry, _ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    entry.number >= 0 && entry.length == UInt32(truncatingIfNeeded: cell.count)
      && (cell.count <= 8 || isLongName(Int(entry.number), cell))
  }

  private func isLongName(_ number: Int, _ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = starts[number]
    return bytes.withUnsafeBufferPointer { bytes in
      for index in 0..<cell.count where bytes[start + index] != cell[index] { return false }
      return true
    }
  }

  @inline(__always)
  private func key(_ cell: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = cell.baseAddress, cell.count > 0 else { return 0 }
    let raw = UnsafeRawPointer(base)
    let first = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    guard cell.count > 8 else { return first & (~0 &>> UInt64(64 - 8 * cell.count)) }
    var key = folded(first)
    var index = 8
    while index + 8 <= cell.count {
      key = folded(key ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index += 8
    }
    return folded(key ^ raw.loadUnaligned(fromByteOffset: cell.count - 8, as: UInt64.self))
  }

  @inline(__always)
  private func folded(_ word: UInt64) -> UInt64 {
    let product = (word ^ seeds.0).multipliedFullWidth(by: seeds.1)
    return product.high ^ product.low
  }

  @inline(__always)
  private func hash(_ key: UInt64, _ count: UInt64) -> Int {
    Int(truncatingIfNeeded: folded(key ^ (count &* 0xA076_1D64_78BD_642F)))
  }
}

/// The names of parties by their number.
public struct NameTable: Sendable {
  /// The UTF-8 of all names one after another.
  package let bytes: Column<UInt8>
  /// Where each begins; one longer than the number of names.
  package let starts: Column<Int>

  /// Names of which both are known.
  package init(bytes: Column<UInt8>, starts: Column<Int>) {
    (self.bytes, self.starts) = (bytes, starts)
  }

  /// The number of parties.
  public var count: Int { starts.count - 1 }

  /// The name of the party at `index`.
  public subscript(_ index: Int) -> String {
    withUTF8(of: index) { String(decoding: $0, as: UTF8.self) }
  }

  /// Hands on the name of the party at `index` as it stands in memory.
  package func withUTF8<Result>(
    of index: Int,
    _ body: (UnsafeBufferPointer<UInt8>) -> Result
  ) -> Result {
    precondition(index >= 0 && index < count, "the index must be inside")
    let (start, end) = (starts.base[index], starts.base[index + 1])
    return body(UnsafeBufferPointer(start: bytes.base + start, count: end - start))
  }
}
