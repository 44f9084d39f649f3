package import Claims
internal import Disk
package import Readers

/// Documents in files: how they are written, who published them when, and the book that they are read beside.
package struct DocumentFiles {
  private let format: DocumentFormat?
  private let reader: Reader
  private let match: BookMatch?

  /// Documents.
  ///
  /// - Parameters:
  ///   - format: How they are written; told by name and content where `nil`.
  ///   - publisher: Who published them.
  ///   - published: When; by default the day that a document gives itself.
  ///   - match: The book whose parties and deals are meant.
  package init(
    as format: DocumentFormat?,
    publisher: String?,
    published: PartialDate?,
    _ match: BookMatch?
  ) {
    (self.format, self.match) = (format, match)
    reader = Reader(parties: match?.parties ?? [], publisher: publisher, published: published)
  }

  /// The text of a document.
  ///
  /// - Parameter file: Its file; `-` is standard input.
  /// - Returns: The text.
  /// - Throws: ``FileError``, and ``UnreadableFile`` where it is no document.
  package func text(of file: String) throws -> [UInt8] {
    let bytes = try Files.bytes(of: file, atMost: DocumentText.limit + 1)
    do throws(DocumentError) {
      return try DocumentText.text(
        of: bytes,
        format ?? DocumentFormat.guess(name: file, bytes: bytes)
      )
    } catch {
      throw UnreadableFile(file, error)
    }
  }

  /// What a text says by the grammar, with the deals of the book where one is given.
  ///
  /// - Parameter text: The text.
  /// - Returns: Claims, facts, and amounts that are neither.
  package func reading(of text: [UInt8]) -> DocumentReading {
    let reading = reader.read(text)
    return match?.linked(reading) ?? reading
  }

  /// What a model reads in a text beside that.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - reading: What the grammar read.
  ///   - model: The model; `nil` where nobody named one.
  /// - Returns: What passed, and where the two differ.
  /// - Throws: ``ModelUnavailable``.
  package func reading(
    of text: [UInt8],
    beside reading: DocumentReading,
    by model: ModelServer?
  ) throws(ModelUnavailable) -> ModelReading? {
    guard let model else { return nil }
    return try model.reading(of: text, beside: reading, match)
  }
}
