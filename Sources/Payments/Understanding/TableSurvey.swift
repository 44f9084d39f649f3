internal import Tables

/// Looks at the first rows of a table, to understand what its columns say.
struct TableSurvey {
  let path: String
  let hints: ReadingHints
  let sample: TableSample
  /// Which of the sample's rows is the header, where there is one.
  let headerIndex: Int?
  let header: [String]
  var tags: [HeaderTags]
  let profiles: [ColumnProfile]
  var found = Understanding()
  /// The orders of dates between which the sample does not decide.
  private(set) var openOrders: [DayOrder] = []
  /// Whether the sample does not decide between decimal marks.
  private(set) var isDecimalOpen = false

  /// Understands the table that begins with `bytes`, or asks.
  init(
    _ bytes: [UInt8],
    isWhole: Bool,
    _ encoding: TextEncoding,
    _ path: String,
    _ hints: ReadingHints
  ) throws(PaymentError) {
    (self.path, self.hints) = (path, hints)
    let sample = try Self.bestSample(bytes, isWhole, path, hints)
    let headerIndex = Self.headerIndex(sample, hints)
    let first = headerIndex.map { $0 + 1 } ?? Self.firstRow(sample)
    let body = sample.records[min(first, sample.records.count)...].filter { !$0.isBlank }
    let width = headerIndex.map { sample.records[$0].cells.count } ?? sample.width
    let names = headerIndex.map { sample.records[$0].cells } ?? Array(repeating: "", count: width)
    (self.sample, self.headerIndex, header) = (sample, headerIndex, names)
    tags = headerIndex == nil ? names.map { _ in [] } : names.map(HeaderTags.init(of:))
    var profiles = [ColumnProfile](repeating: ColumnProfile(), count: width)
    for record in body where record.cells.count > 1 {
      for (index, cell) in record.cells.prefix(width).enumerated() { profiles[index].add(cell) }
    }
    self.profiles = profiles
    found.encoding = encoding
    found.delimiter = String(UnicodeScalar(sample.delimiter))
    found.headerLine = headerIndex.map { sample.records[$0].line }
    found.header = header
    found.firstLine = body.first?.line ?? sample.records.last.map { $0.line + 1 } ?? 1
    guard !body.isEmpty else {
      throw .unreadable(path: path, reason: "it has no payments; add rows below the header")
    }
    try findDates()
    try findAmounts()
    try findParties()
    findCurrency()
    try findSigns()
    findBalance()
    found.endToEnd = tags.firstIndex { $0.contains(.endToEnd) }.map(place)
    found.status = tags.firstIndex { $0.contains(.status) }.map(place)
  }

  func place(_ index: Int) -> ColumnPlace { ColumnPlace(index, header) }

  /// The rows above the header.
  var preamble: ArraySlice<TableSample.Record> {
    sample.records[..<(headerIndex ?? Self.firstRow(sample))]
  }

  func question(_ matter: String, _ readings: [String], isOfColumn: Bool = false) -> PaymentError {
    .question(PaymentQuestion(path, matter, readings, isOfColumn: isOfColumn))
  }

  /// The columns as somebody would name them in an answer.
  func options(_ option: String, _ columns: [Int]) -> [String] {
    columns.prefix(6).map { column in
      let name = header[column].trimmedText
      let isUnique = !name.isEmpty && header.count { $0.trimmedText == name } == 1
      return "\(option) \(isUnique ? quotedForShell(name) : String(column + 1))"
    }
  }

  private func quotedForShell(_ name: String) -> String {
    name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? name : "\"\(name)\""
  }

  /// The column that an option names, by its name or its place.
  func column(_ name: String?, _ option: String) throws(PaymentError) -> Int? {
    guard let name else { return nil }
    let wanted = name.trimmedText
    let exact = header.indices.filter { header[$0].trimmedText == wanted }
    let named =
      exact.isEmpty
      ? header.indices.filter { folded(header[$0].trimmedText) == folded(wanted) } : exact
    if named.count > 1 {
      throw question(
        "the header has \(wanted) \(named.count) times",
        named.map { "\(option) \($0 + 1)" }
      )
    }
    if let only = named.first { return only }
    if let place = Int(wanted), header.indices.contains(place - 1) { return place - 1 }
    throw .badTable(
      TableError(
        file: path,
        line: found.headerLine ?? 1,
        column: wanted,
        reason: "the column is missing from the header",
        advice: "name the column that has it: \(option) NAME"
      )
    )
  }

