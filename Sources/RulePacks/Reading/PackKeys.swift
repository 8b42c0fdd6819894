/// Every key that the loader accepts, by the place where it may stand.
///
/// The loader reads by these lists, so what is not here cannot be written; each is explained in
/// `inputs/rules/README.md`.
public enum PackKeys {
  public static let all: [(place: String, keys: [String])] =
    KeySet.all.map { ($0.place, $0.keys) }
}

/// The keys of one kind of map, and which of them must be there.
struct KeySet: Sendable {
  var place: String
  var required: [String]
  var optional: [String]

  init(_ place: String, required: [String] = [], optional: [String] = []) {
    self.place = place
    self.required = required
    self.optional = optional
  }

  var keys: [String] { required + optional }
}

extension KeySet {
  static let all: [KeySet] = [
    pack, valid, words, deletionMark, subject, reference, disparity, retention, hold,
    record, field, cut,
    source, header, flags, column, control,
    derivations, fact, rule, otherwise, factLookup, successor, pick,
    population, dimension, measure, formation, bases, overview,
    rubric, announced, rounding, group, gate, indicator, opinions, sharedOpinions, deduction,
    bonus, cap, tier,
    robustness,
    measuredGroup, measured, normalise, winsorise, example, expectation,
    publicity,
    published, figure, statistics, statistic, bilingual,
    run, tolerances, expected, honour,
  ]

  // MARK: - pack.yaml

  static let pack = KeySet(
    "pack.yaml",
    required: [
      "pack", "title", "edition", "owner", "basis", "valid", "purposes", "contact", "subjects",
    ],
    optional: [
      "notice", "objections-within", "assessment", "language", "currency", "currencies", "offices",
      "words", "disparity", "retention", "holds",
    ])
  static let valid = KeySet("valid", required: ["from"], optional: ["to"])
  static let words = KeySet(
    "words",
    optional: [
      "yes", "no", "not-stated", "stated-none", "checked-none", "totals", "footers", "multiples",
      "about", "open-ended", "deletion-marks", "examples", "continued",
    ])
  static let deletionMark = KeySet(
    "deletion-marks", required: ["columns"], optional: ["deleted", "in-force", "returned"])
  static let subject = KeySet(
    "subjects", required: ["id", "title", "identity", "name"],
    optional: ["references", "candidates"])
  static let reference = KeySet(
    "references", required: ["id", "subject", "by"], optional: ["match", "members"])
  static let disparity = KeySet(
    "disparity", required: ["by"], optional: ["smallest-group", "finding-from"])

  static let retention = KeySet(
    "retention", required: ["of", "keep", "basis"], optional: ["subject"])
  static let hold = KeySet("holds", required: ["run", "basis"])

  // MARK: - records and sources

  static let record = KeySet(
    "records", required: ["record", "title", "subject", "fields"],
    optional: [
      "holds", "list", "roster", "unique", "repeats", "latest", "current-days", "precedence",
      "when-empty",
      "office",
      "case",
    ])
  static let field = KeySet(
    "fields", required: ["id", "label", "type"],
    optional: [
      "aliases", "unit", "scale", "header-units", "codes", "match", "required", "on-error",
      "check", "least", "most", "placeholders", "stated-none", "may-hold", "split", "from",
      "sensitivity",
      "purposes",
      "compare", "office", "subject-can-supply", "changeable", "definition",
    ])
  static let cut = KeySet("fields[].from", required: ["field", "first", "last"])
  static let source = KeySet(
    "sources", required: ["source", "title", "record", "format"],
    optional: [
      "rows", "header", "separator", "quote", "escape", "encoding", "requires", "columns",
      "dictionary", "flags",
      "day-numbers", "fill-down", "blank-without", "controls", "precedence", "ignore",
    ])
  static let header = KeySet("header", optional: ["rows", "within"])
  static let flags = KeySet("flags", required: ["yes", "no"])
  static let column = KeySet(
    "columns", required: ["field"], optional: ["from", "value", "codes", "when", "scale"])
  static let control = KeySet(
    "controls", required: ["from"], optional: ["counts", "sums", "each-part"])

  // MARK: - derive

  static let derivations = KeySet(
    "derive", required: ["subject"],
    optional: ["facts", "populations", "dimensions", "measures", "formation", "overview"])
  static let fact = KeySet(
    "facts", required: ["id", "label"],
    optional: [
      "basis", "definition", "office", "codes", "unit", "value", "rules", "lookup", "successor",
      "pick",
    ])
  static let rule = KeySet(
    "rules", required: ["id", "when", "then"], optional: ["basis", "finding", "unknown"])
  static let otherwise = KeySet("rules[].otherwise", required: ["otherwise"])
  static let factLookup = KeySet(
    "facts[].lookup", required: ["table", "by"], optional: ["column", "prefix"])
  static let successor = KeySet("successor", required: ["table", "of"])
  static let pick = KeySet(
    "pick", required: ["from", "take"], optional: ["where", "latest", "earliest"])
  static let population = KeySet(
    "populations", required: ["id", "title", "where", "definition"])
  static let dimension = KeySet("dimensions", required: ["fact", "title"])
  static let measure = KeySet(
    "measures", required: ["id", "title", "count", "definition"], optional: ["of", "target"])
  static let formation = KeySet(
    "formation",
    required: [
      "without", "strength", "threshold", "near", "at-most", "alone", "joint", "area",
      "otherwise",
    ],
    optional: [
      "where", "apart", "area-where", "otherwise-where", "unknown", "basis", "bases", "show",
      "each",
    ])
  static let bases = KeySet(
    "formation.bases", optional: ["alone", "joint", "area", "otherwise", "unknown"])

