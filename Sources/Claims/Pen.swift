/// With what pen a number was written down.
public enum Pen: String, Sendable, CaseIterable {
  /// Said of what is, or was.
  case stated
  /// Reckoned by an analyst or an editor.
  case estimate
  /// Said of what was still to come.
  case forecast

  /// A number told of days that were not over is a forecast, whatever else it is called.
  ///
  /// - Parameters:
  ///   - pen: What the row says; `nil` reads as stated.
  ///   - told: When it was said.
  ///   - end: The last day it speaks of.
  public init(_ pen: Pen?, told: Day, of end: Day) {
    self = pen ?? (told < end ? .forecast : .stated)
  }
}
