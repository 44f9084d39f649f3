/// The words the grammar knows, by what they can be; what a line says is what its words are.
enum WordTable {
  static let classes: [(WordClass, String)] = [
    (
      .determiner,
      "a an the this that these those its our their his her some any each every both another one two no"
    ),
    (
      .preposition,
      """
      of in on at by for from to with into over under through about against between among during until till \
      since after before near outside inside without within upon toward towards via per as off across behind \
      around despite like plus amid besides
      """
    ),
    (.be, "be is are was were been being am"),
    (.have, "has have had having"),
    (.modal, "will would can could may might should shall must"),
    (
      .negation,
      "not never no neither nor cannot nothing without n't don't didn't doesn't won't isn't wasn't hasn't haven't nobody"
    ),
    (.relative, "which who that whose whom"),
    (.conjunction, "and or but while whereas nor yet so"),
    (.subjectPronoun, "it they we i he she you us them me him itself themselves ourselves"),
    (.possessivePronoun, "its their our his her my your"),
    (
      .month,
      """
      january february march april may june july august september october november december jan feb apr jun jul \
      aug sept sep oct nov dec
      """
    ),
    (.weekday, "monday tuesday wednesday thursday friday saturday sunday"),
    (
      .role,
      """
      company firm group startup start-up maker manufacturer designer supplier vendor seller provider operator \
      landlord lessor owner miner utility producer developer builder foundry bank lender creditor insurer investor \
      customer client buyer purchaser tenant lessee borrower issuer subscriber retailer carrier airline chipmaker \
      toolmaker carmaker automaker giant unit arm subsidiary parent affiliate shareholder backer partner venture \
      house lab laboratory business corporation conglomerate cooperative co-operative hoster hyperscaler neocloud \
      specialist contractor grower fund agency university hospital state government council registrant guarantor \
      sponsor licensee licensor charterer shipowner acquirer suitor bidder target hirer service network broadcaster \
      publisher distributor wholesaler trader grower refiner shipyard yard brewer builder exchange telco insurer \
      newcomer rival competitor upstart player chain associate farm mill dairy institute ministry association
      """
    ),
    (
      .sellerRole,
      """
      supplier vendor seller provider operator landlord lessor owner miner maker manufacturer designer foundry \
      chipmaker toolmaker utility producer developer builder contractor hoster neocloud grower licensor hirer shipyard
      """
    ),
    (
      .buyerRole,
      "customer client buyer purchaser tenant lessee licensee charterer startup start-up lab hospital retailer carrier airline"
    ),
    (.vehicle, "vehicle spv special-purpose"),
    (
      .office,
      """
      chief executive president chairman chairwoman chair director manager founder co-founder spokesman spokeswoman \
      spokesperson officer head boss partner minister secretary analyst banker broker lawyer treasurer ceo cfo coo \
      cto dr mr mrs ms professor prof managing economist strategist vice senior judge
      """
    ),
    (
      .press,
      """
      times post journal herald ledger courier telegraph gazette dispatch newswire newsfeed tribune newspaper magazine \
      chronicle handelsblatt zeitung nouvelles monde echos bloomberg reuters ft diario matin figaro nikkei wsj cnbc \
      axios semafor newsletter
      """
    ),
    (
      .legalForm,
      """
      inc inc. corp corporation ltd limited llc plc gmbh ag sa se nv n.v s.a s.p.a spa bv b.v co kg oy ab asa as \
      aps srl sarl pty pte lp l.p llp pbc incorporated kgaa kk
      """
    ),
    (
      .sellerName,
      """
      cloud hosting hoster foundry semiconductor semiconductors silicon grid data datacenter datacentre centres centers \
      properties reit leasing power chips devices networks systems microdevices electronics mining compute computing \
      estates property infrastructure storage servers wafer wafers works yards photonics energy energia solar fusion \
      halls utilities glass steel services technologies halbleiter mikro micro immo realty vessels shipping turbines \
      materials batteri battery batteries greenhouses logistics water pipelines fibre fiber memory optics lease towers
      """
    ),
    (
      .buyerName,
      """
      ai labs lab robotics health motors automotive telecom media games software analytics models online retail \
      insurance airlines biologics genomics bio foods broadcasting pay payments pharma therapeutics studios pictures \
      hospitals rail air chemicals mobile mobility studio
      """
    ),
    (
      .lenderName,
      "bank banque banco sparkasse kredit credit credito capital trust lending finance partners fund fonds ventures equity bancorp kfw"
    ),
    (
      .place,
      """
      america europe asia africa australia china japan korea taiwan india france germany britain england scotland wales \
      ireland italy spain portugal norway sweden denmark finland iceland poland austria switzerland netherlands belgium \
      canada mexico brazil texas ohio nevada california oregon virginia georgia arizona utah idaho iowa indiana wyoming \
      pennsylvania delaware york london paris berlin tokyo seoul singapore sydney toronto dublin madrid rome milan vienna \
      zurich amsterdam brussels stockholm oslo copenhagen helsinki lisbon warsaw boston chicago dallas houston austin \
      seattle denver atlanta miami washington detroit phoenix reno francisco angeles jose shanghai beijing shenzhen \
      hong kong mumbai delhi dubai abu dhabi riyadh doha israel turkey russia ukraine egypt nigeria kenya chile peru \
      argentina colombia vietnam thailand malaysia indonesia philippines manchester leeds oxford cambridge bremen munich \
      hamburg frankfurt lyon grenoble trieste athens reykjavik taipei manila cleveland pittsburgh columbus bavaria \
      saxony ontario quebec scandinavia adriatic alps atlantic pacific north south east west silicon-valley wall street
      """
    ),
    (
      .nationality,
      """
      american british english scottish welsh irish french german italian spanish portuguese dutch belgian swiss austrian \
      swedish norwegian danish finnish icelandic polish czech russian ukrainian turkish israeli saudi emirati egyptian \
      indian chinese japanese korean taiwanese singaporean australian canadian mexican brazilian chilean european asian \
      african federal nordic
      """
    ),
    (
      .talk,
      """
      talks discussions negotiations negotiating considering weighing weighed exploring mulling discussing seeking \
      seeks sought studying eyeing looking close near nearing could might may reportedly rumoured rumored preparing \
      plans planning planned hopes wants trying possible potential proposed raising
      """
    ),
    (
      .intent,
      """
      intends intend intended plans plan planned expects expect expected aims aim hopes hope letter memorandum \
      non-binding nonbinding loi mou proposes proposed propose wants would
      """
    ),
    (
      .bound,
      """
      agreed agrees agree signed signs sign committed commits obliges obliged obligated undertaken undertook binding \
      definitive entered ordered contracted placed firm pledged agreement contract
      """
    ),
    (
      .adverb,
      """
      also now then already recently just only still even soon instead separately furthermore again meanwhile later \
      once itself today yesterday since so nearly almost roughly promptly quietly formally publicly jointly initially \
      in-turn already ever usually often reportedly allegedly currently first together each progressively ultimately \
      effectively simply partly mostly mainly largely further additionally moreover however therefore thereby
      """
    ),
    (
      .aggregate,
      """
      investors investor lenders creditors bondholders shareholders banks syndicate consortium noteholders buyers \
      customers clients backers funds insurers institutions financiers subscribers landlords suppliers
      """
    ),
    (
      .state,
      "state republic government ministry department kingdom city province county treasury commonwealth region municipality"
    ),
    (.nameEnd, "trust fund foundation consortium university government ministry state treasury"),
    (.unnamed, "people person sources source insiders those officials bankers executives managers"),
    (
      .trap,
      """
      fine fined fines penalty damages lawsuit settlement salary bonus dividend dividends buyback loss losses profit \
      profits earnings ebitda income fortune market-cap capitalisation capitalization severance lawsuits jury awarded \
      worth-of tax taxes wages pay ransom prize donation charge write-down writedown impairment cost costs interest \
      salary price target
      """
    ),
    (
      .goods,
      """
      capacity electricity power cells chips processors servers services service computing storage equipment software \
      wafers output machines turbines transceivers fuel racks modems magnets cable batteries gpus accelerators systems \
      hardware space halls buildings vessels aircraft trains films licences licenses data components parts reactors \
      products goods materials memory networking gear maintenance support products displays sensors robots energy
      """
    ),
    (
      .timeWord,
      """
      year years month months quarter quarters week weeks day days half spring summer autumn winter fall year-end today \
      yesterday tomorrow
      """
    ),
    (
      .common,
      """
      if when where why how what there here then now once yet still as because although though since unless despite \
      according under beside besides neither either both each few many most much more less several other others such \
      same own very too not yes no please let suppose take set see say says so thus therefore hence indeed perhaps maybe \
      management analysts people investors shares stock sources talks terms nobody everyone somebody part all none \
      nothing something anything money interest borrowings base total remaining revenue sales cash debt capital net \
      gross operating fair first second third fourth last next new old earlier later early late about around roughly \
      nearly almost approximately some founder shareholders lenders customers creditors banks regulators courts \
      critics bankers officials executives directors days weeks months years today yesterday tomorrow accounts \
      forward-looking item note notes exhibit section class series customer customers company landlord tenant lender \
      borrower buyer seller supplier lease agreement contract deal facility loan loans term delayed equipment \
      borrower lessor lessee lessors purchaser vendor guarantor credit gas oil power wind energy bitcoin cloud \
      neither shareholder bourse price rent rents separately meanwhile however also moreover furthermore additionally \
      instead together between among within without before after during until through over against across their \
      your my his her our its it they we he she i you who whom whose which that this these those the a an and or but \
      for from with into onto at by in on to of off up down out like unlike than have has had do does did done is are \
      was were be been being will would can could may might must shall should think asked asks whether announces \
      announced reports reported says said confirmed confirms denied denies added adding never always often \
      subsequent related material customer concentration liquidity commitments leases risk factors entry definitive \
      update corrects two three four five six seven eight nine ten half double who's that's there's chief president \
      reactor parts delivery follow why court not-our forty thirty twenty fifty sixty hundred thousand million billion \
      prosecutors police heirs traders lawyers unions economists governments ministers opposition voters residents farmers \
      workers employees staff drivers passengers users readers competitors rivals suppliers landlords tenants builders
      """
    ),
    (
      .given,
      """
      james john robert michael david william richard thomas mark paul steven andrew kenneth george kevin brian edward \
      mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy anna maria claire ben peter \
      elon sam larry tim satya jensen hock sundar
      """
    ),
  ]
}
