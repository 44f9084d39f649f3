/// A file that packed payments came from.
public struct PackedFile: Sendable, Equatable, Codable {
  /// What it was named.
  public let file: String
  /// Its SHA-256, where it is known.
  public let sha256: String?

  /// A file and its hash.
  public init(file: String, sha256: String?) { (self.file, self.sha256) = (file, sha256) }
}

/// What is wrong with a packed file.
struct PackFault: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}

/// The text of a packed file: a line of currencies by number, then a line a file, as `sha256sum` writes them.
struct PackText {
  private(set) var currencies = [""]
  private(set) var files: [PackedFile] = []

  /// Nothing.
  init() {}

  /// The currencies by number, none of which has a comma in it, and the files.
  init(_ currencies: [String], _ files: [PackedFile]) {
    (self.currencies, self.files) = (currencies, files)
  }

  private static let unknown = String(repeating: "-", count: 64)

  /// The text; what would end a line stands in no name of a file here.
  var bytes: [UInt8] {
    let lines = files.map { file in
      "\(file.sha256 ?? Self.unknown)  \(file.file.filter { !$0.isNewline })"
    }
    return Array(([currencies.joined(separator: ",")] + lines).joined(separator: "\n").utf8)
  }

  /// Reads it, whoever wrote it.
  init(_ bytes: [UInt8]) throws(PackFault) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw PackFault("its contents contradict themselves")
    }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    currencies = lines[0].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard currencies.count <= Int(UInt16.max), currencies.allSatisfy({ $0.count <= 8 }),
      Set(currencies).count == currencies.count
    else { throw PackFault("its contents contradict themselves") }
    for line in lines.dropFirst() {
      let hash = line.prefix(64)
      guard hash.utf8.count == 64, line.dropFirst(64).hasPrefix("  ") else {
        throw PackFault("its contents contradict themselves")
      }
      let known = hash == Self.unknown ? nil : String(hash)
      files.append(PackedFile(file: String(line.dropFirst(66)), sha256: known))
    }
  }
}
