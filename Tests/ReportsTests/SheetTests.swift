import Claims
import Testing

@testable import Reports

/// Sheets of typed cells, and the CSV that they are.
@Suite struct SheetTests {
  private static let sheet = Sheet(
    "Flows",
    [
      ("OpenAI, L.L.C.", 1e21, ["c2", "c1"]), ("=SUM(A1)", -0.00001234, ["c1", "f1"]), ("", 2, []),
    ],
    [
      .text("payer") { $0.0 }, .amount("dollars") { $0.1 }, .share("share") { $0.1 / 2 },
      .rows("rests on") { $0.2 },
    ] as [SheetColumn<(String, Double, [String])>]
  )

  @Test func aTableIsCSVWithAllDigits() {
    #expect(
      String(decoding: Self.sheet.csv, as: UTF8.self) == """
        payer,dollars,share,rests on
        "OpenAI, L.L.C.",1000000000000000000000,500000000000000000000,c2 c1
        '=SUM(A1),-0.00001234,-0.00000617,c1 f1
        ,2,1,

        """
    )
  }

  @Test func rowsAreCitedOnceInOrder() { #expect(Self.sheet.cited == ["c2", "c1", "f1"]) }

  @Test(arguments: [
    (0, "0"), (1, "1"), (-2.5, "-2.5"), (1e-7, "0.0000001"), (1.5e-9, "0.0000000015"),
    (1e16, "10000000000000000"), (1.25e17, "125000000000000000"), (-3e20, "-300000000000000000000"),
    (0.1, "0.1"), (123_456_789.125, "123456789.125"), (.infinity, ""),
  ])
  func numbersHaveNoExponent(number: Double, text: String) {
    #expect(Figures.plain(number) == text)
  }

  @Test func everyNumberIsReadBackToTheBit() {
    for exponent in -40...40 {
      for mantissa in [1, 1.1, 7.0 / 3, 9.999_999_999_999_998] {
        let number = mantissa * pow10(exponent)
        let text = Figures.plain(number)
        #expect(!text.contains("e"))
        #expect(Double(text) == number, "\(text)")
      }
    }
  }

  private func pow10(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? .nan }
}
