import Expressions
import Foundation
import RulePacks
import Tables

@testable import Reports

/// A small run: four restaurants under one rubric of two indicators and a deduction, with one
/// screening, some findings, and names that try to be more than names.
func sampleResults() -> RunResult {
  var run = RunPlan()
  run.id = "spring"
  run.title = "Spring <round>"
  run.asOf = PartialDate(packed: PartialDate.days(year: 2018, month: 9, day: 30) << 2)
  run.purpose = "inspection"
  run.legalBasis = "Food Act § 5"
  run.honours = [
    RunPlan.Honour(
      id: "star", title: "Star", rubric: 0, quota: 1, reserve: 1, candidates: nil, by: nil)
  ]
  return RunResult(
    run: run, pack: samplePack(), files: sampleFiles(), dossiers: sampleDossiers(),
    scorecards: [sampleScorecard()],
    standings: [
      Standings(
        ranks: [2, 1, 0, 2], cohortSizes: [3, 3, 3, 3], order: [1, 0, 3, 2])
    ],
    screenings: [
      Screening(
        honour: 0,
        lines: [
          Screening.Line(entry: 1, proposal: .recommend, rank: 1, group: "", quota: 1),
          Screening.Line(entry: 2, proposal: .waiting, rank: 0, group: "", quota: 1),
        ])
    ],
    coverage: [
      CoverageLine(
        population: "all", populationTitle: "All", dimension: "", group: "", units: 4,
        measures: [
          CoverageLine.Measured(
            id: "clean", title: "Clean", numerator: 2, unknown: 1, denominator: 3,
            definition: "hygiene of 5 or better")
        ], definition: "open for business", plan: sampleCounts())
    ],
    formation: [sampleFormation()],
    findings: sampleFindings(), quarantine: sampleQuarantine(),
    corrections: [
      AppliedCorrection(
        outcome: .applied, place: Place(file: 1, line: 2, record: 1),
        target: Provenance(record: 0, field: 0, row: 1), subject: "R2", field: "name",
        oldValue: "Bistro", newValue: "Bistro, \"new\"", reason: "typing error"),
      AppliedCorrection(
        outcome: .applied, place: Place(file: 1, line: 3, record: 2),
        target: Provenance(record: 0, field: 2, row: 1), subject: "R2", field: "owner",
        oldValue: "Ann", newValue: "Anne", reason: "typing error"),
    ],
    toolVersion: "0.1.0")
}

func samplePack() -> RulePack {
  var about = RulePack.About()
  about.id = "food"
  about.edition = "2018.1"
  about.title = "Food"
  about.contact = "office@example.org"
  about.language = .en
  about.offices = [RulePack.Office(id: "health", title: "Health office")]
  var pack = RulePack(about: about)
  pack.sha256 = "aa"
  var kitchen = RecordKind(id: "kitchen", title: "Kitchen", subject: .subject(0), holds: .one)
  kitchen.fields = [
    Field(id: "name", label: "Name", type: .name), Field(id: "size", label: "Size", type: .code),
    Field(id: "owner", label: "Owner", type: .text),
  ]
  kitchen.fields[2].sensitivity = .personal
  pack.records = [kitchen]
  var place = SubjectKind(id: "place", title: "Place", identity: [["id"]], name: 1)
  place.facts = [
    Fact(id: "id", label: "Id", type: .string, origin: .asOf),
    Fact(id: "name", label: "Name", type: .string, origin: .record(record: 0, field: 0)),
    Fact(id: "size", label: "Size", type: .string, origin: .record(record: 0, field: 1)),
    Fact(id: "owner", label: "Owner", type: .string, origin: .record(record: 0, field: 2)),
  ]
  place.facts[2].office = "health"
  place.facts[3].sensitivity = .personal
  pack.subjects = [place]
  pack.disparity = RulePack.Disparity(by: ["size", "owner", "absent"], smallestGroup: 2)
  pack.rubrics = [sampleRubric()]
  let nothing = Environment(scopes: [Scope(names: [:])])
  if let lacks = try? check("true", in: nothing, scope: 0),
    let brings = try? check("1", in: nothing, scope: 0)
  {
    pack.formations = [
      Formation(
        subject: 0, without: lacks, strength: brings, threshold: 3, near: [[2], [2, 1]], atMost: 5,
        alone: "single", joint: "joint", area: "area", otherwise: "visit", basis: "§ 2")
    ]
  }
  return pack
}

