extension Timeline {
  /// Where things stand.
  struct Frame {
    let time: TimeScale
    let label: Double
    let amount: Double
    let kinds: [String]
    let hasLabels: Bool

    func colour(_ kind: String) -> Int { kinds.firstIndex(of: kind) ?? Theme.groupCount }
  }

  /// The drawing.
  ///
  /// - Parameter options: How it is set.
  /// - Returns: The drawing.
  package func picture(_ options: ChartOptions) -> Picture {
    var sheet = Sheet(caption, options)
    guard !deals.isEmpty else {
      sheet.paragraph("No deals.", .label, .muted)
      return sheet.picture()
    }
    let frame = frame(sheet)
    nameDay(frame, on: &sheet)
    let lines = sheet.axis(frame.time)
    let top = sheet.y
    var bars: [Element] = []
    var signs: [Element] = []
    var spans: [(top: Double, bottom: Double)] = []
    for group in groups {
      heading(group.label, on: &sheet)
      for deal in group.deals {
        let row = draw(deal, frame, on: &sheet)
        spans.append(row.span)
        bars += row.bars
        signs += row.signs
      }
    }
    let bottom = sheet.y
    if bottom - top > 500 {
      sheet.y += 3
      _ = sheet.axis(frame.time, isAtFoot: true)
    }
    background(lines, frame, top: top, bottom: bottom, on: &sheet)
    sheet.add(bars)
    // Where texts stand above the bars, the line is broken at them.
    asOfLine(frame, sheet.isNarrow ? spans : [(top, bottom)], on: &sheet)
    sheet.add(signs)
    legend(frame, on: &sheet)
    return sheet.picture()
  }

  private func frame(_ sheet: Sheet) -> Frame {
    let window = days
    let texts = deals.flatMap { deal in
      deal.readings.indices.map { FontMetrics.width(text(deal, $0), .amount) }
    }
    let amount = min(texts.max() ?? 0, sheet.width * (sheet.isNarrow ? 0.42 : 0.18))
    let widest = deals.map { FontMetrics.width($0.label, .label) }.max() ?? 0
    let label = min(max(widest, 100), sheet.width * 0.23)
    let left = sheet.isNarrow ? sheet.left : sheet.left + label + amount + 22
    return Frame(
      time: TimeScale(window, from: left, to: sheet.right),
      label: sheet.isNarrow ? sheet.right - sheet.left - amount - 10 : label,
      amount: amount,
      kinds: kinds,
      hasLabels: hasLabels(in: window)
    )
  }

  private func heading(_ label: String, on sheet: inout Sheet) {
    sheet.y += 6
    guard !label.isEmpty else { return }
    sheet.paragraph(label, .strong, .ink)
    sheet.y += 2
  }

  // MARK: Around the rows

  private func background(
    _ lines: [(x: Double, isMajor: Bool)],
    _ frame: Frame,
    top: Double,
    bottom: Double,
    on sheet: inout Sheet
  ) {
    if let asOf, asOf < frame.time.last {
      let x = frame.time.place(asOf)
      let future = Box(x: x, y: top, width: frame.time.to - x, height: bottom - top)
      sheet.add(.group("rest", [Sheet.rect(future, "ff")]))
    }
    for line in lines {
      let width = line.isMajor ? 1.0 : 0.5
      let box = Box(x: line.x - width / 2, y: top, width: width, height: bottom - top)
      sheet.add(Sheet.rect(box, "ff"))
    }
  }

  /// Names the day as of which the deals stand, above the axis.
  private func nameDay(_ frame: Frame, on sheet: inout Sheet) {
    guard let asOf else { return }
    let isBefore = asOf < frame.time.first
    let isAfter = asOf > frame.time.last
    let text = "as of \(asOf.text)" + (isBefore ? " (earlier)" : isAfter ? " (later)" : "")
    let half = FontMetrics.width(text, .amount) / 2
    let x = min(max(frame.time.place(asOf), sheet.left + half), sheet.right - half)
    sheet.text(LabelLine(text, .amount), at: LabelPosition(Point(x, sheet.y), .middle, .top))
    sheet.y += 16
  }

  private func asOfLine(
    _ frame: Frame,
    _ spans: [(top: Double, bottom: Double)],
    on sheet: inout Sheet
  ) {
    guard let asOf, frame.time.contains(asOf) else { return }
    let x = frame.time.place(asOf)
    let lines = spans.map {
      Sheet.line(Point(x, $0.top), Point(x, $0.bottom), "li", width: 1.4)
    }
    sheet.add(.mark("as of \(asOf.text)", to: nil, "x", lines))
  }

  // MARK: A row

  /// How a reading is told in the column of amounts.
  private func text(_ deal: Deal, _ index: Int) -> String {
    index == 0 ? deal.readings[index].text : "or " + deal.readings[index].text
  }

