/// Days along a line, with the years, quarters, months or days that there is room for.
struct TimeScale {
  let first: ChartDay
  let last: ChartDay
  let from: Double
  let to: Double

  /// A scale of some days; at least two.
  init(_ window: ClosedRange<ChartDay>, from: Double, to: Double) {
    first = window.lowerBound
    last = max(window.upperBound, ChartDay(number: first.number + 1))
    self.from = from
    self.to = to
  }

  /// The width of a day.
  private var perDay: Double { (to - from) / Double(max(last.number - first.number, 1)) }

  /// Where a day begins; what lies beyond an end stands at the end.
  func place(_ day: ChartDay) -> Double {
    let days = min(max(day.number, first.number), last.number) - first.number
    return from + Double(days) * perDay
  }

  func contains(_ day: ChartDay) -> Bool { day >= first && day <= last }

  /// A mark on the axis, and what stands beside it.
  struct Tick {
    let day: ChartDay
    let text: String
  }

  /// Years, or months where the scale is a few months long.
  var majors: [Tick] {
    if hasDays {
      return begun(months(every: 1)).map { Tick(day: $0, text: "\(name($0)) \($0.year)") }
    }
    let years = years(every: yearStep)
    return (minors.isEmpty ? years : begun(years)).map { Tick(day: $0, text: String($0.year)) }
  }

  /// The days, and before them the first of the scale.
  private func begun(_ days: [ChartDay]) -> [ChartDay] {
    days.first == first ? days : [first] + days
  }

  /// What stands between the majors.
  var minors: [Tick] {
    if hasDays {
      return dayTicks.map { Tick(day: $0, text: String($0.day)) }
    }
    if perDay * 30.4 >= 30 {
      return months(every: 1).map { Tick(day: $0, text: name($0)) }
    }
    if perDay * 91.3 >= 26 {
      return months(every: 3).map { Tick(day: $0, text: "Q\(($0.month + 2) / 3)") }
    }
    return []
  }

  /// Whether single days are told apart.
  private var hasDays: Bool { perDay * 7 >= 24 }

  private var yearStep: Int {
    [1, 2, 5, 10, 20, 50, 100, 200, 500].first { Double($0) * 365.25 * perDay >= 40 } ?? 1000
  }

  private func years(every step: Int) -> [ChartDay] {
    let start = (first.year + step - 1) / step * step
    return stride(from: start, through: last.year, by: step)
      .compactMap { ChartDay(year: $0, month: 1, day: 1) }.filter(contains)
  }

  private func months(every step: Int) -> [ChartDay] {
    let start = first.firstOfMonth(after: -((first.month - 1) % step))
    let count = (last.year - start.year) * 12 + 12
    return stride(from: 0, through: count, by: step).map { start.firstOfMonth(after: $0) }
      .filter(contains)
  }

  private var dayTicks: [ChartDay] {
    let step = [1, 2, 7, 14].first { Double($0) * perDay >= 22 } ?? 14
    return (first.number...last.number).map(ChartDay.init(number:)).filter { day in
      (day.day - 1) % step == 0 && (step == 1 || day.day < 30)
    }
  }

  private func name(_ day: ChartDay) -> String {
    [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ][day.month - 1]
  }
}

extension Sheet {
  /// Draws the labels of an axis of days from the sheet's place down, and moves below it.
  ///
  /// - Returns: Where grid lines belong; strong ones at majors.
  mutating func axis(_ scale: TimeScale, isAtFoot: Bool = false) -> [(x: Double, isMajor: Bool)] {
    let majors = scale.majors
    let minors = scale.minors
    let rows = minors.isEmpty ? [majors] : isAtFoot ? [minors, majors] : [majors, minors]
    for row in rows {
      labels(row, scale, isMajor: row.first?.text == majors.first?.text)
      y += 15
    }
    add(
      Self.line(
        Point(scale.from, isAtFoot ? y - 15 * Double(rows.count) : y),
        Point(scale.to, isAtFoot ? y - 15 * Double(rows.count) : y),
        "ln"
      )
    )
    let strong = Set(majors.map(\.day))
    return majors.filter { $0.day > scale.first }.map { (scale.place($0.day), true) }
      + minors.filter { !strong.contains($0.day) }.map { (scale.place($0.day), false) }
  }

  /// Labels that begin at their ticks and end before the next.
  private mutating func labels(_ ticks: [TimeScale.Tick], _ scale: TimeScale, isMajor: Bool) {
    for (index, tick) in ticks.enumerated() {
      let x = scale.place(tick.day)
      let end = index + 1 < ticks.count ? scale.place(ticks[index + 1].day) : scale.to
      let width = FontMetrics.width(tick.text, .small)
      guard x + 3 + width <= end else { continue }
      let line = LabelLine(tick.text, isMajor ? .amount : .small, isMajor ? .ink : .muted)
      text(line, at: LabelPosition(Point(x + 3, y), .start, .top))
    }
  }
}
