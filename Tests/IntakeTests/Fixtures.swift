import Fields
import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

/// A folder of delivered files that is removed with the value.
final class Folder {
  let path: String

  init(_ files: [String: [UInt8]]) throws {
    path = NSTemporaryDirectory() + "intake-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for (name, bytes) in files {
      let file = path + "/" + name
      let parent = (file as NSString).deletingLastPathComponent
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: file))
    }
  }

  convenience init(_ files: [String: String]) throws {
    try self.init(files.mapValues { Array($0.utf8) })
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A pack with a register of units in CSV and XML, and scores that belong to them.
func samplePack() -> RulePack {
  var pack = RulePack(about: RulePack.About())
  pack.about.currency = "CNY"
  pack.about.currencies = ["美元": Exact(millionths: 6_880_000), "人民币": Exact(millionths: Exact.one)]
  pack.words.yes = ["是", "有", "1"]
  pack.words.no = ["否", "0"]
  pack.words.notStated = ["/", "-", "N/A"]
  pack.words.statedNone = ["无"]
  pack.words.checkedNone = ["经查无"]
  pack.words.totals = ["合计", "小计"]
  pack.words.footers = ["填报人", "注:"]
  pack.words.multiples = ["万": Exact(millionths: 10_000 * Exact.one)]
  pack.words.about = ["约", "余"]
  pack.words.openEnded = ["长期"]
  pack.codes = [divisions(), kinds()]
  pack.subjects = [
    SubjectKind(id: "unit", title: "单位", identity: [["uscc"], ["name", "division"]], name: 0)
  ]
  pack.records = [register()]
  pack.sources = [csvSource(), xmlSource()]
  return pack
}

private func divisions() -> CodeTable {
  var closed = CodeTable.Code(code: "410306", name: "吉利区")
  closed.validTo = PartialDate(year: 2021, month: 3, day: 31)
  closed.successors = ["410308"]
  let codes = [
    CodeTable.Code(code: "410304", name: "瀍河区"), CodeTable.Code(code: "410305", name: "涧西区"),
    closed,
  ]
  return CodeTable(id: "division", codes: codes, attributes: [], index: index(codes))
}

private func kinds() -> CodeTable {
  let codes = [
    CodeTable.Code(code: "branch", name: "支部"), CodeTable.Code(code: "none", name: "未建"),
  ]
  return CodeTable(id: "kind", codes: codes, attributes: [], index: index(codes))
}

private func index(_ codes: [CodeTable.Code]) -> [String: Int32] {
  var index: [String: Int32] = [:]
  for (number, code) in codes.enumerated() {
    index[matchingKey(code.code)] = Int32(number)
    index[matchingKey(code.name)] = Int32(number)
  }
  return index
}

private func field(
  _ id: String, _ label: String, _ type: FieldType, _ aliases: [String] = [],
  _ change: (inout Field) -> Void = { _ in }
) -> Field {
  var field = Field(id: id, label: label, type: type)
  field.aliases = aliases
  change(&field)
  return field
}

private func register() -> RecordKind {
  var kind = RecordKind(id: "register", title: "登记", subject: .subject(0), holds: .one)
  kind.isRoster = true
  kind.fields = [
    field("uscc", "统一社会信用代码", .uscc, ["信用代码", "UNISCID"]),
    field("name", "单位名称", .name, ["企业名称", "ENTNAME"]) {
      $0.isRequired = true
      $0.onError = .quarantine
    },
    field("division", "区县", .division, ["DIVISION"]) {
      $0.codes = 0
      $0.from = Field.Cut(field: 0, first: 3, last: 8)
    },
    field("capital", "注册资本", .money, ["REGCAP"]) {
      $0.scale = Exact(millionths: 10_000 * Exact.one)
      $0.unit = "万元"
      $0.headerUnits = [
        "元": Exact(millionths: Exact.one), "万元": Exact(millionths: 10_000 * Exact.one),
      ]
    },
    field("staff", "从业人数", .int, ["EMPNUM"]) {
      $0.least = Exact(0)
      $0.most = Exact(1_000_000)
      $0.statedNone = .int(0)
    },
    field("founded", "成立日期", .date, ["ESTDATE"]) { $0.onError = .quarantine },
    field("built", "是否建立", .flag, ["RESPARSIGN"]),
    field("form", "形式", .code, ["PARINS"]) { $0.codes = 1 },
    field("note", "备注", .text, ["REMARK"]),
    field("person", "证件号码", .residentID, ["CERNO"]) { $0.sensitivity = .sensitive },
    field("tags", "标签", .text, ["TAG"]) { $0.split = ["、", ";"] },
  ]
  return kind
}

private func csvSource() -> SourceProfile {
  var source = SourceProfile(
    id: "sheet", title: "台账", record: 0,
    format: .csv(headerRows: 1, within: 15, separator: nil))
  source.dayNumbers = 1900
  source.ignored = ["序号"]
  source.precedence = 3
  return source
}

private func xmlSource() -> SourceProfile {
  var source = SourceProfile(
    id: "feed", title: "接口", record: 0, format: .xml(rows: ["DATASET", "ROW"]))
  var form = SourceProfile.ColumnRule(field: 7)
  form.from = ["PARINS"]
  form.codes = ["1": 0, "0": 1]
  form.when = [SourceProfile.Condition(column: "SYS", texts: ["A"])]
  var other = SourceProfile.ColumnRule(field: 7)
  other.from = ["PARINS"]
  other.codes = ["1": 1, "2": 0]
  other.when = [SourceProfile.Condition(column: "SYS", texts: ["B"])]
  var note = SourceProfile.ColumnRule(field: 8)
  note.from = ["Info/Note", "@note", "../@batch"]
  source.columns = [form, other, note]
  source.controls = [
    SourceProfile.Control(from: ["DATASET", "HEAD", "COUNT"], counts: .rows),
    SourceProfile.Control(from: ["DATASET", "HEAD@staff"], counts: .sum(field: 4)),
  ]
  return source
}

let asOf = PartialDate(day: PartialDate.days(year: 2022, month: 9, day: 30))

/// Takes files with the sample pack, in pieces of the given size.
func taking(
  _ files: [String: [UInt8]], pack: RulePack = samplePack(), pieceSize: Int = 1 << 20,
  jobs: Int = 2, key: [UInt8]? = Array("test key".utf8), tolerated: Int = 0
) async throws -> Delivery {
  let folder = try Folder(files)
  let paths = try DeliveredFiles(in: folder.path).paths
  let tasks = paths.indices.map { index in
    FileTask(
      folder: folder.path, path: paths[index], index: index, asOf: asOf, digestKey: key,
      pieceSize: pieceSize)
  }
  var settings = TakeSettings(jobs: jobs)
  settings.tolerated = tolerated
  return try await take(tasks, pack: pack, settings: settings)
}

func taking(
  _ text: String, as name: String = "file.csv", pieceSize: Int = 1 << 20
) async throws -> Delivery {
  try await taking([name: Array(text.utf8)], pieceSize: pieceSize)
}

extension Delivery {
  /// The values of a field of the register, as people write them; `-` where not stated, `无` and
  /// `经查无` where none is.
  func column(_ id: String) -> [String] {
    guard let index = samplePack().records[0].field(id) else { return [] }
    let column = records[0].columns[index]
    return (0..<records[0].count).map { row in
      switch column.presence[row] {
      case .stated: column.text(row) ?? ""
      case .notStated: "-"
      case .statedNone: "无"
      case .checkedNone: "经查无"
      }
    }
  }

  /// Codes of all faults, in order.
  var faults: [String] { quarantine.flatMap { $0.faults.map(\.code) } }
  /// Of findings, but for those about a file that is shorter than what its profile describes.
  var rules: [String] {
    let ofShortFiles = ["path-never-occurs", "control-missing", "column-missing", "last-line-open"]
    return findings.map(\.rule).filter { !ofShortFiles.contains($0) }
  }
  /// Whether every row that was read is accounted for.
  var isComplete: Bool {
    files.allSatisfy { $0.read == $0.accepted + $0.quarantined + $0.superseded }
  }
}

/// The failure of a delivery that cannot be taken; nil where it can.
func failure(_ files: [String: [UInt8]], pack: RulePack = samplePack()) async -> IntakeFailure? {
  do {
    _ = try await taking(files, pack: pack)
    return nil
  } catch { return error as? IntakeFailure }
}

/// Text as GB18030, by the converter that reading does not use.
func gb18030(_ text: String) throws -> [UInt8] {
  let encoding = String.Encoding(rawValue: 0x8000_0632)
  return Array(try #require(text.data(using: encoding)))
}
