import CBuild
import Testing

/// The program's own `hypot`, by which it starts on older C libraries.
@Suite struct HypotenuseTests {
  /// Triples of whole numbers have exact answers, at any scale that is a power of two.
  @Test(arguments: [-1_060, -300, 0, 40, 1_000]) func exactTriples(exponent: Int) {
    let scale = Double(sign: .plus, exponent: exponent, significand: 1)
    for (a, b, c) in [(3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (4_059, 4_060, 5_741)] {
      #expect(build_hypotenuse(Double(a) * scale, Double(b) * -scale) == Double(c) * scale)
    }
  }

  /// √(1 + 1), √(1 + 4) and √(1 + 9) to the last place, as the square roots round.
  @Test func roots() {
    for (b, square) in [(1.0, 2.0), (2.0, 5.0), (3.0, 10.0)] {
      #expect(build_hypotenuse(1, b) == square.squareRoot())
    }
  }

  @Test func whatIsInfiniteOrNoNumber() {
    #expect(build_hypotenuse(.infinity, .nan) == .infinity)
    #expect(build_hypotenuse(.nan, -.infinity) == .infinity)
    #expect(build_hypotenuse(.nan, 1).isNaN)
    #expect(build_hypotenuse(0, -0) == 0)
    #expect(build_hypotenuse(.greatestFiniteMagnitude, .greatestFiniteMagnitude) == .infinity)
  }
}
