/// Who pays whom.
extension TableSurvey {
  mutating func findParties() throws(PaymentError) {
    inheritSides()
    let (payer, payee) = (try asked(hints.payer, "--payer"), try asked(hints.payee, "--payee"))
    var sides = (payer: payer ?? columns(of: .payer), payee: payee ?? columns(of: .payee))
    if sides.payer.isEmpty != sides.payee.isEmpty, payer != nil || payee != nil || !isSigned,
      let left = onlyNeutral
    {
      // Who is on the other side of the one that is named is the only one left.
      if sides.payer.isEmpty { sides.payer = left } else { sides.payee = left }
    }
    let isAsked = payer != nil || payee != nil
    if headerIndex == nil, sides.payer.isEmpty, sides.payee.isEmpty, hints.account == nil {
      sides = byPlace()
    }
    if !isAsked, let account = otherAccount(sides) {
      // Two columns name both sides of a statement, and one has the account of whichever is the other.
      found.other = PartyColumns(account: place(account), name: sides.payee.name)
      found.otherPayer = sides.payer.name
      return try findOwnAccount(PartyColumns())
    }
    guard sides.payer.isEmpty || sides.payee.isEmpty else {
      (found.payer, found.payee) = (sides.payer, sides.payee)
      return
    }
    try findOwnAccount(sides.payer.isEmpty ? sides.payee : sides.payer)
  }

  /// The one column of accounts beside two of names, in a statement that says above its rows whose it is.
  private func otherAccount(_ sides: (payer: PartyColumns, payee: PartyColumns)) -> Int? {
    guard let payer = sides.payer.name, let payee = sides.payee.name, payer != payee,
      sides.payer.account == nil, sides.payee.account == nil, isSigned,
      hints.account != nil || Preamble(preamble).account != nil
    else { return nil }
    let accounts = tags.indices.filter { canName($0) && profiles[$0].isMostly(\.ibans) }
    return accounts.count == 1 ? accounts[0] : nil
  }

  /// Whether the file says by a sign, or by two columns, which way money goes.
  private var isSigned: Bool {
    found.out != nil
      || found.amount.map { profiles[$0.index].negatives > 0 || profiles[$0.index].sided > 0 }
        ?? false
      || directionColumn != nil
  }

  private func asked(_ name: String?, _ option: String) throws(PaymentError) -> PartyColumns? {
    guard let column = try column(name, option) else { return nil }
    return PartyColumns(account: place(column))
  }

  /// Columns that have a name several times are of the side that was spoken of before each.
  private mutating func inheritSides() {
    var last: HeaderTags = []
    for column in tags.indices {
      let own = tags[column].intersection(.sides)
      if !own.isEmpty {
        last = own
      } else if header.count(where: { folded($0) == folded(header[column]) }) > 1,
        !tags[column].isDisjoint(with: [.name, .account, .bank])
      {
        tags[column].formUnion(last)
      }
    }
  }

  private func canName(_ column: Int) -> Bool {
    let isTaken = [found.date, found.clock, found.amount, found.out, found.into].contains {
      $0?.index == column
    }
    return !isTaken && profiles[column].filled > 0 && !profiles[column].isMostly(\.dates)
      && (tags[column].contains(.text) || tags[column].isDisjoint(with: .notParty))
  }

  private func isAccount(_ column: Int) -> Bool {
    profiles[column].isMostly(\.ibans)
      || (tags[column].contains(.account) && !tags[column].contains(.holder))
  }

  /// The columns of one side.
  private func columns(of side: HeaderTags) -> PartyColumns {
    let both: HeaderTags = [.payer, .payee]
    let own = tags.indices.filter { column in
      guard canName(column) else { return false }
      let sides = tags[column].intersection(.sides)
      // A column of both is of whoever is on the other side.
      return sides.isSuperset(of: both) ? side == .other : sides.contains(side)
    }
    return party(own)
  }

  private func party(_ columns: [Int]) -> PartyColumns {
    var party = PartyColumns()
    let banks = columns.filter { tags[$0].contains(.bank) && !profiles[$0].isMostly(\.ibans) }
    let rest = columns.filter { !banks.contains($0) }
    let known = rest.isEmpty ? banks : rest
    party.account = known.first(where: isAccount).map(place)
    party.name = known.first { !isAccount($0) }.map(place)
    // Numbers of one bank may be those of another; an IBAN has its bank in it.
    if let account = party.account, !rest.isEmpty, !profiles[account.index].isMostly(\.ibans) {
      party.bank = banks.first { isNumberOfBank($0) }.map(place)
    }
    return party
  }

  private func isNumberOfBank(_ column: Int) -> Bool {
    let words = HeaderWords.words(header[column])
    guard !words.contains("bic"), !words.contains("swift"), !words.contains("name") else {
      return false
    }
    return profiles[column].values.allSatisfy { $0.count <= 12 && $0.contains { $0.isNumber } }
  }

  /// The one column that names a party and says not whose side it is on.
  private var onlyNeutral: PartyColumns? {
    let neutral = tags.indices.filter {
      canName($0) && tags[$0].isDisjoint(with: .sides)
        && !tags[$0].isDisjoint(with: [.name, .account]) && !tags[$0].contains(.bank)
    }
    let party = party(neutral)
    return neutral.count == 1 || (neutral.count == 2 && party.account != nil && party.name != nil)
      ? party : nil
  }

