import Foundation
package import Requests
import RulePacks
import Scoring
package import Tables

/// What an edited workbook makes of a pack's rubrics; all of it checks.
package struct RevisedRules: Sendable {
  package struct Rubric: Sendable {
    package var id: String
    /// Path of its file within the pack.
    package var file: String
    /// The whole file as it is after the changes.
    package var text: String
    var changes: [(place: String, sentence: Bilingual)]

    package var isChanged: Bool { !changes.isEmpty }
  }

  package var rubrics: [Rubric]
  /// The pack with the changes in it.
  var pack: RulePack?
  /// Examples that do not come out as they say any more; none is changed before a person says so.
  package var broken: [BrokenExample] = []

  /// A line for each cell that says something else: `file.xlsx:Sheet!E12: …`.
  package func lines(in language: Language) -> [String] {
    rubrics.flatMap { rubric -> [String] in
      guard rubric.isChanged else {
        return [
          Bilingual(zh: "\(rubric.id)：没有改动", en: "\(rubric.id): nothing is changed").text(
            in: language)
        ]
      }
      return rubric.changes.map { "\($0.place): \($0.sentence.text(in: language))" }
    }
  }

  /// Writes the only rubric to a file, or, where the path is a folder, each changed one to a file
  /// of its name there.
  ///
  /// - Returns: the paths that were written.
  package func write(to path: String) throws(RunFailure) -> [String] {
    var isFolder: ObjCBool = false
    let isThere = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard isThere && isFolder.boolValue || path.hasSuffix("/") || rubrics.count > 1 else {
      for rubric in rubrics { try Requests.write(Data(rubric.text.utf8), to: path) }
      return [path]
    }
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let files = rubrics.filter(\.isChanged).map { rubric in
      let name = rubric.file.split(separator: "/").last.map { String($0) } ?? rubric.file
      return NewFile((path.hasSuffix("/") ? path : path + "/") + name, of: Data(rubric.text.utf8))
    }
    try replaceFiles(files)
    return files.map(\.path)
  }
}

/// Reads an edited workbook of a pack's rubrics and their examples and gives their files back.
///
/// - Throws: every fault of the edited rubrics, each with the sheet and cell it comes from.
package func reviseRules(
  at folder: String, workbook: String, rubric: String?
) throws(RunFailure) -> RevisedRules {
  let pack = try loadedPack(at: folder)
  let wanted = { (index: Int) in rubric == nil || pack.rubrics[index].id == rubric }
  let examples = try exampleSheets(in: workbook, pack)
  var edited: [EditedRubric] = []
  for sheet in try rubricSheets(in: workbook, isRequired: examples.isEmpty) {
    let index = try rubricIndex(of: sheet, pack)
    if wanted(index) { edited.append(EditedRubric(rubric: index, sheet: sheet)) }
  }
  for sheet in examples where wanted(sheet.table.rubric) {
    if let place = edited.firstIndex(where: { $0.rubric == sheet.table.rubric }) {
      edited[place].examples = sheet
    } else {
      edited.append(EditedRubric(rubric: sheet.table.rubric, examples: sheet))
    }
  }
  _ = try rubrics(named: rubric, in: pack)
  guard !edited.isEmpty else {
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(workbook): 没有“\(rubric ?? "")”的表 — 请核对 --rubric",
          en: "\(workbook): it has no table of “\(rubric ?? "")” — check --rubric")
      ])
  }
  for index in edited.indices { try edited[index].revise(pack, folder) }
  let revised = try soundPack(edited, pack, folder)
  var rules = RevisedRules(
    rubrics: edited.map { one in
      let rubric = pack.rubrics[one.rubric]
      return RevisedRules.Rubric(
        id: rubric.id, file: rubric.file, text: one.revised.text,
        changes: one.changes)
    })
  rules.pack = revised
  rules.broken = brokenExamples(revised, edited, was: pack, folder)
  return rules
}

/// One rubric of a workbook, and what is made of it.
struct EditedRubric {
  var rubric: Int
  var sheet: RubricSheet?
  var examples: ExampleSheet?
  fileprivate(set) var revised = RevisedRubric(text: "")
  fileprivate(set) var changes: [(place: String, sentence: Bilingual)] = []

