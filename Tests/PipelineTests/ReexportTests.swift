import Deliveries
import Fields
import Foundation
import Intake
import Pipeline
import Reports
import Requests
import RulePacks
import Tables
import Testing

/// The same data in other clothes must be ranked the same: what one system sends as XML another
/// sends as CSV, and an office saves its CSV in another encoding.
@Suite("A delivery exported again in other formats")
struct ReexportTests {
  @Test(
    "has the same rankings, byte for byte",
    arguments: Samples.areWhole ? ["example-2018q3", "luoyang-2018q3"] : ["example-2018q3"])
  func sameRankings(name: String) async throws {
    try await withTemporaryFolder { folder in
      let delivery = folder + "/" + name
      let from = Samples.delivery(name)
      let plan = try await evaluate(Samples.request(name, reports: "none"))
      try await reexport(from, to: delivery, pack: plan.pack, plan: plan.run, files: plan.files)
      // The run before is looked for beside the delivery.
      if let previous = plan.run.previous {
        try FileManager.default.createSymbolicLink(
          atPath: folder + "/" + previous, withDestinationPath: Samples.delivery(previous))
      }
      let rules = try rulesPath(ofDelivery: from, rules: nil)
      let first = try await run(Samples.request(name, reports: folder + "/a"))
      let second = try await run(
        Request(
          delivery: delivery, rules: rules, reports: folder + "/b", jobs: 2, started: Date()))
      let xml = second.evaluated.files.count { $0.path.hasSuffix(".xml") }
      #expect(xml < first.evaluated.files.count { $0.path.hasSuffix(".xml") })
      for rubric in plan.pack.rubrics {
        let path = "/rankings/\(rubric.id).csv"
        #expect(
          FileManager.default.contents(atPath: first.folder + path)
            == FileManager.default.contents(atPath: second.folder + path), "\(rubric.id)")
      }
    }
  }

  @Test("has the same rankings with its CSV files as workbooks, byte for byte")
  func workbooks() async throws {
    let name = "example-2018q3"
    try await withTemporaryFolder { folder in
      let delivery = folder + "/" + name
      let from = Samples.delivery(name)
      let plan = try await evaluate(Samples.request(name, reports: "none"))
      try asWorkbooks(from, to: delivery, digestKey: plan.run.digestKey, files: plan.files)
      let rules = try rulesPath(ofDelivery: from, rules: nil)
      let first = try await run(Samples.request(name, reports: folder + "/a"))
      let second = try await run(
        Request(
          delivery: delivery, rules: rules, reports: folder + "/b", jobs: 2, started: Date()))
      let sheets = second.evaluated.files.filter { $0.sheet != nil }
      #expect(sheets.count { $0.encodingEvidence == "xlsx" } >= 5)
      #expect(sheets.count { $0.encodingEvidence.hasPrefix("SpreadsheetML") } >= 5)
      #expect(sheets.allSatisfy { $0.read == $0.accepted + $0.quarantined + $0.superseded })
      #expect(
        second.evaluated.files.map { [$0.read, $0.accepted, $0.quarantined, $0.superseded] }
          == first.evaluated.files.map { [$0.read, $0.accepted, $0.quarantined, $0.superseded] })
      for rubric in plan.pack.rubrics {
        let path = "/rankings/\(rubric.id).csv"
        #expect(
          FileManager.default.contents(atPath: first.folder + path)
            == FileManager.default.contents(atPath: second.folder + path), "\(rubric.id)")
      }
    }
  }
}

