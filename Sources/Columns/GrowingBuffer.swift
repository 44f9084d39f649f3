/// Memory that grows as needed and is used again and again by one thread.
///
/// A handle: copies share the memory, which whoever made it frees.
package struct GrowingBuffer<Element: BitwiseCopyable> {
  /// Where the values stand.
  @usableFromInline package internal(set) var base: UnsafeMutablePointer<Element>
  @usableFromInline package internal(set) var capacity: Int
  /// How many values are in use.
  @usableFromInline package var count: Int

  /// Room for `capacity` values, none in use.
  @inlinable
  package init(capacity: Int = 64) {
    count = 0
    self.capacity = capacity
    base = .allocate(capacity: capacity)
  }

  /// Gives the memory back.
  @inlinable package func free() { base.deallocate() }

  /// Makes room for `needed` values in all.
  @inlinable @inline(__always)
  package mutating func reserve(_ needed: Int) {
    if needed > capacity { grow(needed) }
  }

  /// Adds a value at the end.
  @inlinable @inline(__always)
  package mutating func append(_ value: Element) {
    if count == capacity { grow(count + 1) }
    base[count] = value
    count += 1
  }

  /// Makes room for `needed` values, and twice what there was.
  @inlinable @inline(never)
  package mutating func grow(_ needed: Int) {
    let larger = max(needed, capacity * 2)
    let moved = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    moved.update(from: base, count: capacity)
    base.deallocate()
    (base, capacity) = (moved, larger)
  }
}
