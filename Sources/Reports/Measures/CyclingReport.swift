package import Claims
internal import Loops
internal import Networks

/// The chance that a dollar passing through a party comes back to it.
package struct CyclingReport: MeasureReport {
  /// One party.
  package struct Party: Encodable, Sendable {
    private enum CodingKeys: String, CodingKey {
      case id
      case returnProbability = "return_probability"
      case standardError = "standard_error"
    }

    /// The party.
    package let id: String
    /// The chance that a dollar passing through comes back.
    package let returnProbability: Double
    /// 0 where the probability is exact.
    package let standardError: Double
    let throughflow: Double
  }

  private enum CodingKeys: String, CodingKey {
    case measure, finn, throughflow, parties
    case finnStandardError = "finn_standard_error"
    case pathLength = "path_length"
  }

  private let measure = "cycling"
  /// Finn's index; `nil` where nothing passes through.
  @Nullable package private(set) var finn: Double?
  /// 0 where the index is exact.
  package let finnStandardError: Double
  /// What passes through parties in all.
  package let throughflow: Double
  /// How many parties a dollar passes on its way; `nil` where nothing enters.
  @Nullable package private(set) var pathLength: Double?
  /// The parties in the order of the network.
  package let parties: [Party]
  private let listed: ListedParties

  /// Measures the network of `source`.
  ///
  /// - Parameters:
  ///   - source: The flows.
  ///   - threads: The number of threads; the answer is the same for any.
  ///   - listed: How many parties the words list.
  /// - Throws: ``NetworkError`` and ``MeasureError``.
  package init(of source: FlowSource, threads: Int, listed: ListedParties) throws {
    let network = try source.network()
    let cycling = try Cycling(of: network, threads: threads)
    finn = cycling.finn
    finnStandardError = cycling.finnStandardError
    throughflow = cycling.totalThroughflow
    pathLength = cycling.pathLength
    parties = network.nodes.indices.map { node in
      Party(
        id: network.nodes[node],
        returnProbability: cycling.returnProbability[node],
        standardError: cycling.standardError[node],
        throughflow: cycling.throughflow[node]
      )
    }
    self.listed = listed
  }
}

extension CyclingReport {
  /// What the cells of ``line`` are called.
  package static let headings = ["passes through", "Finn's index", "parties on the way"]

  /// The figures that matter most.
  package var line: [String] {
    [
      Figures.amount(throughflow), Figures.tenths(finn) + margin(finnStandardError),
      Figures.amount(pathLength),
    ]
  }

  /// The answer for a person.
  package func text(_: PartyNames) -> String {
    let shown = listed.first(of: parties.indices) {
      parties[$0].returnProbability * parties[$0].throughflow
    }
    let rows = shown.map { parties[$0] }.map { party in
      [
        party.id, Figures.amount(party.throughflow),
        Figures.tenths(party.returnProbability) + margin(party.standardError),
      ]
    }
    let lines = [
      """
      Of all that passes through parties, \(Figures.tenths(finn))\
      \(margin(finnStandardError)) has been there before (Finn's index).
        passes through in all    \(Figures.amount(throughflow))
        parties on the way       \(Figures.amount(pathLength))

      The chance that a dollar passing through comes back:
      """
    ]
    let table = TextTable.figures(["", "passes through", "comes back"], rows)
    return (lines + table + listed.rest(of: parties.count)).joined(separator: "\n") + "\n"
  }

  /// What an estimate may be off by, nothing for an exact figure.
  private func margin(_ standardError: Double) -> String {
    standardError > 0 ? " ± \(Figures.tenths(standardError))" : ""
  }
}
