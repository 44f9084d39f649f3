import Testing

@testable import Reports

@Suite struct FigureTests {
  @Test(arguments: [
    (0, 2, "0.00"), (5, 2, "0.05"), (50, 2, "0.50"), (125_050, 2, "1250.50"), (-5, 2, "-0.05"),
    (-125_050, 2, "-1250.50"), (7, 0, "7"), (7, -3, "7000"), (0, -3, "0"), (1, 9, "0.000000001"),
    (Int64.max, 2, "92233720368547758.07"), (Int64.min, 0, "-9223372036854775808"),
  ])
  func minorUnitsAreWrittenWithAllTheirDigits(units: Int64, digits: Int, text: String) {
    #expect(Figures.exact(minorUnits: units, digits: digits) == text)
  }
}
