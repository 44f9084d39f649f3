public import Claims

/// A second in coordinated universal time, written `2026-03-01T17:04:05Z`.
///
/// The model has no clock: whoever calls says what time it is.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// `YYYY-MM-DDThh:mm:ssZ`; orders as text as it does in time.
  public let description: String

  /// Reads `YYYY-MM-DDThh:mm:ssZ`; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
      case .day = PartialDate(String(decoding: bytes[..<10], as: UTF8.self)),
      bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":"),
      Self.isBelow(24, bytes[11...12]), Self.isBelow(60, bytes[14...15]),
      Self.isBelow(60, bytes[17...18])
    else { return nil }
    description = String(text)
  }

  /// The second `seconds` after the beginning of 1970.
  public init(secondsSince1970 seconds: Int) {
    let second = ((seconds % 86_400) + 86_400) % 86_400
    let day = Day(ordinal: (seconds - second) / 86_400)
    let parts = [second / 3600, second / 60 % 60, second % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    description = "\(day)T\(parts.joined(separator: ":"))Z"
  }

  /// The last second of the range that `date` stands for.
  public init(endOf date: PartialDate) {
    description = "\(date.last)T23:59:59Z"
  }

  /// The day it lies on.
  public var day: Day {
    guard let date = PartialDate(String(description.prefix(10))) else {
      preconditionFailure("a timestamp begins with its day")
    }
    return date.first
  }

  private static func isBelow(_ limit: UInt8, _ digits: ArraySlice<UInt8>) -> Bool {
    guard let tens = digits.first, let ones = digits.last, (48...57).contains(tens),
      (48...57).contains(ones)
    else { return false }
    return (tens - 48) * 10 + (ones - 48) < limit
  }

  /// Orders by time.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.description < right.description
  }
}
