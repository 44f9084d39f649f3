internal import Payments
internal import Tables

/// What a file of flows that is no book holds, as its beginning tells.
package enum FlowFile: Sendable {
  /// Edges: who pays whom how much.
  case edges
  /// Payments, plain or compressed.
  case payments

  /// Tells by the first bytes of a file; a packed one begins otherwise, and is for others to tell.
  ///
  /// - Parameters:
  ///   - beginning: The first bytes.
  ///   - payer: The name of the column of who pays, where it was said.
  ///   - payee: The name of the column of who is paid, where it was said.
  package init(beginning: [UInt8], payer: String?, payee: String?) {
    guard payer == nil, payee == nil else {
      self = .payments
      return
    }
    var line = Array(beginning.prefix(1 << 16).prefix { $0 != 10 && $0 != 13 })
    if line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    let header = ((try? CSVReader(bytes: line, file: "").header) ?? []).map { $0.lowercased() }
    let isEdges = !Self.edgeColumns.isDisjoint(with: header)
    // Edges that say when by a column of another name are payments.
    let isTimed = !header.contains("weight") && Payments.namesDates(header)
    self = isEdges && !isTimed || beginning.isEmpty ? .edges : .payments
  }

  /// Who pays and who is paid, as edge lists call it.
  private static let edgeColumns: Set = ["from", "to", "source", "target"]
}
