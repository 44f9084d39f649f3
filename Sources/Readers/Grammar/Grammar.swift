internal import Claims

/// The rules by which sentences become claims: verbs with the roles around them, and nouns with their kinds.
///
/// Each rule has an example, which is its test.
enum Grammar {
  static let frames: [Frame] = [
    Frame(
      name: "buy",
      verbs: "buy/bought purchase acquire procure order license licence source swallow absorb",
      act: .flow,
      kind: .purchase,
      subject: .payer,
      behind: ["from": .payee, "at": .payee, "with": .payee, "by": .payer],
      example: "Acme Robotics has agreed to buy $2 billion of chips from Borex Foundry.",
      reads: "acme-robotics > borex-foundry purchase signed 2000000000 USD"
    ),
    Frame(
      name: "rent",
      verbs: "rent lease hire charter sublease sublet/sublet",
      act: .flow,
      kind: .lease,
      subject: .payer,
      behind: ["from": .payee, "at": .payee, "with": .payee, "by": .payer],
      example: "Acme Robotics leases its halls from Borex Estates for £30m a year.",
      reads: "acme-robotics > borex-estates lease active 30000000 GBP"
    ),
    Frame(
      name: "sell",
      verbs: "sell/sold supply deliver provide ship+ export",
      act: .flow,
      kind: .purchase,
      subject: .payee,
      object: .payer,
      behind: ["to": .payer, "by": .payee],
      example: "Borex Foundry will supply Acme Robotics with magnets valued at CHF 210 million.",
      reads: "acme-robotics > borex-foundry purchase announced 210000000 CHF"
    ),
    Frame(
      name: "pay",
      verbs: "pay/paid prepay/prepaid remit+ disburse owe send/sent transfer+",
      act: .flow,
      kind: .purchase,
      subject: .payer,
      object: .payee,
      behind: ["to": .payee, "at": .payee, "by": .payer, "from": .payee],
      example: "Acme Robotics will pay Borex Cloud nearly $2 billion over eight years.",
      reads: "acme-robotics > borex-cloud purchase announced ..2000000000 USD"
    ),
    Frame(
      name: "spend",
      verbs: "spend/spent lavish",
      act: .flow,
      kind: .purchase,
      subject: .payer,
      behind: ["from": .payee, "at": .payee, "with": .payee, "by": .payer],
      example: "Acme Robotics said it would spend $5.8 billion on servers from Borex Systems.",
      reads: "acme-robotics > borex-systems purchase announced 5800000000 USD"
    ),
    Frame(
      name: "deploy",
      verbs: "deploy install",
      act: .flow,
      kind: .purchase,
      subject: .payer,
      behind: ["from": .payee, "of": .payee, "by": .payer],
      example: "Acme Labs will install 6 gigawatts of Borex processors.",
      reads: "acme-labs > borex purchase announced 6 GW"
    ),
    Frame(
      name: "commit",
      verbs: "commit+ pledge promise oblige obligate earmark",
      act: .flow,
      kind: .purchase,
      subject: .payer,
      behind: ["to": .payee, "with": .payee, "from": .payee, "by": .payer],
      example: "Acme Insurance has committed £90m a year through 2030 to Borex Cloud.",
      reads: "acme-insurance > borex-cloud purchase signed 90000000 GBP"
    ),
    Frame(
      name: "invest",
      verbs: "invest inject pour plough plow contribute put/put pump sink/sank/sunk",
      act: .flow,
      kind: .equity,
      subject: .payer,
      behind: ["in": .payee, "into": .payee, "to": .payee, "by": .payer, "from": .payer],
      example: "Acme Motors said it has invested $250 million in Borex Batteries.",
      reads: "acme-motors > borex-batteries equity completed 250000000 USD"
    ),
    Frame(
      name: "subscribe",
      verbs: "subscribe",
      act: .flow,
      kind: .equity,
      subject: .payer,
      behind: ["by": .payer, "in": .payee],
      example: "Borex Photonics closed a Series D of €95 million, subscribed by Acme Fund.",
      reads: "acme-fund > borex-photonics equity completed 95000000 EUR"
    ),
    Frame(
      name: "raise",
      verbs: "attract",
      act: .flow,
      kind: .equity,
      subject: .payee,
      behind: ["from": .payer, "by": .payer],
      example: "Borex Labs has attracted $40 million from Acme Ventures.",
      reads: "acme-ventures > borex-labs equity completed 40000000 USD"
    ),
    Frame(
      name: "lend",
      verbs: "lend/lent loan",
      act: .flow,
      kind: .loan,
      subject: .payer,
      object: .payee,
      behind: ["to": .payee, "by": .payer],
      example: "Acme Bank will lend ¥150 billion to Borex Datacenter.",
      reads: "acme-bank > borex-datacenter loan announced 150000000000 JPY"
    ),
    Frame(
      name: "borrow",
      verbs: "borrow",
      act: .flow,
      kind: .loan,
      subject: .payee,
      behind: ["from": .payer, "at": .payer, "with": .payer, "by": .payee],
      example: "Borex Power will borrow NOK 900 million from Acme Bank.",
      reads: "acme-bank > borex-power loan announced 900000000 NOK"
    ),
    Frame(
      name: "guarantee",
      verbs: "guarantee backstop+ underwrite/underwrote/underwritten cover insure vouch",
      act: .flow,
      kind: .backstop,
      subject: .payer,
      behind: ["by": .payer, "of": .payee, "for": .payee, "to": .payee],
      example:
        "Acme Holdings guarantees up to £40m of the rent that Quill Media owes Borex Estates.",
      reads: "acme-holdings > borex-estates backstop active ..40000000 GBP"
    ),
    Frame(
      name: "earn",
      verbs: "yield generate",
      act: .flow,
      kind: .purchase,
      subject: .payee,
      behind: ["from": .payer],
      example:
        "Acme Labs will install 6 gigawatts of Borex processors. Borex expects the agreement to bring in tens of billions of dollars of revenue.",
      reads: "acme-labs > borex purchase signed 10000000000..100000000000 USD"
    ),
    Frame(
      name: "cost",
      verbs: "cost/cost",
      act: .flow,
      kind: .purchase,
      object: .payer,
      example:
        "Acme Software leases its offices from Borex Estates. The lease costs it £7.5 million a year.",
      reads: "acme-software > borex-estates lease active 7500000 GBP"
    ),
    Frame(
      name: "get",
      verbs:
        "get/got/gotten obtain receive secure win+/won land clinch close draw/drew/drawn collect raise sell/sold complete book accept",
      act: .get,
      example: "Borex Power has secured a $380 million construction loan from Acme Bank.",
      reads: "acme-bank > borex-power loan signed 380000000 USD"
    ),
    Frame(
      name: "give",
      verbs:
        "give/gave/given grant award offer make/made hand arrange issue place add lead/led price float launch post",
      act: .give,
      example: "Acme Genomics has awarded Borex Cloud a six-year contract valued at C$140 million.",
      reads: "acme-genomics > borex-cloud purchase signed 140000000 CAD"
    ),
    Frame(
      name: "sign",
      verbs:
        "sign enter conclude strike/struck seal ink agree have/had/had announce finalise finalize negotiate renew unveil hold/held own take/took/taken keep/kept",
      act: .sign,
      example:
        "Borex Cloud signed a five-year cloud contract with its customer Acme Labs worth about $9.7 billion.",
      reads: "acme-labs > borex-cloud purchase signed 9700000000 USD"
    ),
    Frame(
      name: "withdraw",
      verbs: "withdraw/withdrew/withdrawn pull abandon quit+/quit ditch walk back",
      act: .end(.withdrawn),
      example: "Acme Group has walked away from its £640 million bid for Borex Centres.",
      reads: "acme-group > borex-centres equity withdrawn 640000000 GBP"
    ),
    Frame(
      name: "cancel",
      verbs: "cancel/cancelled cancel terminate scrap+ end axe drop+ rescind revoke shelve",
      act: .end(.cancelled),
      example: "Acme Media has cancelled a $90 million contract with Borex Cloud.",
      reads: "acme-media > borex-cloud purchase cancelled 90000000 USD"
    ),
    Frame(
      name: "lapse",
      verbs: "lapse expire decline forgo/forwent/forgone",
      act: .end(.lapsed),
      example:
        "Acme Labs has declined to exercise an option on nearly $900 million of capacity at Borex Grid.",
      reads: "acme-labs > borex-grid option lapsed ..900000000 USD"
    ),
    Frame(
      name: "take over",
      verbs: "assume assign novate pass",
      act: .takeOver,
      example:
        "Acme Health has taken over a $310 million hosting contract at Borex Data from Quill Media.",
      reads: "acme-health > borex-data purchase novated 310000000 USD"
    ),
    Frame(
      name: "amend",
      verbs:
        "increase double triple amend extend expand enlarge upsize reduce cut+/cut halve trim+ lower lift bring/brought widen shrink/shrank/shrunk",
      act: .amend,
      example:
        "Acme Foods has doubled the value of its supply contract with Borex Greenhouses to €240 million.",
      reads: "acme-foods > borex-greenhouses purchase signed 240000000 EUR"
    ),
    Frame(name: "repay", verbs: "repay/repaid redeem refinance retire", act: .repay),
    Frame(name: "exercise", verbs: "exercise", act: .exercise),
    Frame(
      name: "deny",
      verbs: "deny reject contradict refute dispute dismiss",
      act: .deny,
      example:
        "Acme Media denied a report that it had cancelled a €1.2 billion cloud contract with Borex Cloud.",
      reads: "acme-media > borex-cloud purchase active 1200000000 EUR"
    ),
    Frame(
      name: "confirm",
      verbs: "confirm",
      act: .confirm,
      example:
        "Acme Media confirmed that its $90 million contract with Borex Cloud remains in force.",
      reads: "acme-media > borex-cloud purchase active 90000000 USD"
    ),
    Frame(
      name: "say",
      verbs:
        "say/said tell/told report write/wrote/written quip+ argue claim note state think/thought estimate reckon believe comment",
      act: .say
    ),
    Frame(
      name: "other",
      verbs: """
        remain run+/ran/run come/came go/went expect intend plan+ hope aim seek/sought need want use build/built become/became \
        show/showed/shown stand/stood stay begin/began start value trade gain lose/lost rise/rose fall/fell climb jump \
        account represent earn report follow turn serve help let/let lie decide mean/meant live belong mature bear vest \
        commence accrue include consist forecast post adjust rate question call finance repair fulfil+ meet/met \
        blame cite doubt send grow/grew allege charge design operate employ train remove recognize recognise
        """,
      act: .none
    ),
  ]

