internal import Columns

extension Interner {
  /// One list of the names of several, in the order in which they first came, and the number there of each.
  static func merged(
    _ parts: [Interner],
    threads: Int
  ) -> (names: NameTable, numbers: [Column<Int32>]) {
    let numbers = parts.map { Column<Int32>(repeating: -1, count: $0.count) }
    if let only = parts.first, parts.count == 1 {
      for index in 0..<only.count { numbers[0].base[index] = Int32(truncatingIfNeeded: index) }
      return (NameTable(bytes: Column(only.bytes), starts: Column(only.starts)), numbers)
    }
    let twins = parts.indices.map { findTwins(of: $0, in: parts, threads: threads) }
    let names = Column<UInt8>(unwritten: parts.reduce(0) { $0 + $1.bytes.count })
    let starts = Column<Int>(unwritten: parts.reduce(1) { $0 + $1.count })
    starts.base[0] = 0
    var count: Int32 = 0
    var next = [Int](repeating: 0, count: parts.count)
    while let part = earliest(next, parts) {
      let index = next[part]
      next[part] += 1
      // A name that several threads have met is numbered where the first of them keeps it.
      let (keeper, place) = twins[part].base[index].keeper(part, index)
      if numbers[keeper].base[place] < 0 {
        numbers[keeper].base[place] = count
        let (begin, end) = (parts[part].starts[index], parts[part].starts[index + 1])
        let start = starts.base[Int(count)]
        parts[part].bytes.withUnsafeBufferPointer { bytes in
          for offset in 0..<(end - begin) { names.base[start + offset] = bytes[begin + offset] }
        }
        count += 1
        starts.base[Int(count)] = start + end - begin
      }
      numbers[part].base[index] = numbers[keeper].base[place]
    }
    let byteCount = starts.base[Int(count)]
    return (
      NameTable(bytes: names.first(byteCount), starts: starts.first(Int(count) + 1)), numbers
    )
  }

  /// Where an earlier part has the same name, if one does.
  private struct Twin: BitwiseCopyable {
    var part: Int32 = -1
    var place: Int32 = 0

    @inline(__always)
    func keeper(_ own: Int, _ index: Int) -> (Int, Int) {
      part < 0 ? (own, index) : (Int(part), Int(place))
    }
  }

  /// For each name of a part the first part that has it too.
  private static func findTwins(
    of part: Int,
    in parts: [Interner],
    threads: Int
  ) -> Column<Twin> {
    let own = parts[part]
    let twins = Column(repeating: Twin(), count: own.count)
    guard part > 0 else { return twins }
    // Eight bytes can be read beyond the end of a name.
    let text = Column(own.bytes + [UInt8](repeating: 0, count: 8))
    Workers.split(own.count, threads: threads) { _, range in
      for index in range {
        let (start, end) = (own.starts[index], own.starts[index + 1])
        let name = UnsafeBufferPointer(start: text.base + start, count: end - start)
        // All parts have the same seeds, and so the same clues.
        let clue = own.clue(name)
        for earlier in 0..<part {
          guard let place = parts[earlier].find(name, clue) else { continue }
          twins.base[index] = Twin(part: Int32(truncatingIfNeeded: earlier), place: place)
          break
        }
      }
    }
    return twins
  }

  /// The part whose next name came first.
  private static func earliest(_ next: [Int], _ parts: [Interner]) -> Int? {
    var earliest: Int?
    var moment = Int.max
    for part in parts.indices where next[part] < parts[part].count {
      let seen = parts[part].firstSeen[next[part]]
      if seen < moment { (earliest, moment) = (part, seen) }
    }
    return earliest
  }
}
