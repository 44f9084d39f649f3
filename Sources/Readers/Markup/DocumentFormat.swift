/// How a document is written.
public enum DocumentFormat: String, Sendable, CaseIterable {
  /// Nothing but text.
  case text
  /// Text with the marks of Markdown.
  case markdown
  /// A page, or a filing, in HTML.
  case html

  /// What a document is, by the end of its name and by its first bytes.
  ///
  /// - Parameters:
  ///   - name: The name of its file.
  ///   - bytes: The document.
  /// - Returns: The format.
  public static func guess(name: String, bytes: [UInt8]) -> DocumentFormat {
    let name = name.lowercased()
    if [".html", ".htm", ".xhtml"].contains(where: name.hasSuffix) { return .html }
    if [".md", ".markdown"].contains(where: name.hasSuffix) { return .markdown }
    let head = String(decoding: bytes.prefix(512), as: UTF8.self).lowercased()
    let isPage = ["<!doctype html", "<html", "<head", "<body", "<?xml"].contains(
      where: head.contains
    )
    return isPage ? .html : .text
  }
}

/// Why a document was not read.
public enum DocumentError: Error, Equatable, CustomStringConvertible {
  /// It is larger than what is read.
  case tooLarge(bytes: Int, limit: Int)
  /// It declares entities or a subset of its own, which nobody needs and attacks use.
  case declaresEntities(offset: Int)
  /// It is not text: a picture, a PDF, an archive.
  case notText(what: String)
  /// It holds nothing to read.
  case empty

  /// One sentence for a person.
  public var description: String {
    switch self {
    case .tooLarge(let bytes, let limit):
      "the document has \(bytes) bytes, at most \(limit) are read; give the passages that matter"
    case .declaresEntities(let offset):
      "the document declares entities of its own (byte \(offset)), which is refused; save it as plain text"
    case .notText(let what): "the document is \(what), not text; save it as text or HTML first"
    case .empty: "the document holds no text; nothing was read"
    }
  }
}

/// The text of a document, without its markup.
public enum DocumentText {
  /// The most bytes of a document that are read.
  public static let limit = 32 << 20
  /// The most bytes of its text: what is read takes some twenty times as many.
  public static let textLimit = 8 << 20

  /// The text of a document.
  ///
  /// - Parameters:
  ///   - bytes: The document.
  ///   - format: How it is written.
  /// - Returns: Its text, in UTF-8.
  /// - Throws: ``DocumentError``.
  public static func text(of bytes: [UInt8], _ format: DocumentFormat) throws(DocumentError)
    -> [UInt8]
  {
    guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
    if let what = binary(bytes) { throw .notText(what: what) }
    let text =
      switch format {
      case .text: bytes
      case .markdown: MarkdownText.text(of: bytes)
      case .html: try HTMLText.text(of: bytes)
      }
    guard text.count <= textLimit else { throw .tooLarge(bytes: text.count, limit: textLimit) }
    guard text.contains(where: { $0 > 0x20 }) else { throw .empty }
    return text
  }

  /// What a document is that is no text, by its first bytes.
  private static func binary(_ bytes: [UInt8]) -> String? {
    let kinds: [(String, [UInt8])] = [
      ("a PDF", Array("%PDF".utf8)), ("an archive or an office document", [0x50, 0x4B, 3, 4]),
      ("compressed", [0x1F, 0x8B]),
      ("a picture", [0x89, 0x50, 0x4E, 0x47]), ("a picture", [0xFF, 0xD8, 0xFF]),
      ("a program", [0x7F, 0x45, 0x4C, 0x46]),
      ("in UTF-16", [0xFF, 0xFE]), ("in UTF-16", [0xFE, 0xFF]),
    ]
    if let kind = kinds.first(where: { bytes.starts(with: $0.1) }) { return kind.0 }
    return bytes.prefix(4096).contains(0) ? "binary" : nil
  }
}
