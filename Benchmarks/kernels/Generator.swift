import Numerics
import Claims
import Foundation
import Networks

/// A year of payments as a bank sees them, the same for the same number of rows.
///
/// Parties are of power-law size and live in neighbourhoods of 200; seven relations in ten stay inside
/// one, and a quarter is answered by the relation back. Relations are used again and again, a tenth of the
/// payments answers another within a day, and two in a thousand belong to a ring of 3 to 6 within
/// 12 hours, in which each passes on what it got but for a hundredth or two.
struct PaymentGenerator {
  private let rows: Int
  private let parties: Int
  private var random = RandomStream(seed: 0x6F75_726F)
  private var transfers: [(payer: Int32, payee: Int32, time: Int32, cents: Int)] = []

  private static let day = 86_400
  private static let neighbourhood = 200

  init(rows: Int) {
    (self.rows, parties) = (rows, max(100, rows / 10))
    let relations = relations()
    let weights = cumulative(relations.count, exponent: 1.5, atMost: .infinity)
    while transfers.count < rows - rows / 500 {
      let (payer, payee) = relations[draw(from: weights, 0..<weights.count)]
      transfers.append((payer, payee, Int32(below(365 * Self.day)), amount()))
    }
    for answer in transfers.indices where random.unit() < 0.1 {
      let asked = transfers[below(transfers.count)]
      let time = asked.time + Int32(60 + below(Self.day - 60))
      transfers[answer] = (asked.payee, asked.payer, time, amount())
    }
    while transfers.count < rows { addRing() }
    transfers.removeSubrange(rows...)
    transfers.sort { ($0.time, $0.payer, $0.payee) < ($1.time, $1.payer, $1.payee) }
  }

  /// Writes `payer,payee,amount,date`, or into a `.txt` lines of `from to time`.
  func write(to path: String) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    guard let file = FileHandle(forWritingAtPath: path) else { throw CocoaError(.fileNoSuchFile) }
    let isPlain = path.hasSuffix(".txt")
    var text = isPlain ? "" : "payer,payee,amount,date\n"
    for (payer, payee, time, cents) in transfers {
      if isPlain {
        text += "\(payer) \(payee) \(time)\n"
      } else {
        let date = Day(ordinal: 20_089 + Int(time) / Self.day)
        text += "A\(payer),A\(payee),\(cents / 100).\(cents / 10 % 10)\(cents % 10),\(date)\n"
      }
      if text.utf8.count > 1 << 20 {
        try file.write(contentsOf: Data(text.utf8))
        text = ""
      }
    }
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  private mutating func relations() -> [(payer: Int32, payee: Int32)] {
    let largest = 0.01 * Double(parties)
    let payers = cumulative(parties, exponent: 1.3, atMost: largest)
    let payees = cumulative(parties, exponent: 1.1, atMost: largest)
    var relations: [(payer: Int32, payee: Int32)] = []
    while relations.count < rows / 4 {
      let payer = draw(from: payers, 0..<parties)
      let first = payer / Self.neighbourhood * Self.neighbourhood
      let isNear = random.unit() < 0.7
      let near = first..<min(parties, first + Self.neighbourhood)
      let payee = draw(from: payees, isNear ? near : 0..<parties)
      guard payer != payee else { continue }
      relations.append((Int32(payer), Int32(payee)))
      if random.unit() < 0.25 { relations.append((Int32(payee), Int32(payer))) }
    }
    return relations
  }

  private mutating func addRing() {
    let length = 3 + below(4)
    let first = below(max(1, parties / Self.neighbourhood)) * Self.neighbourhood
    let begin = below(365 * Self.day)
    let members = (0..<length).map { _ in Int32(first + below(min(Self.neighbourhood, parties))) }
    let times = (0..<length).map { _ in Int32(begin + below(Self.day / 2)) }.sorted()
    var cents = 100 + amount()
    for hop in 0..<length where members[hop] != members[(hop + 1) % length] {
      transfers.append((members[hop], members[(hop + 1) % length], times[hop], cents))
      cents -= cents / 100 + below(1 + cents / 100)
    }
  }

  /// Cents, log-normal.
  private mutating func amount() -> Int { max(1, Int(exp(9.5 + 1.8 * normal(&random)))) }

  private mutating func below(_ count: Int) -> Int { Int(random.unit() * Double(count)) }

  /// Running sums of `count` draws of a power law.
  private mutating func cumulative(_ count: Int, exponent: Double, atMost largest: Double)
    -> [Double]
  {
    var sum = 0.0
    return (0..<count).map { _ in
      sum += min(pow(1 - random.unit(), -1 / exponent), largest)
      return sum
    }
  }

  /// A position within `range`, with the chance of its step in the running sums.
  private mutating func draw(from sums: [Double], _ range: Range<Int>) -> Int {
    let below = range.lowerBound == 0 ? 0 : sums[range.lowerBound - 1]
    let point = below + random.unit() * (sums[range.upperBound - 1] - below)
    var (low, high) = (range.lowerBound, range.upperBound - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= point { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
