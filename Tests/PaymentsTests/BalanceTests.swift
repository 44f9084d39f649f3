import Foundation
import Payments
import TestKit
import Testing

/// Balances of statements: stated above and below the rows, running along them, and from one file to the next.
@Suite struct BalanceTests {
  private static let iban = "DE89370400440532013000"

  /// A statement of these movements in cents, whose running balance begins with `opening`.
  private func statement(
    _ moved: [Int],
    opening: Int,
    firstDay: Int = 1,
    isNewestFirst: Bool = false
  ) -> String {
    var held = opening
    var rows: [String] = []
    for (index, cents) in moved.enumerated() {
      held += cents
      let day = firstDay + index
      let date = "\(day < 10 ? "0" : "")\(day).03.2025"
      rows.append("\(date);Acme;\(written(cents));\(written(held))")
    }
    if isNewestFirst { rows.reverse() }
    let head = ["Konto;\(Self.iban)", "Währung;EUR", "", "Buchungstag;Empfänger;Betrag;Saldo"]
    return (head + rows).joined(separator: "\n") + "\n"
  }

  private func written(_ cents: Int) -> String {
    let digits = String(cents.magnitude)
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    return "\(cents < 0 ? "-" : "")\(padded.dropLast(2)),\(padded.suffix(2))"
  }

  private func notes(_ text: String) throws -> [String] {
    try take(text).sources.first?.notes ?? []
  }

  @Test(arguments: [false, true]) func balancesAreFollowedWhicheverWayRowsGo(turned: Bool) throws {
    let text = statement([-500, 1250, -25, 40], opening: 10_000, isNewestFirst: turned)
    #expect(try notes(text) == ["1 statement with balances: all add up"])
    #expect(try take(text).sources.first?.understanding.balance?.name == "Saldo")
  }

  @Test(arguments: UInt64(0)..<40) func aBalanceThatIsWrongNamesItsLine(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let moved = (0..<Int.random(in: 4...12, using: &rng)).map { _ in
      Int.random(in: 1...90_000, using: &rng) * (Bool.random(using: &rng) ? 1 : -1)
    }
    let text = statement(moved, opening: Int.random(in: 0...500_000, using: &rng))
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // Neither the first nor the last: of these nobody can say which of two is wrong.
    let line = Int.random(in: 6...(moved.count + 3), using: &rng)
    var cells = lines[line - 1].split(separator: ";").map(String.init)
    cells[3] = "1" + cells[3].replacing("-", with: "")
    lines[line - 1] = cells.joined(separator: ";")
    let told = try notes(lines.joined(separator: "\n"))
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("the balance on line \(line) is wrong") == true, "\(told)")
  }

  @Test(arguments: UInt64(0)..<40) func aRowThatIsNotThereIsMissed(seed: UInt64) throws {
    var rng = SplitMix64(seed: seed)
    let moved = (0..<Int.random(in: 4...12, using: &rng)).map { _ in
      Int.random(in: 1...90_000, using: &rng) * (Bool.random(using: &rng) ? 1 : -1)
    }
    var lines = statement(moved, opening: 0).split(
      separator: "\n",
      omittingEmptySubsequences: false
    )
    let row = Int.random(in: 1..<(moved.count - 1), using: &rng)
    lines.remove(at: 4 + row)
    let told = try notes(lines.joined(separator: "\n"))
    let missing = written(moved[row]).replacing(",", with: ".")
    #expect(told.count == 1)
    let wanted = "\(missing) is missing between lines \(row + 4) and \(row + 5)"
    #expect(told.first?.hasPrefix(wanted) == true, "\(told)")
  }

  @Test func balancesOnlyAtTheEndOfADayAreEnough() throws {
    let text = """
      Konto;\(Self.iban)

      Buchungstag;Empfänger;Betrag;Saldo
      01.03.2025;Acme;-5,00;
      01.03.2025;Acme;-6,00;89,00
      02.03.2025;Acme;1,00;
      02.03.2025;Acme;2,00;92,00

      """
    #expect(try notes(text) == ["1 statement with balances: all add up"])
    let off = try notes(text.replacing("92,00", with: "93,00"))
    #expect(off.first?.hasPrefix("1.00 is missing between lines 5 and 7") == true, "\(off)")
  }

  @Test(arguments: [
    ("Anfangssaldo;;100,00\n", "Endsaldo;;104,00\n"),
    ("Opening balance:;100,00\n", "Closing balance;;;104,00\n"),
    ("Solde initial au 01/03/2025;100,00 EUR\n", "Nouveau solde au 31/03/2025;104,00\n"),
    ("", "Saldo anterior;;100,00\nSaldo final;;104,00\n"),
  ])
  func balancesAboveAndBelowTheRowsAreHeldAgainstThem(above: String, below: String) throws {
    let text = """
      Konto;\(Self.iban)
      \(above)
      Buchungstag;Empfänger;Betrag
      01.03.2025;Acme;-5,00
      02.03.2025;Acme;9,00
      \(below)
      """
    #expect(try notes(text) == ["1 statement with balances: all add up"])
    let off = try notes(text.replacing("104,00", with: "105,50"))
    #expect(off.count == 1)
    #expect(off.first?.contains("does not add up: 100.00 and 2 movements of 4.00") == true)
    #expect(off.first?.hasSuffix("1.50 is missing") == true)
  }

  @Test func broughtForwardIsNoPaymentAndNoFault() throws {
    let text = """
      Account number,12345678
      Sort code,11-22-33

      Date,Description,Paid out,Paid in,Balance
      28/02/2025,Balance brought forward,,,100.00
      01/03/2025,Acme,5.00,,95.00
      13/03/2025,Acme,,9.00,104.00
      13/03/2025,Balance carried forward,,,104.00

      """
    let payments = try take(text)
    #expect(payments.count == 2)
    #expect(payments.rejected.count == 0)
    #expect(payments.sources.first?.notes == ["1 statement with balances: all add up"])
  }

  /// Files of one account, in any order: what is between them, what both tell.
  private func filesNotes(_ texts: [String]) throws -> [String] {
    try withTemporaryFolder { folder in
      let paths = try texts.enumerated().map { index, text in
        let file = folder.appending(path: "\(index).csv")
        try Data(text.utf8).write(to: file)
        return file.path
      }
      let payments = try Payments(asTheyCome: paths, ReadingHints())
      return payments.sources.flatMap { source in
        source.notes.map {
          "\(source.path.suffix(5)): \($0)".replacing(folder.path + "/", with: "")
        }
      }
    }
  }

  @Test func gapsAndOverlapsBetweenFilesAreNamed() throws {
    let first = statement([-500, 100], opening: 10_000)
    let next = statement([-200, 300], opening: 9_600, firstDay: 3)
    let later = statement([-1], opening: 9_000, firstDay: 9)
    let sum = "1 statement with balances: all add up"
    #expect(try filesNotes([next, first]) == ["0.csv: \(sum)", "1.csv: \(sum)"])
    let missing = try filesNotes([first, next, later])
    #expect(missing.count == 3)
    #expect(
      missing[2].contains(
        "1.csv ends on 2025-03-04 with 97.00, 2.csv begins on 2025-03-09 with 90.00"
      )
    )
    let overlapping = try filesNotes([first, statement([100, 7], opening: 9_500, firstDay: 1)])
    #expect(overlapping[1].contains("overlap"))
    #expect(overlapping[1].contains("rows that both tell count twice"))
    #expect(try filesNotes([first, first])[1].contains("begin alike"))
  }
}
