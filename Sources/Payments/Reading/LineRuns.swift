/// Lines of a file, ascending, as runs of neighbours: a run costs the same however long it is.
struct LineRuns: Sendable, Equatable {
  private(set) var starts: [Int] = []
  /// How many lines stand in all runs before each; one longer than ``starts``.
  private(set) var before: [Int] = [0]

  init() {}

  init(_ lines: some Sequence<Int>) { for line in lines { append(line) } }

  /// The number of lines.
  var count: Int { before[before.count - 1] }

  /// Adds a line below all others.
  mutating func append(_ line: Int) {
    let last = starts.count - 1
    if last >= 0, starts[last] + before[last + 1] - before[last] == line {
      before[last + 1] += 1
    } else {
      starts.append(line)
      before.append(count + 1)
    }
  }

  /// Each line.
  var lines: [Int] {
    starts.indices.flatMap { starts[$0]..<(starts[$0] + before[$0 + 1] - before[$0]) }
  }

  /// How many of the lines stand above the row at `index`, where all other lines from `first` on are rows.
  func above(rowAt index: Int, from first: Int) -> Int {
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] - before[middle] <= index + first {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return before[low]
  }
}
