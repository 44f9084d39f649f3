public import Claims

/// Something that happened on a path.
public struct PathEvent: Sendable, Codable, Equatable {
  /// The month.
  public let month: String
  /// What happened.
  public let words: String
  /// Whose failure it is; `nil` for what is no failure.
  @Nullable public private(set) var failed: String?
  /// Who owed it money that did not come, with cents, the largest first.
  public let links: [Link]

  /// Money that did not come.
  public struct Link: Sendable, Codable, Equatable {
    /// Who did not pay.
    public let from: String
    /// Whom.
    public let to: String
    /// Dollars.
    public let amount: Double
  }
}
