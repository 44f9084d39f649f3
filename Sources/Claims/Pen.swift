/// With what pen a number was written down.
public enum Pen: String, Sendable, CaseIterable {
  /// Said of what is, or was.
  case stated
  /// Reckoned by an analyst or an editor.
  case estimate
  /// Said of what was still to come.
  case forecast
}
