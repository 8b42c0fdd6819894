import Deliveries
import Foundation
import Testing

/// Ranks, points and counts of one run wherever they stand.
@Suite("A number of a ranking that stands in two places")
struct NumbersOfListsTests {
  private func folder(_ id: String) throws -> String {
    "\(try Rounds.played().folder)/reports/\(id)"
  }

  /// By sheet, the table that it shows and the columns that have numbers, by their headings.
  private func sheets() -> [(sheet: String, path: String, columns: [String: String])] {
    let ranking = [
      "名次": "rank", "九成情况下最好名次": "rank_low", "九成情况下最差名次": "rank_high", "编号": "subject",
      "组内总数": "cohort_size", "得分": "score", "最高可得": "score_upper", "材料齐全度": "assessed_share",
    ]
    let list = [
      "名次": "rank", "编号": "subject", "得分": "score", "名额线": "quota_line", "距名额线": "to_line",
      "权重变动时入选": "chance", "决定日期": "decided_on",
    ]
    let titles = [
      "党建工作评价（五个两）", "守合同重信用企业", "非公有制经济代表人士综合评价", "诚信经营户", "社会组织评估等级",
      "园区（商圈）党建工作评价",
    ]
    let honours = ["诚信经营户", "守合同重信用企业", "优秀中国特色社会主义事业建设者", "劳动模范"]
    return zip(titles, NumbersTests.rubrics).map { ($0, "rankings/\($1).csv", ranking) }
      + zip(honours, NumbersTests.honours).map { ("名单 " + $0, "screening/\($1).csv", list) }
      + [
        (
          "组织形式分布", "forms.csv",
          [
            "单位数": "units", "组织数": "organizations", "组织不明的单位": "organizations_unknown",
            "成员数": "members", "成员数不明的单位": "members_unknown",
          ]
        ),
        (
          "覆盖情况", "coverage.csv",
          [
            "单位数": "units", "分子": "numerator", "待查": "unknown", "分母": "denominator", "比率": "rate",
          ]
        ),
        (
          "组建方案汇总", "formation-summary.csv",
          [
            "单位数": "units", "现有": "before", "现有比率": "rate_before", "单独": "alone", "联合": "joint",
            "区域": "area", "增加": "gained", "之后": "after", "之后比率": "rate_after", "其他": "otherwise",
            "待查": "unknown", "先查明": "to_ascertain", "未列入方案": "left",
          ]
        ),
        (
          "组建方案", "formation.csv",
          ["方案": "proposal", "编号": "subject", "本身计数": "strength", "合计": "together"]
        ),
        (
          "公布数字与本次计算", "published.csv",
          ["公布数": "stated", "本次计算": "computed", "待查": "unknown", "相差": "difference"]
        ),
        ("数据问题", "findings.csv", ["编号": "subject", "行": "line", "核对码": "stamp"]),
      ]
  }

  @Test("is in the workbook what it is in the table, row by row", arguments: NumbersTests.runs)
  func workbook(id: String) throws {
    let folder = try folder(id)
    let book = Dictionary(
      uniqueKeysWithValues: try shownSheets(of: folder + "/rankings.xlsx").map {
        ($0.name, $0.rows)
      })
    for (sheet, path, columns) in sheets() {
      let rows = try #require(book[sheet], "no sheet \(sheet)")
      let table = try PublishedTable(at: "\(folder)/\(path)")
      #expect(rows.count == table.rows.count + 2, "\(sheet)")
      var found: [(place: Int, id: String)] = []
      for (place, heading) in rows[1].enumerated() {
        let part = heading.split(separator: " ").first.map(String.init) ?? ""
        if let id = columns[heading] ?? (table.columns.contains(part) ? part : nil) {
          found.append((place, id))
        }
      }
      #expect(found.count >= columns.count, "\(sheet): \(rows[1])")
      // Lists for people begin with whom a decision may put forward.
      let place = found.first { $0.id == "subject" }?.place
      let names = rows.dropFirst(2).map { cells in place.map { cells[$0] } ?? "" }
      let order =
        Set(names).count == names.count
        ? table.rows.map { row in names.firstIndex(of: row["subject"] ?? "") ?? 0 }
        : Array(table.rows.indices)
      for (row, number) in zip(table.rows, order) {
        let cells = rows[number + 2]
        for (place, id) in found {
          let cell = place < cells.count ? cells[place] : ""
          same(cell, row[id] ?? "", "\(sheet), \(id): \(row)")
        }
      }
    }
    // Whose columns repeat their headings stand in the order of the table's.
    let overview = try PublishedTable(at: folder + "/overview.csv")
    for (row, cells) in zip(overview.rows, (book["分组总览"] ?? []).dropFirst(2)) {
      for (place, id) in overview.columns.enumerated().dropFirst(2) {
        same(place < cells.count ? cells[place] : "", row[id] ?? "", "\(id): \(row)")
      }
    }
  }

