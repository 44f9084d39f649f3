import Testing

@testable import Tables

@Suite struct ScaledNumberTests {
  @Test(arguments: [
    ("30", 30.0), ("1.5bn", 1.5e9), ("1.5B", 1.5e9), ("$250m", 2.5e8), ("2 tn", 2e12), ("7K", 7e3),
    ("-3m", -3e6),
  ])
  func numbersOfPeople(text: String, value: Double) {
    #expect(scaledNumber(text) == value)
  }

  @Test(arguments: ["", "bn", "$", "1,5bn", "1e9", "1.5 bnm", "m5", "£3m", "5 dollars", "1bn2"])
  func noNumbers(text: String) {
    #expect(scaledNumber(text) == nil)
  }

  @Test func bytesAsDigits() {
    #expect(hexadecimal([0x00, 0x0F, 0xA0, 0xFF]) == "000fa0ff")
    #expect(hexadecimal([UInt8]()) == "")
  }
}
