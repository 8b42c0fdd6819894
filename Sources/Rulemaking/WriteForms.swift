import Foundation
import Intake
import Reports
package import Requests
import RulePacks
package import Tables

/// Which forms of a pack are asked for, and where they go.
package struct AskedForms: Sendable {
  /// Ids or titles of record kinds; none is all.
  package var records: [String]
  package var folder: String
  /// Whether forms that are there already are replaced.
  package var replaces = false
  package var language = Language.zh

  package init(records: [String] = [], folder: String) {
    self.records = records
    self.folder = folder
  }
}

/// Forms that were written.
package struct WrittenForms: Sendable {
  package struct Form: Sendable {
    package var record: String
    package var title: String
    /// Who fills it in; empty where the pack does not say.
    package var office: String
    package var profile: String
    package var path: String
  }

  package var forms: [Form] = []
  /// Record kinds of which there is no form, and why.
  package var without: [(record: String, why: Bilingual)] = []

  package var json: String {
    jsonText([
      "forms": forms.map {
        [
          "record": $0.record, "title": $0.title, "office": $0.office, "profile": $0.profile,
          "path": $0.path,
        ]
      },
      "without": without.map { ["record": $0.record, "why": $0.why.en] },
    ])
  }

  /// How many, then each with who fills it in, then what there is no form of.
  package func lines(in language: Language) -> [String] {
    let count = Bilingual(zh: "报送表 \(forms.count) 份", en: "\(forms.count) forms")
    return [count.text(in: language)]
      + forms.map { form in
        form.office.isEmpty
          ? form.path
          : form.path
            + Bilingual(zh: "（\(form.office)）", en: " (\(form.office))").text(in: language)
      } + without.map { $0.why.text(in: language) }
  }
}

/// Writes blank forms from the data dictionary of a pack, one workbook a record kind.
///
/// Each is read before it is handed out, as a delivery would be: where it is not recognised by the
/// profile that it was made from there is none, and an example that is not taken is left out.
package func writeForms(of rules: String, _ asked: AskedForms) throws(RunFailure) -> WrittenForms {
  let pack = try loadedPack(at: rules)
  let records =
    try asked.records.isEmpty
    ? Array(pack.records.indices) : namedRecords(asked.records, in: pack)
  var written = WrittenForms()
  var forms: [RecordForm] = []
  for record in records {
    if let form = triedForm(ofRecord: record, in: pack) {
      forms.append(form)
    } else {
      written.without.append((pack.records[record].id, noForm(pack.records[record])))
    }
  }
  if !asked.records.isEmpty || forms.isEmpty, let first = written.without.first {
    throw RunFailure(.refused, [first.why])
  }
  let paths = formPaths(forms, in: pack, folder: asked.folder)
  try requireRoom(paths, asked)
  try replaceFiles(
    zip(forms, paths).map { form, path in
      NewFile(path) { (unfinished) throws(ReportFailure) in
        try writeForm(form, pack: pack, language: asked.language, to: unfinished)
      }
    })
  for (form, path) in zip(forms, paths) {
    let kind = pack.records[form.record]
    written.forms.append(
      WrittenForms.Form(
        record: kind.id, title: kind.title,
        office: pack.about.offices.first { $0.id == kind.office }?.title ?? "",
        profile: pack.sources[form.profile].id, path: path))
  }
  return written
}

/// The form of a record kind as intake reads it; nil where it reads it otherwise.
private func triedForm(ofRecord record: Int, in pack: RulePack) -> RecordForm? {
  guard var form = pack.form(ofRecord: record) else { return nil }
  let asOf = PartialDate(day: pack.about.exampleDay.firstDay + 30)
  var tried = tryForm(form, pack: pack, asOf: asOf)
  guard tried.profile == form.profile, tried.fields == form.columns.map(\.field) else { return nil }
  // Without one example another may not be taken either: a code cut out of a number.
  while let column = form.columns.firstIndex(where: {
    tried.refused.contains($0.field) && !$0.advice.example.isEmpty
  }) {
    form.columns[column].advice.example = ""
    tried = tryForm(form, pack: pack, asOf: asOf)
  }
  return form
}

private func noForm(_ kind: RecordKind) -> Bilingual {
  Bilingual(
    zh: "“\(kind.title)”（\(kind.id)）没有报送表：没有来源配置能按表格读入它 — 请为它写一个 format: csv 的来源配置",
    en: "there is no form of “\(kind.title)” (\(kind.id)), since no source profile reads it from a "
      + "table — write one with `format: csv`")
}

private func namedRecords(_ names: [String], in pack: RulePack) throws(RunFailure) -> [Int] {
  var found: [Int] = []
  var unknown: [String] = []
  for name in names {
    if let index = pack.records.firstIndex(where: { $0.id == name || $0.title == name }) {
      if !found.contains(index) { found.append(index) }
    } else {
      unknown.append(name)
    }
  }
  guard unknown.isEmpty else {
    let zh = pack.records.map { "\($0.title)（\($0.id)）" }.joined(separator: "、")
    let en = pack.records.map(\.id).joined(separator: ", ")
    throw RunFailure(
      .refused,
      unknown.map { name in
        Bilingual(
          zh: "没有数据类别“\(name)” — 现有：\(zh)",
          en: "there is no record kind “\(name)” — there are: \(en)")
      })
  }
  return found
}

/// `FOLDER/企业登记.xlsx`; with the id behind it where several are called so.
private func formPaths(_ forms: [RecordForm], in pack: RulePack, folder: String) -> [String] {
  let names = forms.map { form -> String in
    let kind = pack.records[form.record]
    return fileName(kind.title.isEmpty ? kind.id : kind.title)
  }
  return forms.indices.map { index in
    let isOnly = names.count { $0.lowercased() == names[index].lowercased() } == 1
    let id = fileName(pack.records[forms[index].record].id)
    return "\(folder)/\(isOnly ? names[index] : "\(names[index])-\(id)").xlsx"
  }
}

/// Makes the folder, and refuses to write over what an office may have filled in.
private func requireRoom(_ paths: [String], _ asked: AskedForms) throws(RunFailure) {
  let files = FileManager.default
  let there = paths.filter { files.fileExists(atPath: $0) }
  guard there.isEmpty || asked.replaces else {
    throw RunFailure(
      .refused,
      there.map { path in
        Bilingual(
          zh: "\(path): 已有这个文件 — 请另选一个文件夹；确要换成空白表的，加 --replace",
          en: "\(path): there is such a file — choose another folder, or say --replace to put the "
            + "blank form in its place")
      })
  }
  do {
    try files.createDirectory(atPath: asked.folder, withIntermediateDirectories: true)
  } catch {
    throw RunFailure(
      .failed,
      [
        Bilingual(
          zh: "\(asked.folder):1:1: 不能建立文件夹 — 请检查路径、权限和剩余空间",
          en:
            "\(asked.folder):1:1: the folder cannot be made — check the path, its permissions and "
            + "free space")
      ])
  }
}
