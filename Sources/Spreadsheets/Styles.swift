internal import CXlsxWriter
internal import Reports

/// How cells of a workbook look, by what their column holds.
struct Styles {
  typealias Style = UnsafeMutablePointer<lxw_format>

  /// Titles of columns of words, and of numbers.
  private let heading: Style?
  private let headingOfNumbers: Style?
  let plain: Style?
  let wrapped: Style?
  private let count: Style?
  private let share: Style?
  private let day: Style?
  private let moment: Style?
  private let flag: Style?
  /// Amounts by their digits after the point.
  private let amounts: [Style?]
  /// The most digits that amounts show after the point.
  private static let mostDigits = 9

  init(_ file: UnsafeMutablePointer<lxw_workbook>) {
    func style(_ numbers: String? = nil) -> Style? {
      let style = workbook_add_format(file)
      format_set_align(style, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      if let numbers { format_set_num_format(style, numbers) }
      return style
    }
    (plain, wrapped, heading, headingOfNumbers) = (style(), style(), style(), style())
    // What some spreadsheets show for true, false; others have words of their own.
    flag = style("\"yes\";\"yes\";\"no\"")
    format_set_text_wrap(wrapped)
    for title in [heading, headingOfNumbers] {
      format_set_text_wrap(title)
      format_set_bold(title)
      format_set_bottom(title, UInt8(LXW_BORDER_THIN.rawValue))
    }
    format_set_align(headingOfNumbers, UInt8(LXW_ALIGN_RIGHT.rawValue))
    format_set_align(flag, UInt8(LXW_ALIGN_CENTER.rawValue))
    count = style("#,##0")
    share = style("0.0%")
    day = style("yyyy-mm-dd")
    moment = style("yyyy-mm-dd hh:mm:ss")
    amounts = (0...Self.mostDigits).map { digits in
      style(digits == 0 ? "#,##0" : "#,##0.\(String(repeating: "0", count: digits))")
    }
  }

  /// The style of the title of a column.
  func title(_ kind: Sheet.Kind) -> Style? {
    switch kind {
    case .text, .rows, .flag, .day, .moment: heading
    case .amount, .number, .count, .share: headingOfNumbers
    }
  }

  /// The style of numbers in a column.
  subscript(kind: Sheet.Kind) -> Style? {
    switch kind {
    case .text, .rows, .number: plain
    case .amount(let digits): amounts[min(max(0, digits), Self.mostDigits)]
    case .count: count
    case .share: share
    case .day: day
    case .moment: moment
    case .flag: flag
    }
  }
}