  static let overview = KeySet(
    "overview", required: ["populations", "measures"],
    optional: ["by", "forms", "organizations", "members", "rubric"])

  // MARK: - rubrics

  static let rubric = KeySet(
    "rubrics", required: ["rubric", "title", "edition", "basis", "subject", "full"],
    optional: [
      "applies", "rounding", "cohort", "minimum-assessed", "purposes", "let", "gates", "groups",
      "indicators", "deductions", "bonuses", "caps", "tiers", "scorer", "robustness", "appeal",
      "examples", "aggregate", "normalise", "compare-within", "impute-by", "may-override",
      "meeting", "ties", "rank-within", "announced", "publicity", "direction", "compare-with",
      "opinions",
    ])
  static let announced = KeySet(
    "announced", required: ["tier"], optional: ["until", "since", "years", "why"])
  static let rounding = KeySet("rounding", optional: ["decimals", "mode", "rank-on"])
  static let group = KeySet("groups", required: ["id", "title", "indicators"], optional: ["full"])
  static let gate = KeySet(
    "gates", required: ["id", "text", "require", "unknown", "basis", "cure"],
    optional: ["contact", "not-met"])
  static let indicator = KeySet(
    "indicators", required: ["id", "title", "unknown"],
    optional: [
      "basis", "kind", "applies", "note", "points", "when", "on", "bands", "lookup", "ratio",
      "value", "opinions",
    ])
  static let opinions = KeySet(
    "opinions", required: ["list", "grade"],
    optional: ["where", "in-force", "signed", "basis", "aggregate", "office"])
  static let sharedOpinions = KeySet(
    "opinions of a rubric",
    optional: ["list", "where", "in-force", "grade", "signed", "basis", "aggregate", "office"])
  static let deduction = KeySet(
    "deductions", required: ["id", "title", "unknown"],
    optional: ["basis", "each", "count", "floor", "points", "when"])
  static let bonus = KeySet(
    "bonuses", required: ["id", "title", "unknown"],
    optional: ["basis", "each", "count", "cap", "points", "when"])
  static let cap = KeySet(
    "caps", required: ["id", "text", "when", "unknown"],
    optional: ["basis", "cure", "tier-at-most", "score-at-most"])
  static let tier = KeySet("tiers", required: ["id"], optional: ["from", "to", "title"])
  static let robustness = KeySet("robustness", optional: ["draws", "weights", "seed"])
  static let measuredGroup = KeySet(
    "groups of a composite rubric", required: ["id", "title"],
    optional: ["weight", "aggregate", "groups", "indicators"])
  static let measured = KeySet(
    "indicators of a composite rubric", required: ["id", "title", "value", "unknown"],
    optional: [
      "weight", "direction", "normalise", "log", "cap", "winsorise", "applies", "basis", "note",
    ])
  static let normalise = KeySet("normalise", required: ["by"], optional: ["reference", "to"])
  static let winsorise = KeySet("winsorise", optional: ["most", "skewness", "kurtosis"])
  static let example = KeySet("examples", required: ["given", "expect"])
  static let expectation = KeySet(
    "examples[].expect", optional: ["score", "tier", "status", "points"])

  static let publicity = KeySet(
    "publicity", required: ["show", "days", "telephone", "objections"], optional: ["template"])

  // MARK: - published.yaml

  static let published = KeySet("published.yaml", required: ["source", "figures"])
  static let figure = KeySet(
    "published.yaml: figures", required: ["id", "title", "stated"],
    optional: [
      "source", "place", "as", "unit", "subject", "population", "where", "count", "sum", "distinct",
      "measure", "statistic", "definition", "cannot", "note",
    ])
  static let statistics = KeySet("statistics.yaml", required: ["statistics"])
  static let statistic = KeySet(
    "statistics.yaml: statistics", required: ["id", "title"],
    optional: [
      "section", "unit", "subject", "population", "where", "count", "sum", "distinct",
      "definition", "by", "note",
    ])
  static let bilingual = KeySet("a text in both languages", required: ["zh", "en"])

  // MARK: - run.yaml

  static let run = KeySet(
    "run.yaml", required: ["title", "as-of", "purpose", "legal-basis", "rules"],
    optional: [
      "id", "previous", "digest-key", "tolerances", "honours", "contact", "workbook-rows",
      "delivered-text", "set-aside", "expected",
    ])
  static let expected = KeySet(
    "expected", optional: ["profile", "record", "office", "district"])
  static let tolerances = KeySet(
    "tolerances", optional: ["quarantined", "unread", "unmatched", "controls", "files"])
  static let honour = KeySet(
    "honours", required: ["id", "title", "rubric", "quota"],
    optional: ["reserve", "candidates", "by"])
}
