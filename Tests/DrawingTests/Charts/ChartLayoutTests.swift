import Drawing
import Testing

/// Labels of charts never overlap or leave the canvas, whatever they are called and however many.
@Suite struct ChartLayoutTests {
  static let seeds = UInt64(0)..<36

  @Test(arguments: seeds) func measures(seed: UInt64) throws {
    var random = RandomCharts(seed: seed)
    let chart = random.panel()
    try checkedChart { chart.picture(random.options) }
  }

  @Test(arguments: seeds) func ranges(seed: UInt64) throws {
    var random = RandomCharts(seed: seed)
    let chart = random.ranges()
    try checkedChart { chart.picture(random.options) }
  }

  @Test(arguments: seeds) func swings(seed: UInt64) throws {
    var random = RandomCharts(seed: seed)
    let chart = random.tornado()
    try checkedChart { chart.picture(random.options) }
  }

  @Test(arguments: seeds) func provenance(seed: UInt64) throws {
    var random = RandomCharts(seed: seed)
    let chart = random.provenance()
    try checkedChart { chart.picture(random.options) }
  }

  @Test(arguments: seeds) func fans(seed: UInt64) throws {
    var random = RandomCharts(seed: seed)
    let chart = try random.fan()
    try checkedChart { chart.picture(random.options) }
  }

  @Test(arguments: seeds) func timelines(seed: UInt64) throws {
    var random = RandomCharts(seed: seed)
    let chart = random.timeline()
    try checkedChart { chart.picture(random.options) }
  }

  @Test func nothingToShow() throws {
    let options = ChartOptions(id: "n", width: .nan)
    let caption = Caption("")
    try checkedChart { MeasuresPanel(caption, sections: []).picture(options) }
    try checkedChart { RangeChart(caption, rows: []) { decimal($0) }.picture(options) }
    try checkedChart { ProvenanceBars(caption, origins: [], parties: []).picture(options) }
    try checkedChart { Timeline(caption, deals: []).picture(options) }
    let fan = try FanChart(caption, days: [], quantiles: []) { decimal($0) }
    try checkedChart { fan.picture(options) }
    let tornado = Tornado(caption, base: 0, baseLabel: "", swings: []) { decimal($0) }
    try checkedChart { tornado.picture(options) }
  }
}
