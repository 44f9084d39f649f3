/// A form with files as browsers send it, read strictly.
struct Multipart {
  /// The fields without a file, those that are empty left out.
  private(set) var fields: [String: String] = [:]
  /// The files, in their order; those without a byte left out.
  private(set) var files: [Statements.File] = []

  /// The most bytes of the headers of one part.
  private static let longestHead = 2_048
  /// The most bytes of a field.
  private static let longestField = 1 << 20

  /// The mark between parts that a content type names; `nil` where it is of another kind.
  static func boundary(of type: String) -> String? {
    let pieces = type.split(separator: ";", omittingEmptySubsequences: false)
    guard pieces.count == 2, trimmed(pieces[0]).lowercased() == "multipart/form-data" else {
      return nil
    }
    let mark = trimmed(pieces[1])
    guard mark.lowercased().hasPrefix("boundary=") else { return nil }
    let value = mark.dropFirst(9)
    let bare = value.hasPrefix("\"") && value.hasSuffix("\"") ? value.dropFirst().dropLast() : value
    let isPlain = bare.utf8.allSatisfy {
      (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
        || "'()+_,-./:=?".utf8.contains($0)
    }
    return isPlain && (1...70).contains(bare.utf8.count) ? String(bare) : nil
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  /// Reads a body.
  ///
  /// - Parameters:
  ///   - body: The body.
  ///   - boundary: The mark between its parts.
  /// - Throws: ``Refusal`` where it is none.
  init(_ body: [UInt8], boundary: String) throws(Refusal) {
    let unreadable = Refusal(400, "A form with files could not be read to its end.")
    let mark = Array("\r\n--\(boundary)".utf8)
    // What begins with the mark has no line before it.
    let all = [13, 10] + body
    guard all.starts(with: mark) else { throw unreadable }
    var at = mark.count
    while true {
      if all[at...].starts(with: [45, 45]) { return }
      guard all[at...].starts(with: [13, 10]),
        let head = Self.place(of: [13, 10, 13, 10], in: all, from: at),
        head - at <= Self.longestHead, let end = Self.place(of: mark, in: all, from: head + 2)
      else { throw unreadable }
      let content = head + 4 <= end ? all[(head + 4)..<end] : []
      try take(String(decoding: all[at..<head], as: UTF8.self), content)
      at = end + mark.count
    }
  }

  private mutating func take(_ head: String, _ content: ArraySlice<UInt8>) throws(Refusal) {
    let line = head.split(whereSeparator: \.isNewline)
      .first { $0.lowercased().hasPrefix("content-disposition:") }
    guard let line, let name = Self.value("name", in: line) else {
      throw Refusal(400, "A part of a form has a name.")
    }
    if let file = Self.value("filename", in: line) {
      if !content.isEmpty { files.append(Statements.File(name: file, bytes: Array(content))) }
      guard files.count <= Statements.mostFiles else {
        throw Refusal(413, "At most \(Statements.mostFiles) files are taken at a time.")
      }
      return
    }
    guard content.count <= Self.longestField, fields[name] == nil,
      let text = String(validating: content, as: UTF8.self)
    else { throw Refusal(400, "A field of a form stands once, as text in UTF-8.") }
    if !text.isEmpty { fields[name] = text }
  }

  /// The value of `name="value"` on a line of a head.
  private static func value(_ name: String, in line: Substring) -> String? {
    for piece in line.split(separator: ";").dropFirst() {
      let sides = piece.split(separator: "=", maxSplits: 1)
      guard sides.count == 2, trimmed(sides[0]).lowercased() == name else { continue }
      let value = trimmed(sides[1])
      return value.hasPrefix("\"") && value.hasSuffix("\"") && value.count > 1
        ? String(value.dropFirst().dropLast()) : value
    }
    return nil
  }

  /// Where some bytes stand next.
  private static func place(of bytes: [UInt8], in all: [UInt8], from start: Int) -> Int? {
    guard all.count >= bytes.count else { return nil }
    return all.withUnsafeBufferPointer { all in
      let last = all.count - bytes.count
      var at = start
      while at <= last {
        if all[at] == bytes[0], (1..<bytes.count).allSatisfy({ all[at + $0] == bytes[$0] }) {
          return at
        }
        at += 1
      }
      return nil
    }
  }
}
