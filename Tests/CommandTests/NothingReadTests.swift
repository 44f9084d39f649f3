import Foundation
import TestKit
import Testing

/// Files of payments from which no answer may be had.
@Suite struct NothingReadTests {
  static let commands = [
    ["scan", "p.csv", "--within", "30d"], ["sum", "p.csv"], ["pack", "p.csv", "-o", "p.pack"],
    ["measure", "closure", "p.csv"], ["draw", "sankey", "p.csv", "-o", "p.svg"],
  ]
  static let header = "payer,payee,amount,date\n"

  private func run(_ arguments: [String], _ text: String) throws -> ProgramResult {
    try withTemporaryFolder { folder in
      try Data(text.utf8).write(to: folder.appending(path: "p.csv"))
      return try runOuro(arguments, in: folder)
    }
  }

  @Test(
    arguments: commands,
    ["", "a,b,oops,2024-01-01\nb,a,many,2024-01-02\n", "a,,1,2024-01-01\n"]
  )
  func nothingReadIsNoSuccess(command: [String], rows: String) throws {
    let result = try run(command, Self.header + rows)
    #expect(result.status == 65)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains(rows.isEmpty ? "it has no payments" : "is a payment"))
  }

  /// What is called a time can be seconds or days; what is called a date is a day.
  @Test(arguments: commands) func daysInDigitsAreNotSeconds(command: [String]) throws {
    let rows = "a,b,5,20250101\nb,a,5,20251231\n"
    let result = try run(command, "payer,payee,amount,time\n" + rows)
    #expect(result.status == 65)
    #expect(result.stderr.contains("--time-format YYYYMMDD"))
    #expect(result.stderr.contains("--time-format seconds"))
    let read = try run(command, Self.header + rows)
    #expect(read.status == 0)
    #expect(read.stderr.contains("numbers are YYYYMMDD"))
  }

  @Test(arguments: commands) func theThreeMostFrequentReasonsAreTold(command: [String]) throws {
    let rows =
      "a,,1,2024-01-01\na,b,x,2024-01-01\na,b,y,2024-01-01\na,b,1,never\na,b,1,no\na,b,1,not\n"
    let result = try run(command, Self.header + rows)
    #expect(result.status == 65)
    #expect(result.stdout.isEmpty)
    #expect(result.stderr.contains("3 rows, as line 5: column date"))
    #expect(result.stderr.contains("2 rows, as line 3: column amount"))
    #expect(result.stderr.contains("1 row, as line 2: column payee"))
  }

  @Test func moreThanATenthRejectedIsSaidFirst() throws {
    let result = try run(
      ["scan", "p.csv", "--within", "1d"],
      Self.header + "a,b,1,2024-01-01\na,b,x,x\n"
    )
    #expect(result.status == 0)
    #expect(result.stderr.hasPrefix("MORE THAN A TENTH"))
  }

  @Test func whatNumbersAreCanBeSaid() throws {
    let text = Self.header + "a,b,5,20250101\nb,a,5,20251231\n"
    let near = try run(
      ["scan", "p.csv", "--within", "30d", "--time-format", "YYYYMMDD", "--json"],
      text
    )
    let far = try run(
      ["scan", "p.csv", "--within", "1d", "--time-format", "seconds", "--json"],
      text
    )
    #expect(near.status == 0)
    #expect(near.stdout.contains("2025-12-31"))
    #expect(far.status == 0)
    #expect(far.stdout.contains("1970-08-23"))
  }

  @Test func aToleranceOfExactlyTheChangeAllowsIt() throws {
    for percent in 1...99 {
      let text =
        Self.header + "a,b,1.00,2025-01-01\nb,a,1.\(percent < 10 ? "0" : "")\(percent),2025-01-02\n"
      let arguments = ["scan", "p.csv", "--within", "2d", "--list", "-", "--tolerance"]
      #expect(try run(arguments + ["\(percent)%"], text).stdout.contains("2025-01-02"))
      let less = try run(arguments + ["\(percent - 1).9999%"], text)
      #expect(!less.stdout.contains("2025-01-02"))
    }
  }
}
