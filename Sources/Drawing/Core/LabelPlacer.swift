/// Keeps account of where text and marks stand, so that no label covers another or leaves the canvas.
package struct LabelPlacer: Sendable {
  /// Where labels may stand.
  package let area: Box
  private let cell = 64.0
  private var taken: [Cell: [Box]] = [:]
  private var busy: [Cell: [Box]] = [:]

  private struct Cell: Hashable {
    let column: Int
    let row: Int
  }

  /// An empty canvas.
  ///
  /// - Parameter area: Where labels may stand.
  package init(area: Box) {
    self.area = area
  }

  /// Takes an area: no later label will cover it.
  ///
  /// - Parameter box: The area.
  package mutating func block(_ box: Box) {
    for cell in cells(box) { taken[cell, default: []].append(box) }
  }

  /// Marks an area that labels should rather not cover, and may.
  ///
  /// - Parameter box: The area.
  package mutating func avoid(_ box: Box) {
    for cell in cells(box) { busy[cell, default: []].append(box) }
  }

  /// How much of a box lies over areas that labels should rather not cover, as a share of the box.
  ///
  /// - Parameter box: The box.
  /// - Returns: The share; above 1 where such areas lie over each other.
  package func clutter(_ box: Box) -> Double {
    guard box.width > 0, box.height > 0 else { return 0 }
    let covered = cells(box).reduce(0) { sum, cell in
      let part = box.intersection(frame(cell))
      return sum + (busy[cell] ?? []).reduce(0) { $0 + $1.intersection(part).area }
    }
    return covered / (box.width * box.height)
  }

  private func frame(_ index: Cell) -> Box {
    let (x, y) = (Double(index.column) * cell, Double(index.row) * cell)
    return Box(x: x, y: y, width: cell, height: cell)
  }

  /// Whether the box lies in the canvas and overlaps nothing that is taken.
  ///
  /// - Parameter box: The box.
  /// - Returns: Whether a label may stand there.
  package func isFree(_ box: Box) -> Bool {
    area.contains(box)
      && cells(box).allSatisfy { cell in taken[cell]?.contains { $0.overlaps(box) } != true }
  }

  private func cells(_ box: Box) -> [Cell] {
    let columns = index(box.x)...max(index(box.x), index(box.maxX))
    let rows = index(box.y)...max(index(box.y), index(box.maxY))
    return columns.flatMap { column in rows.map { Cell(column: column, row: $0) } }
  }

  private func index(_ distance: Double) -> Int {
    Int((min(max(distance, -1e6), 1e6) / cell).rounded(.down))
  }
}
