internal import Tables

/// What a file of flows that is no book holds, as its beginning tells.
public enum FlowFile: Sendable {
  /// Edges: who pays whom how much.
  case edges
  /// Payments, plain or compressed.
  case payments

  /// Tells by the first bytes of a file; a packed one begins otherwise, and is for others to tell.
  ///
  /// - Parameters:
  ///   - beginning: The first bytes.
  ///   - payer: The name of the column of who pays.
  ///   - payee: The name of the column of who is paid.
  public init(beginning: [UInt8], payer: String, payee: String) {
    let line = Array(beginning.prefix(1 << 16).prefix { $0 != 10 && $0 != 13 })
    let header = (try? CSVReader(bytes: line, file: "").header) ?? []
    let isGzip = beginning.starts(with: [0x1F, 0x8B])
    self = isGzip || (header.contains(payer) && header.contains(payee)) ? .payments : .edges
  }
}
