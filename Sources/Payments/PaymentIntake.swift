internal import Columns
internal import Disk
internal import Tables

extension Payments {
  /// Reads payments as they come: plain files at the speed of memory, all others as they are understood.
  ///
  /// - Parameters:
  ///   - paths: The files; `-` is standard input.
  ///   - text: What was read of the only file already, where all of it was.
  ///   - hints: What is known of the files beforehand.
  /// - Throws: ``PaymentError``: where a file cannot be read, and where nothing in it decides between two readings.
  public init(
    asTheyCome paths: [String],
    text: [UInt8]? = nil,
    _ hints: ReadingHints
  ) throws(PaymentError) {
    var drafts: [Draft] = []
    var pipeHashes: [String: String] = [:]
    for path in paths {
      let intake = FileIntake(path: path, text: text, hints: hints)
      let (contents, pipeHash) = try intake.read()
      pipeHashes[path] = pipeHash
      switch contents {
      case .plain(let payments):
        if paths.count == 1 {
          self = payments
          self.pipeHashes = pipeHashes
          return
        }
        drafts.append(Draft(payments, path))
      case .drafts(var read):
        let hash = pipeHash ?? FileHash.of(path)
        for index in read.indices { read[index].source.sha256 = hash }
        drafts += read
      }
    }
    self = try Payments(drafts, hints)
    self.pipeHashes = pipeHashes
  }
}

extension Payments {
  /// Whether a column of a header is of dates, by its name.
  package static func namesDates(_ header: [String]) -> Bool {
    header.contains { !HeaderTags(of: $0).isDisjoint(with: [.date, .booking]) }
  }
}

/// Reads one file, whatever it holds.
struct FileIntake {
  let path: String
  /// What was read already.
  let text: [UInt8]?
  let hints: ReadingHints

  enum Contents {
    case plain(Payments)
    case drafts([Draft])
  }

  /// The contents, and the SHA-256 of what cannot be read again.
  func read() throws(PaymentError) -> (Contents, pipeHash: String?) {
    if text == nil, path != "-", try Payments.isPacked(path) {
      return (.plain(try Payments(packed: path, threads: hints.threads)), nil)
    }
    let stream = try open(text)
    let contents = try contents(stream)
    return (contents, text.map { FileHash.of($0) } ?? stream.pipeHash)
  }

  private func contents(_ stream: ByteStream) throws(PaymentError) -> Contents {
    let beginning: [UInt8]
    do throws(PaymentError) {
      beginning = try stream.peek(1 << 16)
    } catch {
      stream.shut()
      throw error
    }
    if isPlain(beginning) { return try plain(stream) }
    if canReopen {
      stream.shut()
      return .drafts(try general(beginning) { () throws(PaymentError) in try open(text) })
    }
    defer { stream.shut() }
    let all = try stream.all(atMost: 1 << 32)
    return .drafts(try general(beginning) { () throws(PaymentError) in try open(all) })
  }

  private func open(_ text: [UInt8]?) throws(PaymentError) -> ByteStream {
    if let text { return try ByteStream(text, from: path) }
    return try ByteStream(path)
  }

  /// Whether the file can be read from its beginning again.
  private var canReopen: Bool { text != nil || (path != "-" && Files.kind(path) == .file) }

  private var format: PaymentFormat {
    var format = PaymentFormat()
    (format.payer, format.payee) = (hints.payer ?? "payer", hints.payee ?? "payee")
    (format.amount, format.time) = (hints.amount ?? "amount", hints.time)
    if case .form(let form) = hints.numbers { format.timeFormat = form }
    (format.digits, format.currency) = (max(0, hints.digits), hints.currency)
    (format.toldRows, format.threads) = (hints.toldRows, hints.threads)
    return format
  }

  /// Whether the file is of the plain form, which is read without understanding it first.
  private func isPlain(_ beginning: [UInt8]) -> Bool {
    let isAsked =
      hints.map != nil || hints.rounds || hints.digits < 0 || hints.account != nil
      || hints.negatives != nil || !hints.filters.isEmpty || hints.dayOrder != nil
      || (hints.delimiter ?? ",") != "," || (hints.encoding ?? .utf8) != .utf8
      || (hints.decimal ?? .point) != .point
    if isAsked { return false }
    if beginning.isEmpty { return true }
    if case .form? = hints.numbers {} else if hints.numbers != nil { return false }
    let isMarked = beginning.starts(with: BlockReader.mark)
    var scanner = RowScanner()
    let end = beginning.withUnsafeBufferPointer { bytes -> Int? in
      guard let base = bytes.baseAddress else { return nil }
      return scanner.rowEnd(base, from: isMarked ? 3 : 0, to: bytes.count) ?? bytes.count
    }
    guard var line = end.map({ beginning[..<$0] }) else { return true }
    if line.last == 13 { line = line.dropLast() }
    guard let header = try? CSVReader(bytes: Array(line), file: path).header else { return false }
    let format = format
    guard header.contains(format.payer), header.contains(format.payee) else { return false }
    // Who pays whom is told by the plain names: what else is missing is told by its plain name too.
    let hasTime = (format.time.map { [$0] } ?? ["time", "date"]).contains { header.contains($0) }
    return header.contains(format.amount) == hasTime
  }

  /// Reads a plain file; where rows of it, or all of it, want understanding, it is read again so.
  private func plain(_ stream: ByteStream) throws(PaymentError) -> Contents {
    let fast: Payments
    do throws(PaymentError) {
      fast = try Payments(stream, path, format)
    } catch {
      guard canReopen, case .badTable = error else { throw error }
      guard let drafts = try? general([], { () throws(PaymentError) in try open(text) }) else {
        throw try questionOr(error)
      }
      return .drafts(drafts)
    }
    guard fast.rejected.isMendable, canReopen else { return .plain(fast) }
    let rows = fast.count + fast.rejected.count
    do throws(PaymentError) {
      let drafts = try general([]) { () throws(PaymentError) in try open(text) }
      return drafts.reduce(0, { $0 + $1.count }) > fast.count ? .drafts(drafts) : .plain(fast)
    } catch {
      // A question about few rows is answered by leaving them out, and saying so.
      guard case .question = error, fast.rejected.count * 10 > rows else { return .plain(fast) }
      throw error
    }
  }

  /// The question that a general reading asks, where it asks one; else the error of the plain one.
  private func questionOr(_ error: PaymentError) throws(PaymentError) -> PaymentError {
    do throws(PaymentError) {
      _ = try general([]) { () throws(PaymentError) in try open(text) }
    } catch let other {
      if case .question(let question) = other, !question.isOfColumn { return other }
    }
    return error
  }
}

extension RejectedRows {
  /// Whether a reader that understands more may read some of the rows.
  var isMendable: Bool {
    let kinds = Set(faultKinds.keys)
    return !kinds.isDisjoint(with: [3, 7, 8, 9, 10, 11, 12, 13, 14, 15])
  }
}