private func sampleFormation() -> FormationPlan {
  var plan = FormationPlan(formation: 0)
  plan.append([(row: 3, strength: 4)], .alone)
  plan.append([(row: 0, strength: 3), (row: 2, strength: -1)], .joint, tie: 0)
  plan.append([(row: 1, strength: 0)], .area, tie: 1)
  return plan
}

private func sampleCounts() -> FormationCounts {
  var counts = FormationCounts()
  counts.alone = 1
  counts.joint = 1
  counts.unknown = 1
  return counts
}

func sampleRubric() -> Rubric {
  var rubric = Rubric(
    id: "hygiene", title: "Hygiene", edition: "1", basis: "§ 5", subject: 0, full: 15_000)
  rubric.sha256 = "bb"
  rubric.parts = [
    samplePart("S1", "Kitchen", .indicator, most: 10_000, least: 0),
    samplePart("S2", "Store", .indicator, most: 5_000, least: 0),
    samplePart("D1", "Complaints", .deduction, most: 0, least: -4_000),
  ]
  rubric.tiers = [
    Rubric.Tier(id: "A", title: "good", from: 10_000), Rubric.Tier(id: "B", title: "", from: nil),
  ]
  return rubric
}

private func samplePart(
  _ id: String, _ title: String, _ kind: Rubric.Part.Kind, most: Int, least: Int
) -> Rubric.Part {
  let opinions = Rubric.Opinions(
    list: 0, record: 0, condition: nil, grade: 0, signed: nil, basis: nil, aggregate: .worst,
    points: [])
  return Rubric.Part(
    id: id, title: title, kind: kind, unknown: .withhold, form: .opinions(opinions), most: most,
    least: least)
}

private func sampleFiles() -> [DeliveredFile] {
  var kitchens = DeliveredFile(
    path: "kitchens.csv", bytes: 120, sha256: "cc", encoding: "utf-8",
    encodingEvidence: "byte order mark", profile: "kitchens")
  kitchens.read = 6
  kitchens.accepted = 4
  kitchens.quarantined = 1
  kitchens.superseded = 1
  let corrections = DeliveredFile(
    path: "corrections.csv", bytes: 50, sha256: "dd", encoding: "utf-8",
    encodingEvidence: "ASCII only", profile: "corrections")
  return [kitchens, corrections]
}

private func sampleDossiers() -> Dossiers {
  let names = ["=cmd|'/c calc'!A1", "Bistro, \"old\"", "<script>alert(1)</script>", "丁 & 店"]
  let table = RecordTable(
    columns: [
      .text(texts(names)), .code(codes([0, 0, 1, nil], of: ["small", "large"])),
      .text(texts(["Ann", "Bob", "Cy", "Di"])),
    ],
    places: (0..<4).map { Place(file: 0, line: UInt32($0 + 2), record: UInt32($0 + 1)) },
    precedences: [0, 0, 0, 0])
  let ids = texts(["R1", "R2", "R3", "R4"])
  return Dossiers(
    records: [table],
    subjects: [
      SubjectTable(
        ids: ids,
        facts: [
          .own(.text(ids)), .chosen(record: 0, field: 0, rows: [0, 1, 2, 3]),
          .chosen(record: 0, field: 1, rows: [0, 1, 2, 3]),
          .chosen(record: 0, field: 2, rows: [0, 1, 2, 3]),
        ])
    ])
}

func texts(_ texts: [String]) -> TextColumn {
  var column = TextColumn()
  for text in texts { column.append(text) }
  return column
}

private func codes(_ ids: [Int32?], of names: [String]) -> CodeColumn {
  var column = CodeColumn(names: names)
  for id in ids { column.cells.append(id ?? 0, id == nil ? .notStated : .stated) }
  return column
}

