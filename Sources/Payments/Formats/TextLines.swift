extension String {
  /// The lines of the text with their numbers from 1, however each ends.
  var numberedLines: [(number: Int, line: Substring)] {
    var lines: [(number: Int, line: Substring)] = []
    var start = startIndex
    var number = 1
    // Old systems end lines with a return alone.
    let mark: UInt8 = utf8.contains(10) ? 10 : 13
    while start < endIndex {
      let end = utf8[start...].firstIndex(of: mark) ?? endIndex
      let isReturned = end > start && utf8[utf8.index(before: end)] == 13
      lines.append((number, self[start..<(isReturned ? utf8.index(before: end) : end)]))
      start = end < endIndex ? utf8.index(after: end) : endIndex
      number += 1
    }
    return lines
  }
}