  // MARK: - Rows

  private static func bestSample(
    _ bytes: [UInt8],
    _ isWhole: Bool,
    _ path: String,
    _ hints: ReadingHints
  ) throws(PaymentError) -> TableSample {
    if let delimiter = hints.delimiter?.asciiValue {
      return TableSample(bytes, delimiter: delimiter, isWhole: isWhole)
    }
    let short = bytes.count > 1 << 16 ? Array(bytes[..<(1 << 16)]) : bytes
    let samples = TableSample.delimiters.map {
      TableSample(short, delimiter: $0, isWhole: isWhole && short.count == bytes.count)
    }
    let scores = samples.map { score($0, hints) }
    guard let best = scores.indices.max(by: { scores[$0] < scores[$1] }), scores[best] > 0 else {
      let isLong = short.count == 1 << 16 && !short.contains(10)
      throw .unreadable(
        path: path,
        reason: short.contains(0)
          ? "it is no text: it has a NUL in it"
          : isLong
            ? "the first line has more than 65,000 bytes; begin with a header: payer,payee,amount,date"
            : "it is no table: no row has cells between commas, semicolons, tabs or bars; "
              + "begin with a header: payer,payee,amount,date"
      )
    }
    return TableSample(bytes, delimiter: samples[best].delimiter, isWhole: isWhole)
  }

  /// How well a table is split: by the words of its header, then by rows of one width.
  private static func score(_ sample: TableSample, _ hints: ReadingHints) -> Double {
    let width = sample.width
    guard width > 1 else { return 0 }
    let known = headerIndex(sample, hints).map { headerScore(sample.records[$0].cells, hints) } ?? 0
    let rows = sample.records.filter { !$0.isBlank }
    let even = Double(rows.count { $0.cells.count == width }) / Double(max(1, rows.count))
    return Double(known) * 2 + even * 4 + Double(min(width, 12)) / 4
  }

  private static func headerScore(_ cells: [String], _ hints: ReadingHints) -> Int {
    let named = [hints.payer, hints.payee, hints.amount, hints.time].compactMap { $0?.trimmedText }
    return cells.reduce(0) { score, cell in
      let text = cell.trimmedText
      guard !text.isEmpty else { return score }
      if named.contains(text), Int(text) == nil { return score + 5 }
      guard text.count <= 60, !looksLikeData(text) else { return score }
      return HeaderTags(of: text).isEmpty ? score : score + 1
    }
  }

  private static func looksLikeData(_ text: String) -> Bool {
    ColumnProfile.isNumber(text) || AccountNumber(text).isIBAN
      || DayOrder.allCases.contains { ColumnProfile.moment(text, $0) != nil }
      || text.count { $0.isNumber } * 2 > text.count
  }

  private static func headerIndex(_ sample: TableSample, _ hints: ReadingHints) -> Int? {
    let rows = sample.records.prefix(80)
    let scores = rows.map { record in
      let cells = record.cells.filter { !$0.trimmedText.isEmpty }
      guard cells.count > 1, !cells.contains(where: looksLikeData) else { return 0 }
      let score = headerScore(record.cells, hints)
      return score >= 2 && score * 3 >= cells.count ? score : 0
    }
    guard let best = scores.max(), best > 0 else { return nil }
    return scores.firstIndex(of: best)
  }

  /// Without a header: the first row as wide as most that holds a date or an amount.
  private static func firstRow(_ sample: TableSample) -> Int {
    sample.records.firstIndex { record in
      record.cells.count == sample.width && record.cells.contains { looksLikeData($0.trimmedText) }
    } ?? 0
  }
}

// MARK: - When

