internal import Columns
internal import Claims
internal import Networks
internal import Payments

extension Payments {
  /// What amounts are counted in.
  var unit: AmountUnit { AmountUnit(currency: nil, digits: digits) }

  /// The earliest time of a payment and the latest.
  var span: (first: Int, last: Int)? {
    guard count > 0 else { return nil }
    return (0..<count).reduce((first: time[0], last: time[0])) { span, index in
      (min(span.first, time[index]), max(span.last, time[index]))
    }
  }

  /// The months from the first payment to the last.
  var months: [Month] {
    guard let span else { return [] }
    func month(_ time: Int) -> Int {
      Month(of: Day(ordinal: Int((Double(time) / 86_400).rounded(.down)))).index
    }
    return (month(span.first)...month(span.last)).map(Month.init(index:))
  }
}
