internal import Books
internal import Claims
internal import Columns
internal import Disk
internal import Reports

/// A state of the book, as it was read from the disk.
final class Edition: Sendable {
  /// What was read.
  let opened: OpenedBook
  /// On which days something was said.
  let news: NewsCalendar
  /// Why the book on the disk cannot be read, where this is an older state of it.
  let trouble: String?

  init(_ opened: OpenedBook, trouble: String? = nil) {
    (self.opened, self.trouble) = (opened, trouble)
    news = NewsCalendar(opened.contents)
  }

  /// The hash that stands for it.
  var head: String { opened.headHash }
  /// The first digits of the hash, as addresses and people write them.
  var shortHead: String { String(opened.headHash.prefix(12)) }
}

/// The book in memory: read again when it changed on the disk, with the last states that it had.
final class Shelf: Sendable {
  private struct State {
    var editions: [Edition]
    var stamps: [[Int]?]
    var looked: ContinuousClock.Instant
  }

  /// How many states are kept, so that an address made a while ago shows what it showed.
  private static let kept = 6
  /// How long a look at the disk holds.
  private static let rest = Duration.milliseconds(200)

  /// The file or the folder.
  let path: String
  private let state: Guarded<State>
  private let past = Memory<Edition>(most: Shelf.kept)

  /// Reads the book.
  ///
  /// - Parameter path: The file or the folder.
  /// - Throws: ``BookError``.
  init(_ path: String) throws(BookError) {
    self.path = path
    let stamps = Self.stamps(of: path)
    state = Guarded(
      State(editions: [Edition(try BookFile.open(path))], stamps: stamps, looked: .now)
    )
  }

  /// Whether the book is a folder, which keeps no history.
  var isFolder: Bool { Files.kind(path) == .folder }

  /// The book as it is now: read again where the disk has another.
  func current() -> Edition {
    state.with { state in
      guard ContinuousClock.now - state.looked > Self.rest else { return state.editions[0] }
      state.looked = .now
      let stamps = Self.stamps(of: path)
      if stamps != state.stamps { Self.read(path, into: &state, stamps) }
      return state.editions[0]
    }
  }

  /// Has the next who asks look at the disk.
  func lookAgain() { state.with { $0.looked = .now - Self.rest - Self.rest } }

  /// What the book knew by the end of a day, replayed once for a state of it.
  ///
  /// - Parameters:
  ///   - day: The day.
  ///   - edition: The state of the book.
  /// - Returns: The state it had then.
  /// - Throws: ``Refusal`` of a folder, and ``BookError``.
  func recorded(by day: PartialDate, _ edition: Edition) throws -> Edition {
    guard !isFolder else {
      throw Refusal(
        422,
        "A folder does not keep when each row was recorded; leave recorded-by out, or import it into a file."
      )
    }
    let key = "\(edition.head) \(day.description)"
    if let known = past[key] { return known }
    let opened = try BookFile.open(path, recordedBy: Timestamp(endOf: day))
    let then = Edition(opened)
    past.keep(then, weight: 1, for: key)
    return then
  }

  /// The state of the book whose hash begins so, where it is still known.
  func edition(_ head: String) -> Edition? {
    state.with { $0.editions.first { $0.head.hasPrefix(head) } }
  }

  private static func read(_ path: String, into state: inout State, _ stamps: [[Int]?]) {
    do {
      let opened = try BookFile.open(path)
      state.stamps = stamps
      let last = state.editions[0]
      guard opened.headHash != last.head || last.trouble != nil else { return }
      state.editions.removeAll { $0.head == opened.headHash }
      state.editions.insert(Edition(opened), at: 0)
      if state.editions.count > kept { state.editions.removeLast() }
    } catch {
      // Somebody may be in the middle of writing: what was last whole stays, and the next look tries again.
      let last = state.editions[0]
      if last.trouble != "\(error)" {
        state.editions[0] = Edition(last.opened, trouble: "\(error)")
      }
    }
  }

  private static func stamps(of path: String) -> [[Int]?] {
    guard Files.kind(path) == .folder else { return [Files.stamp(of: path)] }
    return BookTable.allCases.map { Files.stamp(of: BookFolder.file($0, in: path)) }
  }
}
