import Claims
import Foundation
import Loops
import Networks

/// Lines of `from to time`, whole numbers.
func triples(_ path: String) throws -> TransferColumns {
  let data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
  var numbers: [Int] = []
  data.withUnsafeBytes { bytes in
    var value = 0
    var isInside = false
    for byte in bytes {
      if byte >= 48 && byte <= 57 {
        value = value * 10 + Int(byte) - 48
        isInside = true
      } else if isInside {
        numbers.append(value)
        value = 0
        isInside = false
      }
    }
  }
  let count = numbers.count / 3
  let payer = FlatArray<Int32>(repeating: 0, count: count)
  let payee = FlatArray<Int32>(repeating: 0, count: count)
  let time = FlatArray<Int>(repeating: 0, count: count)
  var nodes = 0
  for row in 0..<count {
    payer[row] = Int32(numbers[3 * row])
    payee[row] = Int32(numbers[3 * row + 1])
    time[row] = numbers[3 * row + 2]
    nodes = max(nodes, numbers[3 * row] + 1, numbers[3 * row + 1] + 1)
  }
  return TransferColumns(
    payer: payer,
    payee: payee,
    time: time,
    amounts: .numbers(FlatArray(repeating: 1, count: count)),
    nodeCount: nodes
  )
}

/// Payments as of a bank: few parties pay much, half answer an earlier payment, days run over a year.
///
/// SplitMix64 with a fixed seed, so that the file is the same everywhere.
func generate(rows: Int, to path: String) throws {
  var state: UInt64 = 0x6F75_726F
  func random() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
  let parties = UInt64(max(100, rows / 10))
  func party() -> UInt64 {
    // The square of an even draw: the first hundredth of the parties pays a tenth.
    let draw = random() % parties
    return draw * (random() % parties) / parties
  }
  _ = FileManager.default.createFile(atPath: path, contents: nil)
  guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileNoSuchFile) }
  var text = "payer,payee,amount,date\n"
  var recent = [(UInt64, UInt64)](repeating: (0, 1), count: 1_024)
  for row in 0..<rows {
    var pair = (party(), party())
    let former = recent[Int(random() % 1_024)]
    if random() % 2 == 0 { pair = (former.1, former.0) }
    if pair.0 == pair.1 { pair.1 = (pair.1 + 1) % parties }
    recent[row % 1_024] = pair
    let day = Day(ordinal: 20_089 + row * 365 / rows)
    let cents = random() % 10_000_000
    text += "A\(pair.0),A\(pair.1),\(cents / 100).\(cents / 10 % 10)\(cents % 10),\(day)\n"
    if text.utf8.count > 1 << 20 {
      try file.write(contentsOf: Data(text.utf8))
      text = ""
    }
  }
  try file.write(contentsOf: Data(text.utf8))
  try file.close()
}
