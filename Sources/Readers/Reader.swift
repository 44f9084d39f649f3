public import Claims
internal import Tables

/// Reads claims and facts out of a text, by a grammar: the same text gives the same answer, and every candidate says
/// which rule and which words it was read by.
public struct Reader: Sendable {
  private let known: KnownNames
  /// Who published the text.
  public let publisher: String?
  /// When.
  public let published: PartialDate?

  /// A reader of texts.
  ///
  /// - Parameters:
  ///   - parties: Parties known beforehand, as those of a book.
  ///   - publisher: Who published the text.
  ///   - published: When.
  public init(parties: [KnownParty] = [], publisher: String? = nil, published: PartialDate? = nil) {
    known = KnownNames(parties)
    (self.publisher, self.published) = (publisher, published)
  }

  /// What a text says.
  ///
  /// - Parameter bytes: The text; any bytes are taken.
  /// - Returns: Claims, facts, and amounts that are neither.
  public func read(_ bytes: [UInt8]) -> DocumentReading {
    var document = DocumentReader(
      Tokenizer.tokenize(bytes),
      known: known,
      publisher: publisher,
      published: published
    )
    return document.read()
  }
}
