import Archives
import Deliveries
import Foundation
import Intake
import Requests
import RulePacks
import Rulemaking
import StoredZips
import Tables
import Testing

/// Forms of the sample pack, filled in by hand and by mistake, as intake reads them.
@Suite("heng rules forms")
struct WriteFormsTests {
  static let rules = Samples.delivery("rules/luoyang-2018")
  static let asOf = PartialDate(day: 17_804)

  private func take(_ folder: String, pack: RulePack) async throws -> Delivery {
    try await Intake.take(
      folder, files: try DeliveredFiles(in: folder).paths, pack: pack, asOf: Self.asOf,
      settings: TakeSettings(jobs: 2, digestKey: Array("test key".utf8)))
  }

  private func files(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  // MARK: - Filled in

  @Test("are read as they are handed out: nothing but an example, which is no data")
  func blank() async throws {
    let pack = try loadRulePack(at: Self.rules)
    try await withTemporaryFolder { folder in
      let written = try writeForms(of: Self.rules, AskedForms(folder: folder))
      #expect(written.forms.map(\.record) == pack.records.map(\.id) && written.without.isEmpty)
      let delivery = try await take(folder, pack: pack)
      #expect(delivery.files.count == pack.records.count)
      for file in delivery.files { #expect(file.read == 0 && file.examples == 1, "\(file.path)") }
      #expect(delivery.quarantine.isEmpty)
      #expect(Set(delivery.findings.map(\.rule)) == ["form-example"])
    }
  }

  @Test("filled in with what they show as examples have all rows accepted, as data of their kind")
  func filled() async throws {
    let pack = try loadRulePack(at: Self.rules)
    try await withTemporaryFolder { folder in
      let written = try writeForms(of: Self.rules, AskedForms(folder: folder))
      for form in written.forms { try fillIn(form.path) }
      let delivery = try await take(folder, pack: pack)
      #expect(delivery.quarantine.isEmpty)
      // The days of the examples are the pack's, and not of the time that is looked at.
      #expect(Set(delivery.findings.map(\.rule)) == ["form-example", "stale-file"])
      for file in delivery.files {
        #expect(file.read == 1 && file.accepted == 1 && file.examples == 1, "\(file.path)")
      }
      for (record, form) in written.forms.enumerated() {
        #expect(delivery.records[record].count == 1)
        #expect(delivery.files.contains { $0.profile == form.profile })
        // All that the form has a column for is stated.
        let columns = try #require(pack.form(ofRecord: record)).columns
        for column in columns where pack.records[record].fields[column.field].type != .residentID {
          let value = delivery.records[record].columns[column.field]
          #expect(value.presence[0] == .stated, "\(form.record) \(column.headings)")
        }
      }
    }
  }

  @Test("take what a note says can be read, and refuse the rest as the note says")
  func wrong() async throws {
    let pack = try loadRulePack(at: Self.rules)
    for record in pack.records.indices {
      let form = try #require(pack.form(ofRecord: record))
      let kind = pack.records[record]
      var cases: [(column: RecordForm.Column, text: String)] = []
      for column in form.columns {
        for text in Self.wrongTexts(kind.fields[column.field]) { cases.append((column, text)) }
      }
      let good = form.columns.map(\.advice.example)
      let rows = cases.map { wrong in
        form.columns.indices.map {
          form.columns[$0].field == wrong.column.field ? wrong.text : good[$0]
        }
      }
      let delivery = try await taking(rows, of: form, pack: pack)
      let file = try #require(delivery.files.first)
      #expect(file.read == cases.count && file.read == file.accepted + file.quarantined)
      for (index, wrong) in cases.enumerated() {
        let line = UInt32(index + form.headingLines + 1)
        let field = kind.fields[wrong.column.field]
        let returned = delivery.quarantine.filter { $0.place.line == line }
        let fault = try #require(wrong.column.advice.fault?.zh, "\(field.id)")
        if fault.hasPrefix("整行退回") {
          #expect(returned.first?.faults.contains { $0.field == field.id } == true, "\(field.id)")
        } else {
          #expect(returned.isEmpty, "\(kind.id).\(field.id) “\(wrong.text)”")
          let told = delivery.findings.filter { $0.place?.line == line && $0.field == field.id }
          #expect(told.count == 1, "\(kind.id).\(field.id) “\(wrong.text)”")
        }
      }
    }
  }

  @Test("say which columns are needed: without one the row goes back, without another it does not")
  func needed() async throws {
    let pack = try loadRulePack(at: Self.rules)
    for record in pack.records.indices {
      let form = try #require(pack.form(ofRecord: record))
      // The row above would be repeated in a blank cell, and a line not filled in is no row.
      let source = pack.sources[form.profile]
      // A number of a person that would do instead of a code is in no example.
      let fields = pack.records[record].fields
      let holdsPersons = form.columns.contains { fields[$0.field].type == .residentID }
      let columns = form.columns.filter {
        !source.fillDown.contains($0.field) && !source.blankWithout.contains($0.field)
          && !(holdsPersons && $0.advice.need.zh.contains("至少填一项"))
      }
      let rows = columns.map { blank in
        form.columns.map { $0.field == blank.field ? "" : $0.advice.example }
      }
      let delivery = try await taking(rows, of: form, pack: pack)
      let returned = Set(delivery.quarantine.map { Int($0.place.line) - form.headingLines - 1 })
      for (index, column) in columns.enumerated() {
        let isNeeded = column.advice.need.zh.hasPrefix("必填")
        #expect(returned.contains(index) == isNeeded, "\(column.headings) \(column.advice.need.zh)")
      }
    }
  }

  /// Texts that no reader of the field's type takes, and numbers beyond its bounds.
  private static func wrongTexts(_ field: Field) -> [String] {
    let beyond = [
      field.least?.adding(Exact(millionths: -2 * Exact.one)),
      field.most?.adding(Exact(millionths: 2 * Exact.one)),
    ].compactMap { $0?.divided(by: field.scale)?.description }
    switch field.type {
    case .text, .name, .residentID: return []
    case .int: return ["十几个吧", "1.5"] + beyond
    case .decimal, .double, .money, .percent: return ["很多"] + beyond
    case .flag: return ["也许"]
    case .date: return ["上个月", "2018-02-30"]
    case .code, .grade, .division: return ["没有这一项"]
    case .uscc, .usccOrNumber, .registrationNumber, .organizationCode: return ["12#4"]
    }
  }

  private func taking(
    _ rows: [[String]], of form: RecordForm, pack: RulePack
  ) async throws -> Delivery {
    let headings = (0..<form.headingLines).map { line in form.columns.map { $0.headings[line] } }
    let text = (headings + rows).map { row in
      row.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    }.joined()
    return try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: folder + "/a.csv"))
      return try await take(folder, pack: pack)
    }
  }

  // MARK: - Editions

  @Test("of another edition are read, and told where they are filled in otherwise by now")
  func editions() async throws {
    var pack = try loadRulePack(at: Self.rules)
    try await withTemporaryFolder { folder in
      _ = try writeForms(of: Self.rules, AskedForms(records: ["tax_grade"], folder: folder))
      pack.about.edition = "2019.1"
      let same = try await take(folder, pack: pack)
      #expect(same.findings.map(\.rule) == ["form-example"])
      let kind = try #require(pack.records.firstIndex { $0.id == "tax_grade" })
      let year = try #require(pack.records[kind].field("tax_year"))
      pack.records[kind].fields[year].most = Exact(2050)
      let other = try await take(folder, pack: pack)
      #expect(other.findings.map(\.rule) == ["form-example", "form-edition"])
      #expect(
        other.findings[1].message.zh
          == "纳税信用.xlsx 是按规则包 luoyang-2018 2018.1 制作的报送表，现行 2019.1 的“纳税信用”填法已有变化")
    }
  }

  // MARK: - Where they go

  @Test("are made of the kinds that are named, by id or title, each once")
  func some() async throws {
    try await withTemporaryFolder { folder in
      let asked = AskedForms(records: ["异议", "tax_grade", "objection"], folder: folder + "/a/b")
      let written = try writeForms(of: Self.rules, asked)
      #expect(written.forms.map(\.record) == ["objection", "tax_grade"])
      #expect(written.forms.map(\.office) == ["市委组织部（“两新”工委）", "税务部门"])
      #expect(try files(folder + "/a/b") == ["异议.xlsx", "纳税信用.xlsx"])
      #expect(written.lines(in: .en)[0] == "2 forms")
      #expect(throws: RunFailure.self) {
        try writeForms(of: Self.rules, AskedForms(records: ["stars"], folder: folder + "/c"))
      }
      #expect(!FileManager.default.fileExists(atPath: folder + "/c"))
    }
  }

  @Test("are never written over others of the name unless that is asked for, and leave files alone")
  func existing() async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for name in ["纳税信用.xlsx", "说明.txt"] {
        try Data("filled in".utf8).write(to: URL(filePath: "\(folder)/\(name)"))
      }
      var asked = AskedForms(records: ["tax_grade", "objection"], folder: folder)
      let failure = #expect(throws: RunFailure.self) { try writeForms(of: Self.rules, asked) }
      #expect(failure?.kind == .refused)
      #expect(failure?.messages.map(\.en).first?.contains("say --replace") == true)
      #expect(try files(folder) == ["纳税信用.xlsx", "说明.txt"].sorted())
      asked.replaces = true
      _ = try writeForms(of: Self.rules, asked)
      #expect(try files(folder) == ["异议.xlsx", "纳税信用.xlsx", "说明.txt"].sorted())
      #expect(
        try String(contentsOfFile: folder + "/说明.txt", encoding: .utf8) == "filled in")
      _ = try ZipFile(folder + "/纳税信用.xlsx", isStrict: true)
    }
  }

  @Test("are told of where no profile reads a table of the kind")
  func without() async throws {
    try await withTemporaryFolder { folder in
      try FileManager.default.copyItem(atPath: Self.rules, toPath: folder)
      try FileManager.default.removeItem(atPath: folder + "/sources/nominee-csv.yaml")
      let written = try writeForms(of: folder, AskedForms(folder: folder + "/forms"))
      #expect(written.without.map(\.record) == ["nominee"])
      #expect(written.lines(in: .zh).last?.hasPrefix("“人选名单”（nominee）没有报送表") == true)
      #expect(throws: RunFailure.self) {
        try writeForms(of: folder, AskedForms(records: ["nominee"], folder: folder + "/more"))
      }
    }
  }

  // MARK: - Filling in

  /// Writes the example, without its mark, into the blank line below it, as a clerk would.
  private func fillIn(_ path: String) throws {
    let zip = try ZipFile(path, isStrict: true)
    var book = StoredZip()
    for index in 0..<zip.count {
      var bytes: [UInt8] = []
      try zip.read(index) { piece in
        for place in piece.indices { bytes.append(piece[place]) }
        return true
      }
      let name = try zip.entry(index).name
      var text = String(decoding: bytes, as: UTF8.self)
      if name == "xl/worksheets/sheet1.xml" { text = try withExampleAsData(text) }
      book.add(name, text)
    }
    try book.data.write(to: URL(filePath: path))
  }

  private func withExampleAsData(_ sheet: String) throws -> String {
    let rows = sheet.matches(of: #/<row r="(\d+)"[^>]*>.*?<\/row>/#)
    // The example is the last row with anything in it.
    let last = try #require(rows.lastIndex { $0.output.0.contains("<v>") })
    let (example, blank) = (rows[last], rows[last + 1])
    let number = try #require(Int(blank.output.1))
    let cells = example.output.0.replacing(#/ r="([A-Z]*)\d+"/#) {
      " r=\"\($0.output.1)\(number)\""
    }
    let unmarked = cells.replacing(#/<c r="A\d+"[^>]*>.*?<\/c>/#, with: "")
    return sheet.replacingCharacters(
      in: blank.range.lowerBound..<blank.range.upperBound, with: unmarked)
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    var changed = self
    changed.replaceSubrange(range, with: text)
    return changed
  }
}
