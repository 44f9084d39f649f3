internal import Columns

/// Values by key, up to a weight in all; those asked for longest ago are forgotten first.
final class Memory<Value: Sendable>: Sendable {
  private struct Entry {
    let value: Value
    let weight: Int
    var used: Int
  }

  private struct State {
    var entries: [String: Entry] = [:]
    var weight = 0
    var clock = 0
  }

  private let most: Int
  private let state = Guarded(State())

  /// Remembers values of `most` in all.
  init(most: Int) { self.most = most }

  /// The value of a key, where it is remembered.
  subscript(key: String) -> Value? {
    state.with { state in
      state.clock += 1
      state.entries[key]?.used = state.clock
      return state.entries[key]?.value
    }
  }

  /// Remembers a value; one that is heavier than all that may be is passed over.
  func keep(_ value: Value, weight: Int, for key: String) {
    guard weight <= most else { return }
    state.with { state in
      state.clock += 1
      if let old = state.entries.removeValue(forKey: key) { state.weight -= old.weight }
      while state.weight + weight > most,
        let oldest = state.entries.min(by: { $0.value.used < $1.value.used })
      {
        state.entries[oldest.key] = nil
        state.weight -= oldest.value.weight
      }
      state.entries[key] = Entry(value: value, weight: weight, used: state.clock)
      state.weight += weight
    }
  }

  /// Forgets the values of some keys.
  func forget(where isMeant: (String) -> Bool) {
    state.with { state in
      for (key, entry) in state.entries where isMeant(key) {
        state.entries[key] = nil
        state.weight -= entry.weight
      }
    }
  }
}
