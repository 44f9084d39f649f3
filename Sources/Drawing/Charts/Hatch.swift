/// Eight fillings of areas: a colour each, and a pattern that tells it from the others without one.
enum Hatch {
  /// A filled area of one of the groups: the colour, with its pattern over it.
  static func area(_ box: Box, group: Int, on sheet: inout Sheet, isPatterned: Bool = true)
    -> [Element]
  {
    let place = min(max(group, 0), Theme.groupCount)
    let plain = Sheet.rect(box, "f\(place)")
    guard isPatterned, let reference = pattern(place, on: &sheet) else { return [plain] }
    return [plain, over(box, reference)]
  }

  /// A rectangle filled with a pattern.
  static func over(_ box: Box, _ reference: String) -> Element {
    Element(
      "rect",
      [
        "x": .number(box.x), "y": .number(box.y), "width": .number(max(box.width, 0)),
        "height": .number(max(box.height, 0)), "fill": .text(reference),
      ]
    )
  }

  /// A reference to the pattern of a group; the first has none.
  static func pattern(_ group: Int, on sheet: inout Sheet) -> String? {
    guard group > 0, group < tiles.count else { return nil }
    let tile = tiles[group]
    return sheet.define("hatch\(group)") { id in
      Element(
        "pattern",
        [
          "id": .text(id), "width": .number(tile.size), "height": .number(tile.size),
          "patternUnits": "userSpaceOnUse",
        ],
        [
          Element(
            "path",
            [
              "d": .text(tile.path), "class": "ls", "fill": "none",
              "stroke-width": .number(tile.width),
            ]
          )
        ]
      )
    }
  }

  private static let tiles: [(size: Double, path: String, width: Double)] = [
    (6, "", 0),
    (6, "M-1 1L1 -1M0 6L6 0M5 7L7 5", 1.3),
    (4, "M0 2H4", 1.2),
    (6, "M-1 5L1 7M0 0L6 6M5 -1L7 1", 1.3),
    (4, "M2 0V4", 1.2),
    (5, "M1.5 2.5H3.5", 2),
    (6, "M0 3H6M3 0V6", 1),
    (7, "M-1 1L1 -1M0 7L7 0M6 8L8 6M0 0L7 7", 0.9),
  ]
}
