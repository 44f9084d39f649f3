import Foundation
import Payments
import TestKit
import Testing

@Suite struct PackTests {
  private let text = """
    payer,payee,amount,time
    a,b,1.25,2025-01-01
    bad
    b,a long name of a party,90071992547409.92,2025-01-02T10:00:00Z
    a,a,0,0

    """

  @Test func packedPaymentsAreTheSame() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "p.pack").path
      let payments = try read(text)
      try payments.pack(to: file)
      #expect(try Payments.isPacked(file))
      let packed = try Payments(packed: file, threads: 2)
      #expect(rows(packed) == rows(payments))
      #expect(packed.digits == 2)
      #expect(packed.rejected.lines == [3])
      #expect((0..<3).map { packed.line(of: $0) } == [2, 4, 5])
      let empty = try read("payer,payee,amount,time\n")
      try empty.pack(to: file)
      #expect(try Payments(packed: file).count == 0)
    }
  }

  /// A line without a payment takes eight bytes: a file of little else is not packed.
  @Test func moreLinesThanPaymentsAreNotNotedWithoutEnd() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "p.pack").path
      let bad = String(repeating: "bad\n", count: 65)
      let payments = try read("payer,payee,amount,time\na,b,1,0\n" + bad)
      let error = #expect(throws: PaymentError.self) {
        try payments.pack(to: file, mostOtherLines: 64)
      }
      #expect(error?.description.contains("65 lines hold no payment") == true)
      try payments.pack(to: file, mostOtherLines: 65)
      #expect(try Payments(packed: file).rejected.count == 65)
    }
  }

  private static let files = [
    PackedFile(file: "a b.csv", sha256: String(repeating: "5e", count: 32)),
    PackedFile(file: "-", sha256: nil),
  ]

  /// Payments of three currencies, one of which nobody names.
  private func mixed() throws -> Payments {
    try take("from,to,amount,date\na,b,5 EUR,2025-01-01\nb,c,6,2025-01-02\nc,a,7 USD,2025-01-03\n")
  }

  @Test func currenciesAndFilesArePackedToo() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "p.pack").path
      let payments = try mixed()
      try payments.pack(to: file, from: Self.files)
      let packed = try Payments(packed: file, threads: 2)
      #expect(rows(packed) == rows(payments))
      #expect((0..<3).map { packed.currency(of: $0) } == ["EUR", nil, "USD"])
      #expect(packed.packedFrom == Self.files)
      #expect(packed.totals == payments.totals)
      // What is read again and packed again has what it had.
      try packed.pack(to: file, from: packed.packedFrom)
      #expect((0..<3).map { packed.currency(of: $0) } == ["EUR", nil, "USD"])
      let one = try take("from,to,amount,date\na,b,5 EUR,2025-01-01\n")
      try one.pack(to: file, from: Self.files)
      let again = try Payments(packed: file)
      #expect(again.currency == "EUR" && again.currencyNumber == nil)
    }
  }

  @Test(arguments: [1, 2]) func everyDamagedByteIsFound(version: Int) throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "p.pack")
      if version == 1 {
        try read(text).pack(to: file.path)
      } else {
        try mixed().pack(to: file.path, from: Self.files)
      }
      let sound = try Data(contentsOf: file)
      for place in 8..<sound.count {
        var damaged = sound
        damaged[place] ^= 0x11
        try damaged.write(to: file)
        #expect(throws: PaymentError.self, "byte \(place)") { try Payments(packed: file.path) }
      }
      for length in [0, 8, 63, sound.count - 1] {
        try sound.prefix(length).write(to: file)
        #expect(throws: PaymentError.self) { try Payments(packed: file.path) }
      }
      try (sound + [0]).write(to: file)
      #expect(throws: PaymentError.self) { try Payments(packed: file.path) }
    }
  }

  @Test func whatBecomesOfAFileThatIsOpenChangesNothing() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "p.pack").path
      let payments = try read(text)
      try payments.pack(to: file)
      let packed = try Payments(packed: file)
      #expect(truncate(file, 0) == 0)
      #expect(rows(packed) == rows(payments))
      try payments.pack(to: file)
      let again = try Payments(packed: file)
      try Data(repeating: 0xFF, count: 4096).write(to: URL(filePath: file))
      #expect(rows(again) == rows(payments))
    }
  }

  @Test func aFileCutWhileItIsReadIsAnAnswerOrAnError() throws {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "p.pack").path
      let lines = (0..<200_000).map { "a\($0 % 999),b\($0 % 998),1,\($0)\n" }
      try read("payer,payee,amount,time\n" + lines.joined()).pack(to: file)
      let sound = try Data(contentsOf: URL(filePath: file))
      for round in 0..<20 {
        try sound.write(to: URL(filePath: file))
        let cutter = Thread {
          usleep(useconds_t(round * 50))
          truncate(file, 5_000)
        }
        cutter.start()
        do {
          #expect(try Payments(packed: file, threads: 2).count == 200_000)
        } catch PaymentError.unreadable {
        }
        while !cutter.isFinished { usleep(100) }
      }
    }
  }

  @Test func whatCannotBeWrittenIsTold() throws {
    let payments = try read(text)
    #expect(throws: PaymentError.self) { try payments.pack(to: "/no/such/folder/p.pack") }
    #expect(throws: PaymentError.self) { try Payments.isPacked("/no/such/file") }
    #expect(try !Payments.isPacked("-"))
  }

  @Test func whatCannotBeReadOrWrittenIsTold() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "no/p.pack").path
      let reason = "there is no such file or folder"
      #expect(throws: PaymentError.noSuchInput(path: path, reason: reason)) {
        try Payments(contentsOf: path)
      }
      #expect(throws: PaymentError.couldNotWrite(path: path, reason: reason)) {
        try read(text).pack(to: path)
      }
    }
  }
}
