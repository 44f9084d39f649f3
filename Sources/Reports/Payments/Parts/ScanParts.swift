/// Parts of a scan, put together in any order.
package struct ScanParts: Sendable {
  private struct Piece: Sendable {
    let path: String
    let part: ScanPart
    let hash: String
  }

  private var first: Piece?
  private var pieces: [Piece] = []

  /// None yet.
  package init() {}

  /// Takes a part; the same once more changes nothing.
  ///
  /// - Parameters:
  ///   - part: The part.
  ///   - path: Its file.
  ///   - hash: The hash of the file.
  /// - Throws: ``ScanPartError`` where it is of another scan, is incomplete, or differs from one of the same slice.
  package mutating func add(
    _ part: ScanPart,
    path: String,
    hash: String
  ) throws(ScanPartError) {
    let piece = Piece(path: path, part: part, hash: hash)
    if let first, first.part.parameters != part.parameters {
      let difference = first.part.parameters.difference(part.parameters)
      throw .otherScan(path: path, first: first.path, difference: difference)
    }
    if first == nil { first = piece }
    guard part.isComplete else { throw .incomplete(path: path) }
    if let twin = pieces.first(where: { $0.part.span == part.span }) {
      guard twin.hash == hash else { throw .differs(path: path, other: twin.path) }
      return
    }
    pieces.append(piece)
  }

  /// The files of the parts, each slice once, in the order of time.
  package var paths: [String] { ordered.map(\.path) }

  /// Whether each part holds its loops.
  package var keepsLoops: Bool { first?.part.parameters.keepsLoops ?? false }

  /// The files that all parts rest on.
  package var inputs: [InputFile] { first?.part.parameters.inputs ?? [] }

  /// The payments of all parts.
  package var searched: SearchedPayments? { first?.part.parameters.searched }

  private var ordered: [Piece] {
    pieces.sorted {
      ($0.part.span.from, $0.part.span.until) < ($1.part.span.from, $1.part.span.until)
    }
  }

  /// The answer of the whole scan.
  ///
  /// - Returns: The answer, the same as one scan of all payments gives.
  /// - Throws: ``ScanPartError`` where slices are missing or overlap, or where payments or loops do not add up.
  package func joined() throws(ScanPartError) -> ScanReport {
    guard let first else { throw .gap(span: ScanPart.Span(from: 0, until: 0)) }
    let (ordered, parameters) = (ordered, first.part.parameters)
    try check(ordered, parameters)
    var whole = ordered[0].part.findings
    var through: [String: ScanFindings.Party] = [:]
    for piece in ordered {
      for party in piece.part.findings.parties {
        guard var known = through[party.id] else {
          through[party.id] = party
          continue
        }
        known.loops = adding(known.loops, party.loops)
        through[party.id] = known
      }
    }
    for piece in ordered.dropFirst() { whole.add(piece.part.findings) }
    guard whole.count <= parameters.limit else {
      throw .limit(count: whole.count, limit: parameters.limit)
    }
    whole.parties = through.values.sorted(by: ScanFindings.Party.precedes)
    whole.largest = Array(whole.largest.sorted(by: FoundLoop.precedes).prefix(parameters.top))
    return ScanReport(
      ScannedPayments(parameters.searched, within: parameters.window, parameters.within),
      whole,
      digits: parameters.searched.digits,
      top: parameters.top,
      saysTies: parameters.saysTies,
      hasReachedLimit: false
    )
  }

  private func check(_ ordered: [Piece], _ parameters: ScanPart.Parameters) throws(ScanPartError) {
    let span = parameters.searched.span()
    var end = span.from
    var last: Piece?
    for piece in ordered where piece.part.span.from < piece.part.span.until {
      let own = piece.part.span
      if own.from > end { throw .gap(span: ScanPart.Span(from: end, until: own.from)) }
      if own.from < end, let last {
        let both = ScanPart.Span(from: own.from, until: min(end, own.until))
        throw .overlap(path: piece.path, other: last.path, span: both)
      }
      (end, last) = (own.until, piece)
    }
    guard end >= span.until else {
      throw .gap(span: ScanPart.Span(from: end, until: span.until))
    }
    let payments = ordered.reduce(0) { adding($0, $1.part.payments) }
    guard payments == parameters.searched.payments else {
      throw .lost(found: payments, expected: parameters.searched.payments)
    }
  }
}

extension ScanFindings {
  /// Adds the counts and the largest loops of another slice.
  fileprivate mutating func add(_ other: ScanFindings) {
    count = adding(count, other.count)
    byLength.merge(other.byLength, uniquingKeysWith: adding)
    byMonth.merge(other.byMonth, uniquingKeysWith: adding)
    largest += other.largest
  }
}

extension ScanPart.Parameters {
  /// In what another scan differs, the first thing that does.
  fileprivate func difference(_ other: ScanPart.Parameters) -> String {
    if version != other.version { return "version of the program" }
    if inputs != other.inputs { return "inputs" }
    if searched != other.searched { return "payments" }
    if window != other.window || within != other.within { return "--within" }
    if keepsLoops != other.keepsLoops { return "--keep-loops" }
    return "options of the search"
  }
}

/// The sum, or the largest number where that is too small for it, as in one search.
private func adding(_ a: Int, _ b: Int) -> Int {
  let (sum, overflow) = a.addingReportingOverflow(b)
  return overflow ? .max : sum
}
