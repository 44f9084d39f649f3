internal import Claims

/// The parties of a file of another's tool, and who of them a book has already.
struct ExchangeCast {
  private var rows: [String: String] = [:]
  private var taken: [String]
  private var byIdentifier: [String: String] = [:]
  private var byName: [String: String] = [:]

  /// Schemes whose numbers name one party for good.
  private static let lasting: Set<String> = ["cik", "lei", "ftm", "bods"]

  init(_ contents: BookContents) {
    taken = contents.parties.map(\.id)
    for party in contents.parties {
      for (scheme, value) in party.identifiers where Self.lasting.contains(scheme) {
        byIdentifier["\(scheme):\(value)"] = party.id
      }
      byName[party.name] = party.id
    }
  }

  /// The row of the party with this key in the file; `nil` where it has none.
  subscript(key: String) -> String? { rows[key] }

  /// Takes in a party.
  ///
  /// - Parameters:
  ///   - key: What the file calls it.
  ///   - name: Its name.
  ///   - kind: Its kind in a book.
  ///   - scheme: The scheme under which the key is kept.
  ///   - identifiers: Other names by scheme.
  /// - Returns: The cells of its row; `nil` where the book has it, by a number or else by its name.
  mutating func add(
    key: String,
    name: String,
    kind: String,
    scheme: String,
    _ identifiers: [(scheme: String, value: String)]
  ) -> [String: String]? {
    let mark = key.unicodeScalars.contains { $0.properties.isWhitespace } ? [] : [(scheme, key)]
    let all = identifiers.map { ($0.scheme, $0.value) } + mark
    let known = all.filter { Self.lasting.contains($0.0) }
      .compactMap { byIdentifier["\($0.0):\($0.1)"] }.first
    if let id = known ?? byName[name] {
      rows[key] = id
      return nil
    }
    let id = Names.free(String(Self.stem(name).prefix(58)), taken)
    taken.append(id)
    rows[key] = id
    for (scheme, value) in all where Self.lasting.contains(scheme) {
      byIdentifier["\(scheme):\(value)"] = id
    }
    return [
      "id": id, "name": name, "kind": kind, "inside": "no",
      "identifiers": all.map { "\($0.0):\($0.1)" }.joined(separator: " "),
    ]
  }

  /// The id of a row for a key of a file: the key where it can be one, else what is left of it with its checksum.
  static func rowID(_ key: String) -> String {
    let bytes = key.utf8
    let isWord = { (byte: UInt8) in (97...122).contains(byte) || (48...57).contains(byte) }
    if let first = bytes.first, isWord(first), bytes.count <= 64,
      bytes.allSatisfy({ isWord($0) || [45, 46, 95].contains($0) })
    {
      return key
    }
    // FNV-1a, of 64 bits: keys that only differ in what an id cannot hold stay apart.
    let sum = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) {
      ($0 ^ UInt64($1)) &* 0x100_0000_01b3
    }
    return "\(stem(key).prefix(46))-\(String(sum, radix: 36))"
  }

  /// What of a name an id can begin with.
  static func stem(_ name: String) -> String {
    let id = Names.id(name).drop { $0 == "-" }
    return id.isEmpty ? "party" : String(id)
  }
}
