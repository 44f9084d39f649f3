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
