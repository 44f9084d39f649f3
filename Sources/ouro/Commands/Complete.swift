import ArgumentParser
import Books
import Disk
import Foundation
import Networks

/// Fills in one problem read from JSON: a hook by which another program checks the fitting.
struct Complete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete",
    abstract: "Fill in unknown flows from totals.",
    shouldDisplay: false
  )

  @Argument(help: "The problem, as JSON; - is standard input.") var problem: String

  private struct Question: Decodable {
    struct Block: Decodable {
      let cells: [Int]
      let total: Double
    }

    let rows: [Double]
    let columns: [Double]
    let cells: [[Int]]
    let blocks: [Block]?
    let outsideWeight: Double?
  }

  private struct Answer: Encodable {
    let amounts: [Double]
    let outsideByRow: [Double]
    let outsideByColumn: [Double]
    let corner: Double
    let residual: Double
  }

  func run() throws {
    let solution = try completionProblem(Data(Files.bytes(of: problem))).greatestEntropy()
    let answer = Answer(
      amounts: solution.amounts,
      outsideByRow: solution.outsideByRow,
      outsideByColumn: solution.outsideByColumn,
      corner: solution.corner,
      residual: solution.residual
    )
    try show(json(answer, isPretty: false))
  }

  private func completionProblem(_ data: Data) throws -> CompletionProblem {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    guard let question = try? decoder.decode(Question.self, from: data) else {
      throw refusal("it is not the JSON of a problem")
    }
    let totals = question.rows + question.columns
    let weight = question.outsideWeight ?? 1
    guard (totals + [weight]).allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw refusal("a total or the outside weight is not above zero")
    }
    let cells = question.cells.filter {
      $0.count == 2 && question.rows.indices.contains($0[0])
        && question.columns.indices.contains($0[1])
    }
    guard cells.count == question.cells.count, Set(cells).count == cells.count else {
      throw refusal("a cell is not a row and a column, each once")
    }
    let blocks = question.blocks ?? []
    guard blocks.allSatisfy({ isBlock($0, of: cells) }) else {
      throw refusal("a block is not some cells of one column and a total above zero")
    }
    return CompletionProblem(
      rowTotals: question.rows,
      columnTotals: question.columns,
      cells: cells.map { CompletionProblem.Cell(row: $0[0], column: $0[1]) },
      blocks: blocks.map { CompletionProblem.Block(cells: $0.cells, total: $0.total) },
      outsideWeight: weight
    )
  }

  private func isBlock(_ block: Question.Block, of cells: [[Int]]) -> Bool {
    guard block.total > 0, block.cells.allSatisfy(cells.indices.contains) else { return false }
    return Set(block.cells.map { cells[$0][1] }).count == 1
  }

  private func refusal(_ reason: String) -> BookError {
    .refused(
      reason: "\(problem): \(reason)",
      advice: "write {\"rows\":[3],\"columns\":[4],\"cells\":[[0,0]],\"outside_weight\":1}"
    )
  }
}