  fileprivate mutating func revise(_ pack: RulePack, _ folder: String) throws(RunFailure) {
    var source = try rubricFile(rubric, of: pack, at: folder)
    if let examples {
      do {
        let revised = try pack.revised(examples: examples.table, source: source)
        source = revised.text
        changes += revised.changes.map { change in
          (
            examples.place(of: change.row, change.column),
            change.sentence(pack, rubric)
          )
        }
      } catch {
        throw refused(
          examples.place(of: error.row, error.column), error.message, error.cure)
      }
    }
    revised = RevisedRubric(text: source)
    guard let sheet else { return }
    let rows = try untold(sheet, rubric, pack)
    try requireChoices(rows, sheet)
    do {
      revised = try pack.revised(RubricTable(rubric: rubric, rows: rows), source: source)
    } catch {
      throw refused(sheet.place(of: error.row, error.column), error.message, error.cure)
    }
    let kept = toldRows(of: rubric, pack)
    changes =
      revised.changes.map { change in
        (
          change.row.map { sheet.place(of: $0, change.column) } ?? sheet.place,
          change.sentence(kept: kept[change.kind.key(of: change.id)])
        )
      } + changes
  }

  /// The cell that a place of the revised file comes from.
  func cell(line: Int, column: Int) -> String? {
    if let sheet, let cell = revised.cell(line: line, column: column) {
      return sheet.place(of: cell.row, cell.column)
    }
    if let place = setting(onLine: line) { return place }
    guard let examples,
      let cell = RevisedExamples.cell(line: line, column: column, in: revised.text)
    else { return nil }
    return examples.place(of: cell.row, cell.column)
  }

  /// The cell of the setting whose key stands on a line that was kept as it was.
  private func setting(onLine line: Int) -> String? {
    let lines = revised.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let sheet, lines.indices.contains(line - 1),
      let key = lines[line - 1].split(separator: ":", omittingEmptySubsequences: false).first,
      let row = sheet.rows.firstIndex(where: { $0.kind == .setting && $0[.id] == key })
    else { return nil }
    return sheet.place(of: row, .rule)
  }
}

/// Refuses what a sheet says of missing facts in other words than it may, by the words it shows.
private func requireChoices(_ rows: [RubricRow], _ sheet: RubricSheet) throws(RunFailure) {
  for (number, row) in rows.enumerated() {
    let text = row[.unknown]
    guard !text.isEmpty, Rubric.Unknown(rawValue: text) == nil else { continue }
    let words = Rubric.Unknown.allCases.map(\.title)
    throw refused(
      sheet.place(of: number, .unknown),
      Bilingual(zh: "“\(text)”不是可选的值", en: "“\(text)” is not one of the choices"),
      Bilingual(
        zh: "可选：\(words.map(\.zh).joined(separator: "、"))",
        en: "choices: \(words.map(\.en).joined(separator: ", "))"))
  }
}

/// The rows of a rubric as a sheet tells them, by kind and id.
private func toldRows(of rubric: Int, _ pack: RulePack) -> [String: RubricRow] {
  Dictionary(
    pack.told(pack.table(ofRubric: rubric)).rows.map { ($0.kind.key(of: $0[.id]), $0) },
    uniquingKeysWith: { first, _ in first })
}

private func refused(_ place: String, _ message: Bilingual, _ cure: Bilingual) -> RunFailure {
  RunFailure(
    .refused,
    [
      Bilingual(
        zh: "\(place): \(message.zh) — \(cure.zh)", en: "\(place): \(message.en) — \(cure.en)")
    ])
}

/// The rubric that a sheet says it is.
private func rubricIndex(of sheet: RubricSheet, _ pack: RulePack) throws(RunFailure) -> Int {
  let row = sheet.rows.firstIndex { $0.kind == .setting && $0[.id] == "rubric" }
  let id = row.map { sheet.rows[$0][.rule] } ?? ""
  if let index = pack.rubrics.firstIndex(where: { $0.id == id }) { return index }
  let place = row.map { sheet.place(of: $0, .rule) } ?? sheet.place
  let known = pack.rubrics.map(\.id).joined(separator: ", ")
  throw RunFailure(
    .refused,
    [
      Bilingual(
        zh: "\(place): 规则包中没有评分标准“\(id)” — 标识不能改，现有：\(known)",
        en:
          "\(place): the pack has no rubric “\(id)” — the id cannot be changed; there are: \(known)"
      )
    ])
}

