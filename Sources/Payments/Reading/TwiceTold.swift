internal import Columns

/// Transfers that both their accounts tell: each is one payment.
///
/// A telling of the payer's goes with one of the payee's that has the same parties, amount and currency, and
/// the same reference where both give one, on a day near enough for both banks to have booked it. Equal rows
/// that one account tells are different payments.
struct TwiceTold {
  private struct Key: Hashable {
    let payer: Int32
    let payee: Int32
    let amount: Int64
    let currency: UInt16
  }

  /// How far apart two banks book one transfer: over a weekend with holidays.
  private static let longest = 5 * 86_400

  /// The rows that tell again what another row has told, ascending: those of payees.
  let again: [Int]

  /// Finds them among the first `count` rows.
  init(
    _ count: Int,
    _ payer: Column<Int32>,
    _ payee: Column<Int32>,
    _ time: Column<Int>,
    _ amount: Column<Int64>,
    _ more: RowExtras
  ) {
    var sides: [Key: (payers: [Int], payees: [Int])] = [:]
    let tellers = (0..<count).reduce(into: (false, false)) { seen, row in
      if more.teller[row] == Teller.payer.rawValue { seen.0 = true }
      if more.teller[row] == Teller.payee.rawValue { seen.1 = true }
    }
    guard tellers == (true, true) else {
      again = []
      return
    }
    for row in 0..<count where payer[row] != payee[row] {
      let teller = more.teller[row]
      guard teller != Teller.nobody.rawValue else { continue }
      let key = Key(
        payer: payer[row],
        payee: payee[row],
        amount: amount[row],
        currency: more.currency[row]
      )
      if teller == Teller.payer.rawValue {
        sides[key, default: ([], [])].payers.append(row)
      } else {
        sides[key, default: ([], [])].payees.append(row)
      }
    }
    var found: [Int] = []
    for (payers, payees) in sides.values where !payers.isEmpty && !payees.isEmpty {
      found += Self.matched(payers, payees, time, more.reference)
    }
    again = found.sorted()
  }

  /// The payees' tellings that go with one of the payers': first by reference, then by day.
  private static func matched(
    _ payers: [Int],
    _ payees: [Int],
    _ time: Column<Int>,
    _ reference: Column<Int>
  ) -> [Int] {
    func sorted(_ rows: [Int]) -> [Int] { rows.sorted { (time[$0], $0) < (time[$1], $1) } }
    var (left, free) = (sorted(payers), sorted(payees))
    var found: [Int] = []
    for isByReference in [true, false] {
      var unmatched: [Int] = []
      for row in left {
        let match = free.firstIndex { other in
          guard abs(time[other] - time[row]) <= longest else { return false }
          let (mine, its) = (reference[row], reference[other])
          return isByReference ? mine != 0 && mine == its : mine == 0 || its == 0
        }
        if let match { found.append(free.remove(at: match)) } else { unmatched.append(row) }
      }
      left = unmatched
    }
    return found
  }
}
