import Fields
import Foundation
import Ledger
import PastRuns
import Requests
import RulePacks
import Tables

/// Who delivered what, compared with what `run.yaml` expects and with the run before.
struct Returns {
  private(set) var lines: [ReturnLine] = []
  private(set) var findings: [Finding] = []
  let districts: [DistrictRows]

  private let plan: RunPlan
  private let pack: RulePack
  private let delivery: Delivery
  private let earlier: EarlierDelivery?

  /// - Parameter earlier: what the run before was given; nil without one.
  init(_ delivery: Delivery, plan: RunPlan, pack: RulePack, earlier: EarlierDelivery?) {
    self.plan = plan
    self.pack = pack
    self.delivery = delivery
    self.earlier = earlier
    districts = pack.records.indices.compactMap { record in
      rowsByDistrict(delivery.records[record], pack.records[record])
    }
    for profile in pack.sources.indices { addProfile(profile) }
    for expected in plan.expected { check(expected) }
    compareOffices()
    compareDistricts()
  }

  private func office(of record: Int) -> String {
    pack.records[record].office.map { title(ofOffice: $0) } ?? ""
  }

  private func title(ofOffice id: String) -> String {
    pack.about.offices.first { $0.id == id }?.title ?? id
  }

  /// The line of a profile that delivered now or the last time.
  private mutating func addProfile(_ profile: Int) {
    let source = pack.sources[profile]
    let files = delivery.files.filter { $0.profile == source.id }
    let before = earlier?.rows[source.id]
    guard !files.isEmpty || before != nil else { return }
    let rows = files.reduce(0) { $0 + $1.read }
    var line = ReturnLine(
      record: pack.records[source.record].title, profile: source.title,
      office: office(of: source.record), files: files.count, rows: rows, before: before,
      state: files.isEmpty ? .missing : rows == 0 ? .nilReturn : .delivered)
    if files.isEmpty {
      findings.append(
        notDelivered("“\(source.title)”（\(source.id)）", "“\(source.title)” (\(source.id))"))
    } else if let before, rows * 2 < before {
      line.state = rows == 0 ? .nilReturn : .fewer
      findings.append(fewerRows(source, rows, before))
    }
    lines.append(line)
  }

  private func isMeant(_ file: DeliveredFile, by expected: RunPlan.Expected) -> Bool {
    guard let profile = pack.sources.firstIndex(where: { $0.id == file.profile }) else {
      return false
    }
    let record = pack.sources[profile].record
    return (expected.profile.map { $0 == profile } ?? true)
      && (expected.record.map { $0 == record } ?? true)
      && (expected.office.map { $0 == pack.records[record].office } ?? true)
  }

  private mutating func check(_ expected: RunPlan.Expected) {
    let files = delivery.files.filter { isMeant($0, by: expected) }
    let records = Set(
      files.compactMap { file in pack.sources.first { $0.id == file.profile }?.record })
    if let district = expected.district {
      let rows = records.reduce(0) { $0 + self.rows(of: district, record: $1) }
      // Where a nil return comes from only its name or folder can tell.
      let named = files.contains { $0.read == 0 && $0.path.contains(district) }
      addExpected(expected, files: rows > 0 || named ? files.count : 0, rows: rows)
    } else if files.isEmpty {
      addExpected(expected, files: 0, rows: 0)
    }
  }

  private mutating func addExpected(_ expected: RunPlan.Expected, files: Int, rows: Int) {
    let record = expected.record ?? expected.profile.map { pack.sources[$0].record }
    let profile = expected.profile.map { pack.sources[$0].title } ?? ""
    let office =
      expected.office.map { title(ofOffice: $0) } ?? record.map { self.office(of: $0) } ?? ""
    // A profile that came the last time has a line already.
    let isTold = expected.district == nil && lines.contains { $0.profile == profile }
    if !isTold {
      lines.append(
        ReturnLine(
          record: record.map { pack.records[$0].title } ?? "", profile: profile, office: office,
          district: expected.district ?? "", files: files, rows: rows,
          state: files == 0 ? .missing : rows == 0 ? .nilReturn : .delivered))
    }
    guard files == 0, !isTold else { return }
    let what = [
      office, expected.district ?? "", record.map { pack.records[$0].title } ?? "", profile,
    ]
    let shown = what.filter { !$0.isEmpty }.joined(separator: " · ")
    findings.append(
      Finding(
        .warning, "not-delivered",
        message: Bilingual(
          zh: "run.yaml 第\(expected.line)行列明应报送的没有报来：\(shown)",
          en: "what line \(expected.line) of run.yaml expects was not delivered: \(shown)"),
        cure: Bilingual(
          zh: "请催报；确无数据的，请报送只有表头或没有记录的文件（零报告）",
          en: "ask for it; who has nothing to report delivers a file without rows (a nil return)")))
  }

