import Foundation
import Tables

/// A share as a percentage to one digit: `66.7 %`; a dash where there is none.
func percent(_ share: Double?) -> String {
  share.map { String(format: "%.1f %%", $0 * 100) } ?? "–"
}

/// An amount to two digits at most, with thousands apart: `1,250.5`; a dash where there is none.
func figure(_ amount: Double?) -> String {
  guard let amount else { return "–" }
  if amount != 0, amount.magnitude < 0.01 { return String(format: "%.3g", amount) }
  guard amount.magnitude < 1e15 else { return String(format: "%.6g", amount) }
  var text = String(format: "%.2f", amount)
  while text.hasSuffix("0") { text.removeLast() }
  if text.hasSuffix(".") { text.removeLast() }
  if text == "-0" { return "0" }
  let parts = text.split(separator: ".", maxSplits: 1)
  let whole = grouped(String(parts[0]))
  return parts.count == 2 ? "\(whole).\(parts[1])" : whole
}

/// The digits of a whole number with thousands apart.
func grouped(_ digits: String) -> String {
  let sign = digits.hasPrefix("-") ? "-" : ""
  let bare = Array(digits.dropFirst(sign.count))
  let groups = stride(from: bare.count, to: 0, by: -3).map { end in
    String(bare[max(0, end - 3)..<end])
  }
  return sign + groups.reversed().joined(separator: ",")
}

/// Rows of cells as lines whose columns line up: the first to the left, the others to the right.
///
/// - Parameters:
///   - header: The names of the columns.
///   - rows: The cells, as many in each row as in the header.
/// - Returns: The lines, indented by two.
func table(_ header: [String], _ rows: [[String]]) -> String {
  let cells = ([header] + rows).map { $0.map(legible) }
  let widths = header.indices.map { column in
    cells.map { $0[column].count }.max() ?? 0
  }
  let lines = cells.map { row in
    let cells = row.indices.map { column in
      let blanks = String(repeating: " ", count: widths[column] - row[column].count)
      return column == 0 ? row[column] + blanks : blanks + row[column]
    }
    var line = "  " + cells.joined(separator: "  ")
    while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
    return line
  }
  return lines.joined(separator: "\n")
}
