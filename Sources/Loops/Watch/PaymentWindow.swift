internal import Columns

/// A payment as it came by: who paid whom, when, how much, and where it stood in what was read.
public struct WatchedPayment: BitwiseCopyable, Sendable, Equatable {
  /// Who pays, by number.
  public let payer: Int32
  /// Who is paid, by number.
  public let payee: Int32
  /// When, in seconds.
  public let time: Int
  /// How much, in minor units.
  public let amount: Int64
  /// Its line.
  public let line: Int

  /// A payment.
  public init(payer: Int32, payee: Int32, time: Int, amount: Int64, line: Int) {
    (self.payer, self.payee, self.time, self.amount) = (payer, payee, time, amount)
    self.line = line
  }
}

/// The payments of the last stretch of time: each knows the one before it that its payer made, and that its payee was paid.
///
/// They stand in a ring, by numbers that only grow, so that one that has left is known by its number.
struct PaymentWindow {
  struct Entry: BitwiseCopyable {
    var payment: WatchedPayment
    /// The payer's payment before, and the payee's receipt before; what is below ``PaymentWindow/first`` is none.
    var paidBefore: Int
    var receivedBefore: Int
  }

  private var ring: UnsafeMutablePointer<Entry>
  private var mask: Int
  /// The number of the first payment that is kept, and that of the next to come.
  private(set) var first = 0
  private(set) var next = 0
  // Of each party: its last payment and its last receipt.
  private(set) var lastPaid = GrowingBuffer<Int>()
  private(set) var lastReceived = GrowingBuffer<Int>()

  init() {
    ring = .allocate(capacity: 1 << 12)
    mask = 1 << 12 - 1
  }

  func free() {
    ring.deallocate()
    lastPaid.free()
    lastReceived.free()
  }

  /// How many parties there are room for.
  var partyCount: Int { lastPaid.count }

  @inline(__always)
  subscript(_ number: Int) -> Entry { ring[number & mask] }

  /// Makes room for a party.
  @inline(__always)
  mutating func know(_ party: Int32) {
    while lastPaid.count <= Int(party) {
      lastPaid.append(-1)
      lastReceived.append(-1)
    }
  }

  /// Lets go of what is older than a moment.
  @inline(__always)
  mutating func forget(before moment: Int) {
    while first < next, ring[first & mask].payment.time < moment { first += 1 }
  }

  /// Keeps a payment.
  @inline(__always)
  mutating func append(_ payment: WatchedPayment) {
    if next - first > mask { grow() }
    let (payer, payee) = (Int(payment.payer), Int(payment.payee))
    ring[next & mask] = Entry(
      payment: payment,
      paidBefore: lastPaid.base[payer],
      receivedBefore: lastReceived.base[payee]
    )
    lastPaid.base[payer] = next
    lastReceived.base[payee] = next
    next += 1
  }

  private mutating func grow() {
    let larger = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * (mask + 1))
    let wide = 2 * (mask + 1) - 1
    for number in first..<next { larger[number & wide] = ring[number & mask] }
    ring.deallocate()
    (ring, mask) = (larger, wide)
  }
}