/// Writes XML files of record kinds that also have a one-line CSV profile as CSV, and CSV files in
/// another encoding.
private func reexport(
  _ from: String, to folder: String, pack: RulePack, plan: RunPlan, files: [DeliveredFile]
) async throws {
  let manager = FileManager.default
  try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
  for name in ["run.yaml", plan.digestKey].compactMap({ $0 }) {
    try manager.copyItem(atPath: from + "/" + name, toPath: folder + "/" + name)
  }
  for file in files {
    let bytes = try #require(manager.contents(atPath: from + "/" + file.path))
    let target = folder + "/" + file.path
    try manager.createDirectory(
      atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    if file.path.lowercased().hasSuffix(".xml") {
      guard let csv = try await asCSV(file, from: from, pack: pack, plan: plan) else {
        try bytes.write(to: URL(filePath: target))
        continue
      }
      try csv.write(to: URL(filePath: target + ".csv"))
    } else {
      try reencoded(bytes, from: file.encoding).write(to: URL(filePath: target))
    }
  }
}

private let gb18030 = String.Encoding(rawValue: 0x8000_0632)

private func reencoded(_ bytes: Data, from encoding: String) throws -> Data {
  switch encoding.lowercased() {
  case let name where name.hasPrefix("utf-16"):
    return Data(try #require(String(data: bytes, encoding: .utf16)).utf8)
  case "gb18030": return Data(try #require(String(data: bytes, encoding: gb18030)).utf8)
  default:
    let text = try #require(String(data: bytes, encoding: .utf8))
    let plain = text.unicodeScalars.first?.value == 0xFEFF ? String(text.dropFirst()) : text
    return try #require(plain.data(using: gb18030))
  }
}

/// The accepted rows of one XML file through the record kind's CSV profile; nil where it has none
/// or holds what cannot be written again (digests).
private func asCSV(_ file: DeliveredFile, from: String, pack: RulePack, plan: RunPlan)
  async throws -> Data?
{
  guard let source = pack.sources.first(where: { $0.id == file.profile }) else { return nil }
  let kind = pack.records[source.record]
  guard !kind.fields.contains(where: { $0.type == .residentID }) else { return nil }
  let profile = pack.sources.first {
    guard $0.record == source.record, case .csv(1, _, _) = $0.format else { return false }
    return $0.columns.allSatisfy { $0.value == nil && $0.when.isEmpty }
  }
  guard let profile else { return nil }
  let table = try await rows(of: file, from: from, pack: pack, plan: plan, record: source.record)
  var lines = [kind.fields.indices.map { header(of: $0, kind: kind, profile: profile) }]
  for row in 0..<table.count {
    lines.append(
      kind.fields.indices.map { cell($0, row, of: table, kind: kind, profile: profile, pack) })
  }
  let text = lines.map { $0.map(quoted).joined(separator: ",") }.joined(separator: "\r\n")
  return Data((text + "\r\n").utf8)
}

private func rows(
  of file: DeliveredFile, from: String, pack: RulePack, plan: RunPlan, record: Int
) async throws -> RecordTable {
  var settings = TakeSettings(jobs: 1, digestKey: Array("k".utf8), progress: nil)
  // A code that cannot be read keeps less believed sources from speaking, so it must be written
  // as it was delivered.
  settings.keepsTextsUpTo = .max
  let taken = try await take(
    from, files: [file.path], pack: pack, asOf: plan.asOf, settings: settings)
  return taken.records[record]
}

private func header(of field: Int, kind: RecordKind, profile: SourceProfile) -> String {
  profile.columns.first { $0.field == field }?.from.first ?? kind.fields[field].label
}

private func cell(
  _ field: Int, _ row: Int, of table: RecordTable, kind: RecordKind, profile: SourceProfile,
  _ pack: RulePack
) -> String {
  let column = table.columns[field]
  let rule = profile.columns.first { $0.field == field }
  switch column.presence[row] {
  case .notStated:
    let delivered = table.delivered.isEmpty ? nil : table.delivered[field]
    return delivered?[row] ?? ""
  case .statedNone: return pack.words.statedNone.first ?? ""
  case .checkedNone: return pack.words.checkedNone.first ?? ""
  case .stated: break
  }
  switch column {
  case .flag(let cells):
    let words = profile.flags.map { ($0.yes, $0.no) } ?? (pack.words.yes, pack.words.no)
    return (cells.values[row] ? words.0.first : words.1.first) ?? ""
  case .decimal(let cells):
    let scale = rule?.scale ?? kind.fields[field].scale
    return Exact(millionths: cells.values[row]).divided(by: scale)?.description ?? ""
  case .code(let column):
    let id = column.cells.values[row]
    if let codes = rule?.codes {
      return codes.filter { $0.value == id }.keys.sorted().first ?? ""
    }
    return column.names[Int(id)]
  case .number, .day, .text: return column.text(row) ?? ""
  }
}

private func quoted(_ cell: String) -> String {
  guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
  return "\"" + cell.replacing("\"", with: "\"\"") + "\""
}
