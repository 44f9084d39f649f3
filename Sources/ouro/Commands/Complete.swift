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
    /// Cells whose sum is `total`, or lies between `low` and `high`.
    struct Block: Decodable {
      let cells: [Int]
      let total: Double?
      let low: Double?
      let high: Double?
      let rank: Int?
    }

    let rows: [Double]
    let columns: [Double]
    let cells: [[Int]]
    let blocks: [Block]?
    let priors: [Double?]?
    let outsideWeight: Double?
  }

  private struct Answer: Encodable {
    let amounts: [Double]
    let outsideByRow: [Double]
    let outsideByColumn: [Double]
    let corner: Double
    let residual: Double
    let yielded: [Double?]
  }

  func run() throws {
    let solution = try completionProblem(Data(Files.bytes(of: problem))).leastRelativeEntropy()
    let answer = Answer(
      amounts: solution.amounts,
      outsideByRow: solution.outsideByRow,
      outsideByColumn: solution.outsideByColumn,
      corner: solution.corner,
      residual: solution.residual,
      yielded: solution.yielded
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
    let priors = question.priors ?? []
    guard priors.isEmpty || priors.count == cells.count,
      priors.allSatisfy({ $0.map { $0 >= 0 && $0.isFinite } ?? true })
    else { throw refusal("the priors are not one for each cell, none below zero") }
    guard blocks.allSatisfy({ isBlock($0, of: cells) }) else {
      throw refusal("a block is not some cells, each once, and a total or a range")
    }
    return CompletionProblem(
      rowTotals: question.rows,
      columnTotals: question.columns,
      cells: cells.map { CompletionProblem.Cell(row: $0[0], column: $0[1]) },
      bounds: blocks.map {
        .init(
          cells: $0.cells,
          low: $0.total ?? $0.low ?? 0,
          high: $0.total ?? $0.high ?? .infinity,
          rank: $0.rank ?? 0
        )
      },
      priors: question.priors ?? [],
      outsideWeight: weight
    )
  }

  private func isBlock(_ block: Question.Block, of cells: [[Int]]) -> Bool {
    let (low, high) = (block.total ?? block.low ?? 0, block.total ?? block.high ?? .infinity)
    return !block.cells.isEmpty && block.cells.allSatisfy(cells.indices.contains)
      && Set(block.cells).count == block.cells.count && low >= 0 && low <= high && high > 0
  }

  private func refusal(_ reason: String) -> BookError {
    .refused(
      reason: "\(problem): \(reason)",
      advice: "write {\"rows\":[3],\"columns\":[4],\"cells\":[[0,0]],\"outside_weight\":1}"
    )
  }
}
