import Expressions
import RulePacks
import Tables

@testable import Linkage

/// A small register: units with a registration (roster), a second register, inspections (one a
/// unit, the latest wins), penalties (a list), zones, and corrections.
enum Fixture {
  static let registration = 0
  static let inspection = 1
  static let penalties = 2
  static let zones = 3
  static let corrections = 4
  static let register = 5

  static let pack: RulePack = {
    var pack = RulePack(about: RulePack.About())
    pack.words.yes = ["是"]
    pack.words.no = ["否"]
    pack.words.notStated = ["-"]
    pack.codes = [
      CodeTable(
        id: "states",
        codes: [.init(code: "active", name: "存续"), .init(code: "closed", name: "注销")],
        attributes: [], index: ["ACTIVE": 0, "存续": 0, "CLOSED": 1, "注销": 1])
    ]
    pack.records = [
      kind(
        "registration", "登记", isRoster: true,
        [
          ("uscc", "代码", .uscc), ("reg_no", "注册号", .registrationNumber), ("name", "名称", .name),
          ("division", "区划", .text), ("staff", "人数", .int), ("zone", "园区", .text),
          ("state", "状态", .code),
        ]),
      kind(
        "inspection", "年检",
        [
          ("uscc", "代码", .uscc), ("reg_no", "注册号", .registrationNumber), ("name", "名称", .name),
          ("division", "区划", .text), ("staff", "人数", .int), ("year", "年度", .int),
          ("founded", "成立", .date),
        ]),
      kind(
        "penalty", "处罚",
        [
          ("uscc", "代码", .uscc), ("document", "文号", .text), ("amount", "金额", .money),
          ("decided_on", "日期", .date),
        ]),
      kind("zone", "园区登记", isRoster: true, [("zone_name", "园区名称", .text), ("level", "级别", .int)]),
      kind(
        "correction", "更正",
        [
          ("record", "记录", .text), ("target", "主体", .text), ("field", "字段", .text),
          ("old_value", "原值", .text), ("new_value", "更正值", .text), ("reason", "理由", .text),
          ("decided_on", "日期", .date), ("result", "结果", .text), ("file", "文件", .text),
          ("line", "行号", .text), ("number", "受理编号", .text),
        ]),
      kind(
        "register", "名录", isRoster: true,
        [
          ("uscc", "代码", .uscc), ("reg_no", "注册号", .registrationNumber), ("name", "名称", .name),
          ("division", "区划", .text),
        ]),
    ]
    pack.records[registration].fields[6].codes = 0
    pack.records[inspection].latest = 5
    pack.records[penalties].holds = .many(list: "penalties", unique: [1], emptyIsKnown: true)
    pack.records[penalties].fields[2].scale = Exact(millionths: 10_000 * Exact.one)
    pack.records[zones].subject = .subject(1)
    pack.records[corrections].subject = .corrections
    pack.subjects = [unit, zone]
    return pack
  }()

  /// Slots: 0 as_of, 1–7 registration, 8–14 inspection, 15 merged staff, 16 penalties, 17 zone
  /// level by reference, 18 derived, 19 merged name.
  private static var unit: SubjectKind {
    var unit = SubjectKind(
      id: "unit", title: "单位", identity: [["uscc"], ["reg_no"], ["name", "division"]], name: 19)
    unit.candidates = "name"
    unit.facts = [Fact(id: "as_of", label: "基准日", type: .date, origin: .asOf)]
    for (record, id) in [(registration, "registration"), (inspection, "inspection")] {
      for field in 0..<7 {
        unit.facts.append(
          Fact(
            id: "\(id).\(field)", label: "\(field)", type: .string,
            origin: .record(record: record, field: field)))
      }
    }
    unit.facts += [
      Fact(id: "staff", label: "人数", type: .int, origin: .merged([5, 12])),
      Fact(id: "penalties", label: "处罚", type: .list(.row(scope: 0)), origin: .list(record: 2)),
      Fact(id: "zone_level", label: "园区级别", type: .int, origin: .reference(0, fact: 2)),
      Fact(id: "derived", label: "推导", type: .bool, origin: .derived(0)),
      Fact(id: "name", label: "名称", type: .string, origin: .merged([3, 10])),
    ]
    unit.references = [.init(id: "in_zone", subject: 1, by: 6, match: 1, members: "units")]
    return unit
  }

  private static var zone: SubjectKind {
    var zone = SubjectKind(id: "zone", title: "园区", identity: [["zone_name"]], name: 1)
    zone.facts = [
      Fact(id: "as_of", label: "基准日", type: .date, origin: .asOf),
      Fact(
        id: "zone_name", label: "园区名称", type: .string, origin: .record(record: zones, field: 0)),
      Fact(id: "level", label: "级别", type: .int, origin: .record(record: zones, field: 1)),
      Fact(
        id: "units", label: "单位", type: .list(.row(scope: 0)),
        origin: .members(subject: 0, reference: 0)),
    ]
    return zone
  }

