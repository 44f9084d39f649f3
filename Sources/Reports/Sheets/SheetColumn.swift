internal import Claims
internal import Payments
internal import Tables

/// A column of a sheet whose rows are of one type: what it is called, and how a row says what stands in it.
package struct SheetColumn<Value> {
  let heading: Sheet.Heading
  let cell: (Value) -> Sheet.Cell

  init(_ heading: Sheet.Heading, _ cell: @escaping (Value) -> Sheet.Cell) {
    (self.heading, self.cell) = (heading, cell)
  }

  private init(_ title: String, _ kind: Sheet.Kind, _ cell: @escaping (Value) -> Sheet.Cell) {
    self.init(Sheet.Heading(title: title, kind: kind), cell)
  }

  /// Words; an empty cell where there are none.
  static func text(_ title: String, _ words: @escaping (Value) -> String?) -> Self {
    Self(title, .text) { words($0).map { $0.isEmpty ? .nothing : .text($0) } ?? .nothing }
  }

  /// Whole dollars, or units of another currency.
  static func amount(_ title: String, _ amount: @escaping (Value) -> Double?) -> Self {
    Self(title, .amount(digits: 0)) { Sheet.Cell(amount($0)) }
  }

  /// An amount of a file, with as many digits after the point as amounts there have.
  static func units(
    _ title: String,
    digits: Int,
    _ units: @escaping (Value) -> Int64?
  ) -> Self {
    Self(title, .amount(digits: max(0, digits))) { value in
      units(value).map { .units($0, digits: digits) } ?? .nothing
    }
  }

  /// A bare amount, with two digits after the point.
  static func fine(_ title: String, _ amount: @escaping (Value) -> Double?) -> Self {
    Self(title, .amount(digits: 2)) { Sheet.Cell(amount($0)) }
  }

  /// A bare number, with the digits it has.
  static func number(_ title: String, _ number: @escaping (Value) -> Double?) -> Self {
    Self(title, .number) { Sheet.Cell(number($0)) }
  }

  /// A cell of a table that is a number wherever it can be.
  static func cell(_ title: String, _ cell: @escaping (Value) -> String) -> Self {
    Self(title, .number) { value in
      let cell = cell(value)
      if let number = StrictDecimal(cell) { return .number(number.double) }
      return cell.isEmpty ? .nothing : .text(cell)
    }
  }

  /// A number of things.
  static func count(_ title: String, _ count: @escaping (Value) -> Int?) -> Self {
    Self(title, .count) { Sheet.Cell(count($0).map(Double.init)) }
  }

  /// A share of one.
  static func share(_ title: String, _ share: @escaping (Value) -> Double?) -> Self {
    Self(title, .share) { Sheet.Cell(share($0)) }
  }

  /// A date as it is written; one that is no whole day, as `2025-03`, stays words.
  static func day(_ title: String, _ date: @escaping (Value) -> String?) -> Self {
    Self(title, .day) { value in
      guard let text = date(value), !text.isEmpty else { return .nothing }
      guard let date = PartialDate(text), date.first == date.last, text.utf8.count == 10 else {
        return .text(text)
      }
      return .day(date.first)
    }
  }

  /// Seconds since the beginning of 1970.
  static func moment(_ title: String, _ seconds: @escaping (Value) -> Int) -> Self {
    Self(title, .moment) { value in
      let seconds = seconds(value)
      return PaymentTime.range.contains(seconds) ? .moment(seconds) : .text("\(seconds)")
    }
  }

  /// A moment as people read it; what is none stays words.
  static func moment(_ title: String, text: @escaping (Value) -> String?) -> Self {
    Self(title, .moment) { value in
      text(value).map { text in
        PaymentTime.seconds(text).map { .moment($0) } ?? .text(text)
      } ?? .nothing
    }
  }

  /// Yes or no.
  static func flag(_ title: String, _ flag: @escaping (Value) -> Bool?) -> Self {
    Self(title, .flag) { flag($0).map { .flag($0) } ?? .nothing }
  }

  /// Ids of rows of the book.
  static func rows(_ title: String, _ ids: @escaping (Value) -> [String]) -> Self {
    Self(title, .rows) { value in
      let ids = ids(value)
      return ids.isEmpty ? .nothing : .rows(ids)
    }
  }
}

extension Sheet.Cell {
  /// A number; nothing where there is none, or where it is none.
  fileprivate init(_ number: Double?) {
    self = number.flatMap { $0.isFinite ? .number($0) : nil } ?? .nothing
  }

  /// As a CSV file holds it: amounts and numbers with all their digits and without marks, dates by ISO 8601.
  package var plain: String {
    switch self {
    case .nothing: ""
    case .text(let words): words
    case .number(let number): Figures.plain(number)
    case .units(let units, let digits): Figures.exact(minorUnits: units, digits: digits)
    case .day(let day): day.description
    case .moment(let seconds): PaymentTime.text(seconds)
    case .flag(let flag): flag ? "yes" : "no"
    case .rows(let ids): ids.joined(separator: " ")
    }
  }
}
