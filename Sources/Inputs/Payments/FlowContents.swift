package import Claims
internal import Disk
package import Networks
package import Payments
package import Reports

/// What a file holds that is no book.
package enum FlowContents {
  /// An edge list, and the SHA-256 of its file.
  case edges(EdgeList, sha256: String)
  /// Payments, in one currency.
  case payments(Payments)

  /// The one currency of payments.
  package var currency: Nullable<String>? {
    guard case .payments(let payments) = self else { return nil }
    return Nullable(wrappedValue: payments.currency)
  }
}

/// A file of flows that is no book: of edges, or of payments, whichever it holds.
package struct FlowFiles {
  private let path: String
  private let nodes: String?
  private let payments: PaymentFiles
  private let say: (String) -> Void

  /// A file of flows.
  ///
  /// - Parameters:
  ///   - path: The file; `-` is standard input.
  ///   - nodes: What is known of the parties: a table.
  ///   - payments: How payments are read.
  ///   - say: Takes words for whoever asked.
  package init(
    _ path: String,
    nodes: String?,
    _ payments: PaymentFiles,
    say: @escaping (String) -> Void
  ) {
    (self.path, self.nodes) = (path, nodes)
    (self.payments, self.say) = (payments, say)
  }

  /// Reads it.
  ///
  /// - Returns: Edges or payments.
  /// - Throws: What is wrong with the file.
  package func read() throws -> FlowContents {
    let table = try parties()
    if path != "-" {
      let beginning = try Files.bytes(of: path, atMost: 1 << 16)
      if try payments.holds(beginning) == .payments || Payments.isPacked(path) {
        return .payments(try payments.oneCurrency(try payments.read([path]), path))
      }
    }
    let bytes = try Files.bytes(of: path)
    if path == "-", payments.holds(bytes) == .payments {
      return .payments(try payments.oneCurrency(try payments.read([path], text: bytes), path))
    }
    let list = try EdgeList(bytes: bytes, file: path, nodes: table)
    if let words = lookAlikes(list.parties.map(\.id)) { say(words) }
    return .edges(list, sha256: FileHash.of(bytes))
  }

  private func parties() throws -> FlowSource.PartyTable? {
    try nodes.map { (bytes: try Files.bytes(of: $0), file: $0) }
  }

  /// The files that an answer of what it holds rests on.
  ///
  /// - Parameter contents: What it holds.
  /// - Returns: The files.
  package func inputs(_ contents: FlowContents) -> [InputFile] {
    let own =
      switch contents {
      case .edges(_, let sha256): [InputFile(path, sha256: sha256)]
      case .payments(let read): payments.inputs([path], read)
      }
    return own + [nodes].compactMap(\.self).map { InputFile($0) }
  }

  /// What it holds as one network to measure.
  ///
  /// - Parameter contents: What it holds.
  /// - Returns: The network, and what was left out of it.
  /// - Throws: ``NetworkError``, ``SumTooLarge`` and ``TableError``.
  package func source(_ contents: FlowContents) throws -> FlowSource {
    switch contents {
    case .edges(let list, _): try FlowSource(list)
    case .payments(let read):
      try FlowSource(read, parties: parties(), threads: payments.threads)
    }
  }

  /// Each month in which somebody pays by itself, among the parties that pay or are paid in it.
  ///
  /// - Parameter read: The payments.
  /// - Returns: The months in order.
  /// - Throws: ``SumTooLarge`` and ``TableError``.
  package func months(_ read: Payments) throws -> [(month: String, source: FlowSource)] {
    try FlowSource.months(of: read, parties: parties(), threads: payments.threads)
  }
}

extension FlowFiles {
  /// Reads who owes whom.
  ///
  /// - Parameters:
  ///   - path: An edge list; `-` is standard input.
  ///   - nodes: What is known of the parties: a table.
  /// - Returns: The edges and parties as they stand, the files they rest on, and a word on what stress leaves out.
  /// - Throws: What is wrong with either file.
  package static func debts(
    in path: String,
    nodes: String?
  ) throws -> (list: EdgeList, inputs: [InputFile], notice: String?) {
    let bytes = try Files.bytes(of: path)
    let parties = try nodes.map { (bytes: try Files.bytes(of: $0), file: $0) }
    let list = try EdgeList(bytes: bytes, file: path, nodes: parties)
    let own = list.edges.count { $0.payer == $0.payee }
    let words = "left out \(Figures.count(own, "row")) in which a party owes itself"
    let inputs = [InputFile(path, sha256: FileHash.of(bytes))]
    return (list, inputs + [nodes].compactMap(\.self).map { InputFile($0) }, own > 0 ? words : nil)
  }
}
