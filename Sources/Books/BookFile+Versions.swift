internal import GRDB

extension BookFile {
  /// The newest version of a book file that this program reads; it reads all before it.
  public static let newestVersion = Int(BookSchema.version)

  /// The version of a new book file.
  public static let firstVersion = Int(BookSchema.versionWithoutInbox)

  /// The version of the SQLite that the program runs with; `nil` where it gives none.
  public static var sqliteVersion: String? {
    try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
  }
}
