private import Columns
private import Tables

/// Whom a row names.
extension TableParser {
  mutating func keep(
    _ line: Int,
    _ rows: BlockRows,
    _ time: Int,
    _ units: Int64,
    _ isOut: Bool?,
    _ currency: UInt16
  ) -> RowFault? {
    var (payer, payee): (Party, Party)
    var teller = Teller.nobody
    if plan.isStatement {
      let own =
        plan.ownAccount.isEmpty
        ? party(plan.own)
        : Party(key: Bytes(rebasing: Bytes(ownAccount)[..<plan.ownAccount.count]), label: .none)
      let other = party(isOut == true ? plan.other : plan.otherPayer)
      (payer, payee) = isOut == true ? (own, other) : (other, own)
      teller = isOut == true ? .payer : .payee
    } else {
      (payer, payee) = (party(plan.payer), party(plan.payee))
      if let isOut { teller = isOut ? .payer : .payee }
      if units < 0 { swap(&payer, &payee) }
    }
    if let fault = fault(payer, isPayer: true) ?? fault(payee, isPayer: false) { return fault }
    let row = rows.count
    let seen = rows.number << 32 | 2 * row
    rows.payer.base[row] = number(payer, seen)
    rows.payee.base[row] = number(payee, seen + 1)
    rows.time.base[row] = time
    rows.amount.base[row] = units.magnitude > 1 << 53 ? 0 : abs(units)
    rows.more?.set(row, line, currency, teller, plan.endToEnd >= 0 ? hash(cell(plan.endToEnd)) : 0)
    if plan.balance >= 0 { rows.more?.balance?.base[row] = balance() }
    rows.count = row + 1
    return nil
  }

  fileprivate struct Party {
    var key: Bytes
    var label: Bytes
  }

  private mutating func party(_ columns: TablePlan.Party) -> Party {
    let name = cell(columns.name)
    let account = cell(columns.account)
    guard !account.isEmpty else { return Party(key: name, label: .none) }
    let bank = cell(columns.bank)
    let key = bank.isEmpty ? compacted(account) : joined(bank, account)
    return Party(key: key, label: name)
  }

  /// An account without blanks, in capitals where it may be an IBAN.
  private mutating func compacted(_ account: Bytes) -> Bytes {
    let isLettered =
      account.count >= 15 && (account[0] | 32) &- 97 < 26 && (account[1] | 32) &- 97 < 26
      && account[2] &- 48 < 10
    let isChanged = account.contains {
      $0 == 32 || $0 == 0xA0 || (isLettered && ($0 &- 97 < 26 || $0 == 45))
    }
    guard isChanged else { return account }
    if !isLettered, account.contains(where: { !($0 == 32 || $0 == 45 || $0 &- 48 < 10) }) {
      return account
    }
    let start = scratchCount
    var place = 0
    while place < account.count {
      let size = account.blank(at: place)
      if size > 0 {
        place += size
        continue
      }
      let byte = account[place]
      if !(isLettered && byte == 45) {
        scratch[scratchCount] = isLettered && byte &- 97 < 26 ? byte & ~32 : byte
        scratchCount += 1
      }
      place += 1
    }
    return Bytes(start: scratch + start, count: scratchCount - start)
  }

  private mutating func joined(_ bank: Bytes, _ account: Bytes) -> Bytes {
    let start = scratchCount
    for byte in bank where byte != 32 && byte != 45 {
      scratch[scratchCount] = byte
      scratchCount += 1
    }
    scratch[scratchCount] = 47
    scratchCount += 1
    for byte in account where byte != 32 {
      scratch[scratchCount] = byte
      scratchCount += 1
    }
    return Bytes(start: scratch + start, count: scratchCount - start)
  }

  private mutating func fault(_ party: Party, isPayer: Bool) -> RowFault? {
    if !party.key.isEmpty, names.find(party.key, names.clue(party.key)) != nil { return nil }
    if BlockParser.isSound(party.key) { return nil }
    if !party.key.isEmpty, !party.key.contains(0) { sawOtherEncoding = true }
    return party.key.isEmpty ? .noParty(payer: isPayer) : .badName(payer: isPayer)
  }

  private mutating func number(_ party: Party, _ seen: Int) -> Int32 {
    let clue = names.clue(party.key)
    if let known = names.find(party.key, clue) { return known }
    // What a writer of CSV put before a formula is taken off.
    let isNeutralised = party.key[0] == 39 && isFormula(party.key)
    let key = isNeutralised ? Bytes(rebasing: party.key[1...]) : party.key
    let number = names.number(key, seen: seen)
    if !party.label.isEmpty, labels[number] == nil { labels[number] = text(party.label) }
    return number
  }

  private func hash(_ cell: Bytes) -> Int {
    guard !cell.isEmpty, !cell.elementsEqual(Array("NOTPROVIDED".utf8)) else { return 0 }
    return Int(
      truncatingIfNeeded: cell.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
        ($0 ^ UInt64($1)) &* 0x100_0000_01B3
      } | 1
    )
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// No bytes.
  static var none: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: nil, count: 0)
  }
}
