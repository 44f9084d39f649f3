internal import Books
internal import Columns
internal import Disk

/// The history and the inbox of a book file, replayed once for each state of the file.
final class BookLog: Sendable {
  private struct State {
    var stamp: [Int]?
    var entries: [Entry]?
    var inbox: [InboxItem]?
  }

  private let path: String
  private let state = Guarded(State())

  /// That of a file.
  init(_ path: String) { self.path = path }

  /// What another state of the file has another of.
  var stamp: String { "\(Files.stamp(of: path) ?? [])" }

  /// Everything that was recorded, oldest first.
  func entries() throws -> [Entry] {
    try state.with { state in
      look(&state)
      let entries = try state.entries ?? Book(at: path).history()
      state.entries = entries
      return entries
    }
  }

  /// Everything that was ever put in the inbox, oldest first.
  func inbox() throws -> [InboxItem] {
    try state.with { state in
      look(&state)
      let inbox = try state.inbox ?? Book(at: path).inbox()
      state.inbox = inbox
      return inbox
    }
  }

  /// Forgets what was read of another state of the file.
  private func look(_ state: inout State) {
    let stamp = Files.stamp(of: path)
    if stamp != state.stamp { state = State(stamp: stamp) }
  }
}
