internal import Networks
package import Payments
package import Tables

/// A finding read back from an answer of `ouro scan`, or from a list of loops: who paid whom when, in order.
package struct FoundHands: Sendable {
  /// One payment, and how much of it is of the finding.
  package struct Payment: Sendable {
    /// Who pays.
    package let payer: String
    /// Who is paid.
    package let payee: String
    /// When, in seconds since 1970.
    package let seconds: Int
    /// When, as it was written.
    package let time: String
    /// How much it is.
    package let amount: Double
    /// How much of it is of the finding.
    package let carried: Double
  }

  /// The number of the finding.
  package let id: String
  /// Whose it is, where it is somebody's.
  package let party: String?
  /// The payments.
  package let payments: [Payment]
  /// The currency, where it is told.
  package let currency: String?

  /// The findings of an answer in JSON or of JSON lines, in order.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - file: Its name, for errors.
  /// - Returns: The findings, one list of the answer after another; returns by any way last.
  /// - Throws: ``PaymentError`` where it holds none.
  package static func all(in bytes: [UInt8], file: String) throws(PaymentError) -> [FoundHands] {
    var found: [FoundHands] = []
    do throws(JSONError) {
      if let value = try? JSONValue(bytes) {
        collect(value, &found)
      } else {
        for line in bytes.split(separator: 10) { collect(try JSONValue(Array(line)), &found) }
      }
    } catch {
      throw .unreadable(
        path: file,
        reason:
          "it is no JSON (\(error)); give what ouro scan --json or --list with --format jsonl wrote"
      )
    }
    guard !found.isEmpty else {
      throw .unreadable(
        path: file,
        reason: "no finding in it has payments; give what ouro scan --json wrote"
      )
    }
    // What two alone explain stands last.
    return found.filter { !$0.id.hasPrefix("return-") }
      + found.filter { $0.id.hasPrefix("return-") }
  }

  private static func collect(_ value: JSONValue, _ found: inout [FoundHands]) {
    if let finding = FoundHands(value) {
      found.append(finding)
      return
    }
    switch value {
    case .array(let elements): for element in elements { collect(element, &found) }
    case .object(let pairs): for pair in pairs { collect(pair.value, &found) }
    default: break
    }
  }

  /// One finding of an answer, where it is one.
  ///
  /// - Parameter value: A loop or a return, as an answer has it in JSON.
  package init?(_ value: JSONValue) {
    guard let id = value["id"]?.text else { return nil }
    let rows = value["payments"]?.elements ?? []
    let payments = rows.isEmpty ? Self.steps(value) : rows.compactMap { Payment($0) }
    guard !payments.isEmpty, rows.isEmpty || payments.count == rows.count else { return nil }
    (self.id, self.payments) = (id, payments)
    (party, currency) = (value["party"]?.text, value["currency"]?.text)
  }

  /// The payments of a loop as a list of loops has them.
  private static func steps(_ value: JSONValue) -> [Payment] {
    let parties = (value["parties"]?.elements ?? []).compactMap(\.text)
    let times = (value["times"]?.elements ?? []).compactMap(\.text)
    let amounts = (value["amounts"]?.elements ?? []).compactMap(\.double)
    guard parties.count > 1, times.count == parties.count, amounts.count == parties.count else {
      return []
    }
    return parties.indices.compactMap { step in
      PaymentTime.seconds(times[step]).map { seconds in
        Payment(
          payer: parties[step],
          payee: parties[(step + 1) % parties.count],
          seconds: seconds,
          time: times[step],
          amount: amounts[step],
          carried: amounts[step]
        )
      }
    }
  }

  /// What was paid by the first and what came back or to the last, in words: `98.00 of 99.00 came back in 2 days; …`.
  package var summary: String {
    let home = party ?? payments.first?.payer ?? ""
    let left = payments.filter { $0.payer == home }.reduce(0) { $0 + $1.amount }
    let back = payments.filter { $0.payee == home }.reduce(0) { $0 + $1.carried }
    let span = (payments.map(\.seconds).max() ?? 0) - (payments.map(\.seconds).min() ?? 0)
    let (days, hours) = (span / 86_400, span % 86_400 / 3_600)
    let time = [
      days > 0 ? Figures.count(days, "day") : nil,
      hours > 0 || days == 0 ? Figures.count(hours, "hour") : nil,
    ].compactMap(\.self).joined(separator: " ")
    let money = currency.map { " \($0)" } ?? ""
    guard left > 0, back > 0 else {
      let all = payments.reduce(0) { $0 + $1.carried }
      return
        "\(Figures.decimal(all, digits: 2))\(money) in \(Figures.count(payments.count, "payment")) within \(time)"
    }
    let kept = left > back ? ", \(Figures.percent(1 - back / left)) less than left" : ""
    return
      "\(Figures.decimal(left, digits: 2))\(money) left \(home), \(Figures.decimal(back, digits: 2)) came back within \(time)\(kept)"
  }
}

extension FoundHands.Payment {
  fileprivate init?(_ value: JSONValue) {
    guard let payer = value["payer"]?.text, let payee = value["payee"]?.text,
      let time = value["time"]?.text, let seconds = PaymentTime.seconds(time),
      let amount = value["amount"]?.double
    else { return nil }
    self.init(
      payer: payer,
      payee: payee,
      seconds: seconds,
      time: time,
      amount: amount,
      carried: value["carried"]?.double ?? amount
    )
  }

  /// How much, in words; of a payment of which only some is of the finding both.
  package var words: String {
    let whole = Figures.decimal(amount, digits: 2)
    return carried == amount ? whole : "\(Figures.decimal(carried, digits: 2)) of \(whole)"
  }
}

extension JSONValue {
  fileprivate var double: Double? {
    guard case .number(let digits) = self else { return nil }
    return Double(digits)
  }
}

extension FoundHands {
  /// No finding has the number that was asked for.
  package struct NoSuchFinding: Error, CustomStringConvertible {
    /// The end of a sentence, to which a front end adds where it looked.
    package let description: String
  }

  /// The finding of a number.
  ///
  /// - Parameters:
  ///   - number: The number; the first finding where `nil`.
  ///   - found: The findings, at least one.
  /// - Returns: The finding.
  /// - Throws: ``NoSuchFinding``, which names the nearest.
  package static func numbered(
    _ number: String?,
    among found: [FoundHands]
  ) throws(NoSuchFinding) -> FoundHands {
    guard let number else { return found[0] }
    if let chosen = found.first(where: { $0.id == number }) { return chosen }
    let near = Nearest.word(to: number, among: found.map(\.id))
    let advice = near.map { "did you mean \($0)?" } ?? "its first is \(found[0].id)."
    throw NoSuchFinding(description: "numbered \(number); \(advice)")
  }
}