extension TableSurvey {
  private mutating func findDates() throws(PaymentError) {
    let candidates = profiles.indices.filter { column in
      guard profiles[column].isDates else { return false }
      return headerIndex == nil
        ? profiles[column].isMostly(\.dates)
        : tags[column].contains(.date) || tags[column].contains(.booking)
          || tags[column].contains(.value) || profiles[column].isMostly(\.dates)
    }
    let asked = try column(hints.time, "--time")
    // A column that is called a date is one, however few of its cells can be read.
    let named = profiles.indices.filter { profiles[$0].filled > 0 && tags[$0].contains(.date) }
    let known = candidates.isEmpty ? named : candidates
    guard let chosen = asked ?? known.min(by: { (dateRank($0), $0) < (dateRank($1), $1) }) else {
      throw question(
        "no column holds dates that can be read",
        options("--time", profiles.indices.filter { profiles[$0].filled > 0 }),
        isOfColumn: true
      )
    }
    found.date = place(chosen)
    let profile = profiles[chosen]
    if !profile.cells.contains(where: { $0.contains(":") }) {
      let clocks = profiles.indices.filter { $0 != chosen && profiles[$0].isClocks }
      let clock = clocks.first { tags[$0].contains(.clock) } ?? clocks.first
      found.clock = clock.map(place)
      let zones = profiles.indices.filter {
        tags[$0].contains(.zone) && profiles[$0].isMostly(\.zones)
      }
      found.zone = zones.first.map(place)
    }
    try findOrder(candidates.contains(chosen) ? candidates : candidates + [chosen])
    try findNumbers(chosen)
  }

  /// Of several dates the booking, then any other but the value, then the value, then the end of something.
  private func dateRank(_ column: Int) -> Int {
    let tags = tags[column]
    if tags.contains(.end) { return 5 }
    if tags.contains(.value) { return 3 }
    if tags.contains(.booking) { return 0 }
    return tags.contains(.date) ? 1 : 4
  }

  private mutating func findOrder(_ columns: [Int]) throws(PaymentError) {
    if let order = hints.dayOrder { return found.dayOrder = order }
    // Words of the bank's in a column of dates decide nothing.
    let cells = columns.flatMap { profiles[$0].cells }.filter { cell in
      !cell.isEmpty && !ColumnProfile.isNumber(cell)
        && DayOrder.allCases.contains { ColumnProfile.moment(cell, $0) != nil }
    }
    guard !cells.isEmpty else { return }
    // Years of two digits stand in front between hyphens only.
    let canBeYears = cells.allSatisfy { $0.contains("-") }
    var orders = DayOrder.allCases.filter {
      $0 != .yearMonthDay || canBeYears || hasFullYears(cells)
    }
    let failures = orders.map { order in cells.count { ColumnProfile.moment($0, order) == nil } }
    let least = failures.min() ?? 0
    orders = zip(orders, failures).filter { $1 == least }.map(\.0)
    let first = orders[0]
    let isSame = orders.allSatisfy { order in
      cells.allSatisfy { ColumnProfile.moment($0, order) == ColumnProfile.moment($0, first) }
    }
    if isSame {
      // Dates whose own form says which is which need no order.
      let isForm = orders.count == failures.count
      found.dayOrder = isForm ? nil : first
      return
    }
    // Points between day, month and year stand where the day comes first.
    let hasPoints = cells.allSatisfy { $0.prefix(10).count { $0 == "." } >= 2 }
    if hasPoints, orders.contains(.dayMonthYear) { return found.dayOrder = .dayMonthYear }
    openOrders = orders
    found.dayOrder = first
  }

  /// Whether the dates begin with years of four digits.
  private func hasFullYears(_ cells: [String]) -> Bool {
    cells.contains { $0.prefix { $0.isNumber }.count >= 4 }
  }

  private mutating func findNumbers(_ column: Int) throws(PaymentError) {
    if let numbers = hints.numbers {
      found.numbers = numbers
      return
    }
    let profile = profiles[column]
    guard profile.numbers * 2 > profile.filled else { return }
    let values = profile.cells.filter(ColumnProfile.isNumber).compactMap { Int($0) }
    let lengths = Set(profile.cells.filter(ColumnProfile.isNumber).map(\.utf8.count))
    if let scale = [13: 1_000, 16: 1_000_000, 19: 1_000_000_000][lengths.max() ?? 0],
      lengths.count == 1
    {
      found.numbers = .fractions(perSecond: scale)
      return
    }
    if lengths == [14] { return }
    let isTime =
      tags[column].contains(.clock)
      || HeaderWords.words(header[column]).contains { $0 == "timestamp" || $0 == "ts" }
    let likely = TimeFormat.likely(values)
    if likely.isEmpty {
      let isSpreadsheet = !isTime && values.allSatisfy { (20_000...80_000).contains($0) }
      found.numbers = isSpreadsheet ? .spreadsheetDays : .form(.seconds)
    } else if likely.count == 1, !isTime {
      found.numbers = .form(likely[0])
    } else {
      let readings = likely.map { "days as \($0.rawValue): --time-format \($0.rawValue)" }
      throw question(
        "the numbers of \(place(column).told) can be \(likely.map(\.rawValue).joined(separator: " or "))\(isTime ? ", or seconds" : "")",
        isTime ? readings + ["seconds since 1970: --time-format seconds"] : readings
      )
    }
  }
}

