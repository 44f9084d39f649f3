import Foundation
import Payments
import TestKit
import Testing

/// Files compressed by gzip: all of their rows, or an error.
///
/// Members are made here, in a form of gzip that stores bytes as they are (RFC 1951, 3.2.4; RFC 1952, 2.3).
@Suite struct GunzipTests {
  private static let rows = ["payer,payee,amount,time\n", "a,b,1,1\n", "b,a,2,2\n", "a,c,3,3\n"]

  @Test func membersOneAfterAnotherAreAllRead() throws {
    #expect(try count(Self.rows.map { member($0) }.joined()) == 3)
    #expect(try count(member(Self.rows.joined())) == 3)
    #expect(try count(member(Self.rows.joined()) + member("")) == 3)
  }

  @Test(arguments: [1, 511, 600_000]) func zerosMayFollow(zeros: Int) throws {
    let padding = [UInt8](repeating: 0, count: zeros)
    #expect(try count(member(Self.rows.joined()) + padding) == 3)
    let first = member(Self.rows[0] + Self.rows[1])
    #expect(try count(first + padding + member(Self.rows[2])) == 2)
    try expectFault(first + padding + [1])
  }

  @Test func whateverElseFollowsIsAnError() throws {
    let sound = member(Self.rows.joined())
    for rest in [[0x1F], [0x1E, 0x8B], [0x1F, 0x8C], Array("a,b,1,1\n".utf8), [0xFF]] {
      try expectFault(sound + rest)
    }
    var later = member(Self.rows[3])
    later[0] = 0x1E
    try expectFault(sound + later)
  }

  @Test func everyDamagedOrMissingByteOfALaterMemberIsFound() throws {
    let (first, later) = (member(Self.rows[0] + Self.rows[1]), member(Self.rows[2]))
    // Not the time, the hints, nor bits of the block that nobody reads.
    for place in later.indices where !(4...10).contains(place) {
      var damaged = later
      damaged[place] ^= 0x40
      try expectFault(first + damaged)
    }
    for length in 1..<later.count { try expectFault(first + later.prefix(length)) }
    for length in 2..<first.count { try expectFault(first.prefix(length)) }
  }

  @Test func compressedTextInMemoryIsRead() throws {
    let text = member(Self.rows.joined())
    #expect(try Payments(text: text, from: "-", PaymentFormat()).count == 3)
    #expect(throws: PaymentError.self) {
      try Payments(text: text.dropLast(), from: "-", PaymentFormat())
    }
  }

  @Test func aPipeMayBeCompressed() throws {
    try withTemporaryFolder { folder in
      let pipe = folder.appending(path: "pipe").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let bytes = Data(Self.rows.map { member($0) }.joined())
      let writer = Thread { try? FileHandle(forWritingAtPath: pipe)?.write(contentsOf: bytes) }
      writer.start()
      #expect(try Payments(contentsOf: pipe, PaymentFormat()).count == 3)
    }
  }

  private func count(_ bytes: some Sequence<UInt8>) throws -> Int {
    try withTemporaryFolder { folder in
      let file = folder.appending(path: "p.csv.gz")
      try Data(bytes).write(to: file)
      return try Payments(contentsOf: file.path, PaymentFormat()).count
    }
  }

  private func expectFault(_ bytes: some Sequence<UInt8>) throws {
    do {
      let rows = try count(bytes)
      Issue.record("\(rows) rows of \(Array(bytes))")
    } catch PaymentError.unreadable {
    }
  }
}

/// One member that holds `text`, not made smaller.
private func member(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
  let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  let block = [1] + little(bytes.count, 2) + little(~bytes.count, 2) + bytes
  return header + block + little(Int(sum(bytes)), 4) + little(bytes.count, 4)
}

/// The CRC-32 of RFC 1952, bit by bit.
private func sum(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~0) { sum, byte in
    (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
      sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1
    }
  }
}
