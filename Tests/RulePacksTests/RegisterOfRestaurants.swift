import Foundation
import Tables

@testable import RulePacks

/// A small pack of another trade than the sample's: restaurants, their visits and streets.
enum RegisterOfRestaurants {
  static let files: [String: String] = [
    "pack.yaml": """
    pack: hygiene
    title: Food hygiene register
    edition: "2024.1"
    owner: City of Exampleton
    basis: Food Act
    valid: {from: 2024-01-01, to: 2026-12-31}
    purposes: [publication, grants]
    contact: hygiene desk
    language: en
    currency: GBP
    currencies: {EUR: 0.85}
    offices: {council: City council, trade: Chamber of trade}
    words: {yes: ["Y"], no: ["N"], not-stated: ["-"]}
    subjects:
      - id: place
        title: Place
        name: name
        identity: [place_id, [name, street_name]]
        candidates: name
        references:
          - {id: street, subject: street, by: street_name, match: street_id, members: places}
      - {id: street, title: Street, name: street_id, identity: [street_id]}
    disparity: {by: [street_name], smallest-group: 5}
    """,
    "records/1-place.yaml": """
    record: place_record
    title: Register
    subject: place
    roster: true
    precedence: 10
    office: council
    fields:
      - {id: place_id, label: Number, type: text, required: true}
      - {id: name, label: Name, type: name, aliases: [Trading name]}
      - {id: street_name, label: Street, type: name}
      - {id: seats, label: Seats, type: int, least: 0, most: 900}
      - {id: owner_born, label: Owner born, type: date, sensitivity: personal, purposes: [grants]}
      - {id: owner_faith, label: Owner faith, type: text, sensitivity: sensitive}
    """,
    "records/2-licence.yaml": """
    record: licence
    title: Licence
    subject: place
    precedence: 20
    office: trade
    fields:
      - {id: place_id, label: Number, type: text}
      - {id: seats, label: Licensed seats, type: int, least: 0, most: 900}
      - {id: fee, label: Fee, type: money, scale: 1, header-units: {GBP: 1}}
      - {id: grade, label: Grade, type: grade, codes: grades, stated-none: none}
      - {id: class, label: Class, type: text}
    """,
    "records/3-visit.yaml": """
    record: visit
    title: Visit
    subject: place
    holds: many
    list: visits
    unique: [visited_on]
    latest: visited_on
    fields:
      - {id: place_id, label: Number, type: text, required: true}
      - {id: visited_on, label: Visited on, type: date, required: true}
      - {id: score, label: Score, type: int, least: 0, most: 100}
      - {id: visit_grade, label: Visit grade, type: grade, codes: grades}
      - {id: signed_on, label: Signed on, type: date}
      - {id: class, label: Class, type: text}
    """,
    "records/4-street.yaml": """
    record: street_record
    title: Streets
    subject: street
    roster: true
    fields:
      - {id: street_id, label: Street, type: name}
      - {id: market_days, label: Market days, type: int, least: 0}
    """,
    "codes/grades.csv": """
    code,name,aliases,hint,fit
    A,very good,5|five,,yes
    B,good,4,,yes
    none,"none, so far",,,no
    """,
    "codes/grade-words.csv": """
    code,name,aliases,means
    V,Very Good,,A
    G,Good,,B
    """,
    "sources/register.yaml": """
    source: register-csv
    title: Register as CSV
    record: place_record
    format: csv
    columns:
      - {field: street_name, from: [Street, Road]}
    controls:
      - {from: totals}
    """,
    "sources/licence.yaml": """
    source: licence-xml
    title: Licences as XML
    record: licence
    format: xml
    rows: LICENCES/LICENCE
    requires: [place_id]
    flags: {yes: ["1"], no: ["0"]}
    columns:
      - {field: grade, from: Grade, codes: grade-words, when: {Scheme: [FHRS, FHIS]}}
      - {field: place_id, from: "@id"}
    controls:
      - {from: LICENCES/Count, counts: rows}
    """,
    "derive/place.yaml": """
    subject: place
    facts:
      - id: band
        label: Band
        rules:
          - {id: R1, when: visit_count >= 2, then: often, finding: visited often}
          - {id: R2, when: visit_count == 1, then: once, unknown: skip}
          - {otherwise: never}
      - {id: visit_count, label: Visits counted, value: visits.size()}
      - {id: last_grade, label: Last grade, pick: {from: visits, where: row.visited_on <= as_of, latest: visited_on, take: visit_grade}}
      - {id: is_fit, label: Fit, lookup: {table: grades, by: grade, column: fit}}
      - {id: grade_now, label: Grade now, successor: {table: grades, of: grade}}
    populations:
      - {id: all, title: All places, where: has(name), definition: every place}
    dimensions:
      - {fact: street_name, title: Street}
    measures:
      - {id: fit_rate, title: Fit, count: is_fit, definition: fit places}
    """,
    "derive/street.yaml": """
    subject: street
    facts:
      - {id: fit_places, label: Fit places, value: "places.filter(p, has(p.is_fit) && p.is_fit).size()"}
    """,
    "rubrics/hygiene.yaml": """
    rubric: hygiene-rating
    title: Hygiene rating
    edition: "1"
    basis: Food Act
    subject: place
    full: 30
    cohort: [band]
    minimum-assessed: 50%
    let:
      inspected: visit_count > 0
    gates:
      - {id: G1, text: Visited, require: inspected, unknown: pending, basis: Food Act, cure: wait}
    indicators:
      - {id: S1, title: Seats, on: seats, bands: [['>= 100', 5], ['[20..100)', 4], ['< 20', 0]], unknown: zero}
      - {id: S2, title: Grade, on: grade, lookup: {A: 10, B: 5, otherwise: 0}, unknown: withhold}
      - {id: S3, title: Fit, points: 5, when: is_fit, unknown: withhold}
      - {id: S4, title: Opinion, points: {A: 10, B: 5, none: 0}, opinions: {list: visits, grade: visit_grade, signed: signed_on}, unknown: pending}
    deductions:
      - {id: D1, title: Complaints, each: -1, floor: -5, count: visit_count, unknown: withhold}
    bonuses:
      - {id: B1, title: Market, each: 0.5, cap: 2, count: street.market_days, unknown: withhold}
    caps:
      - {id: C1, text: Unfit, when: '!is_fit', tier-at-most: B, unknown: withhold}
    tiers: [{id: A, from: 20}, {id: B, from: 10}, {id: C}]
    robustness: {draws: 100, weights: 20%, seed: 1}
    examples:
      - given: {Grade: A, seats: 120, is_fit: true, visit_count: 2, visits: [{visit_grade: B, signed_on: 2024-05-01}], band: unknown}
        expect: {score: 24, tier: A, status: ranked, points: {S1: 5}}
    """,
    "rubrics/a-streets.yaml": """
    rubric: streets
    title: Streets
    edition: "1"
    basis: Food Act
    subject: street
    full: 10
    indicators:
      - {id: P1, title: Good places, points: 10, ratio: ["places.filter(p, p.hygiene_rating_tier == 'A').size()", places.size()], unknown: withhold}
    tiers: [{id: A, from: 5}, {id: B}]
    """,
  ]

