import Fields
import RulePacks
import Tables

/// A drafted source profile as text.
extension Drafter {
  /// Whether it is a sheet of a workbook, which a profile for CSV files reads.
  private func isSheet(_ file: SurveyedFile) -> Bool {
    file.encodingEvidence.hasPrefix("xlsx") || file.encodingEvidence.hasPrefix("SpreadsheetML")
  }

  private func form(of file: SurveyedFile) -> String {
    let form = file.shape.isXML ? "XML" : isSheet(file) ? "Excel" : "CSV"
    return language == .zh ? "（\(form)）" : " (\(form))"
  }

  func text(_ source: SourceDraft) -> String {
    let record = records[source.record]
    let file = source.file
    var lines = [
      say(
        "依据：\(source.paths.joined(separator: "、"))",
        "drafted from: \(source.paths.joined(separator: ", "))"),
      say(
        "编码：\(file.encoding)（\(file.encodingEvidence)）；\(file.rows) 行",
        "encoding: \(file.encoding) (\(file.encodingEvidence)); \(file.rows) rows"),
      "source: \(source.id)",
      "title: \(yaml(record.title + form(of: file)))",
      "record: \(record.id)",
      "format: \(file.shape.isXML ? "xml" : "csv")",
    ]
    switch file.shape {
    case .xml(let rows):
      lines.append("rows: \(yaml(rows.joined(separator: "/")))")
      for other in file.otherRows {
        lines.append(decide("也重复出现：\(other)", "repeats too: \(other)"))
      }
    case .csv(let headerRows, let line):
      if headerRows > 1 || line > 15 {
        lines.append("header: {rows: \(headerRows), within: \(max(15, line))}")
      }
      for title in file.titles { lines.append(say("标题：\(title)", "title: \(title)")) }
    }
    if file.withoutNames > 0 {
      lines.append(
        decide(
          "有 \(file.withoutNames) 列的表头含个人号码，未写入草稿；请在原表中改正表头",
          "\(file.withoutNames) columns are named by a number of a person and are left out; mend the "
            + "header where it comes from"))
    }
    lines += ["dictionary: no"]
    lines += flags(of: source)
    lines += required(source, record)
    lines += filledDown(source, record)
    lines.append("columns:")
    var columns: [Int: [String]] = [:]
    for (index, column) in file.columns.enumerated() {
      guard let field = source.fields[index], record.fields[field].type != nil else { continue }
      columns[field, default: []].append(column.name)
    }
    for (field, names) in columns.sorted(by: { $0.key < $1.key }) {
      let from = names.count == 1 ? yaml(names[0]) : yaml(names)
      lines.append("  - {field: \(record.fields[field].id), from: \(from)}")
    }
    lines += ignored(source, record)
    lines += controls(of: file)
    return lines.joined(separator: "\n") + "\n"
  }

  /// The columns that a file must have to be recognised: those that all files have.
  private func required(_ source: SourceDraft, _ record: RecordDraft) -> [String] {
    var required: [String] = []
    for index in source.file.columns.indices where source.isInAll(index) {
      guard let field = source.fields[index], record.fields[field].type != nil else { continue }
      let id = record.fields[field].id
      if !required.contains(id) { required.append(id) }
    }
    guard !required.isEmpty else { return [] }
    return [
      decide("缺了也能识别的列可以删去", "leave out what a file may lack and still be this"),
      "requires: \(yaml(required))",
    ]
  }

  /// Columns whose empty cells repeat the one above: those that a pack at hand says so of, and the
  /// only field by which rows find their subject.
  private func filledDown(_ source: SourceDraft, _ record: RecordDraft) -> [String] {
    guard !source.file.shape.isXML else { return [] }
    let steps = record.subject.map { subjects[$0].steps } ?? []
    let own = steps.filter { step in step.allSatisfy { record.keeps($0) } }
    var filled: [String] = []
    for (index, column) in source.file.columns.enumerated() {
      guard let field = source.fields[index], record.fields[field].type != nil,
        column.stated * 10 < source.file.rows * 9
      else { continue }
      let id = record.fields[field].id
      let isOnlyKey = own == [[id]] && column.stated > 0
      if isOnlyKey || (record.known.map { names.fillsDown(id, in: $0) } ?? false) {
        filled.append(id)
      }
    }
    guard !filled.isEmpty else { return [] }
    return [
      decide("空白是否表示同上（合并单元格）", "whether a blank cell repeats the one above"),
      "fill-down: \(yaml(filled))",
    ]
  }

  /// The words of this system, where its flags are not written in the pack's.
  private func flags(of source: SourceDraft) -> [String] {
    let record = records[source.record]
    var texts: Set<String> = []
    for (index, column) in source.file.columns.enumerated() {
      guard let field = source.fields[index], record.fields[field].type == .flag else { continue }
      texts.formUnion(column.texts.keys.map(matchingKey))
    }
    func covered(_ pair: (yes: [String], no: [String])) -> Int {
      texts.count { pair.yes.contains($0) || pair.no.contains($0) }
    }
    guard let own = names.flags.first,
      let best = names.flags.max(by: { covered($0) < covered($1) }), covered(best) > covered(own)
    else { return [] }
    return [
      decide("该系统的是否代码", "this system's words for yes and no"),
      "flags: {yes: \(yaml(best.yes)), no: \(yaml(best.no))}",
    ]
  }

  private func ignored(_ source: SourceDraft, _ record: RecordDraft) -> [String] {
    let columns = source.file.columns.indices.filter { index in
      guard let field = source.fields[index] else { return true }
      return record.fields[field].type == nil
    }
    guard !columns.isEmpty else { return [] }
    let names = columns.map { lastName(source.file.columns[$0].name) }
    return [
      decide("不收的列，进表时丢弃", "columns not wanted, dropped as they are read"),
      "ignore: \(yaml(Array(Set(names)).sorted()))",
    ]
  }

  private func controls(of file: SurveyedFile) -> [String] {
    guard file.shape.isXML else {
      return names.words.totals.isEmpty ? [] : ["controls:", "  - {from: totals}"]
    }
    return file.possibleControls.map {
      decide(
        "可能是控制数：controls: [{from: \($0), counts: rows}]",
        "may be a control total: controls: [{from: \($0), counts: rows}]")
    }
  }
}
