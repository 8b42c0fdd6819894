import RulePacks
import Tables

/// What of a source profile occurred in one file.
struct Occurrence: Sendable {
  /// By field of the record kind, whether a column or element of it did.
  var fields: [Bool] = []
  /// What the profile names and the file has nowhere.
  var absent: Set<ProfilePath> = []

  init() {}

  /// - Parameter isSeen: whether a slot occurred.
  init(_ plan: RowPlan, isSeen: (Int32) -> Bool) {
    for (index, field) in plan.fields.enumerated() {
      let rules = plan.profile.columns.indices.filter { plan.profile.columns[$0].field == index }
      var isFound = false
      for (place, rule) in field.rules.enumerated() {
        let occurs = rule.slots.contains(where: isSeen)
        isFound = isFound || occurs
        guard rules.indices.contains(place) else { continue }
        if !occurs, rule.constant == nil { absent.insert(.column(rules[place])) }
        for (number, condition) in rule.conditions.enumerated()
        where condition.slot < 0 || !isSeen(condition.slot) {
          absent.insert(.when(rules[place], number))
        }
      }
      fields.append(isFound)
    }
  }
}

/// Something of a file that a source profile names.
enum ProfilePath: Hashable, Sendable {
  /// A column rule: none of what stands under `from`.
  case column(Int)
  /// A column under `when` of a column rule.
  case when(Int, Int)
}

/// What profiles name and no file of theirs has, and what files lack that others of the same
/// profile have.
func findings(of files: [TakenFile], _ pack: RulePack) -> [Finding] {
  var findings: [Finding] = []
  let scored = pack.fieldsScored
  for source in pack.sources {
    // A nil return has no rows that could hold anything.
    let own = files.filter { $0.file.profile == source.id && $0.file.read > 0 }
    guard let first = own.first else { continue }
    var never = first.occurrence.absent
    for file in own.dropFirst() { never.formIntersection(file.occurrence.absent) }
    // Of what several rules name, the first line is enough.
    var lines: [String: (line: Int, counts: Bool)] = [:]
    for path in never {
      let (line, shown) = (line(of: path, source), shown(path, source))
      let known = lines[shown]
      lines[shown] = (
        min(line, known?.line ?? line),
        known?.counts ?? false || counts(path, source, pack, scored[source.record])
      )
    }
    findings += lines.sorted { ($0.value.line, $0.key) < ($1.value.line, $1.key) }.map {
      neverFinding($0.key, source, line: $0.value.line, $0.value.counts ? .warning : .note)
    }
    guard own.count > 1 else { continue }
    let fields = pack.records[source.record].fields
    for file in own {
      let lacking = fields.indices.filter { field in
        !(file.occurrence.fields.indices.contains(field) && file.occurrence.fields[field])
          && own.contains {
            $0.occurrence.fields.indices.contains(field) && $0.occurrence.fields[field]
          }
      }
      guard !lacking.isEmpty else { continue }
      findings.append(lackingFinding(lacking.map { fields[$0].label }, file, source))
    }
  }
  return findings
}

private func line(of path: ProfilePath, _ source: SourceProfile) -> Int {
  switch path {
  case .column(let rule): source.columns[rule].line
  case .when(let rule, let condition): source.columns[rule].when[condition].line
  }
}

private func shown(_ path: ProfilePath, _ source: SourceProfile) -> String {
  switch path {
  case .column(let rule): source.columns[rule].from.joined(separator: "、")
  case .when(let rule, let condition): source.columns[rule].when[condition].column
  }
}

/// Whether more than a field that nobody asks for hangs on a path: exports leave out elements that
/// are empty throughout.
private func counts(
  _ path: ProfilePath, _ source: SourceProfile, _ pack: RulePack, _ scored: Set<Int>
) -> Bool {
  switch path {
  case .when: return true
  case .column(let rule):
    let field = source.columns[rule].field
    return scored.contains(field) || pack.records[source.record].fields[field].isRequired
  }
}

private func neverFinding(
  _ shown: String, _ source: SourceProfile, line: Int, _ severity: Finding.Severity
) -> Finding {
  Finding(
    severity, "path-never-occurs",
    message: Bilingual(
      zh: "\(source.place):\(line): 来源配置“\(source.title)”（\(source.id)）写的“\(shown)”在所有文件中都没有出现",
      en: "\(source.place):\(line): “\(shown)”, which the source profile “\(source.title)” "
        + "(\(source.id)) names, occurs in none of its files"),
    cure: Bilingual(
      zh: "请核对写法；导出程序改了名称的，请更正来源配置",
      en: "check how it is written; correct the source profile if the export has changed its names")
  )
}

private func lackingFinding(
  _ labels: [String], _ file: TakenFile, _ source: SourceProfile
) -> Finding {
  let shown = labels.prefix(20).joined(separator: "、")
  return Finding(
    .warning, "column-missing",
    place: Place(file: Int32(file.index), line: 1, record: 0),
    message: Bilingual(
      zh: "\(file.file.path) 缺少同一来源（\(source.id)）其他文件都有的列：\(shown)",
      en: "\(file.file.path) lacks columns that other files of the same profile (\(source.id)) "
        + "have: \(shown)"),
    cure: Bilingual(
      zh: "请核对导出设置；确无此项的单位不必处理",
      en: "check how it was exported; where the office has no such data nothing needs to be done"))
}
