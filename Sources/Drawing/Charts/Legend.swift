/// What signs and colours mean: signs with words, in as many lines as it takes.
struct Legend {
  /// A sign, drawn in a box 20 wide and 12 high, and what it means.
  struct Item {
    let text: String
    let sign: (Box) -> [Element]
  }

  var items: [Item] = []

  mutating func add(_ text: String, _ sign: @escaping (Box) -> [Element]) {
    items.append(Item(text: text, sign: sign))
  }

  /// Draws it at the foot of the sheet.
  func draw(on sheet: inout Sheet, heading: String = "") {
    guard !items.isEmpty else { return }
    var x = sheet.left
    if !heading.isEmpty {
      let line = LabelLine(heading, .small, .muted)
      sheet.text(line, at: LabelPosition(Point(x, sheet.y + 8), room: 160))
      x += min(FontMetrics.width(heading, .small), 160) + 12
    }
    for item in items {
      let room = sheet.right - sheet.left - 26
      let width = min(FontMetrics.width(item.text, .small), room)
      if x > sheet.left, x + 26 + width > sheet.right {
        x = sheet.left
        sheet.y += 18
      }
      sheet.add(item.sign(Box(x: x, y: sheet.y + 2, width: 20, height: 12)))
      let position = LabelPosition(Point(x + 26, sheet.y + 8), room: room + 0.01)
      sheet.text(LabelLine(item.text, .small), at: position)
      x += 26 + width + 16
    }
    sheet.y += 20
  }
}
