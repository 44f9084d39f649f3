internal import Books
internal import Disk
internal import Foundation
package import Networks

extension CompletionProblem {
  /// Reads a problem from JSON.
  ///
  /// - Parameter path: The file; `-` is standard input.
  /// - Throws: ``BookError`` where it is none, and ``FileError``.
  package init(reading path: String) throws {
    func refusal(_ reason: String) -> BookError {
      .refused(
        reason: "\(path): \(reason)",
        advice: "write {\"rows\":[3],\"columns\":[4],\"cells\":[[0,0]],\"outside_weight\":1}"
      )
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let data = Data(try Files.bytes(of: path))
    guard let written = try? decoder.decode(WrittenProblem.self, from: data) else {
      throw refusal("it is not the JSON of a problem")
    }
    if let fault = written.fault { throw refusal(fault) }
    self.init(
      rowTotals: written.rows,
      columnTotals: written.columns,
      cells: written.cells.map { Cell(row: $0[0], column: $0[1]) },
      bounds: (written.blocks ?? []).map(\.bound),
      priors: written.priors ?? [],
      outsideWeight: written.outsideWeight ?? 1
    )
  }
}

/// A problem as it is written.
private struct WrittenProblem: Decodable {
  /// Cells whose sum is `total`, or lies between `low` and `high`.
  struct Block: Decodable {
    let cells: [Int]
    let total: Double?
    let low: Double?
    let high: Double?
    let rank: Int?

    var bound: CompletionProblem.Bound {
      let (low, high) = (total ?? low ?? 0, total ?? high ?? .infinity)
      return CompletionProblem.Bound(cells: cells, low: low, high: high, rank: rank ?? 0)
    }

    func isSound(of count: Int) -> Bool {
      let bound = bound
      return !cells.isEmpty && cells.allSatisfy((0..<count).contains)
        && Set(cells).count == cells.count && bound.low >= 0 && bound.low <= bound.high
        && bound.high > 0
    }
  }

  let rows: [Double]
  let columns: [Double]
  let cells: [[Int]]
  let blocks: [Block]?
  let priors: [Double?]?
  let outsideWeight: Double?

  /// What is wrong with it.
  var fault: String? {
    guard (rows + columns + [outsideWeight ?? 1]).allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return "a total or the outside weight is not above zero"
    }
    let isEachAPair = cells.allSatisfy {
      $0.count == 2 && rows.indices.contains($0[0]) && columns.indices.contains($0[1])
    }
    guard isEachAPair, Set(cells).count == cells.count else {
      return "a cell is not a row and a column, each once"
    }
    let priors = priors ?? []
    guard priors.isEmpty || priors.count == cells.count,
      priors.allSatisfy({ $0.map { $0 >= 0 && $0.isFinite } ?? true })
    else { return "the priors are not one for each cell, none below zero" }
    guard (blocks ?? []).allSatisfy({ $0.isSound(of: cells.count) }) else {
      return "a block is not some cells, each once, and a total or a range"
    }
    return nil
  }
}
