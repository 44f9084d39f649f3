extension Tally: Codable {
  private enum Key: String, CodingKey {
    case parties, months, paths, quiet, cash, failed, first, lost, owed, recovered, shares, losses
    case lossDollars = "loss_dollars"
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

  /// Reads what ``encode(to:)`` wrote, and refuses counts that no paths come to.
  ///
  /// - Parameter decoder: Where it stands.
  /// - Throws: `DecodingError` with the place of the first fault.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    func damaged(_ key: Key, _ reason: String) -> DecodingError {
      .dataCorruptedError(forKey: key, in: container, debugDescription: reason)
    }
    let parties = try container.decode(Int.self, forKey: .parties)
    let months = try container.decode(Int.self, forKey: .months)
    guard (0...Self.mostParties).contains(parties) else {
      throw damaged(.parties, "is \(parties), not from 0 to \(Self.mostParties)")
    }
    guard (0...Self.mostMonths).contains(months) else {
      throw damaged(.months, "is \(months), not from 0 to \(Self.mostMonths)")
    }
    // Before there is memory for them all: a small file must not ask for much.
    let rows = try container.decode([[String]].self, forKey: .cash)
    guard rows.count == parties, rows.allSatisfy({ $0.count == months }) else {
      throw damaged(.cash, "does not have \(months) months for each of \(parties) parties")
    }
    self.init(parties: parties, months: months)
    paths = try container.decode(Int.self, forKey: .paths)
    quiet = try container.decode(Int.self, forKey: .quiet)
    for (row, text) in rows.joined().enumerated() {
      let fault = Self.unpack(text, into: &cash, at: row * LogBins.count, count: LogBins.count)
      if let fault { throw damaged(.cash, fault) }
    }
    func read<Number: FixedWidthInteger>(_ key: Key, _ column: inout [Number]) throws {
      let text = try container.decode(String.self, forKey: key)
      let fault = Self.unpack(text, into: &column, at: 0, count: column.count)
      if let fault { throw damaged(key, fault) }
    }
    try read(.failed, &failed)
    try read(.first, &first)
    try read(.lost, &lost)
    try read(.owed, &owed)
    try read(.recovered, &recovered)
    try read(.shares, &shares)
    try read(.losses, &losses)
    try read(.lossDollars, &lossDollars)
    if let fault = fault() {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath + [Key(rawValue: fault.what)].compactMap(\.self),
          debugDescription: fault.reason
        )
      )
    }
  }

  private static func packed(_ column: ArraySlice<some FixedWidthInteger>) -> String {
    column.enumerated().filter { $0.element != 0 }.map { "\($0.offset):\($0.element)" }
      .joined(separator: " ")
  }

  /// Writes the counts of `text` into a column.
  ///
  /// - Returns: What is wrong with the first word that is no count; `nil` where all are.
  private static func unpack<Number: FixedWidthInteger>(
    _ text: String,
    into column: inout [Number],
    at start: Int,
    count: Int
  ) -> String? {
    var last = -1
    for word in text.split(separator: " ") {
      let parts = word.split(separator: ":")
      guard parts.count == 2, let place = Int(parts[0]), place > last, place < count,
        let value = Number(parts[1]), value > 0
      else { return "has \"\(word.prefix(40))\", which is no count of a bin after the last" }
      last = place
      column[start + place] = value
    }
    return nil
  }
}
