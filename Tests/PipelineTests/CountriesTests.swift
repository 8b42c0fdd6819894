import Accountability
import Console
import Deliveries
import Foundation
import Pipeline
import Requests
import RulePacks
import Surroundings
import Tables
import Testing

/// A register of countries with a composite rubric, made from public figures: from delivered CSV to
/// ranks.
@Suite("A pack that ranks countries")
struct CountriesTests {
  @Test(
    "gives all 51 ranks that another program gives, and pillars to three decimals",
    arguments: [("decimal", 0.002), ("double", 0.0005001)])
  func ranks(type: String, tolerance: Double) async throws {
    try await withTemporaryFolder { folder in
      let delivery = try Countries.write(to: folder, type: type)
      let published = try await run(
        Request(delivery: delivery, reports: folder + "/reports", jobs: 2, started: Date()))
      #expect(published.exitStatus == 0)
      let found = try Countries.table(published.folder + "/rankings/connectivity.csv")
      let ranks = try Countries.table(Countries.folder + "/results_ranks_full.csv")
      let scores = try Countries.table(Countries.folder + "/results_scores_full.csv")
      #expect(found.count == 51)
      for (code, row) in found {
        #expect(row["rank"] == ranks[code]?["Index"], "\(code)")
        #expect(row["status"] == "ranked")
        for (own, other) in [
          ("score", "Index"), ("Physical", "Physical"), ("Sust", "Sust"), ("P2P", "P2P"),
        ] {
          let value = try #require(row[own].flatMap { Double($0) })
          let expected = try #require(scores[code]?[other].flatMap { Double($0) })
          // Decimals are delivered with six places; results are published with three.
          #expect(abs(value - expected) < tolerance, "\(code) \(own)")
        }
      }
      // Imputed values count as not assessed, and could all turn out best.
      #expect(found["LAO"]?["assessed_share"] != "100.0%")
      #expect(found["FRA"]?["assessed_share"] == "100.0%")
      #expect(found["FRA"]?["score"] == found["FRA"]?["score_upper"])
      #expect(found["LAO"]?["score"] != found["LAO"]?["score_upper"])
    }
  }

  @Test("explains a country with its values on their scales")
  func explained() async throws {
    try await withTemporaryFolder { folder in
      let delivery = try Countries.write(to: folder)
      let request = Request(
        delivery: delivery, reports: folder + "/reports", jobs: 1, started: Date())
      let explained = try await explain(
        run: delivery, subject: "BEL", rubric: nil, request: request)
      let explanation = try #require(explained.first?.explanation)
      let part = try #require(explanation.parts.first { $0.id == "LPI" })
      #expect(part.measured?.value == 4.108538)
      #expect(abs((part.measured?.normalised ?? 0) - 94.56023) < 1e-4)
      #expect(part.measured?.share == 12_500)
      #expect(part.facts.first?.file?.hasSuffix("countries.csv") == true)
      let pillar = try #require(explanation.parts.first { $0.id == "Physical" })
      #expect(pillar.measured?.share == 100_000)
      #expect(explained[0].json.contains("\"normalised\":94.56"))
      let schema = try #require(
        FileManager.default.contents(atPath: Samples.report("explanation.schema.json")))
      let validator = try SchemaValidator(schema)
      #expect(try validator.faults(of: Data(explained[0].json.utf8)) == [])
      #expect(explained[0].json.contains("\"composition\":{\"aggregate\":\"mean\",\"terms\":[{"))
      // Told by its own arithmetic, and not as a sum of its parts.
      let composition = try #require(explanation.composition)
      let weights = composition.terms.reduce(0) { $0 + $1.weight }
      let mean = composition.terms.reduce(0) { $0 + $1.value * $1.weight } / weights
      #expect(abs(mean * 1000 - Double(explanation.sum)) <= 1)
      #expect(explanation.sum == explanation.score && composition.terms.count > 1)
    }
  }
}

/// The figures, and a pack and a delivery made of them.
enum Countries {
  static let folder = Surroundings.data("connectivity-index").path

  /// Rows by the country's code.
  static func table(_ path: String) throws -> [String: [String: String]] {
    let rows = try records(path)
    let key = rows[0].firstIndex(of: "uCode") ?? rows[0].firstIndex(of: "subject") ?? 0
    return Dictionary(
      uniqueKeysWithValues: rows.dropFirst().map { row in
        (row[key], Dictionary(uniqueKeysWithValues: zip(rows[0], row)))
      })
  }