// MARK: - How much

extension TableSurvey {
  func isAmounts(_ column: Int) -> Bool {
    profiles[column].isMostly(\.amounts) && !profiles[column].isMostly(\.dates)
      && found.date?.index != column && found.clock?.index != column
  }

  private mutating func findAmounts() throws(PaymentError) {
    if let asked = try column(hints.amount, "--amount") {
      found.amount = place(asked)
    } else if let (out, into) = sides() {
      (found.out, found.into) = (place(out), place(into))
    } else {
      try chooseAmount()
    }
    try findDecimal()
  }

  /// Two columns of which each row fills one: what leaves an account, and what comes into it.
  private func sides() -> (out: Int, into: Int)? {
    func columns(_ own: HeaderTags, _ not: HeaderTags) -> [Int] {
      tags.indices.filter {
        tags[$0].contains(own)
          && tags[$0].isDisjoint(with: [not, .balance, .direction, .fee, .date])
          && tags[$0].isDisjoint(with: [.account, .bank])
          && (profiles[$0].filled == 0 || isAmounts($0))
      }
    }
    let plain = tags.indices.contains {
      tags[$0].contains(.amount) && tags[$0].isDisjoint(with: [.out, .into, .balance, .fee])
        && isAmounts($0)
        && profiles[$0].filled > 0
    }
    guard !plain else { return nil }
    for out in columns(.out, .into) {
      for into in columns(.into, .out) where profiles[out].filled + profiles[into].filled > 0 {
        let pairs = zip(profiles[out].cells, profiles[into].cells)
        let both = pairs.count { !Self.isNought($0) && !Self.isNought($1) }
        if both * 20 <= profiles[out].cells.count { return (out, into) }
      }
    }
    return nil
  }

  private static func isNought(_ cell: String) -> Bool {
    !cell.contains { $0.isNumber && $0 != "0" }
  }

  private mutating func chooseAmount() throws(PaymentError) {
    func rank(_ column: Int) -> Int? {
      let tags = tags[column]
      guard isAmounts(column), profiles[column].filled > 0,
        tags.isDisjoint(with: [.balance, .fee, .count, .aside, .zone])
      else { return nil }
      if tags.contains(.gross) || tags.contains(.net) { return 1 }
      guard tags.contains(.amount) else {
        return tags.isEmpty && profiles[column].ibans == 0 ? 5 : nil
      }
      // An account that is numbered is no amount.
      guard tags.isDisjoint(with: [.account, .reference]) else { return nil }
      return tags.isDisjoint(with: [.out, .into]) ? (tags.contains(.value) ? 1 : 0) : 2
    }
    let ranks = tags.indices.compactMap { column in rank(column).map { (rank: $0, column: column) }
    }
    guard let best = ranks.map(\.rank).min() else {
      // A column that is called an amount is one, however few of its cells can be read.
      if let named = tags.indices.first(where: { tags[$0] == .amount && profiles[$0].filled > 0 }) {
        return found.amount = place(named)
      }
      throw question(
        "no column holds amounts that can be read",
        options("--amount", profiles.indices.filter { profiles[$0].filled > 0 }),
        isOfColumn: true
      )
    }
    var chosen = ranks.filter { $0.rank == best }.map(\.column)
    if best == 5, headerIndex != nil || chosen.count > 1 {
      // A column of whole numbers can be anything; one with decimals is money.
      let decimals = chosen.filter {
        profiles[$0].cells.contains { $0.contains { ".,".contains($0) } }
      }
      if !decimals.isEmpty { chosen = decimals }
    }
    let first = chosen[0]
    let others = chosen.dropFirst().filter { profiles[$0].cells != profiles[first].cells }
    guard others.isEmpty else {
      throw question(
        "\(chosen.map { place($0).told }.joined(separator: " and ")) are both amounts, and differ",
        options("--amount", chosen)
      )
    }
    found.amount = place(first)
    found.sameAmounts = chosen.dropFirst().map(place)
  }