/// The rows of a sheet with the pack's expressions for the sentences that tell them.
private func untold(
  _ sheet: RubricSheet, _ index: Int, _ pack: RulePack
) throws(RunFailure) -> [RubricRow] {
  let told = toldRows(of: index, pack)
  let rows = sheet.rows.map { row in
    told[row.kind.key(of: row[.id])].map { row.untold(by: $0) } ?? row
  }
  for (number, row) in rows.enumerated() {
    let kept = told[row.kind.key(of: row[.id])]
    for column in [RubricRow.Column.rule, .applies] where row[column] != kept?[column] {
      // Sentences put every label in such quotes; expressions have none.
      guard row.kind != .setting || row[.id] == "applies", row[column].contains("“") else {
        continue
      }
      let place = sheet.place(of: number, column)
      throw RunFailure(
        .refused,
        [
          Bilingual(
            zh: "\(place): 这里是说明规则的句子，改了句子并不能改规则 — 请恢复原句；要改规则，请用 "
              + "heng rules show --xlsx --expressions 写出表达式再改",
            en:
              "\(place): this sentence tells the rule, and the rule cannot be read back from it — "
              + "put the sentence back; to edit the rule, have its expression written by heng rules "
              + "show --xlsx --expressions")
        ])
    }
  }
  return rows
}

/// Checks the whole pack with the new texts in it; faults in them are shown at their cells.
private func soundPack(
  _ edited: [EditedRubric], _ pack: RulePack, _ folder: String
) throws(RunFailure) -> RulePack {
  var texts: [String: String] = [:]
  for one in edited { texts[pack.rubrics[one.rubric].file] = one.revised.text }
  do {
    return try loadRulePack(at: folder, replacing: texts)
  } catch {
    throw RunFailure(
      .refused,
      error.faults.map { fault in
        for one in edited where fault.file == folder + "/" + pack.rubrics[one.rubric].file {
          guard let place = one.cell(line: fault.line, column: fault.column) else { continue }
          return Bilingual(
            zh: "\(place): \(fault.message.zh) — \(fault.cure.zh)",
            en: "\(place): \(fault.message.en) — \(fault.cure.en)")
        }
        return fault.sentence
      })
  }
}

extension RevisedRubric.Change {
  /// In the words that the sheet shows.
  ///
  /// - Parameter kept: The row as the pack has it.
  fileprivate func sentence(kept: RubricRow?) -> Bilingual {
    let name = self.name
    if row == nil { return Bilingual(zh: "\(name.zh) 删去", en: "\(name.en) is gone") }
    if column == .id { return Bilingual(zh: "\(name.zh) 新增", en: "\(name.en) is new") }
    let told = kind == .setting ? kept?.told[column] : nil
    let (was, now) = (told ?? shown(before), shown(after))
    return Bilingual(
      zh: "\(name.zh) \(column.title.zh)：“\(oneLine(was.zh))” → “\(oneLine(now.zh))”",
      en: "\(name.en) \(column.title.en): “\(oneLine(was.en))” → “\(oneLine(now.en))”")
  }

  /// A setting by its title, which stands beside it; all others by their kind and id.
  private var name: Bilingual {
    var row = RubricRow(kind)
    row[.id] = id
    let called =
      kind == .setting
      ? Bilingual(zh: row.shown(.title, in: .zh), en: row.shown(.title, in: .en))
      : Bilingual(zh: id, en: id)
    return Bilingual(
      zh: "\(kind.title.zh) \(called.zh.isEmpty ? id : called.zh)",
      en: "\(kind.title.en) \(called.en.isEmpty ? id : called.en)")
  }

  /// A cell's text as a sheet in either language shows it.
  private func shown(_ text: String) -> Bilingual {
    var row = RubricRow(kind)
    row[.id] = id
    row[column] = text
    return Bilingual(zh: row.shown(column, in: .zh), en: row.shown(column, in: .en))
  }
}

extension RevisedExamples.Change {
  fileprivate func sentence(_ pack: RulePack, _ rubric: Int) -> Bilingual {
    let name = Bilingual(zh: "例子 \(number)", en: "example \(number)")
    if row == nil { return Bilingual(zh: "\(name.zh) 删去", en: "\(name.en) is gone") }
    if column == .number { return Bilingual(zh: "\(name.zh) 新增", en: "\(name.en) is new") }
    let title = pack.title(of: column, rubric: rubric)
    let (was, now) = (oneLine(before), oneLine(after))
    return Bilingual(
      zh: "\(name.zh) \(oneLine(title.zh))：“\(was)” → “\(now)”",
      en: "\(name.en) \(oneLine(title.en)): “\(was)” → “\(now)”")
  }
}

private func oneLine(_ text: String) -> String { text.replacing("\n", with: " / ") }
