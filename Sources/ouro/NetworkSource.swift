import ArgumentParser
import Claims
import Disk
import Graphs
import Networks
import Payments
import Reports
import Tables

/// What a file holds that is no book.
enum FlowContents {
  /// An edge list, and the SHA-256 of its file.
  case edges(EdgeList, sha256: String)
  case payments(Payments)

  /// The one currency of payments.
  var currency: Nullable<String>? {
    guard case .payments(let payments) = self else { return nil }
    return Nullable(wrappedValue: payments.currency)
  }

  /// The files that an answer of it rests on.
  func inputs(_ path: String, nodes: String?, _ options: PaymentOptions) -> [InputFile] {
    let own =
      switch self {
      case .edges(_, let sha256): [InputFile(path, sha256: sha256)]
      case .payments(let payments): options.inputs([path], payments)
      }
    return own + [nodes].compactMap(\.self).map { InputFile($0) }
  }
}

extension FlowContents {
  /// Reads edges or payments, whichever a file holds.
  ///
  /// - Parameters:
  ///   - input: The file; `-` is standard input.
  ///   - nodes: What is known of the parties.
  ///   - options: How payments are read.
  /// - Throws: What is wrong with the file.
  init(_ input: String, nodes: FlowSource.PartyTable?, _ options: PaymentOptions) throws {
    func holdsPayments(_ beginning: [UInt8]) -> Bool {
      FlowFile(beginning: beginning, payer: options.payer, payee: options.payee) == .payments
    }
    if input != "-" {
      let beginning = try Files.bytes(of: input, atMost: 1 << 16)
      if try holdsPayments(beginning) || Payments.isPacked(input) {
        self = .payments(try options.oneCurrency(try options.read(input), input))
        return
      }
    }
    let bytes = try Files.bytes(of: input)
    if input == "-", holdsPayments(bytes) {
      self = .payments(try options.oneCurrency(try options.read(input, text: bytes), input))
      return
    }
    let list = try EdgeList(bytes: bytes, file: input, nodes: nodes)
    sayLookAlikes(list.parties.map(\.id))
    self = .edges(list, sha256: FileHash.of(bytes))
  }
}

extension NetworkInput {
  /// All of the input as one network, after a word on what was left out of it.
  func source() throws -> FlowSource {
    let source = try isBook ? bookSource() : fileSource()
    for notice in source.notices { say(notice) }
    return source
  }

  private func bookSource() throws -> FlowSource {
    if nodes != nil { throw ValidationError("--nodes goes with EDGES.csv; a book has its facts.") }
    return FlowSource(try options.footing(of: try view()))
  }

  private func fileSource() throws -> FlowSource {
    let contents = try file()
    var source =
      switch contents {
      case .edges(let list, _): try FlowSource(list)
      case .payments(let payments):
        try FlowSource(payments, parties: known(), threads: self.payments.threadCount)
      }
    source.inputs = inputs(contents)
    return source
  }

  /// The files that an answer of `contents` rests on, where JSON tells them.
  func inputs(_ contents: FlowContents) -> [InputFile] {
    json ? contents.inputs(input, nodes: nodes, payments) : []
  }

  /// The network to measure, balanced.
  func network() throws -> FlowNetwork { try source().network() }

  /// Each month in which somebody pays by itself, among the parties that pay or are paid in it.
  func months() throws -> [(month: String, source: FlowSource)] {
    guard !isBook, case let contents = try file(), case .payments(let payments) = contents else {
      throw ValidationError(
        "--by month is for payments: a file with payer, payee, amount and date."
      )
    }
    let months = try FlowSource.months(
      of: payments,
      parties: known(),
      threads: self.payments.threadCount
    )
    for notice in months.flatMap(\.source.notices) { say(notice) }
    let inputs = inputs(contents)
    return months.map { month, source in
      var source = source
      source.inputs = inputs
      return (month, source)
    }
  }

  /// What the input holds, which is no book.
  func file() throws -> FlowContents {
    if choice.isAsked || options.period != nil {
      throw ValidationError("\(input) is an edge list: days, tellers and periods are for a book.")
    }
    return try FlowContents(input, nodes: known(), payments)
  }

  private func known() throws -> FlowSource.PartyTable? {
    try nodes.map { (bytes: try Files.bytes(of: $0), file: $0) }
  }

  /// The position of the party `id` in `network`.
  func node(_ id: String, in network: FlowNetwork) throws -> NodeIndex {
    do { return try network.node(id) } catch { throw refusal(error) }
  }

  /// Tells that a party that was asked for is not in the input.
  func refusal(_ error: NoSuchParty) -> ValidationError {
    ValidationError("\(error) in \(input)")
  }
}