  private static func kind(
    _ id: String, _ title: String, isRoster: Bool = false, _ fields: [(String, String, FieldType)]
  ) -> RecordKind {
    var kind = RecordKind(id: id, title: title, subject: .subject(0), holds: .one)
    kind.isRoster = isRoster
    kind.fields = fields.map { Field(id: $0.0, label: $0.1, type: $0.2) }
    return kind
  }

  /// A delivered row: its record kind, its file, its cells (nil: not stated) and the precedence of
  /// its source.
  struct Row: Sendable, CustomStringConvertible {
    var record: Int
    var file = 0
    var cells: [String?]
    var precedence: Int16 = 0

    init(_ record: Int, _ cells: [String?], file: Int = 0, precedence: Int16 = 0) {
      self.record = record
      self.cells = cells
      self.file = file
      self.precedence = precedence
    }

    var description: String { "\(record): \(cells.map { $0 ?? "-" }.joined(separator: ","))" }
  }

  /// A delivery of these rows; lines are counted in each file.
  static func delivery(_ rows: [Row], files: Int = 3, pack: RulePack = pack) -> Delivery {
    var delivery = Delivery(
      files: (0..<files).map {
        DeliveredFile(
          path: "folder/\($0).csv", bytes: 0, sha256: "", encoding: "", encodingEvidence: "",
          profile: "")
      },
      records: pack.records.map { kind in
        RecordTable(
          columns: kind.fields.map { field in
            Column(field.type.column, names: field.codes.map { pack.codes[$0].names } ?? [])
          })
      },
      delivered: pack.records.indices.map { record in rows.contains { $0.record == record } })
    for row in rows {
      for (field, definition) in pack.records[row.record].fields.enumerated() {
        let cell = field < row.cells.count ? row.cells[field] : nil
        delivery.records[row.record].columns[field].append(cell, as: definition, pack)
      }
      delivery.files[row.file].read += 1
      delivery.files[row.file].accepted += 1
      let line = delivery.files[row.file].read
      delivery.records[row.record].places.append(
        Place(file: Int32(row.file), line: UInt32(line + 1), record: UInt32(line)))
      delivery.records[row.record].precedences.append(row.precedence)
    }
    return delivery
  }

  static func linked(_ rows: [Row], pack: RulePack = pack, jobs: Int = 1) async -> Linked {
    await link(
      delivery(rows, pack: pack), pack: pack,
      settings: LinkSettings(asOf: PartialDate(day: 17_804), jobs: jobs))
  }

  /// Everything that dossiers say, as text: what must not depend on how rows are delivered.
  static func said(_ linked: Linked, pack: RulePack = pack) -> [String] {
    let dossiers = linked.dossiers
    return pack.subjects.enumerated().flatMap { kind, subject in
      (0..<dossiers.subjects[kind].count).map { row in
        let facts = subject.facts.indices.map { fact in
          dossiers.said(subject: kind, fact: fact, row: row)
        }
        return dossiers.subjects[kind].ids[row] + ": " + facts.joined(separator: "|")
      }
    }
  }
}

extension Dossiers {
  fileprivate func said(subject: Int, fact: Int, row: Int) -> String {
    switch subjects[subject].facts[fact] {
    case .list(let record, let offsets, let rows):
      rows[Int(offsets[row])..<Int(offsets[row + 1])].map { listed in
        records[record].columns.map { $0.text(Int(listed)) ?? "-" }.joined(separator: ",")
      }.joined(separator: ";")
    case .members(let other, let offsets, let rows):
      rows[Int(offsets[row])..<Int(offsets[row + 1])].map { subjects[other].ids[Int($0)] }
        .joined(separator: ";")
    case .absent, .constant, .own, .chosen, .firstStated, .reference:
      text(subject: subject, fact: fact, row: row) ?? "-"
    }
  }
}

extension Column {
  fileprivate mutating func append(_ text: String?, as field: Field, _ pack: RulePack) {
    guard let text, let content = readCell(text, as: field, in: pack), content != .absent else {
      appendAbsent(.notStated)
      return
    }
    switch (self, content) {
    case (.number(var cells), .number(let value)):
      cells.append(value)
      self = .number(cells)
    case (.decimal(var cells), .number(let value)):
      cells.append(value)
      self = .decimal(cells)
    case (.flag(var cells), .flag(let value)):
      cells.append(value)
      self = .flag(cells)
    case (.day(var cells), .day(let value)):
      cells.append(value)
      self = .day(cells)
    case (.code(var codes), .code(let value)):
      codes.cells.append(value)
      self = .code(codes)
    case (.text(var texts), .text(let value)):
      texts.append(value)
      self = .text(texts)
    default: appendAbsent(.notStated)
    }
  }
}
