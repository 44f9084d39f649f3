/// A document in which somebody says something.
public struct Source: Record {
  /// What sort of document it is; trust follows from it.
  public enum Kind: String, Sendable, CaseIterable {
    case filing
    case companyStatement = "company-statement"
    case court, data, news, analysis
  }

  /// The stored identity.
  public let id: String
  /// Who published it.
  public let publisher: String
  /// Its title.
  public let title: String
  /// When it was published, where that is known.
  public let published: PartialDate?
  /// Its address.
  public let url: String
  /// What sort of document it is.
  public let kind: Kind
  /// How the editor saw it: the stored page, an excerpt, another's word.
  public let seenAs: String
  /// What an editor wants a reader to know.
  public let note: String

  /// The table `sources`.
  public static let table = "sources"
  /// The columns of `sources.csv`.
  public static let columns = [
    "id", "publisher", "title", "published", "url", "kind", "seen_as", "note",
  ]

  /// Reads a row of `sources.csv`.
  public init(_ fields: Fields) throws(FieldFault) {
    id = try fields.identifier("id")
    publisher = try fields.required("publisher")
    title = try fields.required("title")
    published = try fields.optionalDate("published")
    url = try fields.text("url")
    kind = try fields.choice("kind", Kind.self)
    seenAs = try fields.text("seen_as")
    note = try fields.text("note")
  }

  /// The cells of the row.
  public var values: [String] {
    [id, publisher, title, published?.description ?? "", url, kind.rawValue, seenAs, note]
  }
}
