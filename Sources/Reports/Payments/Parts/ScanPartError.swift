internal import Payments

/// Why parts of a scan could not be joined.
package enum ScanPartError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file is no part of a scan.
  case notAPart(path: String, reason: String)
  /// The file does not say what pieces are pieces of.
  case notAWhole(path: String, reason: String)
  /// Another version of the program wrote it.
  case otherFormat(path: String, format: String)
  /// The file is not what was written.
  case damaged(path: String, reason: String)
  /// The part is of another scan than the first; what differs.
  case otherScan(path: String, first: String, difference: String)
  /// Two parts are of one slice and differ.
  case differs(path: String, other: String)
  /// Two parts hold loops of the same time.
  case overlap(path: String, other: String, span: ScanPart.Span)
  /// A time that no part holds.
  case gap(span: ScanPart.Span)
  /// A part was stopped before all its loops were counted.
  case incomplete(path: String)
  /// All parts have more loops than one scan would count.
  case limit(count: Int, limit: Int)
  /// The parts have not as many payments as there are.
  case lost(found: Int, expected: Int)
  /// The list is asked for, and a part does not hold its loops.
  case noLoops(path: String)

  /// One sentence for a person.
  package var description: String {
    switch self {
    case .notAPart(let path, let reason):
      "\(path) is no part of a scan: \(reason); name a file that ouro scan -o wrote"
    case .notAWhole(let path, let reason):
      "\(path) does not say what the payments are a piece of: \(reason); docs/scale.md has the form"
    case .otherFormat(let path, let format):
      "\(path) is of another version of ouro (\(format)), and this one reads \(ScanPart.format); "
        + "scan the slice again"
    case .damaged(let path, let reason):
      "\(path) is damaged: \(reason); scan the slice again"
    case .otherScan(let path, let first, let difference):
      "\(path) is of another scan than \(first): they differ in \(difference); join parts of one scan"
    case .differs(let path, let other):
      "\(path) and \(other) are of the same slice and differ; scan it again"
    case .overlap(let path, let other, let span):
      "\(path) and \(other) both hold the loops of \(span.text); name parts that do not overlap"
    case .gap(let span):
      "the loops of \(span.text) are in no part; scan that slice (--roots-from \(span.from) "
        + "--roots-until \(span.until), or its shard), then merge all"
    case .incomplete(let path):
      "\(path) is incomplete: its search was stopped; scan the slice again with a greater --limit, "
        + "fewer --max-hops or a shorter --within"
    case .limit(let count, let limit):
      "the parts have \(count) loops, and --limit \(limit) stops a scan before; scan with a greater one"
    case .lost(let found, let expected):
      "the parts have \(found) payments, and \(expected) there are; cut the payments anew"
    case .noLoops(let path):
      "\(path) does not hold its loops one by one; scan with --keep-loops to have them listed"
    }
  }
}

extension ScanPartError {
  /// Why the file that says what pieces are pieces of could not be decoded.
  ///
  /// - Parameters:
  ///   - error: What the decoder says.
  ///   - path: The file.
  package init(_ error: DecodingError, whole path: String) {
    self = .notAWhole(path: path, reason: RunFileError.reason(error))
  }
}
