/// Payments out of the entries of a journal, and lines that are none.
struct JournalDraft {
  private let path: String
  private let hints: ReadingHints
  private let rule: JournalRule
  private var builder: DraftBuilder
  private var faults: [(line: Int, fault: RowFault)] = []
  private var entries = 0

  init(_ path: String, _ hints: ReadingHints, _ rule: JournalRule) {
    (self.path, self.hints, self.rule) = (path, hints, rule)
    builder = DraftBuilder(hints)
  }

  /// Notes a line that cannot be read.
  mutating func reject(_ fault: RowFault, line: Int) { faults.append((line, fault)) }

  /// Notes that none of these lines can be used.
  mutating func reject(_ fault: RowFault, lines: [Int]) {
    for line in Set(lines) { reject(fault, line: line) }
  }

  /// Adds an entry: by each currency it has, which must balance by itself.
  mutating func add(_ postings: [JournalEntry.Posting], time: Int) {
    entries += 1
    for (currency, own) in Dictionary(grouping: postings, by: { $0.currency ?? "" })
      .sorted(by: { $0.key < $1.key })
    {
      let entry = JournalEntry(own)
      do throws(JournalEntry.Refusal) {
        for transfer in try entry.transfers(by: rule) {
          let (payer, payee) = (entry.credits[transfer.payer], entry.debits[transfer.payee])
          builder.add(
            payer.party,
            payee.party,
            time: time,
            units: transfer.units,
            currency: currency.isEmpty ? nil : currency,
            teller: .nobody,
            reference: "",
            line: max(payer.line, payee.line)
          )
        }
      } catch {
        reject(fault(error), lines: own.map(\.line))
      }
    }
  }

  private func fault(_ refusal: JournalEntry.Refusal) -> RowFault {
    let words = BalanceWords(digits: hints.digits)
    switch refusal {
    case .unbalanced(let debits, let credits):
      return .unbalanced("debits \(words.told(debits)) and credits \(words.told(credits))")
    case .severalAccounts(let credited, let debited):
      return .severalAccounts(credited: credited, debited: debited)
    case .tooLarge: return .largeAmount("the sum of the entry")
    }
  }

  /// The draft.
  mutating func draft(_ kind: String) -> Draft {
    for (line, fault) in faults.enumerated()
      .sorted(by: { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) })
      .map(\.element)
    {
      builder.reject(fault, line: line)
    }
    var found = Understanding()
    found.format = "a journal (\(kind)), by the rule \(rule.rawValue)"
    var source = PaymentSource(path: path, understanding: found)
    if entries > 0 {
      source.notes = [
        "\(entries) \(entries == 1 ? "entry is" : "entries are") paid from the credited account to the debited: whether "
          + "money moved, or was only owed, the journal does not say"
      ]
    }
    return builder.draft(source)
  }
}
