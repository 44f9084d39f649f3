/// One finding as hands over time: a line for each party, an arrow for each payment at its moment, and between them what each
/// hand held.
package struct HandsChart: Sendable {
  /// One payment.
  package struct Payment: Sendable {
    /// Who pays.
    package let payer: String
    /// Who is paid.
    package let payee: String
    /// When, in seconds since the beginning of 1970.
    package let seconds: Int
    /// How much of it is of the finding.
    package let amount: Double
    /// When, in words, for the list below.
    package let time: String
    /// How much, in words.
    package let words: String

    /// A payment.
    ///
    /// - Parameters:
    ///   - payer: Who pays.
    ///   - payee: Who is paid.
    ///   - seconds: When, in seconds since the beginning of 1970.
    ///   - amount: How much of it is of the finding.
    ///   - time: When, in words.
    ///   - words: How much, in words.
    package init(
      payer: String,
      payee: String,
      seconds: Int,
      amount: Double,
      time: String,
      words: String
    ) {
      (self.payer, self.payee, self.seconds, self.amount) = (payer, payee, seconds, amount)
      (self.time, self.words) = (time, words)
    }
  }

  private let caption: Caption
  /// The payments in the order of time.
  private let payments: [Payment]
  /// The parties from above, in the order in which money comes to them.
  private let hands: [String]
  private let hasList: Bool
  private static let lane = 46.0
  private static let thickest = 24.0
  /// How far arrows stand apart at least.
  private static let gap = 26.0

  /// The hands of a finding.
  ///
  /// - Parameters:
  ///   - caption: Its words.
  ///   - payments: The payments, in any order.
  ///   - first: Who stands above all others; whoever pays first where nobody is named.
  ///   - hasList: Whether the payments are listed below.
  package init(
    _ caption: Caption,
    _ payments: [Payment],
    first: String? = nil,
    hasList: Bool = true
  ) {
    (self.caption, self.hasList) = (caption, hasList)
    let order = payments.indices.sorted {
      (payments[$0].seconds, $0) < (payments[$1].seconds, $1)
    }
    self.payments = order.map { payments[$0] }
    var seen: Set<String> = []
    let named = [first].compactMap(\.self) + self.payments.flatMap { [$0.payer, $0.payee] }
    hands = named.filter { seen.insert($0).inserted }
  }

  /// The drawing.
  ///
  /// - Parameter options: How it is set.
  /// - Returns: The drawing.
  package func picture(_ options: ChartOptions) -> Picture {
    var sheet = Sheet(caption, options)
    guard let first = payments.first, let last = payments.last else {
      sheet.paragraph("No payments.", .label, .muted)
      return sheet.picture()
    }
    let widest = hands.map { FontMetrics.width($0, .label) }.max() ?? 0
    let label = min(max(widest, 40), sheet.width * 0.25)
    let left = sheet.left + label + 24
    let places = places(from: left + 16, to: max(sheet.right - 50, left + 60))
    let top = sheet.y
    lanes(left, label, on: &sheet)
    held(places, left, top, on: &sheet)
    arrows(places, top, on: &sheet)
    sheet.y = top + Double(hands.count) * Self.lane
    axis(first, last, places, on: &sheet)
    if hasList { list(on: &sheet) }
    return sheet.picture()
  }

  private func middle(_ hand: String, _ top: Double) -> Double {
    top + (Double(hands.firstIndex(of: hand) ?? 0) + 0.5) * Self.lane
  }

  /// Where each payment stands: by its moment, and never too near the one before.
  private func places(from: Double, to: Double) -> [Double] {
    guard let first = payments.first, let last = payments.last else { return [] }
    let span = max(1, Double(last.seconds) - Double(first.seconds))
    let gap = min(Self.gap, (to - from) / Double(max(1, payments.count)))
    var places: [Double] = []
    for payment in payments {
      let wanted = from + (Double(payment.seconds) - Double(first.seconds)) / span * (to - from)
      places.append(max(wanted, (places.last ?? -.infinity) + gap))
    }
    // What was moved too far right moves those before it back.
    var limit = to
    for place in places.indices.reversed() {
      places[place] = min(places[place], limit)
      limit = places[place] - gap
    }
    return places
  }

  private func lanes(_ left: Double, _ label: Double, on sheet: inout Sheet) {
    let top = sheet.y
    for hand in hands {
      let y = middle(hand, top)
      sheet.add(Sheet.line(Point(left, y), Point(sheet.right, y), "ln"))
      sheet.text(
        LabelLine(hand, hand == hands.first ? .strong : .label),
        at: LabelPosition(Point(sheet.left + label, y), .end, room: label)
      )
    }
  }

  /// What each hand held of it between one payment and the next.
  private func held(_ places: [Double], _ left: Double, _ top: Double, on sheet: inout Sheet) {
    let most = payments.map(\.amount).max() ?? 1
    var holds: [String: Double] = [:]
    var begin: [String: Double] = [:]
    for (payment, x) in zip(payments, places) {
      for (hand, change) in [(payment.payer, -payment.amount), (payment.payee, payment.amount)]
      where hand != hands.first {
        let now = holds[hand] ?? 0
        if now > 0, let from = begin[hand] { sheet.add(bar(hand, from, x, now / most, top)) }
        holds[hand] = max(0, now + change)
        begin[hand] = x
      }
    }
    for hand in hands {
      guard let now = holds[hand], now > 0, let from = begin[hand] else { continue }
      sheet.add(bar(hand, from, sheet.right, now / most, top))
    }
  }

  private func bar(
    _ hand: String,
    _ from: Double,
    _ to: Double,
    _ share: Double,
    _ top: Double
  ) -> Element {
    let height = max(1.5, min(share, 1.4) * Self.thickest)
    let y = middle(hand, top) - height / 2
    let colour = ((hands.firstIndex(of: hand) ?? 0) + 6) % Theme.groupCount
    return Sheet.rect(Box(x: from, y: y, width: to - from, height: height), "f\(colour) rest")
  }

  private func arrows(_ places: [Double], _ top: Double, on sheet: inout Sheet) {
    let most = payments.map(\.amount).max() ?? 1
    for (number, (payment, x)) in zip(payments, places).enumerated() {
      let (from, to) = (middle(payment.payer, top), middle(payment.payee, top))
      let way: Double = to > from ? 1 : -1
      let isHome = payment.payee == hands.first
      let width = 1.2 + 3.8 * max(0, payment.amount) / max(most, .leastNonzeroMagnitude)
      let head = 4 + width
      let line = isHome ? "ll" : "li"
      sheet.add(
        Sheet.line(Point(x, from), Point(x, to - way * head), line, width: width)
      )
      let tip = [
        Point(x, to - way), Point(x - head * 0.7, to - way * (head + 1)),
        Point(x + head * 0.7, to - way * (head + 1)),
      ]
      sheet.add(
        Element("path", ["d": .text(Sheet.path(tip)), "class": .text(isHome ? "fl" : "fi")])
      )
      sheet.add(
        Element("path", ["d": .text(Self.dot(x, from)), "class": .text(isHome ? "fl" : "fi")])
      )
      sheet.text(
        LabelLine(String(number + 1), .amount, isHome ? .loop : .ink),
        at: LabelPosition(Point(x + width / 2 + 3, from + way * 11), .start)
      )
      sheet.say(
        "\(payment.time): \(payment.payer) pays \(payment.payee) \(payment.words)."
      )
    }
  }

  private static func dot(_ x: Double, _ y: Double) -> String {
    Sheet.path([Point(x - 3, y), Point(x, y - 3), Point(x + 3, y), Point(x, y + 3)])
  }

  /// When the first and the last were, and days between where there is room.
  private func axis(
    _ first: Payment,
    _ last: Payment,
    _ places: [Double],
    on sheet: inout Sheet
  ) {
    let ends =
      [(first.time, places[0], HorizontalAnchor.start)]
      + (last.seconds == first.seconds
        ? [] : [(last.time, places[places.count - 1], .end)])
    for (text, x, side) in ends {
      let line = LabelLine(text, .small, .muted)
      let shift = side == .end ? min(x + 40, sheet.right) : x - 8
      sheet.text(line, at: LabelPosition(Point(shift, sheet.y), side, .top))
    }
    sheet.y += 26
  }

  /// The payments by number.
  private func list(on sheet: inout Sheet) {
    let columns = [
      payments.indices.map { String($0 + 1) }, payments.map(\.time),
      payments.map { "\($0.payer) → \($0.payee)" }, payments.map(\.words),
    ]
    var x = sheet.left
    let top = sheet.y
    for (place, column) in columns.enumerated() {
      let isRight = place == 0 || place == 3
      let widest = column.map { FontMetrics.width($0, .small) }.max() ?? 0
      let width = place == 2 ? min(widest, sheet.width * 0.5) : widest
      for (row, text) in column.enumerated() {
        let isHome = payments[row].payee == hands.first
        sheet.text(
          LabelLine(text, place == 0 ? .amount : .small, isHome ? .loop : .ink),
          at: LabelPosition(
            Point(isRight ? x + width : x, top + Double(row) * 16),
            isRight ? .end : .start,
            .top,
            room: width + 1
          )
        )
      }
      x += width + 16
    }
    sheet.y = top + Double(payments.count) * 16
  }
}