  private func same(_ cell: String, _ text: String, _ what: String) {
    if let one = Number(cell), let other = Number(text) {
      #expect(one == other, "\(cell) and \(text), \(what)")
    } else {
      #expect(cell == text, "\(what)")
    }
  }

  @Test(
    "is in a ranking what it is in its list, meeting form, explanation and sums",
    arguments: NumbersTests.runs)
  func lists(id: String) throws {
    let folder = try folder(id)
    let page = try PageTables(folder)
    let said =
      id == Rounds.firstRun ? try Rounds.played().first.out : try Rounds.played().second.out
    for (place, rubric) in NumbersTests.rubrics.enumerated() {
      let ranking = try PublishedTable(at: "\(folder)/rankings/\(rubric).csv")
      try explained(rubric, ranking, folder)
      let told = try #require((page.run["rankings"] as? [[String: Any]])?[place])
      let counts = ["ranked", "provisional", "pending", "gated", "not-evaluable", "unrated"]
        .map { ranking.rows(["status": $0]).count }
      #expect(told["statuses"] as? [Int] == counts, "\(rubric)")
      let sentence = zip(["已排名", "暂定排名", "待补材料", "不符合条件", "材料不足"], counts)
        .map { "\($0) \($1)" }.joined(separator: "，")
      #expect(said.contains("：对象 \(ranking.rows.count)，\(sentence)\n"), "\(sentence)")
      let ranked = ranking.rows.filter { $0["rank"] != "" }
      let tiers = (told["tiers"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
      #expect(
        told["tierCounts"] as? [Int] == tiers.map { tier in ranked.count { $0["tier"] == tier } })
      guard rubric == "party-building" else { continue }
      let first = try #require(try PublishedTable(at: folder + "/overview.csv").rows.first)
      #expect(first["ranked"] == String(ranked.count))
      let sum = ranked.reduce(0) { $0 + (Double($1["score"] ?? "") ?? 0) }
      let mean = (sum / Double(ranked.count) * 10).rounded() / 10
      #expect(Number(first["mean_score"] ?? "") == Number(mean))
      let best = Double(ranked.count { $0["tier"] == tiers[0] }) / Double(ranked.count)
      #expect(
        abs((Number(first["best_share"] ?? "")?.millionths ?? 0) - Number(best).millionths) < 1_000)
    }
    for honour in NumbersTests.honours { try screened(honour, folder) }
  }

