import ArgumentParser
import Books
import Claims
import Pages
import Reports

extension RunPictures {
  /// The pictures of the run at `path`.
  init(_ path: String) throws {
    let run = try RunStore.read(path)
    try self.init(run, Self.names(of: run))
  }

  /// Draws one of the pictures of the run at `path`; refuses what the run does not give.
  static func of<Chart>(_ path: String, _ draw: (RunPictures) throws -> Chart) throws -> Chart {
    do {
      return try draw(RunPictures(path))
    } catch let fault as Fault {
      throw ValidationError("\(path) \(fault)")
    }
  }

  /// The names of parties, where the book can still be read.
  private static func names(of run: RunFile) -> PartyNames {
    guard let opened = try? BookFile.open(run.parameters.book),
      let day = PartialDate(run.parameters.asOf),
      let view = try? View(of: opened.contents, ViewRequest(asOf: day.last))
    else {
      say("\(run.parameters.book) cannot be read; parties go by their ids")
      return PartyNames(ids: run.parties)
    }
    return PartyNames(view)
  }
}