  /// The same for a pack changed in several places.
  static func faults(changing changes: [(file: String, old: String, new: String)]) throws
    -> [String]
  {
    try written { folder in
      for change in changes {
        let path = folder + "/" + change.file
        let text = try String(contentsOfFile: path, encoding: .utf8)
        precondition(text.contains(change.old), "\(change.file) does not hold “\(change.old)”")
        try text.replacingOccurrences(of: change.old, with: change.new)
          .write(toFile: path, atomically: true, encoding: .utf8)
      }
      do {
        _ = try loadRulePack(at: folder)
        return []
      } catch let error as PackFaults {
        return error.faults.map { $0.text(in: .en) }
      }
    }
  }

  /// Writes the pack, changed, into a folder of its own and gives what `body` makes of it.
  static func written<Result>(
    changing file: String = "", _ old: String = "", to new: String = "",
    _ body: (String) throws -> Result
  ) throws -> Result {
    let folder = NSTemporaryDirectory() + "heng-pack-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for (path, text) in files {
      let url = URL(fileURLWithPath: folder + "/" + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      var text = text
      if path == file {
        precondition(text.contains(old), "\(file) does not hold “\(old)”")
        text = text.replacingOccurrences(of: old, with: new)
      }
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    return try body(folder)
  }

  /// The faults of the changed pack in English, without the folder.
  static func faults(changing file: String, _ old: String, to new: String) throws -> [String] {
    try written(changing: file, old, to: new) { folder in
      do {
        _ = try loadRulePack(at: folder)
        return []
      } catch let error as PackFaults {
        return error.faults.map {
          $0.text(in: .en).replacingOccurrences(of: folder + "/", with: "")
        }
      }
    }
  }
}
