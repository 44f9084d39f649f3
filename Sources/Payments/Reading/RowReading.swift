internal import Columns

/// One thread's part in reading rows.
protocol RowReading: Sendable {
  /// Reads the rows of a block, after whose last byte a line end stands.
  mutating func parse(
    _ bytes: UnsafeBufferPointer<UInt8>,
    number: Int,
    skippedLines: Int,
    into rows: BlockRows
  )

  /// Gives back what memory it has.
  func free()
}

extension BlockReader {
  /// Reads all blocks that are left by several threads, each by its own part in the reading.
  ///
  /// The first part is given `first`, where it was read already.
  mutating func readAll<Reader: RowReading>(
    into assembly: Guarded<BlockAssembly>,
    threads: Int,
    after first: UnsafeBufferPointer<UInt8>?,
    _ reader: @escaping @Sendable (Int) -> Reader
  ) throws(PaymentError) -> [Reader] {
    let source = Guarded(BlockSource(reader: self))
    let parts = Guarded<[(number: Int, reader: Reader)]>([])
    let beginning = FirstBlock(bytes: first)
    Workers.run(threads) { worker in
      var reader = reader(worker)
      defer { reader.free() }
      if worker == 0, let first = beginning.bytes {
        let rows = assembly.with { $0.lend() }
        reader.parse(first, number: 0, skippedLines: 0, into: rows)
        assembly.with { $0.take(rows) }
      }
      let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: BlockReader.memorySize)
      defer { memory.deallocate() }
      while let block = source.with({ $0.next(memory) }) {
        let rows = assembly.with { $0.lend() }
        reader.parse(
          UnsafeBufferPointer(block.bytes),
          number: block.number,
          skippedLines: block.skippedLines,
          into: rows
        )
        assembly.with { $0.take(rows) }
      }
      parts.with { [reader] in $0.append((worker, reader)) }
    }
    let error = source.with { source in
      self = source.reader
      return source.error
    }
    if let error { throw error }
    return parts.with { $0.sorted { $0.number < $1.number } }.map(\.reader)
  }
}

/// A block that was read already; it stands as long as the reading goes on.
private struct FirstBlock: @unchecked Sendable {
  let bytes: UnsafeBufferPointer<UInt8>?
}

/// The blocks yet to be read, for one thread at a time.
private struct BlockSource {
  var reader: BlockReader
  var error: PaymentError?

  mutating func next(_ memory: UnsafeMutablePointer<UInt8>) -> BlockReader.Block? {
    guard error == nil else { return nil }
    do throws(PaymentError) {
      return try reader.next(into: memory)
    } catch {
      self.error = error
      return nil
    }
  }
}
