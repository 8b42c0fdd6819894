import Expressions
import RulePacks
import Scoring
import Tables

/// A small pack and its dossiers, built in place: one subject kind “unit” with the facts given, and
/// one list of opinions.
struct World {
  var pack: RulePack
  var dossiers: Dossiers

  /// A fact and its value for each subject; nil is not stated.
  enum Given {
    case whole([Int64?])
    case decimal([String?])
    case flag([Bool?])
    case code([String?])
    case text([String?])

    var column: Column {
      switch self {
      case .whole(let values): .number(cells(values, 0))
      case .decimal(let values):
        .decimal(cells(values.map { $0.map(millionths) }, 0))
      case .flag(let values): .flag(cells(values, false))
      case .code(let values): .code(codes(values))
      case .text(let values): .text(texts(values))
      }
    }

    var type: ExpressionType {
      switch self {
      case .whole: .int
      case .decimal: .decimal
      case .flag: .bool
      case .code, .text: .string
      }
    }
  }

  /// One signed, or unsigned, opinion.
  struct Opinion {
    var subject: Int
    var about = "law"
    var grade: String?
    var signed: String? = "2018-09-01"
    var basis: String? = "〔2018〕1号"
  }

  init(_ facts: KeyValuePairs<String, Given>, opinions: [Opinion]? = nil) {
    self.init(listed: facts.map { ($0.key, $0.value) }, opinions: opinions)
  }

  init(listed facts: [(key: String, value: Given)], opinions: [Opinion]? = nil) {
    var kind = SubjectKind(id: "unit", title: "单位", identity: [["name"]], name: 0)
    var columns: [FactColumn] = []
    var names: [String: Binding] = [:]
    for (id, given) in facts {
      let fact = Fact(
        id: id, label: id, type: given.type, origin: .record(record: 0, field: columns.count))
      names[id] = Binding(
        shown: id, type: given.type, meaning: .fact(slot: columns.count))
      kind.facts.append(fact)
      columns.append(.own(given.column))
    }
    let count = facts.first?.value.column.count ?? 0
    kind.facts.append(
      Fact(id: "opinions", label: "评价意见", type: .list(.row(scope: 1)), origin: .list(record: 0)))
    let rows = opinions.map { World.rows($0) }
    columns.append(
      rows == nil ? .absent : World.list(opinions ?? [], subjects: count))
    pack = RulePack(about: RulePack.About())
    pack.subjects = [kind]
    pack.records = [World.record]
    let own: [String: Binding] = [
      "about": Binding(shown: "about", type: .string, meaning: .fact(slot: 0)),
      "signed": Binding(shown: "signed", type: .date, meaning: .fact(slot: 2)),
    ]
    let beside = Dictionary(
      uniqueKeysWithValues: own.map { name, binding in ("row.\(name)", binding) }
        + names.compactMap { name, binding in
          guard case .fact(let slot) = binding.meaning else { return nil }
          return (
            name,
            Binding(
              shown: name, type: binding.type, meaning: .fact(slot: slot + Demand.outer))
          )
        })
    pack.environment = Environment(
      scopes: [Scope(names: names), Scope(names: own), Scope(names: beside)])
    var ids = TextColumn()
    for row in 0..<count { ids.append("U\(row < 10 ? "0" : "")\(row)") }
    dossiers = Dossiers(
      records: [rows ?? RecordTable(columns: [])],
      subjects: [SubjectTable(ids: ids, facts: columns)])
  }

  /// A checked expression over the unit's facts.
  func expression(_ text: String, scope: Int = 0) throws(ExpressionFault) -> CheckedExpression {
    try check(text, in: pack.environment, scope: scope)
  }

  /// Adds a rubric with room for its results.
  mutating func add(_ rubric: Rubric) {
    var rubric = rubric
    for result in Fact.Result.allCases {
      let slot = pack.subjects[0].facts.count
      let type: ExpressionType = result == .score ? .decimal : .string
      let id = "\(rubric.id)_\(result.rawValue)"
      pack.subjects[0].facts.append(
        Fact(id: id, label: id, type: type, origin: .result(rubric: rubric.id, result)))
      dossiers.subjects[0].facts.append(.absent)
      pack.environment.scopes[0].names[id] = Binding(
        shown: id, type: type, meaning: .fact(slot: slot))
      switch result {
      case .score: rubric.scoreSlot = slot
      case .tier: rubric.tierSlot = slot
      case .status: rubric.statusSlot = slot
      }
    }
    pack.rubrics.append(rubric)
  }