  private func draw(
    _ deal: Deal,
    _ frame: Frame,
    on sheet: inout Sheet
  ) -> (bars: [Element], signs: [Element], span: (top: Double, bottom: Double)) {
    let top = sheet.y
    let label = labelHeight(deal, frame, on: &sheet)
    let amounts = amountHeight(deal, frame, on: &sheet)
    let barTop = sheet.isNarrow ? top + max(label, amounts) + 1 : top + 2
    let count = max(deal.readings.count, 1)
    let height = count == 1 ? 12.0 : 8
    var bars: [Element] = []
    for (index, reading) in deal.readings.enumerated() {
      let y = barTop + Double(index) * (height + 1.5)
      let words = words(deal, index)
      let box = Box(x: frame.time.from, y: y, width: 0, height: height)
      let shapes = bar(reading, of: deal, box, isStanding: index == 0, frame, on: &sheet)
      bars.append(.mark(words, to: deal.href, "x", shapes))
      sheet.say(words + ".")
    }
    sheet.y = barTop + Double(count) * (height + 1.5)
    let signs = claims(deal, frame, on: &sheet)
    sheet.y = max(sheet.y, sheet.isNarrow ? 0 : top + max(label, amounts)) + 5
    return (bars, signs, (barTop - 2, sheet.y - 2))
  }

  private func words(_ deal: Deal, _ index: Int) -> String {
    let reading = deal.readings[index]
    let term = [
      reading.start.map { "from \($0.text)" }, reading.end.map { "to \($0.text)" },
    ].compactMap { $0 }.joined(separator: " ")
    let head = [deal.group, deal.label].filter { !$0.isEmpty }.joined(separator: ": ")
    let tail = [deal.kind, reading.text, term].filter { !$0.isEmpty }.joined(separator: ", ")
    let isDisputed = deal.readings.count > 1
    let side =
      isDisputed ? (index == 0 ? "; disputed, as it stands" : "; disputed, against it") : ""
    return "\(head) (\(tail))\(side)"
  }

  private func labelHeight(_ deal: Deal, _ frame: Frame, on sheet: inout Sheet) -> Double {
    let lines = FontMetrics.lines(deal.label, .label, within: frame.label, most: 3)
    var y = sheet.y
    for line in lines {
      let position = LabelPosition(Point(sheet.left, y), .start, .top, room: frame.label + 0.01)
      sheet.text(LabelLine(line, .label), at: position, to: deal.href)
      y += TextStyle.label.lineHeight
    }
    return y - sheet.y
  }

  private func amountHeight(_ deal: Deal, _ frame: Frame, on sheet: inout Sheet) -> Double {
    let x = sheet.isNarrow ? sheet.right : frame.time.from - 10
    var y = sheet.y
    for index in deal.readings.indices {
      let text = text(deal, index)
      let style = index == 0 ? TextStyle.amount : .small
      let isSplit = FontMetrics.width(text, style) > frame.amount
      let lines = isSplit ? FontMetrics.lines(text, style, within: frame.amount) : [text]
      for line in lines {
        let position = LabelPosition(Point(x, y), .end, .top, room: frame.amount + 0.01)
        sheet.text(LabelLine(line, style), at: position, to: deal.href)
        y += style.lineHeight
      }
    }
    return y - sheet.y
  }

  // MARK: Claims

  private func claims(_ deal: Deal, _ frame: Frame, on sheet: inout Sheet) -> [Element] {
    let shown = deal.claims.indices.filter { frame.time.contains(deal.claims[$0].reported) }
      .sorted { (deal.claims[$0].reported, $0) < (deal.claims[$1].reported, $1) }
      .map { deal.claims[$0] }
    guard !shown.isEmpty else { return [] }
    var lanes = Lanes()
    let step = frame.hasLabels ? 15.0 : 11.5
    let top = sheet.y + 1
    let marks = shown.map { claim -> Element in
      let x = frame.time.place(claim.reported)
      let words =
        "\(claim.reported.text), \(claim.trust.words): \(claim.label) (\(claim.act.words))"
      sheet.say(words + ".")
      let lane: Int
      if frame.hasLabels {
        let area = frame.time.from...frame.time.to
        let line = asOf.map { frame.time.place($0) }
        let place = sheet.beside(x, claim.label, within: area, avoiding: line, &lanes)
        lane = place.lane
        let y = top + (Double(lane) + 0.5) * step
        sheet.text(LabelLine(place.text, .small), at: place.position(y), to: claim.href)
      } else {
        lane = lanes.place([(x - 5.2, x + 5.2)]).lane
      }
      let centre = Point(x, top + (Double(lane) + 0.5) * step)
      let sign = claim.act.glyph.elements(at: centre, claim.trust.fill)
      return .mark(words, to: claim.href, "x", sign)
    }
    sheet.y = top + Double(lanes.count) * step
    return marks
  }
}

extension Timeline.Act {
  /// How it is called.
  var words: String {
    switch self {
    case .says: "says"
    case .confirms: "confirms"
    case .denies: "denies"
    case .amends: "amends"
    case .ends: "ends"
    case .novates: "new payer"
    }
  }

  var glyph: Glyph {
    switch self {
    case .says: .circle
    case .confirms: .triangle
    case .denies: .cross
    case .amends: .diamond
    case .ends: .square
    case .novates: .arrow
    }
  }
}

extension Timeline.Trust {
  /// How it is called.
  var words: String {
    switch self {
    case .filing: "filing or court"
    case .statement: "a party's statement"
    case .news: "news"
    case .analysis: "analysis"
    case .rumour: "rumour"
    }
  }

  var fill: Glyph.Fill {
    switch self {
    case .filing: .solid
    case .statement: .target
    case .news: .hollow
    case .analysis: .pale
    case .rumour: .dashed
    }
  }
}
