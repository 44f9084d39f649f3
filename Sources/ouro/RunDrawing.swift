import ArgumentParser
import Inputs
import Pages
import Reports

extension RunPictures {
  /// The pictures of the run at `path`.
  init(_ path: String) throws {
    let run = try RunStore.read(path)
    let names = RunStore.names(of: run)
    if names == nil { say("\(run.parameters.book) cannot be read; parties go by their ids") }
    try self.init(run, names ?? PartyNames(ids: run.parties))
  }

  /// Draws one of the pictures of the run at `path`; refuses what the run does not give.
  static func of<Chart>(_ path: String, _ draw: (RunPictures) throws -> Chart) throws -> Chart {
    do {
      return try draw(RunPictures(path))
    } catch let fault as Fault {
      throw ValidationError("\(path) \(fault)")
    }
  }
}