  /// Without a header: of two columns that name parties the first pays the second.
  private func byPlace() -> (payer: PartyColumns, payee: PartyColumns) {
    let taken = [found.date, found.clock, found.amount].compactMap { $0?.index }
    let free = profiles.indices.filter { column in
      !taken.contains(column) && profiles[column].filled == profiles[column].cells.count
        && !profiles[column].isMostly(\.currencies) && !profiles[column].isMostly(\.dates)
    }
    let accounts = free.filter { profiles[$0].isMostly(\.ibans) }
    let pair = accounts.count == 2 ? accounts : free
    guard pair.count == 2 else { return (PartyColumns(), PartyColumns()) }
    return (PartyColumns(account: place(pair[0])), PartyColumns(account: place(pair[1])))
  }

  // MARK: - Statements

  /// A statement: its own account is on one side of each row, whoever is named on the other.
  private mutating func findOwnAccount(_ named: PartyColumns) throws(PaymentError) {
    var other = found.other ?? columns(of: .other)
    var own = columns(of: .own)
    let isStated = hints.account != nil || Preamble(preamble).account != nil
    if isOneAccount(named), other.isEmpty, own.isEmpty, !isStated {
      own = named
    } else if other.isEmpty {
      other = named
    }
    let neutral = tags.indices.filter {
      canName($0) && tags[$0].isDisjoint(with: .sides) && tags[$0].isDisjoint(with: [.bank, .text])
    }
    for column in neutral where isAccount(column) && column != other.account?.index {
      let isOwn =
        own.isEmpty
        && (!other.isEmpty && other.account != nil || profiles[column].values.count == 1)
      if isOwn {
        own.account = place(column)
      } else if other.account == nil, own.account?.index != column {
        other.account = place(column)
      }
    }
    if other.name == nil {
      let names = neutral.filter {
        tags[$0].contains(.name) && !isAccount($0) && !tags[$0].contains(.holder)
      }
      let texts = tags.indices.filter {
        tags[$0].contains(.text) && profiles[$0].filled > 0 && tags[$0].isDisjoint(with: .sides)
      }
      let found = names.first ?? (other.account == nil ? widest(texts) : nil)
      other.name = found.map(place)
    }
    if other.isEmpty, headerIndex == nil { other.name = widest(unnamed).map(place) }
    guard !other.isEmpty else { throw partiesQuestion }
    found.other = other
    if !own.isEmpty, hints.account == nil {
      found.own = own
    } else {
      let above = Preamble(preamble)
      found.account = hints.account.map { AccountNumber($0).text } ?? above.account ?? above.holder
      found.holder = above.holder
      guard found.account != nil else {
        if !isSigned, !isBornOutByBalance { throw partiesQuestion }
        throw question(
          "it is a statement of one account, and does not say of which",
          ["give its number or its holder: --account IBAN"]
        )
      }
    }
    if found.out == nil { found.direction = directionColumn.map(place) }
    guard isSigned || isBornOutByBalance else { throw directionQuestion }
  }

  /// Without a header: the columns of words.
  private var unnamed: [Int] {
    let clock = found.clock?.index
    return profiles.indices.filter {
      canName($0) && $0 != clock && !isAmounts($0) && !profiles[$0].isMostly(\.currencies)
        && !profiles[$0].isMostly(\.flags)
    }
  }

  private func isOneAccount(_ party: PartyColumns) -> Bool {
    guard let column = party.account ?? party.name else { return false }
    return profiles[column.index].values.count == 1 && profiles[column.index].filled > 3
  }

  /// Of several columns of text the one with most different values.
  private func widest(_ columns: [Int]) -> Int? {
    columns.max { (profiles[$0].values.count, $1) < (profiles[$1].values.count, $0) }
  }

  /// The column that says which way money goes, where amounts have no sign.
  private var directionColumn: Int? {
    if let amount = found.amount, profiles[amount.index].negatives > 0 { return nil }
    let columns = profiles.indices.filter {
      profiles[$0].isMostly(\.flags) && $0 != found.amount?.index
    }
    return columns.first {
      tags[$0].contains(.direction) || !tags[$0].isDisjoint(with: [.out, .into])
    }
      ?? columns.first {
        profiles[$0].values.count <= 6 && profiles[$0].filled == profiles[$0].cells.count
      }
  }

  private var directionQuestion: PaymentError {
    question(
      "no amount is below zero and no column says which way money goes",
      ["name the columns of who pays and who is paid: --payer NAME --payee NAME"]
    )
  }

  private var partiesQuestion: PaymentError {
    let names = tags.indices.filter { canName($0) }
    return question(
      "its header does not say who pays whom",
      [
        "name both columns: \(options("--payer", names).first ?? "--payer NAME") \(options("--payee", Array(names.dropFirst())).first ?? "--payee NAME")",
        "of a statement, whose it is: --account IBAN",
      ]
    )
  }

  // MARK: - Signs

  /// What amounts below nought mean where two columns say who pays whom.
  mutating func findSigns() throws(PaymentError) {
    guard found.payer != nil, let amount = found.amount else { return }
    if let negatives = hints.negatives { return found.negatives = negatives }
    let profile = profiles[amount.index]
    guard profile.negatives > 0 else { return }
    if profile.negatives == profile.amounts || saysTwice(amount.index) {
      found.negatives = .ignoreSign
    }
  }

  /// Whether one party pays in all rows below nought, and is paid in all others.
  private func saysTwice(_ amount: Int) -> Bool {
    guard let payer = (found.payer?.account ?? found.payer?.name)?.index,
      let payee = (found.payee?.account ?? found.payee?.name)?.index
    else { return false }
    let rows = profiles[amount].cells.indices.filter { !profiles[amount].cells[$0].isEmpty }
    let own = Set(
      rows.map { row in
        let isOut = profiles[amount].cells[row].contains { "-−(".contains($0) }
        return profiles[isOut ? payer : payee].cells[row]
      }
    )
    return own.count == 1 && rows.count > 1
  }
}
