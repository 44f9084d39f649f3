/// An amount as a format of banks writes it, in minor units; below nought where it is so written.
func statedUnits(_ text: String, _ mark: DecimalMark, _ hints: ReadingHints) -> Int64? {
  ColumnProfile.withBytes(text.trimmedText) { bytes in
    switch AmountReader(mark, digits: hints.digits, rounds: true).read(bytes) {
    case .units(let units, let isNegative, nil): isNegative ? -units : units
    default: nil
    }
  }
}

/// A moment as a format of banks writes it, in seconds since 1970.
func statedMoment(_ text: String) -> Int? {
  ColumnProfile.moment(text, .dayMonthYear, .form(.yearMonthDay))
}
