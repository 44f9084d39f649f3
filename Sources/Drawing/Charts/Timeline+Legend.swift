extension Timeline {
  /// What colours, fillings and signs mean, as far as they occur.
  func legend(_ frame: Frame, on sheet: inout Sheet) {
    sheet.y += 10
    drawKinds(frame, on: &sheet)
    drawStandings(on: &sheet)
    drawClaims(frame, on: &sheet)
  }

  private func drawKinds(_ frame: Frame, on sheet: inout Sheet) {
    var legend = Legend()
    var names = frame.kinds.enumerated().map { ($1, $0) }
    if deals.contains(where: { frame.colour($0.kind) == Theme.groupCount }) {
      names.append(("other kinds", Theme.groupCount))
    }
    for (name, colour) in names where !name.isEmpty {
      let reference = Hatch.pattern(colour, on: &sheet)
      legend.add(name) { box in
        [Sheet.rect(box, "f\(colour)")] + (reference.map { [Hatch.over(box, $0)] } ?? [])
      }
    }
    legend.draw(on: &sheet, heading: "Kinds")
  }

  private func drawStandings(on sheet: inout Sheet) {
    let standings = deals.flatMap(\.readings).map(\.standing)
    var legend = Legend()
    let named: [(Standing, String)] = [
      (.firm, "signed, running or done"), (.planned, "announced or rumoured"),
      (.contingent, "only if something happens"), (.ended, "denied, withdrawn or lapsed"),
    ]
    for (standing, text) in named where standings.contains(standing) {
      legend.add(text) { body($0, 0, standing, pattern: nil) }
    }
    let readings = deals.flatMap(\.readings)
    if deals.contains(where: { $0.readings.count > 1 }) {
      legend.add("disputed: two halves, as it stands above") { box in
        let upper = Box(x: box.x, y: box.y - 1, width: box.width, height: 6)
        let lower = Box(x: box.x, y: box.y + 6.5, width: box.width, height: 6)
        return [Sheet.rect(upper, "f0"), Sheet.rect(lower, "f0")] + contested(lower)
      }
    }
    if readings.contains(where: { $0.start == nil && $0.end == nil }) {
      legend.add("no term: on the day of the first report") { box in
        [
          Element(
            "path",
            [
              "d": .text(
                Sheet.path([
                  Point(box.x + 1, box.centre.y), Point(box.x + 6, box.y),
                  Point(box.maxX - 6, box.y), Point(box.maxX - 1, box.centre.y),
                  Point(box.maxX - 6, box.maxY), Point(box.x + 6, box.maxY),
                ])
              ), "class": "f7",
            ]
          )
        ]
      }
    }
    legend.draw(on: &sheet, heading: "Deals")
  }

  private func drawClaims(_ frame: Frame, on sheet: inout Sheet) {
    let claims = deals.flatMap(\.claims).filter { frame.time.contains($0.reported) }
    guard !claims.isEmpty else { return }
    var acts = Legend()
    for act in Act.allCases where claims.contains(where: { $0.act == act }) {
      acts.add(act.words) { act.glyph.elements(at: $0.centre, .hollow) }
    }
    acts.draw(on: &sheet, heading: "A claim")
    var tellers = Legend()
    for trust in Trust.allCases where claims.contains(where: { $0.trust == trust }) {
      tellers.add(trust.words) { Glyph.circle.elements(at: $0.centre, trust.fill) }
    }
    tellers.draw(on: &sheet, heading: "by")
  }
}
