internal import Reports

/// How long payments waited from when they were read until all they closed was told, in steps of ten microseconds.
struct Delays {
  private var counts = [Int](repeating: 0, count: 100_001)
  private var total = 0

  mutating func note(_ delay: Duration) {
    let (seconds, atto) = delay.components
    let steps = Int(seconds) * 100_000 + Int(atto / 10_000_000_000_000)
    counts[Swift.min(steps, counts.count - 1)] += 1
    total += 1
  }

  /// In words; nothing for few.
  func words(_ time: Duration) -> String? {
    guard total >= 1_000 else { return nil }
    var (left, step) = (total - total / 1_000, 0)
    while step < counts.count - 1, left > counts[step] {
      left -= counts[step]
      step += 1
    }
    let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    let each = Figures.amount((Double(total) / Swift.max(seconds, 1e-9)).rounded())
    let late = Figures.decimal(Double(step + 1) / 100, digits: 2)
    return "\(each) payments a second; 99.9 % of them told within \(late) ms of being read"
  }
}
