import Books
import CBuild
import Payments
import Reports

/// The program's version.
let version = "0.1.0"

/// What `--version` tells: the program, the commit it was built from, and what its files depend on.
enum VersionText {
  /// The text, on three lines.
  static var text: String {
    let commit = String(cString: build_commit())
    return """
      ouro \(version), built from \(commit.isEmpty ? "sources of no known commit" : "commit \(commit)")
      SQLite \(BookFile.sqliteVersion ?? "of no known version")
      writes book files of version \(BookFile.firstVersion) (\(BookFile.newestVersion) with an inbox, reads 1 to \
      \(BookFile.newestVersion)), packed payments of version \(Payments.packVersion), \(RunFile.format)
      """
  }
}
