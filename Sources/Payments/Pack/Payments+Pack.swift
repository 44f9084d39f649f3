internal import Columns
internal import Disk

#if canImport(Glibc)
private import Glibc
#else
private import Darwin
#endif

/// The packed form: a header of 64 bytes, then the columns as they lie in memory, little-endian.
///
/// Times, amounts, starts of names and lines without a payment (eight bytes each; below zero where they are
/// no rejected rows), payers and payees (four each), of version 2 the number of each currency (two), the bytes of the names,
/// and of version 2 a text: the currencies by number, and the files that were packed. The header holds the magic, the
/// version, the digits and the currency, or of version 2 the size of the text, the counts, and checksums of the columns
/// and of itself.
private struct PackHeader {
  static let magic = Array("OUROPAY1".utf8)
  static let size = 64

  var version = 1
  var digits = 0
  /// Three letters, or none.
  var currency: [UInt8] = []
  /// How many bytes the text has.
  var textBytes = 0
  var payments = 0
  var parties = 0
  var nameBytes = 0
  /// How many lines below the first have no payment beginning on them.
  var otherLines = 0
  var checksum: UInt64 = 0

  /// Where each column begins, and the size of the file; `nil` where that is too large to be.
  var places:
    (
      time: Int, amount: Int, starts: Int, lines: Int, payer: Int, payee: Int, currency: Int,
      names: Int,
      text: Int, end: Int
    )?
  {
    guard payments >= 0, payments < Int(Int32.max), parties >= 0, parties < Int(Int32.max),
      nameBytes >= 0, nameBytes < 1 << 48, otherLines >= 0, otherLines < 1 << 48
    else { return nil }
    let time = Self.size
    let amount = time + 8 * payments
    let starts = amount + 8 * payments
    let lines = starts + 8 * (parties + 1)
    let payer = lines + 8 * otherLines
    let payee = payer + 4 * payments
    let currency = payee + 4 * payments
    let names = currency + (version > 1 ? 2 * payments : 0)
    let text = names + nameBytes
    return (
      time, amount, starts, lines, payer, payee, currency, names, text, text + textBytes
    )
  }

  private var words: [UInt64] {
    let letters = currency.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let rest = version > 1 ? UInt64(textBytes) : letters
    return [UInt64(version), UInt64(digits) | rest << 8]
      + [payments, parties, nameBytes, otherLines].map { UInt64($0) }
      + [checksum]
  }

  private static func sum(_ words: some Sequence<UInt64>) -> UInt64 {
    words.reduce(0x6F75_726F) { mixed($0 ^ $1) }
  }

  /// The header as 64 bytes: the magic, version and digits in one word, five words more, its own sum.
  var bytes: [UInt8] {
    let body = [words[0] | words[1] << 32] + words[2...]
    return Self.magic
      + (body + [Self.sum(body)]).flatMap { word in
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
      }
  }

  init() {}

  /// Reads a header; says what is wrong with it.
  init(_ bytes: UnsafeRawBufferPointer) throws(PackFault) {
    let body = (1..<7).map {
      UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
    }
    let own = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 56, as: UInt64.self))
    version = Int(body[0] & 0xFFFF_FFFF)
    guard (1...Payments.packVersion).contains(version) else {
      throw PackFault("it was packed by another version")
    }
    guard own == Self.sum(body) else { throw PackFault("its first bytes are damaged") }
    digits = Int(body[0] >> 32 & 0xFF)
    if version > 1 {
      textBytes = Int(body[0] >> 40)
    } else {
      currency = (5..<8).map { UInt8(truncatingIfNeeded: body[0] >> (8 * $0)) }.filter { $0 != 0 }
    }
    payments = Int(truncatingIfNeeded: body[1])
    parties = Int(truncatingIfNeeded: body[2])
    nameBytes = Int(truncatingIfNeeded: body[3])
    otherLines = Int(truncatingIfNeeded: body[4])
    checksum = body[5]
    guard digits <= 9 else { throw PackFault("its first bytes are damaged") }
  }
}

/// Memory of its own for a whole file, so that whatever becomes of the file later changes nothing.
private final class PackMemory: @unchecked Sendable {
  let bytes: UnsafeMutableRawBufferPointer

  /// So many bytes; `nil` where the system has not so much.
  init?(_ size: Int) {
    #if canImport(Glibc)
    let base = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    #else
    let base = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
    #endif
    guard let base, base != MAP_FAILED else { return nil }
    #if canImport(Glibc)
    // Advice: where it is not taken the memory is as good.
    madvise(base, size, MADV_HUGEPAGE)
    #endif
    bytes = UnsafeMutableRawBufferPointer(start: base, count: size)
  }

