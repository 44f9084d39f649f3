internal import Columns
internal import Numerics
public import Networks

/// How closed a network is beside random ones in which every party's totals are the same.
public struct NullModelComparison: Sendable, Equatable {
  /// One measure of the network among those of the random ones.
  public struct Place: Sendable, Equatable {
    /// The measure of the network itself.
    public let actual: Double
    /// The measure of the random networks, in ascending order.
    public let sampled: [Double]

    /// The share of random networks that measure less, ties half: 0.5 is what chance would do.
    public var quantile: Double? {
      guard !sampled.isEmpty else { return nil }
      let less = sampled.count { $0 < actual }
      let equal = sampled.count { $0 == actual }
      return (Double(less) + Double(equal) / 2) / Double(sampled.count)
    }

    /// The mean over the random networks.
    public var mean: Double? {
      sampled.isEmpty ? nil : sampled.compensatedSum / Double(sampled.count)
    }
  }

  /// The closed-loop share.
  public let share: Place
  /// The Finn cycling index: `nil` where it is not worked out.
  public let finn: Place?
  /// The circular share of net flows, links weighted by flow: `nil` where nothing nets.
  public let circularShare: Place?
  /// The seed of the random networks.
  public let seed: UInt64

  /// Measures `network` and `samples` rewirings of it.
  ///
  /// - Parameters:
  ///   - network: A network that balances within one part in 10⁴.
  ///   - samples: The number of random networks.
  ///   - seed: Where chance begins: the same seed gives the same networks.
  /// - Throws: ``MeasureError``, as the measures do.
  public init(of network: FlowNetwork, samples: Int, seed: UInt64) throws(MeasureError) {
    let actual = try Figures(of: network)
    var sampled: [Figures] = []
    for path in 0..<max(0, samples) {
      var stream = RandomStream(seed: seed, path: UInt64(path), for: .rewiring)
      sampled.append(try Figures(of: network.rewired(using: &stream)))
    }
    self.seed = seed
    share = Place(actual: actual.share, sampled: sampled.map(\.share).sorted())
    finn = actual.finn.map { Place(actual: $0, sampled: sampled.compactMap(\.finn).sorted()) }
    circularShare = actual.circularShare.map {
      Place(actual: $0, sampled: sampled.compactMap(\.circularShare).sorted())
    }
  }

  /// The closed-loop shares of rewirings of a network, in ascending order.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - samples: How many.
  ///   - seed: Where chance begins: the same seed gives the same networks.
  /// - Returns: The shares.
  public static func shares(of network: FlowNetwork, samples: Int, seed: UInt64) -> [Double] {
    let found = Guarded([Double]())
    let paths = 50
    Workers.share((max(0, samples) + paths - 1) / paths, threads: Workers.processorCount) { piece in
      let shares = (piece * paths..<min(samples, (piece + 1) * paths)).map { path in
        var stream = RandomStream(seed: seed, path: UInt64(path), for: .rewiring)
        return Circulation(of: network.rewired(using: &stream)).share
      }
      found.with { $0 += shares }
    }
    return found.with { $0 }.sorted()
  }

  private struct Figures {
    let share: Double
    let finn: Double?
    let circularShare: Double?

    init(of network: FlowNetwork) throws(MeasureError) {
      share = Circulation(of: network).share
      finn = try Cycling(of: network, countsSelfFlows: false).finn
      circularShare = try Potential(of: network, weighting: .flow).circularShare
    }
  }
}
