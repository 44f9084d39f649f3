import ArgumentParser
import Books
import Claims
import Drawing
import Pages
import Projection
import Reports

/// The pictures of a run in a file, alone.
struct RunDrawing {
  private let path: String
  private let run: RunFile
  private let result: ProjectionReport
  private let pictures: ProjectionPictures

  /// Reads the run, and the names of its parties where its book can still be read.
  init(_ path: String) throws {
    run = try RunStore.read(path)
    guard let result = run.result else {
      let gap = run.missing(of: 0..<run.parameters.paths).first ?? 0..<0
      throw RunFileError.incomplete(from: gap.lowerBound, until: gap.upperBound)
    }
    (self.path, self.result) = (path, result)
    pictures = ProjectionPictures(Self.names(of: run), subtitle: run.subtitle)
  }

  /// The cash of a party; without one, the closed loop.
  func fan(_ party: String?) throws -> FanChart {
    guard let party else {
      guard let loop = try pictures.closedLoop(result) else {
        throw ValidationError("\(path) has no two years of a closed loop; name a party by --focus.")
      }
      return loop
    }
    guard let found = result.parties.first(where: { $0.id == party }) else {
      let known = result.parties.map(\.id).sorted().joined(separator: ", ")
      throw ValidationError("\(path) tells the cash of \(known), and not of \(party).")
    }
    return try pictures.cash(of: found, in: run)
  }

  func tornado() throws -> Tornado {
    guard let tornado = pictures.tornado(run.drivers) else {
      throw ValidationError(
        "\(path) says nothing of what moves the money needed: nobody needs any."
      )
    }
    return tornado
  }

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