  deinit { munmap(bytes.baseAddress, bytes.count) }

  /// Reads a stretch from the same place of a file; says whether there was all of it.
  func fill(_ range: Range<Int>, from descriptor: Int32) -> Bool {
    var place = range.lowerBound
    while place < range.upperBound {
      let start = bytes.baseAddress.map { $0 + place }
      let count = pread(descriptor, start, range.upperBound - place, off_t(place))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      place += count
    }
    return true
  }

  /// The bytes of a stretch.
  func text(_ range: Range<Int>) -> [UInt8] { Array(bytes[range]) }

  func column<Element: BitwiseCopyable>(_ place: Int, _ count: Int) -> Column<Element> {
    let base = bytes.baseAddress.map { $0 + place }
    guard let base else { return Column(unwritten: 0) }
    return Column(
      base: base.assumingMemoryBound(to: Element.self),
      count: count,
      owner: self
    )
  }
}

extension Payments {
  /// The newest version of the packed form that is written and read.
  package static let packVersion = 2

  /// Whether the file at `path` is a packed one.
  ///
  /// - Parameter path: The file.
  /// - Returns: Whether its first bytes say so; never of a pipe.
  /// - Throws: ``PaymentError/noSuchInput(path:reason:)``.
  public static func isPacked(_ path: String) throws(PaymentError) -> Bool {
    guard path != "-" else { return false }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .noSuchInput(path: path, reason: lastReason()) }
    defer { close(descriptor) }
    var first = [UInt8](repeating: 0, count: 8)
    return pread(descriptor, &first, 8, 0) == 8 && first == PackHeader.magic
  }

  /// Opens packed payments, and checks all of them.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - threads: The number of threads to check with.
  /// - Throws: ``PaymentError``, where the file is not as it was written.
  public init(packed path: String, threads: Int = 1) throws(PaymentError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .noSuchInput(path: path, reason: lastReason()) }
    defer { close(descriptor) }
    do throws(PackFault) {
      try self.init(descriptor, threads)
    } catch {
      throw .unreadable(
        path: path,
        reason: "the packed file cannot be used: \(error.reason); pack the payments again"
      )
    }
  }

  /// Reads an open file once, each part of it by the thread that then sums it, and trusts none of it before.
  private init(_ descriptor: Int32, _ threads: Int) throws(PackFault) {
    guard let first = PackMemory(PackHeader.size),
      first.fill(0..<PackHeader.size, from: descriptor)
    else { throw PackFault("it ends too early") }
    let header = try PackHeader(UnsafeRawBufferPointer(first.bytes))
    var status = stat()
    guard let places = header.places, fstat(descriptor, &status) == 0,
      places.end == Int(status.st_size)
    else { throw PackFault("it ends too early or too late") }
    guard let memory = PackMemory(places.end) else { throw PackFault("it is larger than memory") }
    let content = UnsafeRawBufferPointer(rebasing: memory.bytes[PackHeader.size...])
    let checksum = Checksum.of(content, threads: threads) { range in
      let shifted = (range.lowerBound + PackHeader.size)..<(range.upperBound + PackHeader.size)
      return memory.fill(shifted, from: descriptor)
    }
    guard let checksum else { throw PackFault("it ends too early") }
    guard checksum == header.checksum else { throw PackFault("its contents are damaged") }
    payer = memory.column(places.payer, header.payments)
    payee = memory.column(places.payee, header.payments)
    time = memory.column(places.time, header.payments)
    amountMinorUnits = memory.column(places.amount, header.payments)
    parties = NameTable(
      bytes: memory.column(places.names, header.nameBytes),
      starts: memory.column(places.starts, header.parties + 1)
    )
    digits = header.digits
    let text = header.version > 1 ? try PackText(memory.text(places.text..<places.end)) : PackText()
    if header.version == 1 {
      currency = header.currency.isEmpty ? nil : String(decoding: header.currency, as: UTF8.self)
    } else if text.currencies.count == 1 {
      currency = text.currencies[0].isEmpty ? nil : text.currencies[0]
    } else {
      currency = nil
      currencyNumber = memory.column(places.currency, header.payments)
      currencyCodes = text.currencies
    }
    packedFrom = text.files
    otherCurrencyRows = 0
    let lines: Column<Int> = memory.column(places.lines, header.otherLines)
    let signed = (0..<lines.count).map { lines.base[$0] }
    guard signed.allSatisfy({ 2...1 << 48 ~= $0.magnitude }) else {
      throw PackFault("its contents contradict themselves")
    }
    otherLines = LineRuns(signed.map { abs($0) })
    rejected = RejectedRows(LineRuns(signed.filter { $0 > 0 }), first: [])
    guard isSound else { throw PackFault("its contents contradict themselves") }
  }

  /// Whether every number is inside its bounds, whoever wrote the file.
  private var isSound: Bool {
    let partyCount = UInt32(truncatingIfNeeded: parties.count)
    for index in 0..<count {
      guard UInt32(bitPattern: payer.base[index]) < partyCount,
        UInt32(bitPattern: payee.base[index]) < partyCount,
        (0...1 << 53).contains(amountMinorUnits.base[index]),
        PaymentTime.range.contains(time.base[index]),
        currencyNumber.map({ Int($0.base[index]) < currencyCodes.count }) ?? true
      else { return false }
    }
    let starts = parties.starts
    guard starts.base[0] == 0, starts.base[parties.count] == parties.bytes.count else {
      return false
    }
    for index in 0..<parties.count where starts.base[index] > starts.base[index + 1] {
      return false
    }
    let lines = otherLines.lines
    return zip(lines, lines.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// The lines without a payment: those between the payments, where each knows its own and they ascend.
  private var packedLines: LineRuns {
    guard let lines else { return otherLines }
    var others = LineRuns()
    var next = 2
    for index in 0..<count {
      let line = Int(lines.base[index])
      guard line >= next else { return LineRuns() }
      while next < line {
        others.append(next)
        next += 1
      }
      next = line + 1
    }
    return others
  }

  /// The lines without a payment, below zero but for those of rejected rows.
  private var signedLines: [Int] {
    var next = 0
    let rejected = rejected.lines
    return packedLines.lines.map { line in
      guard next < rejected.count, rejected[next] == line else { return -line }
      next += 1
      return line
    }
  }

  /// Writes the packed form, beside its place first, so that no half is ever seen.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - files: The files that the payments came from.
  ///   - mostOtherLines: How many lines without a payment may be noted, or sixty-four for each payment.
  /// - Throws: ``PaymentError/couldNotWrite(path:reason:)``.
  public func pack(
    to path: String,
    from files: [PackedFile] = [],
    mostOtherLines: Int = 1 << 24
  ) throws(PaymentError) {
    guard digits >= 0 else {
      throw .unreadable(
        path: path,
        reason: "a packed file holds amounts in whole units or parts of them; leave out --digits"
      )
    }
    let otherLines = packedLines.count
    guard otherLines <= max(mostOtherLines, 64 * count) else {
      throw .unreadable(
        path: path,
        reason: "\(otherLines) lines hold no payment, too many to be noted beside \(count) that "
          + "do; see how the file was read, or take them out of it"
      )
    }
    var text: [UInt8] = []
    var header = PackHeader()
    if currencyNumber != nil || !files.isEmpty || (currency ?? "").utf8.count > 3 {
      header.version = 2
      text = PackText(currencyNumber == nil ? [currency ?? ""] : currencyCodes, files).bytes
      header.textBytes = text.count
    }
    guard text.count < 1 << 24 else {
      throw .unreadable(path: path, reason: "the names of its files and currencies are too long")
    }
    header.digits = digits
    header.payments = count
    header.parties = parties.count
    header.nameBytes = parties.bytes.count
    header.otherLines = otherLines
    if header.version == 1 { header.currency = Array((currency ?? "").utf8) }
    let (lines, tail) = (Column(signedLines), Column(text))
    let numbers =
      header.version == 1 ? nil : currencyNumber ?? Column([UInt16](repeating: 0, count: count))
    var columns: [UnsafeRawBufferPointer] = [
      time.raw, amountMinorUnits.raw, parties.starts.raw, lines.raw, payer.raw, payee.raw,
    ]
    columns += [numbers?.raw].compactMap(\.self) + [parties.bytes.raw, tail.raw]
    var checksum = Checksum()
    for column in columns { checksum.add(column) }
    header.checksum = checksum.value
    do throws(FileError) {
      let file = try NewFile(path)
      try file.write(header.bytes)
      for column in columns { try file.write(column) }
      try file.end()
    } catch {
      throw PaymentError(error)
    }
  }
}

extension Column {
  /// The bytes of the values; they are there as long as the array is.
  fileprivate var raw: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(UnsafeBufferPointer(start: base, count: count))
  }
}
