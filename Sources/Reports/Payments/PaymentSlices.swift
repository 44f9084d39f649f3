internal import Columns
internal import Payments

/// How many pieces time is cut in to find where to cut it: a second or two of a month, half a minute of a year.
private let steps = 1 << 20

extension Payments {
  /// Where to cut time into slices with about as many payments each.
  ///
  /// - Parameter parts: How many slices.
  /// - Returns: Where each begins, and where the last ends: ascending, one more than there are slices. Payments of one
  ///   moment stay together.
  /// - Complexity: Linear; 8 MB, however many payments there are.
  func edges(_ parts: Int) -> [Int] {
    guard count > 0 else { return [Int](repeating: 0, count: parts + 1) }
    var (first, last) = (Int.max, Int.min)
    for index in 0..<count {
      (first, last) = (min(first, time.base[index]), max(last, time.base[index]))
    }
    let step = (last - first) / steps + 1
    var counts = [Int](repeating: 0, count: (last - first) / step + 1)
    for index in 0..<count { counts[(time.base[index] - first) / step] += 1 }
    var (edges, place, before) = ([first], 0, 0)
    for part in 1..<max(1, parts) {
      let wanted = Int(Int128(part) * Int128(count) / Int128(parts))
      while before + counts[place] <= wanted {
        before += counts[place]
        place += 1
      }
      edges.append(first + place * step)
    }
    return edges + [last + 1]
  }
}