  private static func records(_ path: String) throws -> [[String]] {
    let text = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("\u{FEFF}", with: "")
    return text.split(whereSeparator: \.isNewline).map { line in
      var cells = [""]
      var isQuoted = false
      for character in line {
        switch character {
        case "\"": isQuoted.toggle()
        case "," where !isQuoted: cells.append("")
        default: cells[cells.count - 1].append(character)
        }
      }
      return cells
    }
  }

  /// - Parameter type: of the facts; decimals are delivered with six places, others as they are.
  /// - Returns: the delivery's folder.
  static func write(to folder: String, type: String = "decimal") throws -> String {
    let meta = try records(Countries.folder + "/iMeta.csv")
    let header = meta[0]
    func column(_ name: String) -> Int { header.firstIndex(of: name) ?? 0 }
    func kind(_ row: [String]) -> String { row[column("Type")] }
    let facts = meta.filter { ["Indicator", "Denominator"].contains(kind($0)) }
      .map { $0[column("iCode")] }
    var texts: [String: String] = [:]
    texts["rules/countries/pack.yaml"] = """
      pack: countries
      title: Countries
      edition: "2018"
      owner: Joint Research Centre
      basis: Asia-Europe meeting
      valid: {from: 2018-01-01}
      purposes: [publication]
      contact: the desk
      language: en
      words: {not-stated: [NA]}
      subjects:
        - {id: country, title: Country, name: country_name, identity: [code]}
      """
    texts["rules/countries/records/country.yaml"] = """
      record: country_record
      title: Countries
      subject: country
      roster: true
      fields:
        - {id: code, label: Code, type: text, aliases: [uCode], required: true}
        - {id: country_name, label: Name, type: text, aliases: [uName]}
        - {id: continent, label: Continent, type: text, aliases: [EurAsia_group]}

      """ + facts.map { "  - {id: f_\($0), label: \($0), type: \(type)}\n" }.joined()
    texts["rules/countries/sources/countries.yaml"] = """
      source: countries
      title: Countries
      record: country_record
      format: csv
      requires: [code, f_GDP]
      ignore: [GDP_group, GDPpc_group, Pop_group, Time]
      """
    func children(of parent: String, indent: String) -> String {
      let inside = meta.filter { $0[column("Parent")] == parent }
      let measures = inside.filter { kind($0) == "Indicator" }.map { row -> String in
        let id = row[column("iCode")]
        let whole = row[column("Denominator")]
        let value = whole == "NA" ? "f_\(id)" : "double(f_\(id)) / double(f_\(whole))"
        let lower = row[column("Direction")] == "-1" ? ", direction: lower" : ""
        return
          "\(indent)  - {id: \(id), title: \(id), value: \(value), unknown: mean, winsorise: yes\(lower)}\n"
      }
      let groups = inside.filter { kind($0) == "Aggregate" }.map { row in
        "\(indent)  - id: \(row[column("iCode")])\n\(indent)    title: \(row[column("iCode")])\n"
          + children(of: row[column("iCode")], indent: indent + "    ")
      }
      return (measures.isEmpty ? "" : "\(indent)indicators:\n\(measures.joined())")
        + (groups.isEmpty ? "" : "\(indent)groups:\n\(groups.joined())")
    }
    texts["rules/countries/rubrics/connectivity.yaml"] = """
      rubric: connectivity
      title: Sustainable connectivity
      edition: "2018"
      basis: Asia-Europe meeting
      subject: country
      scorer: composite
      full: 100
      rounding: {decimals: 3, rank-on: exact}
      normalise: min-max
      aggregate: mean
      impute-by: continent
      robustness: {draws: 200, weights: 20%, seed: 1}

      """ + children(of: "Index", indent: "")
    texts["2018/run.yaml"] = """
      title: Countries
      as-of: 2018-12-31
      purpose: publication
      legal-basis: none needed
      rules: countries
      """
    let data = try records(Countries.folder + "/iData.csv")
    let isFact = data[0].map { facts.contains($0) }
    texts["2018/countries.csv"] = data.map { row in
      row.indices.map { cell in
        guard type == "decimal", isFact[cell], let number = Double(row[cell]) else {
          return row[cell]
        }
        return String(format: "%.6f", number)
      }.joined(separator: ",") + "\n"
    }.joined()
    for (path, text) in texts {
      let url = URL(filePath: folder).appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    return folder + "/2018"
  }
}
