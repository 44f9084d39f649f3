#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A colour of the sRGB space.
package struct Colour: Sendable, Hashable {
  /// `0xRRGGBB`.
  package let rgb: UInt32

  /// A colour.
  ///
  /// - Parameter rgb: `0xRRGGBB`.
  package init(_ rgb: UInt32) { self.rgb = rgb & 0xFFFFFF }

  /// As a style sheet writes it: `#rrggbb`.
  package var hex: String {
    let digits = String(rgb, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }

  /// The red, green and blue parts, 0 to 1.
  private var parts: [Double] {
    [16, 8, 0].map { Double((rgb >> UInt32($0)) & 0xFF) / 255 }
  }

  /// Relative luminance as the Web Content Accessibility Guidelines 2.1 define it.
  package var luminance: Double {
    let linear = parts.map { $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4) }
    return zip(linear, [0.2126, 0.7152, 0.0722]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The contrast of two colours, 1 to 21, as the same guidelines define it.
  ///
  /// - Parameter other: The other colour.
  /// - Returns: The ratio.
  package func contrast(with other: Colour) -> Double {
    let lighter = max(luminance, other.luminance)
    let darker = min(luminance, other.luminance)
    return (lighter + 0.05) / (darker + 0.05)
  }
}
