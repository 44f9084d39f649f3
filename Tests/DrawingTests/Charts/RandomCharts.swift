import Drawing
import TestKit

/// Charts of random content: names from nothing to unbreakable, any order of size.
struct RandomCharts {
  private var rng: SplitMix64
  let count: Int
  let options: ChartOptions

  init(seed: UInt64) {
    rng = SplitMix64(seed: seed)
    count = [1, 2, 3, 8, 23, 60][Int(seed % 6)]
    let widths = [320.0, 390, 679, 680, 960, 1440]
    options = ChartOptions(id: "c\(seed)", width: widths[Int(seed / 6 % 6)])
  }

  private static let words = [
    "Taiwan", "Semiconductor", "Manufacturing", "Company", "of", "AI", "→", "(aggregate)", "世界",
    "Ωμέγα", "W", "Donaudampfschifffahrtsgesellschaftskapitän", "12bn", "👩‍💻", "a,b;c",
  ]

  mutating func name() -> String {
    switch Int.random(in: 0..<12, using: &rng) {
    case 0: ""
    case 1: String(repeating: "W", count: 90)
    default:
      (0..<Int.random(in: 1...14, using: &rng))
        .map { _ in Self.words[Int.random(in: 0..<Self.words.count, using: &rng)] }
        .joined(separator: " ")
    }
  }

  mutating func number() -> Double {
    switch Int.random(in: 0..<10, using: &rng) {
    case 0: 0
    case 1: -Double.random(in: 0...1e12, using: &rng)
    case 2: 1e300
    case 3: .nan
    case 4: Double.random(in: 0...1e-9, using: &rng)
    default: Double.random(in: 0...1e11, using: &rng)
    }
  }

  mutating func share() -> Double { Double.random(in: 0...1, using: &rng) }

  mutating func range() -> ClosedRange<Double>? {
    guard Bool.random(using: &rng) else { return nil }
    let ends = [number(), number()].map { $0.isNaN ? 0 : $0 }
    return min(ends[0], ends[1])...max(ends[0], ends[1])
  }

  mutating func day(_ years: ClosedRange<Int> = 2019...2036) -> ChartDay {
    let first = (years.lowerBound - 1970) * 365
    return ChartDay(number: first + Int.random(in: 0...(years.count * 365), using: &rng))
  }

  mutating func caption() -> Caption {
    Caption(name(), subtitle: name(), note: name(), description: name())
  }

  // MARK: Charts

  mutating func panel() -> MeasuresPanel {
    let measures = (0..<count).map { _ in
      MeasuresPanel.Measure(
        label: name(),
        detail: name(),
        share: Bool.random(using: &rng) ? share() * 1.3 : nil,
        range: Bool.random(using: &rng) ? 0.1...(0.1 + share()) : nil,
        text: Bool.random(using: &rng) ? name() : nil
      )
    }
    return MeasuresPanel(caption(), sections: [.init(name(), measures: measures)])
  }

  mutating func ranges() -> RangeChart {
    let rows = (0..<count).map { _ in
      RangeChart.Row(
        section: Bool.random(using: &rng) ? name() : "",
        label: name(),
        detail: name(),
        value: Bool.random(using: &rng) ? number() : nil,
        range: range(),
        readings: (0..<Int.random(in: 0...4, using: &rng)).map { _ in
          .init(value: number(), label: name(), href: "#r")
        },
        href: "#x"
      )
    }
    return RangeChart(caption(), rows: rows, base: (number(), name())) { decimal($0) }
  }

  mutating func tornado() -> Tornado {
    let swings = (0..<count).map { _ in
      Tornado.Sensitivity(
        label: name(),
        detail: name(),
        low: number(),
        high: number(),
        lowInput: name(),
        highInput: name()
      )
    }
    return Tornado(caption(), base: 5e10, baseLabel: name(), swings: swings, top: 40) {
      decimal($0 / 1e9) + "bn"
    }
  }

  mutating func provenance() -> ProvenanceBars {
    let origins = (0..<count).map { index in
      ProvenanceBars.Origin(id: "o\(index)", label: name(), group: name(), href: "#o\(index)")
    }
    let parties = (0..<count).map { _ in
      let parts = (0..<Int.random(in: 0...count, using: &rng)).map { _ in share() }
      let sum = parts.reduce(0, +) * (Bool.random(using: &rng) ? 1 : 1.3)
      return ProvenanceBars.Party(
        label: name(),
        amount: name(),
        shares: parts.enumerated().map { .init("o\($0.offset)", $0.element / sum) },
        through: (0..<Int.random(in: 0...3, using: &rng)).map { _ in .init(name(), share()) }
      )
    }
    return ProvenanceBars(caption(), origins: origins, parties: parties)
  }

  mutating func fan() throws -> FanChart {
    let start = day()
    let days = (0..<count).map { ChartDay(number: start.number + $0 * 31) }
    let levels = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].prefix(1 + count % 7)
    let quantiles = levels.map { level in
      FanChart.Quantile(
        level: level,
        values: days.map { _ in (share() - 0.5 + level) * 1e10 }
      )
    }
    let events = (0..<(count % 5)).map { _ in FanChart.Event(day: day(), label: name()) }
    return try FanChart(caption(), days: days, quantiles: Array(quantiles), events: events) {
      "$" + decimal($0)
    }
  }

  mutating func timeline() -> Timeline {
    let isNarrow = Bool.random(using: &rng)
    let years = isNarrow ? 2025...2025 : 2019...2036
    let deals = (0..<count).map { index in
      Timeline.Deal(
        label: name(),
        group: index % 3 == 0 ? name() : "A → B",
        kind: "kind \(index % 11)",
        readings: (0..<Int.random(in: 1...3, using: &rng)).map { _ in reading() },
        reported: Bool.random(using: &rng) ? day() : nil,
        claims: (0..<Int.random(in: 0...6, using: &rng)).map { _ in claim(years) },
        href: "#d\(index)"
      )
    }
    let window = ChartDay(number: 20_150)...ChartDay(number: 20_150 + (isNarrow ? 40 : 1500))
    return Timeline(
      caption(),
      deals: deals,
      asOf: Bool.random(using: &rng) ? day() : nil,
      window: Bool.random(using: &rng) ? window : nil,
      labelsClaims: Bool.random(using: &rng) ? nil : true
    )
  }

  private mutating func reading() -> Timeline.Reading {
    let standings: [Timeline.Standing] = [.firm, .planned, .contingent, .ended]
    return Timeline.Reading(
      text: name(),
      start: Bool.random(using: &rng) ? day() : nil,
      end: Bool.random(using: &rng) ? day() : nil,
      standing: standings[Int.random(in: 0..<4, using: &rng)]
    )
  }

  private mutating func claim(_ years: ClosedRange<Int>) -> Timeline.Claim {
    let acts = Timeline.Act.allCases
    let trusts = Timeline.Trust.allCases
    return Timeline.Claim(
      reported: day(years),
      act: acts[Int.random(in: 0..<acts.count, using: &rng)],
      trust: trusts[Int.random(in: 0..<trusts.count, using: &rng)],
      label: name(),
      href: "#c"
    )
  }
}
