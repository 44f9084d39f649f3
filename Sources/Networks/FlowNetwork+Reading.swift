internal import Graphs
internal import Disk
internal import Tables

extension FlowNetwork {
  /// The network of an edge list, every party balanced by reserves and savings.
  ///
  /// - Parameters:
  ///   - path: The edges: a CSV file with a header `from,to,weight`.
  ///   - nodes: What is known of the parties, where there is a file of it.
  /// - Throws: ``FileError`` for a file that cannot be read, ``TableError`` for its first fault,
  ///   ``NetworkError`` for amounts that are too much together.
  public init(contentsOf path: String, nodes: String? = nil) throws {
    let list = try EdgeList(
      bytes: Files.bytes(of: path),
      file: path,
      nodes: nodes.map { (bytes: try Files.bytes(of: $0), file: $0) }
    )
    self = try list.network()
  }

  /// A network of payments between parties called by name, in the order in which they first come.
  ///
  /// - Parameter payments: Who pays whom how much.
  /// - Throws: ``NetworkError`` for an amount that is none, or amounts that are too much together.
  public init(_ payments: [(payer: String, payee: String, amount: Double)]) throws(NetworkError) {
    var position: [WrittenName: NodeIndex] = [:]
    var parties: [String] = []
    for name in payments.flatMap({ [$0.payer, $0.payee] })
    where position[WrittenName(name)] == nil {
      position[WrittenName(name)] = parties.count
      parties.append(name)
    }
    let flows = payments.map {
      Flow(
        payer: position[WrittenName($0.payer)] ?? 0,
        payee: position[WrittenName($0.payee)] ?? 0,
        weight: $0.amount
      )
    }
    try self.init(nodes: parties, flows: flows)
    self = balanced()
  }
}
