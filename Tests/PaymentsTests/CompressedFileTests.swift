import Foundation
import Payments
import TestKit
import Testing

/// Files compressed by Zstandard or bzip2, as their own programs wrote them: all of their rows, or an error.
@Suite struct CompressedFileTests {
  /// A header and a row, and another row, each compressed by itself.
  private static let parts = [
    [
      "KLUv/SQucQEAcGF5ZXIscGF5ZWUsYW1vdW50LGRhdGUKYSxiLDEwMC4wMCwyMDI1LTAxLTAyCqRL2Yc=",
      "KLUv/SQVqQAAYixhLDkwLjAwLDIwMjUtMDEtMDMKbYYvsw==",
    ],
    [
      "QlpoOTFBWSZTWRexaOwAABPZgAAQAAdyADYD1iAgACGqeSPSbT1BpoUwmmgNMS9XrR4glvCpD+lERTTEBRfEjMw1m40o"
        + "Oi7kinChIC9i0dg=",
      "QlpoOTFBWSZTWV8eQ/4AAApZAAAQAAd6IDAAIAAhqaZDT2oQNA0PcY/0hsiiFO0YLuSKcKEgvjyH/A==",
    ],
  ]

  private func read(_ bytes: Data) throws -> Payments {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "payments.csv.packed")
      try bytes.write(to: file)
      return try Payments(asTheyCome: [file.path], ReadingHints())
    }
  }

  private func parts(_ form: Int) throws -> [Data] {
    try Self.parts[form].map { try #require(Data(base64Encoded: $0)) }
  }

  @Test(arguments: 0..<2) func oneAfterAnotherAreAllRead(form: Int) throws {
    let parts = try parts(form)
    #expect(try read(parts[0]).count == 1)
    let payments = try read(parts[0] + parts[1])
    #expect(payments.count == 2)
    #expect(payments[1].payer == "b")
    #expect(payments[1].amountMinorUnits == 9_000)
  }

  @Test(arguments: 0..<2) func whatEndsTooEarlyIsAnError(form: Int) throws {
    let parts = try parts(form)
    for kept in 5..<parts[0].count {
      #expect(throws: PaymentError.self) { try read(parts[0].prefix(kept)) }
    }
    #expect(throws: PaymentError.self) { try read(parts[0] + parts[1].dropLast(3)) }
  }

  @Test(arguments: 0..<2) func damageIsAnError(form: Int) throws {
    let part = try parts(form)[0]
    // The last four bytes are, or end, the checksum of what was compressed.
    for place in [part.count - 5, part.count - 9, part.count / 2] {
      var damaged = part
      damaged[place] ^= 0x20
      #expect(throws: PaymentError.self, "byte \(place)") { try read(damaged) }
    }
    #expect(throws: PaymentError.self) { try read(part + Data("a,b,1,1\n".utf8)) }
  }
}
