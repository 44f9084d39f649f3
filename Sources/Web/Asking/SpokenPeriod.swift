internal import Claims
internal import Networks
internal import Reports

/// A period as people name it, and as a page takes it besides plain dates: `2025Q3`, `2025H1`, `FY2025:nvidia`.
enum SpokenPeriod {
  /// The address that says the same in plain dates.
  ///
  /// - Parameters:
  ///   - target: The address.
  ///   - contents: The book.
  /// - Returns: The address; `nil` where its period is plain, or no period at all.
  /// - Throws: ``Refusal`` where the book does not know the period that is named.
  static func plain(_ target: Target, _ contents: BookContents) throws(Refusal) -> String? {
    guard let spoken = target.parameters.first(where: { $0.name == "period" })?.value,
      Period(text: spoken) == nil
    else { return nil }
    let asked = target.parameters.first { $0.name == "as-of" }.flatMap { PartialDate($0.value) }
    guard let days = try days(spoken, contents, asked?.last ?? contents.lastReport) else {
      return nil
    }
    let pairs = target.parameters.map { pair in
      "\(pair.name)=\(Target.encoded(pair.name == "period" ? days.description : pair.value))"
    }
    return "\(target.path)?\(pairs.joined(separator: "&"))"
  }

  private static func days(
    _ text: String,
    _ contents: BookContents,
    _ asOf: Day
  ) throws(Refusal) -> Period? {
    if let part = part(of: text) { return part }
    guard let fiscal = FiscalPeriod(text) else { return nil }
    do {
      let party = try NamedParty.id(of: fiscal.company, among: contents.parties)
      return try fiscal.days(of: party, in: View(of: contents, ViewRequest(asOf: asOf)))
    } catch let error as FiscalPeriod.Unknown {
      throw Refusal(422, "\(error.description).")
    } catch {
      throw Refusal(422, "Nobody in the book goes by the name behind the colon.")
    }
  }

  /// A quarter or a half of a calendar year.
  private static func part(of text: String) -> Period? {
    let plain = text.uppercased().filter { $0 != " " && $0 != "-" }
    guard plain.utf8.count == 6, let year = Int(plain.prefix(4)), let number = Int(plain.suffix(1))
    else {
      return nil
    }
    let months: Int
    switch plain.dropFirst(4).first {
    case "Q" where (1...4).contains(number): months = 3
    case "H" where (1...2).contains(number): months = 6
    default: return nil
    }
    let padded = { (month: Int) in month < 10 ? "0\(month)" : "\(month)" }
    let last = number * months
    return Period(text: "\(year)-\(padded(last - months + 1))..\(year)-\(padded(last))")
  }
}
