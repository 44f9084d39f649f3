private import Foundation
internal import Payments

/// A part of a scan as a file: a line that says what it is, a line for each loop where they are kept, one with what the
/// slice comes to, and one with a checksum of all before it.
package struct ScanPartFile: Sendable {
  /// What the slice comes to.
  package let part: ScanPart
  /// The checksum: of two files of one slice it tells whether they hold the same.
  package let checksum: String
  private let bytes: [UInt8]
  private let loops: Range<Int>

  private static let beginning = "{\"format\":\"ouroboros scan "

  /// Whether a file that begins with these bytes is one, of whatever version.
  package static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: beginning.utf8) }

  /// Reads a file, and refuses what was not written so.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: Its name.
  /// - Throws: ``ScanPartError``.
  package init(_ bytes: [UInt8], path: String) throws(ScanPartError) {
    guard Self.begins(bytes), let headEnd = bytes.firstIndex(of: 10) else {
      throw .notAPart(path: path, reason: "it does not begin as one")
    }
    let head = String(decoding: bytes[..<headEnd], as: UTF8.self)
    guard head == ScanPartWriting.head else {
      let format = head.dropFirst(11).prefix { $0 != "\"" }.prefix(40)
      throw .otherFormat(path: path, format: String(format))
    }
    func line(before end: Int) -> Range<Int>? {
      guard end > headEnd, bytes[end] == 10 else { return nil }
      let start = bytes[..<end].lastIndex(of: 10).map { $0 + 1 } ?? end
      return start > headEnd && start < end ? start..<end : nil
    }
    guard let last = line(before: bytes.count - 1), let own = line(before: last.lowerBound - 1)
    else { throw .damaged(path: path, reason: "it ends too early") }
    var checksum = Checksum()
    bytes[..<last.lowerBound].withUnsafeBytes { checksum.add($0) }
    self.checksum = ScanPartWriting.text(of: checksum.value)
    guard bytes[last].elementsEqual(ScanPartWriting.tail(self.checksum).utf8) else {
      throw .damaged(path: path, reason: "its checksum is not that of its contents")
    }
    do {
      part = try JSONDecoder().decode(ScanPart.self, from: Data(bytes[own]))
    } catch let error as DecodingError {
      throw .notAPart(path: path, reason: RunFileError.reason(error))
    } catch {
      throw .notAPart(path: path, reason: "it cannot be read")
    }
    (self.bytes, loops) = (bytes, headEnd + 1..<own.lowerBound)
  }

  /// Adds the loops of the part to a list.
  ///
  /// - Parameters:
  ///   - rows: The list.
  ///   - path: The name of the file.
  ///   - each: Is called after each loop.
  /// - Throws: ``ScanPartError`` where the part does not hold them all, and what `each` throws.
  package func list(_ rows: inout LoopRows, path: String, each: (inout LoopRows) throws -> Void)
    throws
  {
    guard part.parameters.keepsLoops else { throw ScanPartError.noLoops(path: path) }
    var (count, start) = (0, loops.lowerBound)
    while start < loops.upperBound {
      let end = bytes[start..<loops.upperBound].firstIndex(of: 10) ?? loops.upperBound
      guard let loop = LoopLine(Array(bytes[start..<end])) else {
        throw ScanPartError.damaged(path: path, reason: "loop \(count + 1) cannot be read")
      }
      rows.add(loop)
      try each(&rows)
      (count, start) = (count + 1, end + 1)
    }
    guard count == part.count else {
      let reason = "it has \(count) loops, and counts \(part.count)"
      throw ScanPartError.damaged(path: path, reason: reason)
    }
  }
}

/// Writes a part of a scan as it is found.
package struct ScanPartWriting {
  private var checksum = Checksum()

  static let head = "{\"format\":\"\(ScanPart.format)\"}"
  static func tail(_ checksum: String) -> String { "{\"checksum\":\"\(checksum)\"}" }

  static func text(of checksum: UInt64) -> String {
    let digits = String(checksum, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Begins a file.
  package init() {}

  /// The first line.
  package mutating func begin() -> [UInt8] { took(Array((Self.head + "\n").utf8)) }

  /// Takes lines of loops on their way into the file.
  package mutating func took(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBytes { checksum.add($0) }
    return bytes
  }

  /// The last lines.
  ///
  /// - Parameter part: What the slice comes to.
  /// - Returns: The lines.
  /// - Throws: `EncodingError` for a number that JSON cannot hold.
  package mutating func end(_ part: ScanPart) throws -> [UInt8] {
    let line = try AnswerJSON.text(of: part, isPretty: false, isAnswer: false) + "\n"
    let bytes = took(Array(line.utf8))
    return bytes + Array((Self.tail(Self.text(of: checksum.value)) + "\n").utf8)
  }
}