private func sampleScorecard() -> Scorecard {
  var card = Scorecard(rubric: 0, subjects: [0, 1, 2, 3])
  card.parts = [
    points([5_500, 10_000, 0, 5_500]), points([5_000, 4_500, 2_000, 5_000]),
    points([-1_000, 0, 0, -1_000]),
  ]
  card.parts[0].states[2] = .pending
  card.parts[2].states[1] = .notApplicable
  card.scores = [9_500, 14_500, 2_000, 9_500]
  card.lower = [9_500, 14_500, 2_000, 9_500]
  card.upper = [9_500, 14_500, 12_000, 9_500]
  card.assessed = [1_000, 1_000, 333, 1_000]
  card.tiers = [1, 0, 1, 1]
  card.bestTiers = [1, 0, 0, 1]
  card.statuses = [.ranked, .ranked, .pending, .provisional]
  card.cohorts = [0, 0, 0, 0]
  card.cohortNames = ["all"]
  card.gaps.entries = [2, 2]
  card.gaps.missing = [0, 1]
  card.gaps.sites = [.part(0), .part(0)]
  card.gaps.facts = [
    Gaps.MissingFact(shown: "size", slots: [2]), Gaps.MissingFact(shown: "owner", slots: [3]),
  ]
  return card
}

private func points(_ points: [Int32]) -> PartPoints {
  var part = PartPoints()
  part.points = Integers(points)
  part.states = Array(repeating: .assessed, count: points.count)
  return part
}

private func sampleFindings() -> [Finding] {
  [
    Finding(
      .note, "dropped-columns", place: Place(file: 0, line: 1, record: 0),
      message: Bilingual(zh: "多出一列", en: "one more column"), cure: Bilingual(zh: "无", en: "none")),
    Finding(
      .error, "conflict", subject: "R2", place: Place(file: 0, line: 3, record: 2), field: "owner",
      message: Bilingual(zh: "Bob 与 Bobby 不一致", en: "Bob and Bobby differ"),
      cure: Bilingual(zh: "改 Bob", en: "change Bob")),
    Finding(
      .error, "conflict", subject: "R1", place: Place(file: 0, line: 2, record: 1), field: "name",
      message: Bilingual(zh: "不一致", en: "they differ"), cure: Bilingual(zh: "核对", en: "check")),
  ]
}

private func sampleQuarantine() -> [QuarantinedRow] {
  func fault(_ field: String, _ raw: String) -> QuarantinedRow.Fault {
    QuarantinedRow.Fault(
      code: "bad-text", field: field, raw: raw, message: Bilingual(zh: "读不出", en: "unreadable"),
      cure: Bilingual(zh: "重报", en: "send again"))
  }
  return [
    QuarantinedRow(
      place: Place(file: 0, line: 9, record: 6), record: "kitchen", faults: [fault("name", "@x")]),
    QuarantinedRow(
      place: Place(file: 0, line: 7, record: 5), record: "kitchen",
      faults: [fault("name", "-1+1"), fault("owner", "Evelyn")]),
  ]
}

/// A folder that is gone after the test.
func withFolder<Outcome>(_ body: (String) async throws -> Outcome) async throws -> Outcome {
  let folder = FileManager.default.temporaryDirectory.appending(path: "heng-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder.path(percentEncoded: false))
}

/// All bytes of a document, made by so many jobs.
func bytes(_ document: Document, jobs: Int = 2) async throws -> [UInt8] {
  var bytes: [UInt8] = []
  for part in document.parts {
    try await inOrder(part, jobs: jobs) { (more) throws(ReportFailure) in bytes += more }
  }
  return bytes
}

/// The rows of a document as text, without the byte order mark, which must be there.
func rows(_ document: Document) async throws -> [String] {
  let bytes = try await bytes(document)
  guard bytes.starts(with: CSV.byteOrderMark) else { return ["no byte order mark"] }
  let text = String(decoding: bytes.dropFirst(3), as: UTF8.self)
  return text.components(separatedBy: "\r\n").dropLast()
}
