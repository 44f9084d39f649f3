internal import Books
package import Claims
internal import Disk
internal import Reports

extension View {
  /// The party that somebody names by id or by name.
  ///
  /// - Parameter wanted: What somebody calls it.
  /// - Returns: Its id.
  /// - Throws: ``BookError`` where nobody goes by it, or more than one does.
  package func party(named wanted: String) throws -> String {
    do {
      return try NamedParty.id(of: wanted, among: contents.parties)
    } catch {
      let advice =
        error.meant.isEmpty
        ? error.nearest.map { "did you mean \($0)?" } ?? "list all with `ouro party`"
        : "say which: \(error.meant.joined(separator: ", "))"
      throw BookError.refused(reason: "there is no party \(wanted)", advice: advice)
    }
  }

  /// The parties that a file names, a line each; what follows a `#` is a remark.
  ///
  /// - Parameter path: The file.
  /// - Returns: Their ids, in order.
  /// - Throws: ``BookError``, and ``FileError``.
  package func parties(namedIn path: String) throws -> [String] {
    let text = String(decoding: try Files.bytes(of: path), as: UTF8.self)
    let names = text.split(whereSeparator: \.isNewline).map { line in
      String(
        line.prefix { $0 != "#" }.drop(while: \.isWhitespace).reversed()
          .drop(while: \.isWhitespace).reversed()
      )
    }.filter { !$0.isEmpty }
    guard !names.isEmpty else {
      throw BookError.refused(
        reason: "\(path) names no party",
        advice: "give one a line, by id or name"
      )
    }
    return try Set(names.map { try party(named: $0) }).sorted()
  }
}
