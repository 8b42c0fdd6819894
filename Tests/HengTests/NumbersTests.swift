import Deliveries
import Foundation
import Testing

/// Every number that a run publishes in two places is the same in both, in a run and in the one
/// after it, which carries what was before.
@Suite("A number that stands in two places")
struct NumbersTests {
  static let runs = [Rounds.firstRun, Rounds.secondRun]
  static let rubrics = [
    "party-building", "contract-credit", "figure-evaluation", "honest-operator",
    "social-organization-rating", "zone-assessment",
  ]
  static let honours = ["honest-operator", "contract-credit", "builder", "model-worker"]

  /// One published run.
  private struct Run {
    var folder: String
    var said: String

    init(_ id: String) throws {
      let rounds = try Rounds.played()
      folder = "\(rounds.folder)/reports/\(id)"
      said = id == Rounds.firstRun ? rounds.first.out : rounds.second.out
    }

    func table(_ path: String) throws -> PublishedTable {
      try PublishedTable(at: "\(folder)/\(path)")
    }
  }

  // MARK: - The page and the tables

  @Test("is on the page what it is in the table, cell by cell", arguments: runs)
  func page(id: String) throws {
    let run = try Run(id)
    let page = try PageTables(run.folder)
    for rubric in Self.rubrics {
      let rules = try page.file(rubric + "-rules")
      let list = PageTable(try page.file(rubric + "-list-0"), heads: rules)
      try compare(list, run.table("rankings/\(rubric).csv"), "ranking \(rubric)", least: 5)
    }
    for honour in Self.honours {
      let list = PageTable(try page.file("screening-\(honour)"))
      try compare(list, run.table("screening/\(honour).csv"), "list \(honour)", least: 6)
    }
    for name in ["findings", "quarantine", "formation"] {
      try compare(PageTable(page.file(name)), run.table(name + ".csv"), name, least: 2)
    }
    let first = try #require(page.run["first"] as? [String: Any])
    for (name, path) in [("groups", "overview.csv"), ("forms", "forms.csv")] {
      let table = PageTable(try #require(first[name] as? [String: Any]))
      try compare(table, run.table(path), path, least: 5)
    }
    let published = PageTable(try #require(page.run["published"] as? [String: Any]))
    try compare(published, run.table("published.csv"), "published", least: 4)
  }

  /// - Parameter least: so many columns at least must stand in both.
  private func compare(
    _ page: PageTable, _ table: PublishedTable, _ what: String, least: Int
  ) {
    #expect(page.count == table.rows.count, "\(what)")
    var compared = 0
    for (id, cells) in page.cells where table.columns.contains(id) {
      guard cells.count == table.rows.count else { continue }
      compared += 1
      for (row, cell) in cells.enumerated() {
        let text = table.rows[row][id] ?? ""
        if let one = Number(cell ?? ""), let other = Number(text) {
          #expect(one == other, "\(what), \(id), row \(row + 1): \(cell ?? "") and \(text)")
        } else if page.numbers.contains(id) {
          #expect((cell ?? "") == text, "\(what), \(id), row \(row + 1)")
        }
      }
    }
    #expect(compared >= least, "\(what): \(compared) columns")
  }

  @Test(
    "is in the page's coverage what it is in the table, and in the tables made of it",
    arguments: runs)
  func coverage(id: String) throws {
    let run = try Run(id)
    let coverage = Coverage(try run.table("coverage.csv"))
    let page = try PageTables(run.folder)
    var compared = 0
    for population in page.run["coverage"] as? [[String: Any]] ?? [] {
      let measures = (population["measures"] as? [[String: Any]] ?? []).map { $0["id"] as? String }
      for dimension in population["dimensions"] as? [[String: Any]] ?? [] {
        for group in dimension["rows"] as? [[String: Any]] ?? [] {
          for (measure, told) in zip(measures, group["measures"] as? [[String: Any]] ?? []) {
            let line = try #require(
              coverage[
                population["id"] as? String ?? "", dimension["title"] as? String ?? "",
                group["group"] as? String ?? "", measure ?? ""])
            #expect(line["units"] == (group["units"] as? Int).map(String.init))
            #expect(line["numerator"] == (told["part"] as? Int).map(String.init))
            #expect(line["unknown"] == (told["unknown"] as? Int).map(String.init))
            #expect(line["denominator"] == (told["whole"] as? Int).map(String.init))
            let rate = (told["rate"] as? Int).map { Number(Double($0) / 1_000) }
            #expect(Number(line["rate"] ?? "") == rate, "\(line)")
            compared += 1
          }
        }
      }
    }
    #expect(compared == coverage.count && compared > 500)
    try overview(run, coverage)
    try formation(run, coverage)
    try stated(run, coverage)
  }

  /// The first screen's rates, and how many have which form.
  private func overview(_ run: Run, _ coverage: Coverage) throws {
    let before = run.folder.hasSuffix(Rounds.secondRun) ? try Run(Rounds.firstRun) : nil
    let earlier = try before.map { Coverage(try $0.table("coverage.csv")) }
    var compared = 0
    for row in try run.table("overview.csv").rows {
      for population in ["operating_enterprises", "social_registered"] {
        for measure in ["organization_covered_rate", "work_covered_rate"] {
          let column = "\(population)_\(measure)"
          let line = coverage[population, row["dimension"] ?? "", row["group"] ?? "", measure]
          #expect(row[column] == line?["rate"] ?? "", "\(row["group"] ?? "") \(column)")
          let last = earlier?[population, row["dimension"] ?? "", row["group"] ?? "", measure]
          #expect(row[column + "_before"] == last?["rate"] ?? "", "\(row["group"] ?? "") before")
          compared += line == nil ? 0 : 1
        }
      }
    }
    #expect(compared > 20)
    let forms = try run.table("forms.csv")
    func whole(_ measure: String, _ column: String) -> Int {
      ["operating_enterprises", "social_registered"].reduce(0) {
        $0 + (Int(coverage[$1, "", "", measure]?[column] ?? "") ?? 0)
      }
    }
    func units(_ form: String) -> Int { Int(forms.row(["form": form])?["units"] ?? "") ?? 0 }
    #expect(
      forms.rows.reduce(0) { $0 + (Int($1["units"] ?? "") ?? 0) } == whole("single_rate", "units"))
    #expect(units("single") == whole("single_rate", "numerator"))
    #expect(
      ["single", "joint", "area", "functional"].reduce(0) { $0 + units($1) }
        == whole("organization_covered_rate", "numerator"))
    #expect(units("should_build") == whole("should_build_rate", "numerator"))
  }

  /// The plan, what it comes to, and what each district was handed.
  private func formation(_ run: Run, _ coverage: Coverage) throws {
    let summary = try run.table("formation-summary.csv")
    func int(_ row: [String: String], _ id: String) -> Int { Int(row[id] ?? "") ?? -1 }
    for row in summary.rows {
      let line = try #require(
        coverage[
          row["population"] ?? "", row["dimension"] ?? "", row["group"] ?? "",
          "organization_covered_rate"])
      #expect(row["units"] == line["units"] && row["before"] == line["numerator"])
      #expect(row["rate_before"] == line["rate"] && row["unknown"] == line["unknown"])
      #expect(int(row, "gained") == ["alone", "joint", "area"].reduce(0) { $0 + int(row, $1) })
      #expect(int(row, "after") == int(row, "before") + int(row, "gained"))
      let parts = ["before", "gained", "otherwise", "to_ascertain", "left", "unknown"]
      #expect(int(row, "units") == parts.reduce(0) { $0 + int(row, $1) })
    }
    let plan = try run.table("formation.csv")
    let all = try #require(summary.row(["population": "registered", "dimension": ""]))
    let page = try PageTables(run.folder).run["formations"] as? [[String: Any]]
    let told = try #require(page?.first as? [String: Int])
    for (form, id, column) in [
      ("单独组建党支部", "alone", "alone"), ("联合组建党支部", "joint", "joint"),
      ("由所在园区（商圈）党组织统一覆盖", "area", "area"),
      ("选派党建指导员，实现工作覆盖", "otherwise", "otherwise"),
      ("先查明正式党员数和工作覆盖情况", "unknown", "to_ascertain"),
    ] {
      let count = plan.rows(["form": form]).count
      #expect(count == told[id] && count == int(all, column), "\(form)")
    }
    var handed = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: run.folder + "/formation") {
      let rows = try shownSheets(of: "\(run.folder)/formation/\(file)")[0].rows.dropFirst(2)
      for row in rows {
        let line = try #require(plan.row(["proposal": row[0], "subject": row[1]]))
        #expect(row[6] == line["strength"] ?? "" && row[7] == line["together"] ?? "", "\(row)")
      }
      handed += rows.count
    }
    #expect(handed == plan.rows.count && handed > 3)
  }

  /// What a source states beside what the run computes.
  private func stated(_ run: Run, _ coverage: Coverage) throws {
    let published = try run.table("published.csv")
    for (figure, population, measure, column) in [
      ("enterprises", "operating_enterprises", "single_rate", "units"),
      ("social_organizations", "social_registered", "single_rate", "units"),
      (
        "organization_coverage_enterprises", "operating_enterprises", "organization_covered_rate",
        "rate"
      ),
      ("organization_coverage_social", "social_registered", "organization_covered_rate", "rate"),
      ("work_coverage_enterprises", "operating_enterprises", "work_covered_rate", "rate"),
      ("work_coverage_social", "social_registered", "work_covered_rate", "rate"),
    ] {
      let told = published.row(["figure": figure])?["computed"]
      #expect(told == coverage[population, "", "", measure]?[column], "\(figure)")
    }
    let states = ["一致": "agrees", "不一致": "differs", "无法得知": "cannot-be-known"]
    for (word, state) in states {
      let count = published.rows(["state": state]).count
      #expect(run.said.contains("\(word) \(count)"), "\(word) \(count)")
    }
  }
}

