extension ProvenanceBars {
  private struct Frame {
    let label: Double
    let left: Double
    let right: Double

    var width: Double { right - left }
  }

  private static let height = 26.0
  private static let strip = 7.0

  /// The drawing.
  ///
  /// - Parameter options: How it is set.
  /// - Returns: The drawing.
  package func picture(_ options: ChartOptions) -> Picture {
    var sheet = Sheet(caption, options)
    if parties.isEmpty { sheet.paragraph("Nothing to show.", .label, .muted) }
    let groups = groups
    let frame = frame(sheet)
    for party in parties { draw(party, groups, frame, on: &sheet) }
    legend(groups, on: &sheet)
    return sheet.picture()
  }

  private func frame(_ sheet: Sheet) -> Frame {
    guard !sheet.isNarrow else {
      return Frame(label: sheet.right - sheet.left, left: sheet.left, right: sheet.right)
    }
    let names = parties.map { FontMetrics.width($0.label, .strong) }
    let through = parties.flatMap(\.through).map { FontMetrics.width(words($0), .small) }
    let widest = (names + through).max() ?? 0
    let label = min(max(widest, 80), sheet.width * 0.28)
    return Frame(label: label, left: sheet.left + label + 14, right: sheet.right)
  }

  private func draw(_ party: Party, _ groups: [String], _ frame: Frame, on sheet: inout Sheet) {
    let segments = segments(party, groups: groups)
    let top = sheet.y
    let names = name(party, frame, on: &sheet)
    let barTop = sheet.isNarrow ? top + names + 2 : top
    bar(segments, party, y: barTop, frame, on: &sheet)
    sheet.y = barTop + Self.height + 2
    leaders(segments, party, barBottom: barTop + Self.height, frame, on: &sheet)
    sheet.y = max(sheet.y, sheet.isNarrow ? 0 : top + names + 2)
    if sheet.isNarrow, !party.through.isEmpty { sheet.y += 4 }
    for through in party.through { draw(through, of: party, frame, on: &sheet) }
    sheet.y += 14
    say(party, segments, on: &sheet)
  }

  private func say(_ party: Party, _ segments: [ProvenanceSegment], on sheet: inout Sheet) {
    let through = party.through.map { words($0) }
    let parts = segments.map(\.text) + through
    let amount = party.amount.isEmpty ? "" : " (\(party.amount))"
    sheet.say(party.label + amount + ": " + parts.joined(separator: ", ") + ".")
  }

  /// The party's name and what it receives; how high they stand.
  private func name(_ party: Party, _ frame: Frame, on sheet: inout Sheet) -> Double {
    let room = frame.label + 0.01
    let amount = LabelLine(party.amount, .small, .muted)
    guard !sheet.isNarrow else {
      let taken = min(FontMetrics.width(party.amount, .small), frame.label * 0.4)
      let end = LabelPosition(Point(sheet.right, sheet.y), .end, .top, room: taken + 0.01)
      sheet.text(amount, at: end)
      let start = LabelPosition(Point(sheet.left, sheet.y), .start, .top, room: room - taken - 8)
      sheet.text(LabelLine(party.label, .strong), at: start, to: party.href)
      return 17
    }
    let names = FontMetrics.lines(party.label, .strong, within: frame.label)
    let isLong = names.count > 2
    var y = sheet.y - 2
    for (index, name) in (isLong ? [party.label] : names).enumerated() {
      let position = LabelPosition(Point(sheet.left, y), .start, .top, room: room)
      sheet.text(LabelLine(name, .strong), at: position, to: index == 0 ? party.href : nil)
      y += TextStyle.strong.lineHeight
    }
    sheet.text(amount, at: LabelPosition(Point(sheet.left, y), .start, .top, room: room))
    return y + (party.amount.isEmpty ? 0 : TextStyle.small.lineHeight) - sheet.y
  }

  // MARK: The bar

  private func bar(
    _ segments: [ProvenanceSegment],
    _ party: Party,
    y: Double,
    _ frame: Frame,
    on sheet: inout Sheet
  ) {
    var x = frame.left
    for segment in segments {
      let width = segment.share * frame.width
      let gap = width > 3 ? 1.0 : 0
      let box = Box(x: x, y: y, width: width - gap, height: Self.height)
      let words = "\(party.label): \(segment.text)"
      sheet.add(.mark(words, to: segment.href, "x", shapes(segment, box, on: &sheet)))
      if fits(segment, frame) {
        let middle = y + (Self.height - Self.strip) / 2
        let position = LabelPosition(Point(x + 5, middle), room: width - 8)
        sheet.text(LabelLine(segment.text, .small, .tint), at: position, to: segment.href)
      }
      x += width
    }
  }

