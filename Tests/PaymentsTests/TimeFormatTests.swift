import Payments
import Testing

/// Times that are bare numbers.
@Suite struct TimeFormatTests {
  private func text(_ times: [String]) -> String {
    "payer,payee,amount,time\n" + times.map { "a,b,1,\($0)\n" }.joined()
  }

  @Test(arguments: [
    ["20240101", "20241231"], ["01032017", "01322017", "01312017"], ["1032017"], ["31122024"],
    ["240101", "241231"], ["311224"], ["\"20240101\""],
  ])
  func whatCanBeDaysIsAsked(times: [String]) {
    #expect(throws: PaymentError.self) { try read(text(times)) }
    var format = PaymentFormat()
    format.timeFormat = .seconds
    #expect(throws: Never.self) { try read(text(times), format) }
  }

  @Test(arguments: [
    ["0", "299"], ["12345678"], ["1735689600"], ["86399"],
    ["20240101", "1735689600", "1735689601"],
    ["1970-01-12", "1970-08-23"],
  ])
  func whatCannotBeDaysIsSeconds(times: [String]) throws {
    #expect(try read(text(times)).count == times.count)
  }

  @Test(arguments: [
    (TimeFormat.yearMonthDay, "20170131"), (.dayMonthYear, "31012017"),
    (.monthDayYear, "01312017"), (.monthDayYear, "1312017"), (.shortYearMonthDay, "170131"),
    (.dayMonthShortYear, "310117"), (.monthDayShortYear, "13117"),
    (.monthDayYear, "2017-01-31"), (.seconds, "1485820800"),
  ])
  func aDayIsReadAsSaid(form: TimeFormat, cell: String) throws {
    var format = PaymentFormat()
    format.timeFormat = form
    #expect(
      try rows(read(text([cell, "\"\(cell)\""]), format)).map { $0.suffix(10) } == [
        "2017-01-31", "2017-01-31",
      ]
    )
  }

  @Test func noDayIsARejectedRow() throws {
    var format = PaymentFormat()
    format.timeFormat = .monthDayYear
    #expect(try read(text(["01312017", "01322017", "99"]), format).rejected.lines == [3, 4])
  }

  @Test func whoStandsInARejectedRowIsNoParty() throws {
    let payments = try read(
      "payer,payee,amount,date\nghost,,5,2024-01-01\n,ghost,5,2024-01-01\ng,y,1,x\na,b,1,2024-01-01\n"
    )
    #expect((0..<payments.parties.count).map { payments.parties[$0] } == ["a", "b"])
  }
}