/// Coverage by what a line is about.
private struct Coverage {
  private var lines: [String: [String: String]] = [:]
  var count: Int { lines.count }

  init(_ table: PublishedTable) {
    for row in table.rows {
      // Machines get the code before the group's name.
      let group = row["group"] ?? ""
      let name = row["dimension"] == "" ? group : Coverage.name(group)
      lines[
        Coverage.key(row["population"] ?? "", row["dimension"] ?? "", name, row["measure"] ?? "")] =
        row
    }
  }

  subscript(population: String, dimension: String, group: String, measure: String)
    -> [String: String]?
  {
    lines[Coverage.key(population, dimension, Coverage.name(group), measure)]
  }

  private static func name(_ group: String) -> String {
    guard let blank = group.firstIndex(of: " ") else { return group }
    return String(group[group.index(after: blank)...])
  }

  private static func key(_ parts: String...) -> String { parts.joined(separator: "\t") }
}

/// A number as tables write it: `6,352`, `75.6%`, `−4.4`.
struct Number: Equatable {
  var millionths: Int

  init(_ value: Double) { millionths = Int((value * 1_000_000).rounded()) }

  init?(_ text: String) {
    var plain = text.replacing(",", with: "").replacing("−", with: "-")
      .replacing("▲", with: "").replacing("▼", with: "-")
    let isShare = plain.hasSuffix("%")
    if isShare { plain.removeLast() }
    guard plain.wholeMatch(of: /-?[0-9]{1,12}(\.[0-9]+)?/) != nil, let value = Double(plain)
    else { return nil }
    self.init(isShare ? value / 100 : value)
  }
}