  /// A pale area for text over a strip in full colour.
  private func shapes(_ segment: ProvenanceSegment, _ box: Box, on sheet: inout Sheet) -> [Element]
  {
    guard let colour = segment.colour else {
      let outline = Box(
        x: box.x + 0.5,
        y: box.y + 0.5,
        width: box.width - 1,
        height: box.height - 1
      )
      return [Sheet.rect(outline, "fs lm dash")]
    }
    let strip = Box(x: box.x, y: box.maxY - Self.strip, width: box.width, height: Self.strip)
    return [Sheet.rect(box, "f\(colour) rest")] + Hatch.area(strip, group: colour, on: &sheet)
  }

  private func fits(_ segment: ProvenanceSegment, _ frame: Frame) -> Bool {
    FontMetrics.width(segment.text, .small) <= segment.share * frame.width - 9
  }

  /// Labels below the bar for parts too narrow to hold theirs.
  private func leaders(
    _ segments: [ProvenanceSegment],
    _ party: Party,
    barBottom: Double,
    _ frame: Frame,
    on sheet: inout Sheet
  ) {
    var x = frame.left
    var wanting: [(x: Double, segment: ProvenanceSegment)] = []
    for segment in segments {
      let width = segment.share * frame.width
      if segment.share >= least, !fits(segment, frame) {
        wanting.append((x + min(width / 2, 12), segment))
      }
      x += width
    }
    let wants = wanting.map { want in
      Leaders.Want(x: want.x, width: FontMetrics.width(want.segment.text, .small))
    }
    let leaders = Leaders(wants, within: frame.left...frame.right)
    for ((x, segment), place) in zip(wanting, leaders.places) {
      let y = sheet.y + Double(place.lane) * 15 + 7.5
      var line = [Point(x, barBottom), Point(x, place.side == .below ? y - 7 : y)]
      if place.side != .below { line.append(Point(place.side == .right ? x + 4 : x - 4, y)) }
      sheet.add(Element("path", ["d": .text(Sheet.path(line, isClosed: false)), "class": "ln"]))
      let position = LabelPosition(Point(place.x, y), room: place.room + 0.01)
      sheet.text(LabelLine(segment.text, .small), at: position, to: segment.href)
    }
    sheet.y += Double(leaders.laneCount) * 15
  }

  // MARK: Through whom

  private func words(_ through: Through) -> String {
    "\(percent(through.share)) through \(through.label)"
  }

  private func draw(_ through: Through, of party: Party, _ frame: Frame, on sheet: inout Sheet) {
    let share = through.share.isFinite ? min(max(through.share, 0), 1) : 0
    let text = words(through)
    let position = LabelPosition(Point(sheet.left, sheet.y), .start, .top, room: frame.label + 0.01)
    sheet.text(LabelLine(text, .small), at: position, to: through.href)
    let y = sheet.isNarrow ? sheet.y + 17 : sheet.y + 7.5
    let track = Sheet.rect(Box(x: frame.left, y: y - 2.5, width: frame.width, height: 5), "ff")
    let bar = Sheet.rect(
      Box(x: frame.left, y: y - 2.5, width: share * frame.width, height: 5),
      "fm"
    )
    sheet.add(.mark("\(party.label): \(text)", to: through.href, "x", [track, bar]))
    sheet.y = sheet.isNarrow ? y + 5 : sheet.y + 15
  }

  private func legend(_ groups: [String], on sheet: inout Sheet) {
    var legend = Legend()
    for (index, group) in groups.enumerated() {
      let reference = Hatch.pattern(index, on: &sheet)
      legend.add(group) { box in
        [Sheet.rect(box, "f\(index)")] + (reference.map { [Hatch.over(box, $0)] } ?? [])
      }
    }
    let shown = parties.flatMap { segments($0, groups: groups) }
    if shown.contains(where: { $0.colour == Theme.groupCount }) {
      let reference = Hatch.pattern(Theme.groupCount, on: &sheet)
      let name = "others"
      legend.add(name) { box in
        [Sheet.rect(box, "f\(Theme.groupCount)")]
          + (reference.map { [Hatch.over(box, $0)] } ?? [])
      }
    }
    if shown.contains(where: { $0.colour == nil }) {
      legend.add("cannot be traced to a beginning") { box in
        [Sheet.rect(box.inset(0.5, 0.5), "fs lm dash")]
      }
    }
    if parties.contains(where: { !$0.through.isEmpty }) {
      legend.add("part that came through one party") { box in
        [Sheet.rect(Box(x: box.x, y: box.centre.y - 2.5, width: box.width, height: 5), "fm")]
      }
    }
    legend.draw(on: &sheet)
  }
}
