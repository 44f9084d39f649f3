private import CZlib

/// The files of a zip archive in memory: stored or deflated, each with its checksum, none larger than it says.
struct Zip {
  /// A file of the archive.
  struct Entry {
    let name: String
    fileprivate let method: Int
    fileprivate let flags: Int
    fileprivate let checksum: UInt32
    fileprivate let packed: Int
    /// How many bytes it has, as the archive says.
    let size: Int
    fileprivate let header: Int
  }

  /// Why an archive cannot be read.
  struct Fault: Error {
    let reason: String
    /// The fault of a file in it, where it is that.
    let cause: PaymentError?

    init(reason: String) { (self.reason, cause) = (reason, nil) }

    init(cause: PaymentError) { (reason, self.cause) = (cause.description, cause) }
  }

  /// The most files an archive may have.
  private static let mostEntries = 4_096
  /// The most bytes of one file, and of all together.
  static let largest = 1 << 29

  private let bytes: [UInt8]
  let entries: [Entry]

  init(_ bytes: [UInt8]) throws(Fault) {
    self.bytes = bytes
    func short(_ place: Int) -> Int {
      place + 1 < bytes.count ? Int(bytes[place]) | Int(bytes[place + 1]) << 8 : 0
    }
    func long(_ place: Int) -> Int { short(place) | short(place + 2) << 16 }
    // The end of the list stands at the end of the file, before a remark of at most 65,535 bytes.
    let first = max(0, bytes.count - 65_557)
    guard
      let end = stride(from: bytes.count - 22, through: first, by: -1).first(where: {
        long($0) == 0x0605_4B50
      })
    else {
      throw Fault(reason: "the zip archive is cut off")
    }
    let count = short(end + 10)
    guard count <= Self.mostEntries else {
      throw Fault(reason: "the archive has more than \(Self.mostEntries) files")
    }
    var place = long(end + 16)
    var entries: [Entry] = []
    var total = 0
    for _ in 0..<count {
      guard place >= 0, place + 46 <= bytes.count, long(place) == 0x0201_4B50 else {
        throw Fault(reason: "the list of the zip archive is damaged")
      }
      let nameLength = short(place + 28)
      guard place + 46 + nameLength <= bytes.count else {
        throw Fault(reason: "the list of the zip archive is damaged")
      }
      let entry = Entry(
        name: String(decoding: bytes[(place + 46)..<(place + 46 + nameLength)], as: UTF8.self),
        method: short(place + 10),
        flags: short(place + 8),
        checksum: UInt32(long(place + 16)),
        packed: long(place + 20),
        size: long(place + 24),
        header: long(place + 42)
      )
      total += entry.size
      guard entry.size <= Self.largest, total <= Self.largest else {
        throw Fault(
          reason: "its files have more than \(Self.largest >> 20) MB in all; unpack and split them"
        )
      }
      // Text packs to a tenth, seldom to a fiftieth; what packs to less is made to burst.
      guard entry.size < 1 << 22 || entry.packed * 200 > entry.size else {
        throw Fault(
          reason:
            "\(entry.name) would unpack to more than 200 times its size: it is made to fill memory"
        )
      }
      entries.append(entry)
      place += 46 + nameLength + short(place + 30) + short(place + 32)
    }
    self.entries = entries
  }

  /// The file called `name`, if there is one.
  func named(_ name: String) -> Entry? { entries.first { $0.name == name } }

  /// The bytes of a file.
  func contents(_ entry: Entry) throws(Fault) -> [UInt8] {
    guard entry.flags & 1 == 0 else {
      throw Fault(reason: "\(entry.name) is encrypted: unpack it with its password first")
    }
    func short(_ place: Int) -> Int { Int(bytes[place]) | Int(bytes[place + 1]) << 8 }
    let damaged = Fault(reason: "\(entry.name) is damaged")
    guard entry.header + 30 <= bytes.count, short(entry.header) == 0x4B50 else { throw damaged }
    let start = entry.header + 30 + short(entry.header + 26) + short(entry.header + 28)
    guard start <= bytes.count, entry.packed <= bytes.count - start else { throw damaged }
    let packed = bytes[start..<(start + entry.packed)]
    let contents: [UInt8]
    switch entry.method {
    case 0: contents = Array(packed)
    case 8: contents = try inflated(packed, entry, damaged)
    default: throw Fault(reason: "\(entry.name) is packed in a way that is not read; pack it again")
    }
    guard contents.count == entry.size, Self.checksum(contents) == entry.checksum else {
      throw damaged
    }
    return contents
  }

  private func inflated(_ packed: ArraySlice<UInt8>, _ entry: Entry, _ damaged: Fault) throws(Fault)
    -> [UInt8]
  {
    var contents = [UInt8](repeating: 0, count: entry.size + 1)
    var source = Array(packed)
    let count: Int? = source.withUnsafeMutableBufferPointer { source in
      contents.withUnsafeMutableBufferPointer { contents in
        var stream = z_stream()
        guard inflate_raw_begin(&stream) == Z_OK else { return nil }
        defer { inflateEnd(&stream) }
        (stream.next_in, stream.avail_in) = (source.baseAddress, UInt32(source.count))
        (stream.next_out, stream.avail_out) = (contents.baseAddress, UInt32(contents.count))
        guard inflate(&stream, Z_FINISH) == Z_STREAM_END else { return nil }
        return contents.count - Int(stream.avail_out)
      }
    }
    guard count == entry.size else { throw damaged }
    contents.removeLast()
    return contents
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(crc32(0, $0.baseAddress, UInt32($0.count))) }
  }
}