  // MARK: - The run before

  private mutating func compareOffices() {
    guard let earlier else { return }
    func offices(_ profiles: Set<String>) -> Set<String> {
      Set(
        pack.sources.filter { profiles.contains($0.id) }.compactMap {
          pack.records[$0.record].office
        })
    }
    let now = offices(Set(delivery.files.map(\.profile)))
    for office in offices(Set(earlier.rows.keys)).subtracting(now).sorted() {
      let title = title(ofOffice: office)
      findings.append(notDelivered("“\(title)”的任何文件", "any file of “\(title)”"))
    }
  }

  private mutating func compareDistricts() {
    for before in earlier?.districts ?? [] {
      guard let record = pack.records.firstIndex(where: { $0.id == before.record }),
        delivery.delivered[record]
      else { continue }
      let now = Set(
        districts.first { $0.record == before.record }?.rows.map(\.code) ?? [])
      for (code, count) in before.rows where !now.contains(code) {
        let (kind, district) = (pack.records[record].title, name(ofDistrict: code, record))
        lines.append(
          ReturnLine(
            record: kind, profile: "", office: office(of: record), district: district, files: 0,
            rows: 0, before: count, state: .missing))
        findings.append(
          notDelivered(
            "\(district)的“\(kind)”（上次 \(count) 条）", "“\(kind)” of \(district) (\(count) rows then)")
        )
      }
    }
  }

  private func notDelivered(_ zh: String, _ en: String) -> Finding {
    Finding(
      .warning, "not-delivered",
      message: Bilingual(
        zh: "上次（\(earlier?.run ?? "")）报送过、这次没有：\(zh)",
        en: "delivered for the run before (\(earlier?.run ?? "")) and not now: \(en)"),
      cure: Bilingual(
        zh: "请催报，或确认不再报送", en: "ask for it, or make sure that it is not to come any more"))
  }

  private func fewerRows(_ source: SourceProfile, _ rows: Int, _ before: Int) -> Finding {
    Finding(
      .warning, "fewer-rows",
      message: Bilingual(
        zh:
          "“\(source.title)”（\(source.id)）这次 \(rows) 条，上次（\(earlier?.run ?? "")）\(before) 条，少了一半以上",
        en:
          "“\(source.title)” (\(source.id)) has \(rows) rows, less than half of the \(before) of the "
          + "run before (\(earlier?.run ?? ""))"),
      cure: Bilingual(
        zh: "请核对是否漏报或导出不全", en: "check whether something was left out or exported in part"))
  }

  // MARK: - Districts

  /// How many rows a district has, named by its code or as the code table names it.
  private func rows(of district: String, record: Int) -> Int {
    let key = matchingKey(district)
    let kind = pack.records[record]
    guard let rows = districts.first(where: { $0.record == kind.id })?.rows else { return 0 }
    return rows.filter { row in
      matchingKey(row.code) == key || matchingKey(name(ofDistrict: row.code, record)) == key
    }.reduce(0) { $0 + $1.count }
  }

  private func name(ofDistrict code: String, _ record: Int) -> String {
    guard let field = pack.records[record].districtField,
      let table = pack.records[record].fields[field].codes
    else { return code }
    return pack.codes[table].codes.first { $0.code == code }?.name ?? code
  }
}

extension RecordKind {
  /// The field that tells in which district a row belongs.
  fileprivate var districtField: Int? {
    fields.firstIndex { $0.type == .division } ?? field("district")
  }
}

/// - Returns: nil where the kind has no field for it, or no rows.
/// - Complexity: O(rows).
private func rowsByDistrict(_ table: RecordTable, _ kind: RecordKind) -> DistrictRows? {
  guard let field = kind.districtField, table.count > 0 else { return nil }
  var counts: [String: Int] = [:]
  switch table.columns[field] {
  case .code(let column):
    var numbers = [Int](repeating: 0, count: column.names.count)
    for row in 0..<column.cells.values.count where column.cells.presence.isStated(row) {
      numbers[Int(column.cells.values[row])] += 1
    }
    for (code, count) in zip(column.names, numbers) where count > 0 { counts[code] = count }
  case .text(let texts):
    for row in 0..<texts.count where texts.presence.isStated(row) {
      counts[texts[row], default: 0] += 1
      // What is so varied is no district.
      guard counts.count <= 5000 else { return nil }
    }
  case .number, .decimal, .flag, .day: return nil
  }
  let rows = counts.sorted { $0.key < $1.key }.map { (code: $0.key, count: $0.value) }
  return DistrictRows(record: kind.id, rows: rows)
}
