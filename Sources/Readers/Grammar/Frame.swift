internal import Claims

/// Who pays and who is paid.
enum Side: Sendable {
  case payer, payee
  var other: Side { self == .payer ? .payee : .payer }
}

/// What a verb says about money between parties: who of its subject, its object and the parties behind its prepositions
/// pays, and who is paid.
struct Frame: Sendable {
  /// How a verb is read.
  enum Act: Sendable {
    /// Money runs as the roles say.
    case flow
    /// The subject gets what the noun names: a loan, a contract.
    case get
    /// The subject gives it.
    case give
    /// The subject has it, signs it, speaks of it.
    case sign
    /// It ends.
    case end(Claim.Status)
    /// Somebody else takes it over.
    case takeOver
    /// Its amount changes.
    case amend
    /// It is paid back.
    case repay
    /// It is drawn, exercised, or stands.
    case exercise
    case deny
    case confirm
    case say
    /// A verb of no arrangement, which only separates what stands around it.
    case none
  }

  /// The name of the rule, which ``Candidate/because`` gives.
  let name: String
  /// Its verbs, as ``Verb`` reads them.
  let verbs: String
  let act: Act
  /// The kind, unless a noun says otherwise.
  var kind: Deal.Kind?
  var subject: Side?
  var object: Side?
  /// The sides of parties behind prepositions.
  var behind: [String: Side] = [:]
  /// A sentence that the rule reads.
  var example = ""
  /// What it reads there: `payer > payee kind status amount`.
  var reads = ""
}

/// What a noun says: `a loan of`, `a contract worth`.
struct DealNoun: Sendable {
  /// The words.
  let words: String
  /// The kind it names.
  let kind: Deal.Kind
  /// Whether the noun is money that one side gives the other, as a loan, and not goods that are paid for.
  var isMoney = false
  /// Whether it says little, so that a noun before it decides: `lease agreement`.
  var isGeneral = false
  /// Whether it is a security sold to a market: notes, shares.
  var isSecurity = false
}
