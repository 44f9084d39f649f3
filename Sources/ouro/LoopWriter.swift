import Disk
import Payments
import Reports

/// Writes loops one after another to a file or to standard output.
final class LoopWriter {
  private let file: NewFile
  private let isOnTerminal: Bool
  private var listing: LoopListing
  private var error: FileError?

  init(_ path: String, _ listing: LoopListing) throws {
    self.listing = listing
    file = try NewFile(path)
    isOnTerminal = path == "-" && Terminal.takesOutput
  }

  /// Writes a loop of payments; says whether it could.
  func write(_ loop: [Int]) -> Bool {
    listing.add(loop)
    if listing.pending >= 1_000 { flush() }
    return error == nil
  }

  /// Writes what is left.
  func end() throws {
    flush()
    if let error { throw error }
    try file.end()
  }

  private func flush() {
    guard error == nil else { return }
    do throws(FileError) {
      let bytes = listing.drain()
      try file.write(isOnTerminal ? legibleLines(bytes) : bytes)
    } catch {
      self.error = error
    }
  }
}
