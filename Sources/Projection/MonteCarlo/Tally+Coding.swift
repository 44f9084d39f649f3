extension Tally: Codable {
  private enum Key: String, CodingKey {
    case parties, months, paths, quiet, cash, failed, first, lost, owed, recovered, shares, losses,
      lossDollars
  }

  /// Writes the columns as words: `bin:count` for each bin that holds something.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(partyCount, forKey: .parties)
    try container.encode(monthCount, forKey: .months)
    try container.encode(paths, forKey: .paths)
    try container.encode(quiet, forKey: .quiet)
    let rows = (0..<partyCount).map { party -> [String] in
      (0..<monthCount).map { month in
        let start = (party * monthCount + month) * LogBins.count
        return Self.packed(cash[start..<start + LogBins.count])
      }
    }
    try container.encode(rows, forKey: .cash)
    try container.encode(Self.packed(failed[...]), forKey: .failed)
    try container.encode(Self.packed(first[...]), forKey: .first)
    try container.encode(Self.packed(lost[...]), forKey: .lost)
    try container.encode(Self.packed(owed[...]), forKey: .owed)
    try container.encode(Self.packed(recovered[...]), forKey: .recovered)
    try container.encode(Self.packed(shares[...]), forKey: .shares)
    try container.encode(Self.packed(losses[...]), forKey: .losses)
    try container.encode(Self.packed(lossDollars[...]), forKey: .lossDollars)
  }

  /// Reads what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let parties = try container.decode(Int.self, forKey: .parties)
    let months = try container.decode(Int.self, forKey: .months)
    guard (0...10_000).contains(parties), (0...600).contains(months), parties * months <= 100_000
    else { throw Self.damaged(decoder, "its size is not one of a run") }
    self.init(parties: parties, months: months)
    paths = try container.decode(Int.self, forKey: .paths)
    quiet = try container.decode(Int.self, forKey: .quiet)
    let rows = try container.decode([[String]].self, forKey: .cash)
    guard rows.count == parties, rows.allSatisfy({ $0.count == months }) else {
      throw Self.damaged(decoder, "cash does not have a row for each party and month")
    }
    for (row, text) in rows.joined().enumerated() {
      try Self.unpack(text, into: &cash, at: row * LogBins.count, count: LogBins.count, decoder)
    }
    func read<Number: FixedWidthInteger>(_ key: Key, _ column: inout [Number]) throws {
      let text = try container.decode(String.self, forKey: key)
      try Self.unpack(text, into: &column, at: 0, count: column.count, decoder)
    }
    try read(.failed, &failed)
    try read(.first, &first)
    try read(.lost, &lost)
    try read(.owed, &owed)
    try read(.recovered, &recovered)
    try read(.shares, &shares)
    try read(.losses, &losses)
    try read(.lossDollars, &lossDollars)
  }

  private static func packed(_ column: ArraySlice<some FixedWidthInteger>) -> String {
    column.enumerated().filter { $0.element != 0 }.map { "\($0.offset):\($0.element)" }
      .joined(separator: " ")
  }

  private static func unpack<Number: FixedWidthInteger>(
    _ text: String,
    into column: inout [Number],
    at start: Int,
    count: Int,
    _ decoder: any Decoder
  ) throws {
    for word in text.split(separator: " ") {
      let parts = word.split(separator: ":")
      guard parts.count == 2, let place = Int(parts[0]), (0..<count).contains(place),
        let value = Number(parts[1]), value >= 0
      else { throw damaged(decoder, "\"\(word.prefix(40))\" is no count") }
      column[start + place] = value
    }
  }

  private static func damaged(_ decoder: any Decoder, _ reason: String) -> DecodingError {
    .dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: reason))
  }
}
