import Fields
import RulePacks
import Tables

/// What is said of a file's columns outside of the data dictionary.
extension FileTask {
  func droppedFinding(_ dropped: [String]) -> Finding {
    let names = dropped.prefix(20).joined(separator: "、")
    return Finding(
      .note, "dropped-columns", place: Place(file: Int32(index), line: 1, record: 0),
      message: Bilingual(
        zh: "\(path) 有 \(dropped.count) 列不在数据字典中，未读取：\(names)",
        en:
          "\(path) has \(dropped.count) columns outside of the data dictionary, not read: "
          + "\(names)"),
      cure: Bilingual(
        zh: "若需要，请写入数据字典；若不需要，请列入来源配置的 ignore",
        en:
          "name them in the data dictionary if they are needed, or in `ignore` of the source "
          + "profile if not"
      ))
  }
}

/// Of some fields those that no row of a file states.
func neverStated(_ fields: [Int], in table: RecordTable, _ plan: RowPlan) -> [Int] {
  fields.filter { field in
    guard table.count > 0 else { return plan.fields[field].rules.isEmpty }
    let presence = table.columns[field].presence
    return !(0..<table.count).contains { presence[$0] != .notStated }
  }
}

/// Which of the fields that criteria read the files of a delivery state.
///
/// A column that one file has under another name is missed where files of the same profile have it,
/// or where no other file is there to have it; a profile that never had it misses nothing.
struct StatedFields: Sendable {
  private var byProfile: [String: Set<Int>] = [:]
  /// How many files each record kind has.
  private var files: [Int: Int] = [:]
  private let needed: [[Int]]

  init(_ files: [TakenFile], needed: [[Int]]) {
    self.needed = needed
    for file in files {
      let stated = Set(needed[file.record]).subtracting(file.lacking)
      byProfile[file.file.profile, default: []].formUnion(stated)
      self.files[file.record, default: 0] += 1
    }
  }

  /// Makes a warning of what is said of a file's unknown columns, if one of them may be a field that
  /// criteria read.
  func warn(of file: inout TakenFile, _ pack: RulePack) {
    guard
      let finding = file.findings.firstIndex(where: { $0.rule == "dropped-columns" })
    else { return }
    let kind = pack.records[file.record]
    let dropped = file.file.droppedColumns
    let missed = file.lacking.filter { field in
      byProfile[file.file.profile]?.contains(field) == true
        || files[file.record] == 1
        || dropped.contains { resembles($0, kind.fields[field]) }
    }
    guard !missed.isEmpty else { return }
    let fields = missed.map { kind.fields[$0].label }.joined(separator: "、")
    let names = dropped.prefix(20).joined(separator: "、")
    let path = file.file.path
    file.findings[finding].severity = .warning
    file.findings[finding].message = Bilingual(
      zh: "\(path) 中没有评分要用的“\(fields)”，而有 \(dropped.count) 列不在数据字典中，未读取：\(names)",
      en: "\(path) states nothing of “\(fields)”, which the criteria need, and has "
        + "\(dropped.count) columns outside of the data dictionary, not read: \(names)")
    file.findings[finding].cure = Bilingual(
      zh: "请看所缺的是否就在这些列中；是的，请把列名写入数据字典的 aliases",
      en: "see whether it stands in one of these columns; if so, add the column's name to the "
        + "aliases of the data dictionary")
  }

  /// Whether a column's name holds a name of the field, or is part of one.
  private func resembles(_ column: String, _ field: Field) -> Bool {
    let key = matchingKey(column)
    return ([field.label, field.id] + field.aliases).map(matchingKey).contains { name in
      min(key.utf8.count, name.utf8.count) > 5 && (key.contains(name) || name.contains(key))
    }
  }
}