  /// The first of each ranking, as machines are told why.
  private func explained(_ rubric: String, _ ranking: PublishedTable, _ folder: String) throws {
    let lines = try String(
      contentsOfFile: "\(folder)/explanations/\(rubric).jsonl", encoding: .utf8
    ).split(separator: "\n").dropFirst()
    #expect(!lines.isEmpty)
    for line in lines {
      let told = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      let row = try #require(ranking.row(["subject": told["subject"] as? String ?? ""]))
      for id in [
        "rank", "rank_low", "rank_high", "cohort_size", "score", "score_upper",
        "assessed_share",
      ] {
        // A rank of 0 is none.
        let value = (told[id] as? NSNumber).map { $0.doubleValue }
          .flatMap { $0 == 0 && id.hasPrefix("rank") ? nil : $0 }
        #expect(Number(row[id] ?? "") == value.map { Number($0) }, "\(rubric), \(id): \(row)")
      }
      for (part, value) in told["points"] as? [String: Any] ?? [:] {
        let points = (value as? NSNumber)?.doubleValue
        #expect(
          Number(row[part] ?? "") ?? Number(0.0) == Number(points ?? 0),
          "\(rubric), \(part): \(row)")
      }
    }
  }

  private func screened(_ honour: String, _ folder: String) throws {
    let rubric = honour == "builder" || honour == "model-worker" ? "figure-evaluation" : honour
    let ranking = try PublishedTable(at: "\(folder)/rankings/\(rubric).csv")
    let list = try PublishedTable(at: "\(folder)/screening/\(honour).csv")
    let form = try shownSheets(of: "\(folder)/meeting/\(honour).xlsx")[0].rows
    let headings = form[1]
    for row in list.rows {
      let subject = row["subject"] ?? ""
      let ranked = try #require(ranking.row(["subject": subject]))
      for id in ["rank", "score", "tier"] { #expect(row[id] == ranked[id], "\(honour): \(row)") }
      let mine = try #require(form.first { $0.contains(subject) }, "\(subject)")
      for (heading, id) in [("名次", "rank"), ("得分", "score")] {
        let place = try #require(headings.firstIndex(of: heading))
        same(mine[place], row[id] ?? "", "\(honour) \(heading): \(row)")
      }
    }
    let notice = "\(folder)/publicity/\(honour).docx"
    let named = list.rows.count {
      ["推荐", "采纳建议"].contains($0["decision"] ?? "") && $0["decision_proposed"] != "waiting"
    }
    if FileManager.default.fileExists(atPath: notice) {
      #expect(try documentRows(of: notice).count == named + 1)
    }
  }

  @Test(
    "is in the manifest, on the page and at the terminal the number of rows",
    arguments: NumbersTests.runs)
  func rows(id: String) throws {
    let folder = try folder(id)
    let page = try PageTables(folder).run
    let said =
      id == Rounds.firstRun ? try Rounds.played().first.out : try Rounds.played().second.out
    let manifest = try #require(
      JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: folder + "/manifest.json"))) as? [String: Any])
    let inputs = try #require(manifest["inputs"] as? [[String: Any]])
    let files = try #require(page["files"] as? [[String: Any]])
    #expect(inputs.count == files.count)
    for (input, file) in zip(inputs, files) {
      for (one, other) in [
        ("read", "read"), ("accepted", "accepted"), ("quarantined", "returned"),
        ("superseded", "superseded"),
      ] {
        #expect(input[one] as? Int == file[other] as? Int, "\(input["path"] ?? "")")
      }
    }
    func sum(_ key: String) -> Int { inputs.reduce(0) { $0 + ($1[key] as? Int ?? 0) } }
    #expect(
      said.contains(
        "文件 \(inputs.count) 个，读入 \(sum("read")) 条：采用 \(sum("accepted"))，"
          + "退回更正 \(sum("quarantined"))，重复或已更新 \(sum("superseded"))"), "\(said)")
    let quarantine = try PublishedTable(at: folder + "/quarantine.csv")
    let returned = Set(quarantine.rows.map { "\($0["file"] ?? ""):\($0["record"] ?? "")" }).count
    #expect(returned == sum("quarantined") && page["quarantine"] as? Int == returned)
    let findings = try PublishedTable(at: folder + "/findings.csv").rows
    let unmatched = findings.count { $0["rule"] == "unmatched" }
    #expect(page["findings"] as? Int == findings.count)
    #expect(said.contains("数据问题 \(findings.count) 条"))
    #expect(said.contains("未对应记录 \(unmatched) 条"))
    for kind in page["findingKinds"] as? [[String: Any]] ?? [] {
      #expect(
        kind["count"] as? Int
          == findings.count {
            $0["rule"] == kind["rule"] as? String && $0["severity"] == kind["severity"] as? String
          })
    }
    let outputs = try #require(manifest["outputs"] as? [[String: Any]])
    for output in outputs {
      let path = "\(folder)/\(output["path"] as? String ?? "")"
      let size = try Data(contentsOf: URL(filePath: path)).count
      #expect(size == output["bytes"] as? Int, "\(path)")
    }
  }
}