  private mutating func findDecimal() throws(PaymentError) {
    if let decimal = hints.decimal { return found.decimal = decimal }
    var evidence = DecimalEvidence()
    let columns = [found.amount, found.out, found.into].compactMap { $0?.index }
    for column in columns { for cell in profiles[column].cells { evidence.add(cell) } }
    if evidence.mark == nil, evidence.point == 0, evidence.comma == 0 {
      // The same hand wrote balances and fees.
      for column in tags.indices
      where tags[column].contains(.balance) || tags[column].contains(.fee) {
        for cell in profiles[column].cells where isAmounts(column) { evidence.add(cell) }
      }
    }
    if let mark = evidence.mark { return found.decimal = mark }
    guard evidence.point == 0 || evidence.comma == 0 else {
      // One slip among many is a slip.
      if evidence.point >= 20 * evidence.comma { return found.decimal = .point }
      if evidence.comma >= 20 * evidence.point { return found.decimal = .comma }
      throw question(
        "amounts have points before decimals (\(evidence.examples[0] ?? "")) and commas (\(evidence.examples[1] ?? ""))",
        ["a decimal point: --decimal point", "a decimal comma: --decimal comma"]
      )
    }
    isDecimalOpen = true
    found.decimal = .point
  }

  /// Asks about amounts that read differently with a point and with a comma.
  var decimalQuestion: PaymentError {
    let column = [found.amount, found.out, found.into].compactMap { $0 }.first
    let cell = column.flatMap {
      profiles[$0.index].cells.first { $0.contains(",") || $0.contains(".") }
    }
    return question(
      "\(cell ?? "an amount") can be thousands or thousandths, and no other amount decides it",
      ["a decimal point: --decimal point", "a decimal comma: --decimal comma"]
    )
  }

  /// Asks which of the numbers in a date is the day.
  func orderQuestion(_ orders: [DayOrder]) -> PaymentError {
    let cell = found.date.flatMap { date in
      profiles[date.index].cells.first { cell in
        Set(orders.map { ColumnProfile.moment(cell, $0) }).count > 1
      }
    }
    let words: [DayOrder: String] = [
      .dayMonthYear: "day first, dd/mm", .monthDayYear: "month first, mm/dd",
      .yearMonthDay: "year first, yy/mm/dd",
    ]
    return question(
      "\(cell ?? "a date") can be read in \(orders.count) ways, as day and month, and no date in the column decides it",
      orders.map { "\(words[$0] ?? ""): --day-order \($0.rawValue)" }
    )
  }

  private mutating func findCurrency() {
    let columns = profiles.indices.filter {
      tags[$0].contains(.currency) && profiles[$0].isMostly(\.currencies)
    }
    let unnamed =
      headerIndex == nil ? profiles.indices.filter { profiles[$0].isMostly(\.currencies) } : []
    let amount = (found.amount ?? found.out)?.index ?? 0
    let nearest = (columns + unnamed).min {
      (abs($0 - amount), $0 < amount ? 1 : 0) < (abs($1 - amount), $1 < amount ? 1 : 0)
    }
    found.currencyColumn = nearest.map(place)
    let heads = [found.amount, found.out, found.into].compactMap { $0?.name }
    found.currency =
      heads.lazy.compactMap(Self.currencyInHeader).first ?? Preamble(preamble).currency
      ?? headsAbove.lazy.compactMap(Self.currencyInHeader).first
  }

  /// Cells of a second row of heads right above the header, as `Montants (EUR)`.
  private var headsAbove: [String] {
    guard let last = preamble.last else { return [] }
    return last.cells.filter { cell in cell.contains("(") && HeaderTags(of: cell).contains(.amount)
    }
  }

  /// The currency that a header names: `Betrag (EUR)`, `Débit euros`.
  private static func currencyInHeader(_ header: String) -> String? {
    let words = header.split { !$0.isLetter && !"€£$".contains($0) }.map(String.init)
    return words.lazy.compactMap { word in
      word.count == 3 && word != word.uppercased() ? nil : CurrencyName.code(word)
    }
    .first
  }
}