  /// The slot of the list of opinions.
  var opinionSlot: Int { pack.subjects[0].fact("opinions") ?? 0 }

  private static let record: RecordKind = {
    var record = RecordKind(
      id: "opinions", title: "评价意见", subject: .subject(0),
      holds: .many(list: "opinions", unique: [], emptyIsKnown: true))
    record.fields = [
      Field(id: "about", label: "指标", type: .text), Field(id: "grade", label: "等级", type: .text),
      Field(id: "signed", label: "签署日期", type: .date),
      Field(id: "basis", label: "依据", type: .text),
    ]
    return record
  }()

  private static func rows(_ opinions: [Opinion]) -> RecordTable {
    RecordTable(
      columns: [
        .text(texts(opinions.map(\.about))), .code(codes(opinions.map(\.grade))),
        .day(cells(opinions.map { $0.signed.flatMap(day) }, 0)),
        .text(texts(opinions.map(\.basis))),
      ],
      places: opinions.indices.map {
        Place(file: 0, line: UInt32($0 + 2), record: UInt32($0 + 1))
      },
      precedences: opinions.map { _ in 0 })
  }

  private static func list(_ opinions: [Opinion], subjects: Int) -> FactColumn {
    var offsets: [Int32] = [0]
    var rows: [Int32] = []
    for subject in 0..<subjects {
      for index in opinions.indices where opinions[index].subject == subject {
        rows.append(Int32(index))
      }
      offsets.append(Int32(rows.count))
    }
    return .list(record: 0, offsets: offsets, rows: rows)
  }
}

/// Scores every subject with every rubric of the pack.
func scored(
  _ world: World, jobs: Int = 1, carried: [String: CarriedResults] = [:]
) async -> Scored {
  var dossiers = world.dossiers
  return await score(
    &dossiers, pack: world.pack,
    settings: ScoreSettings(purpose: "test", jobs: jobs, carried: carried))
}

/// A rubric with a full mark of 100 points and one tier.
func rubric(_ id: String = "R") -> Rubric {
  Rubric(id: id, title: id, edition: "1", basis: "测试", subject: 0, full: 100_000)
}

/// An indicator; most and least are worked out from the form.
func indicator(
  _ id: String, _ form: Rubric.Form, most: Int, unknown: Rubric.Unknown = .withhold
) -> Rubric.Part {
  Rubric.Part(
    id: id, title: id, kind: .indicator, unknown: unknown, form: form, most: most, least: 0)
}

/// A band from a lower end that counts to an upper end that does not.
func band(_ lower: String?, _ upper: String?, _ points: Int) -> Rubric.Band {
  Rubric.Band(
    text: "[\(lower ?? "")..\(upper ?? ""))",
    lower: lower.map { Exact(millionths: millionths($0)) },
    includesLower: true, upper: upper.map { Exact(millionths: millionths($0)) },
    includesUpper: false, points: points)
}

private func millionths(_ text: String) -> Int64 {
  let parts = text.split(separator: ".")
  let fraction = parts.count > 1 ? String(parts[1]) : ""
  let padded = fraction + String(repeating: "0", count: 6 - fraction.count)
  let whole = (Int64(parts[0]) ?? 0) * Exact.one
  return text.hasPrefix("-") ? whole - (Int64(padded) ?? 0) : whole + (Int64(padded) ?? 0)
}

private func day(_ text: String) -> Int32? {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  return PartialDate(year: parts[0], month: parts[1], day: parts[2])?.packed
}

private func cells<Element: Sendable & Equatable>(
  _ values: [Element?], _ absent: Element
) -> Cells<Element> {
  var cells = Cells<Element>()
  for value in values { cells.append(value ?? absent, value == nil ? .notStated : .stated) }
  return cells
}

private func codes(_ values: [String?]) -> CodeColumn {
  var column = CodeColumn(names: Set(values.compactMap { $0 }).sorted())
  column.cells = cells(
    values.map { value in
      value.flatMap { text in column.names.firstIndex(of: text).map { Int32($0) } }
    }, 0)
  return column
}

private func texts(_ values: [String?]) -> TextColumn {
  var column = TextColumn()
  for value in values {
    if let value { column.append(value) } else { column.appendAbsent(.notStated) }
  }
  return column
}
