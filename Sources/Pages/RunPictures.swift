package import Drawing
internal import Projection
package import Reports

/// The pictures of a run that is done, each alone.
package struct RunPictures: Sendable {
  /// Why a run does not give a picture.
  package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
    /// It is too short for a closed loop by the year.
    case noLoop
    /// It does not tell the cash of a party; those whose it tells.
    case noCash(party: String, known: [String])
    /// Nobody needs money from outside.
    case noNeed

    /// What the run lacks, as words that follow its name.
    package var description: String {
      switch self {
      case .noLoop: "has no two years of a closed loop; name a party by --focus."
      case .noCash(let party, let known):
        "tells the cash of \(known.joined(separator: ", ")), and not of \(party)."
      case .noNeed: "says nothing of what moves the money needed: nobody needs any."
      }
    }
  }

  private let run: RunFile
  private let result: ProjectionReport
  private let pictures: ProjectionPictures

  /// The pictures of `run`.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - names: Names of parties.
  /// - Throws: ``RunFileError/incomplete(from:until:)`` for a part of a run.
  package init(_ run: RunFile, _ names: PartyNames) throws(RunFileError) {
    try run.checkWhole()
    guard let result = run.result else { preconditionFailure("a whole run has its answer") }
    (self.run, self.result) = (run, result)
    pictures = ProjectionPictures(names, subtitle: run.subtitle)
  }

  /// The cash of a party; without one, the closed loop.
  ///
  /// - Parameter party: The party.
  /// - Returns: The chart.
  /// - Throws: ``Fault``, and ``FanChartError``, which a run does not give.
  package func fan(_ party: String?) throws -> FanChart {
    guard let party else {
      guard let loop = try pictures.closedLoop(result) else { throw Fault.noLoop }
      return loop
    }
    guard let found = result.parties.first(where: { $0.id == party }) else {
      throw Fault.noCash(party: party, known: result.parties.map(\.id).sorted())
    }
    return try pictures.cash(of: found, middle: run.middle)
  }

  /// What moves the money needed.
  ///
  /// - Returns: The chart.
  /// - Throws: ``Fault/noNeed``.
  package func tornado() throws(Fault) -> Tornado {
    guard let tornado = pictures.tornado(run.drivers) else { throw .noNeed }
    return tornado
  }
}

extension RunFile {
  /// What stands under the title of its pictures.
  var subtitle: String {
    "\(parameters.name) · \(parameters.paths) paths · as known on \(parameters.asOf)"
  }
}