  /// The rules by name.
  static let byName = Dictionary(uniqueKeysWithValues: frames.map { ($0.name, $0) })

  /// Every verb, with the frame it belongs to; of a verb listed twice the first counts.
  static let verbs: [Verb] = {
    var seen: Set<Substring> = []
    return frames.enumerated().flatMap { index, frame in
      frame.verbs.split(whereSeparator: \.isWhitespace).compactMap { entry in
        let base = entry.prefix { $0 != "/" && $0 != "+" }
        return seen.insert(base).inserted ? Verb(entry, frame: index) : nil
      }
    }
  }()

  static let nouns: [DealNoun] = [
    DealNoun(
      words: "loan loans mortgage borrowings credit debt financing",
      kind: .loan,
      isMoney: true
    ),
    DealNoun(
      words: "bond bonds notes paper debentures",
      kind: .loan,
      isMoney: true,
      isSecurity: true
    ),
    DealNoun(
      words: "convertible convertibles",
      kind: .convertible,
      isMoney: true,
      isSecurity: true
    ),
    DealNoun(words: "facility facilities revolver overdraft line", kind: .facility, isMoney: true),
    DealNoun(
      words: "shares stock placement offering",
      kind: .equity,
      isMoney: true,
      isSecurity: true
    ),
    DealNoun(
      words:
        "stake stakes round series equity investment investments takeover acquisition merger bid offer",
      kind: .equity,
      isMoney: true
    ),
    DealNoun(words: "warrant warrants", kind: .warrant, isMoney: true),
    DealNoun(words: "grant grants subsidy subsidies", kind: .grant, isMoney: true),
    DealNoun(words: "guarantee guarantees backstop surety", kind: .backstop, isMoney: true),
    DealNoun(words: "option options right", kind: .option),
    DealNoun(words: "lease leases rent rental tenancy sublease leasing", kind: .lease),
    DealNoun(words: "royalty royalties", kind: .revenueShare),
    DealNoun(
      words: "order orders prepayment subscription licence license offtake purchase purchases",
      kind: .purchase
    ),
    DealNoun(
      words:
        "contract contracts agreement agreements deal deals pact payment payments commitment commitments arrangement memorandum",
      kind: .purchase,
      isGeneral: true
    ),
    DealNoun(words: "fee fees bill cheque programme program", kind: .purchase, isGeneral: true),
  ]
}
