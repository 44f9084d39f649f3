/// Memory that grows as needed and is used again and again by one thread.
///
/// A handle: copies share the memory, which whoever made it frees.
struct Scratch<Element: BitwiseCopyable> {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var capacity: Int
  /// How many values are in use.
  var count = 0

  init(capacity: Int = 64) {
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  func free() { base.deallocate() }

  /// Makes room for `needed` values in all.
  @inline(__always)
  mutating func reserve(_ needed: Int) {
    if needed > capacity { grow(needed) }
  }

  @inline(__always)
  mutating func append(_ value: Element) {
    if count == capacity { grow(count + 1) }
    base[count] = value
    count += 1
  }

  @inline(never)
  private mutating func grow(_ needed: Int) {
    let larger = max(needed, capacity * 2)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    moved.update(from: base, count: capacity)
    base.deallocate()
    (base, capacity) = (moved, larger)
  }
}
