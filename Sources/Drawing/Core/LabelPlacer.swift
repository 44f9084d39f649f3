/// Keeps account of where text and marks stand, so that no label covers another or leaves the canvas.
public struct LabelPlacer: Sendable {
  /// Where labels may stand.
  public let area: Box
  private let cell = 64.0
  private var taken: [Cell: [Box]] = [:]

  private struct Cell: Hashable {
    let column: Int
    let row: Int
  }

  /// An empty canvas.
  ///
  /// - Parameter area: Where labels may stand.
  public init(area: Box) {
    self.area = area
  }

  /// Takes an area: no later label will cover it.
  ///
  /// - Parameter box: The area.
  public mutating func block(_ box: Box) {
    for cell in cells(box) { taken[cell, default: []].append(box) }
  }

  /// Whether the box lies in the canvas and overlaps nothing that is taken.
  ///
  /// - Parameter box: The box.
  /// - Returns: Whether a label may stand there.
  public func isFree(_ box: Box) -> Bool {
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
