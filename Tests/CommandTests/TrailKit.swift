import Foundation
import TestKit

/// Asks for a trail through payments between parties that held 100, 50, nothing, nothing and 30.
func runTrail(_ command: String, _ options: [String], _ text: String) throws -> ProgramResult {
  try withTemporaryFolder { folder in
    let openings = folder.appending(path: "openings.csv").path
    try Data("party,balance\na,100\nb,50\nc,0\nd,0\ne,30\n".utf8).write(
      to: URL(filePath: openings)
    )
    return try runOuro([command, "-"] + options + ["--openings", openings], input: text)
  }
}
