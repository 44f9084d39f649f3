#if canImport(Glibc)
private import Glibc
#endif

/// A fixed number of plain values in one piece of memory, shared and never copied.
///
/// For columns of 10⁷ rows that threads fill and read side by side: whoever fills one does so before
/// anybody else sees it, or keeps to places that nobody else touches. Inlinable, because other modules
/// would otherwise go through every value by way of its type.
public final class Column<Element: BitwiseCopyable>: @unchecked Sendable {
  /// Where the values stand.
  @usableFromInline package let base: UnsafeMutablePointer<Element>
  /// The number of values.
  public let count: Int
  /// What the memory belongs to, where it is not the array's own.
  @usableFromInline let owner: AnyObject?

  /// As many times `value`.
  @inlinable
  public init(repeating value: Element, count: Int) {
    base = Self.memory(count)
    base.initialize(repeating: value, count: count)
    self.count = count
    owner = nil
  }

  /// Room for `count` values, each to be written before it is read.
  @inlinable
  package init(unwritten count: Int) {
    base = Self.memory(count)
    self.count = count
    owner = nil
  }

  /// At most `capacity` values, which `initialize` writes.
  ///
  /// - Parameters:
  ///   - capacity: The number of values there is room for; what is not written takes no memory where much
  ///     is left over.
  ///   - initialize: Is given the room; says how many values it wrote, from the first on.
  @inlinable
  public convenience init(
    capacity: Int,
    initializingWith initialize: (UnsafeMutablePointer<Element>) throws -> Int
  ) rethrows {
    let room = Column(unwritten: capacity)
    let count = try initialize(room.base)
    precondition(count >= 0 && count <= capacity, "what was written must fit")
    self.init(base: room.base, count: count, owner: room)
  }

  @inlinable
  static func memory(_ count: Int) -> UnsafeMutablePointer<Element> {
    let size = count * MemoryLayout<Element>.stride
    guard size >= largeSize else { return .allocate(capacity: count) }
    return largeMemory(size).bindMemory(to: Element.self, capacity: count)
  }

  /// Memory that belongs to `owner`.
  @inlinable
  package init(base: UnsafeMutablePointer<Element>, count: Int, owner: AnyObject) {
    (self.base, self.count, self.owner) = (base, count, owner)
  }

  /// The values of a list.
  @inlinable
  public convenience init(_ values: [Element]) {
    self.init(unwritten: values.count)
    values.withUnsafeBufferPointer { values in
      if let first = values.baseAddress { base.update(from: first, count: values.count) }
    }
  }

  @inlinable
  deinit {
    if owner == nil { base.deallocate() }
  }

  /// The value at `index`; written only by the house, before anybody else sees the column.
  @inlinable
  public package(set) subscript(_ index: Int) -> Element {
    get {
      precondition(index >= 0 && index < count, "the index must be inside")
      return base[index]
    }
    set {
      precondition(index >= 0 && index < count, "the index must be inside")
      base[index] = newValue
    }
  }
}

extension Column: RandomAccessCollection {
  /// The position of the first value.
  @inlinable public var startIndex: Int { 0 }
  /// The position after the last value.
  @inlinable public var endIndex: Int { count }
}

/// From how many bytes on memory is asked for in large pages.
@usableFromInline let largeSize = 4 << 20

/// Memory in pages of two megabytes where the system has them: random access finds its page sooner.
@usableFromInline
func largeMemory(_ size: Int) -> UnsafeMutableRawPointer {
  let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 2 << 20)
  #if canImport(Glibc)
  // Advice: where it is not taken the memory is as good.
  madvise(memory, size, MADV_HUGEPAGE)
  #endif
  return memory
}
