private import Claims

/// Moments as they stand in payment files, in seconds since 1970 (UTC).
public enum PaymentTime {
  enum Reading {
    case seconds(Int)
    /// It is a moment between two seconds.
    case fraction
    case none
  }

  /// The years 1 to 9999: beyond stand milliseconds, and slips.
  package static let range = -62_135_596_800...253_402_300_799

  /// The moment that `text` names: `2026-01-31`, `2026-01-31T23:59:59Z`, or whole seconds.
  public static func seconds(_ text: String) -> Int? {
    var text = text
    return text.withUTF8 { bytes in
      var day = KnownDay()
      return if case .seconds(let seconds) = seconds(bytes, &day) { seconds } else { nil }
    }
  }

  /// The moment as a day where it is midnight, else as a day and a time of it.
  public static func text(_ seconds: Int) -> String {
    let day = seconds >= 0 ? seconds / 86_400 : -((86_399 - seconds) / 86_400)
    let rest = seconds - day * 86_400
    guard range.contains(seconds) else { return String(seconds) }
    let date = Day(ordinal: day).description
    guard rest != 0 else { return date }
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(date)T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }

  /// A day as its ten bytes, and its first second.
  struct KnownDay {
    // 1970-01-01.
    fileprivate var head: UInt64 = 0x2D31_302D_3037_3931
    fileprivate var tail: UInt16 = 0x3130
    fileprivate var seconds = 0
    /// Whether a bare number has been read.
    fileprivate(set) var hasNumbers = false
  }

  /// Reads a cell; `known` is the day that was read before.
  @inline(__always)
  static func seconds(_ cell: UnsafeBufferPointer<UInt8>, _ known: inout KnownDay) -> Reading {
    guard cell.count >= 10, let base = cell.baseAddress else { return number(cell, &known) }
    let raw = UnsafeRawPointer(base)
    let head = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    let tail = UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt16.self))
    if head != known.head || tail != known.tail {
      guard cell[4] == 45, cell[7] == 45 else { return number(cell, &known) }
      guard let seconds = firstSecond(cell) else { return .none }
      (known.head, known.tail, known.seconds) = (head, tail, seconds)
    }
    return cell.count == 10 ? .seconds(known.seconds) : withClock(cell, known.seconds)
  }

  private static func firstSecond(_ cell: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let century = two(cell, 0), let years = two(cell, 2), let month = two(cell, 5),
      let day = two(cell, 8), let date = Day(year: century * 100 + years, month: month, day: day)
    else { return nil }
    return date.ordinal * 86_400
  }

  /// The two digits at `place`.
  @inline(__always)
  private static func two(_ cell: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    guard place + 1 < cell.count else { return nil }
    let (tens, ones) = (cell[place] &- 48, cell[place + 1] &- 48)
    return tens <= 9 && ones <= 9 ? Int(tens) * 10 + Int(ones) : nil
  }

  private static func number(
    _ cell: UnsafeBufferPointer<UInt8>,
    _ known: inout KnownDay
  ) -> Reading {
    known.hasNumbers = true
    return wholeSeconds(cell)
  }

  private static func wholeSeconds(_ cell: UnsafeBufferPointer<UInt8>) -> Reading {
    let isNegative = cell.first == 45
    let digits = isNegative ? 1 : 0
    guard cell.count > digits, cell.count <= 16 else { return .none }
    var value = 0
    for byte in cell[digits...] {
      guard byte >= 48, byte <= 57 else { return .none }
      value = value * 10 + Int(byte - 48)
    }
    let seconds = isNegative ? -value : value
    return range.contains(seconds) ? .seconds(seconds) : .none
  }

  /// Reads what follows the day: `T` or a blank, hours, minutes, perhaps seconds, perhaps an offset.
  private static func withClock(_ cell: UnsafeBufferPointer<UInt8>, _ day: Int) -> Reading {
    guard cell[10] == 84 || cell[10] == 32, let hour = two(cell, 11), hour < 24,
      cell.count > 13, cell[13] == 58, let minute = two(cell, 14), minute < 60
    else { return .none }
    var seconds = day + hour * 3_600 + minute * 60
    var place = 16
    var isBetween = false
    if place < cell.count, cell[place] == 58 {
      guard let second = two(cell, 17), second < 60 else { return .none }
      seconds += second
      place = 19
      if place < cell.count, cell[place] == 46 {
        let first = place + 1
        place = first
        while place < cell.count, cell[place] >= 48, cell[place] <= 57 {
          isBetween = isBetween || cell[place] != 48
          place += 1
        }
        guard place > first else { return .none }
      }
    }
    guard let offset = offset(cell, place) else { return .none }
    guard range.contains(seconds - offset) else { return .none }
    return isBetween ? .fraction : .seconds(seconds - offset)
  }

  /// Nothing, `Z`, `+02:00` or `+0200`, in seconds.
  private static func offset(_ cell: UnsafeBufferPointer<UInt8>, _ place: Int) -> Int? {
    guard place < cell.count else { return 0 }
    if cell[place] == 90 { return place + 1 == cell.count ? 0 : nil }
    guard cell[place] == 43 || cell[place] == 45, let hours = two(cell, place + 1), hours < 24
    else { return nil }
    let colon = place + 3 < cell.count && cell[place + 3] == 58 ? 1 : 0
    guard let minutes = two(cell, place + 3 + colon), minutes < 60,
      cell.count == place + 5 + colon
    else { return nil }
    return (cell[place] == 45 ? -1 : 1) * (hours * 3_600 + minutes * 60)
  }
}
