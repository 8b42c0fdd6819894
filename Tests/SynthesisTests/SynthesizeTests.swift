import Foundation
import FoundationXML
import RulePacks
import Tables
import Testing

@testable import Synthesis

/// Shops in three states; the sheet is delivered as CSV unless a test says otherwise.
private func shops(_ deliver: String, facts: String = "", more: String = "") -> String {
  """
  base: now
  variants: {now: {day: 2018-09-30}, before: {day: 2018-06-30}}
  words: {first: A B C D E F G H I J K L, second: a b c d e f g h i j k l}
  populations:
    - id: shop
      share: 100
      without: {before: 10}
      also: {before: 3}
      facts:
        brand: {distinct: [first, second]}
        code: {code: uscc, prefix: "91410302", body: PDY}
        name: "{brand} & Sons"
        state: {pick: {open: 70, closed: 30}, exact: yes}
        turnover: {int: [1, 9], step: 1}
        staff: {cases: [{when: {state: open}, bands: [[1, 3, 5], [1, 6, 60]]}, {number: 0}], total: 1000}
        opened: {date: [2001-01-01, 2018-09-30]}
        clean: {pick: {"yes": 1, "no": 1}}
  \(facts)
  deliver:
  \(deliver)
  \(more)
  """
}

private let sheet = "  - {file: shops.csv, source: sheet, from: shop}"

@Test("gives the same bytes for the same seed and others for another")
func deterministic() async throws {
  let pack = try SmallPack(shops(sheet))
  let (one, again) = (try await pack.delivery(), try await pack.delivery())
  #expect(one == again)
  #expect(try await pack.delivery(SynthesisSettings(seed: 2)) != one)
}

@Test("gives the same bytes however many files are written at a time")
func jobs() async throws {
  let deliver = "  - {file: 'shops-{by}.csv', source: sheet, from: shop, split: state}"
  let pack = try SmallPack(shops(deliver))
  let (one, four) = (SynthesisSettings(jobs: 1), SynthesisSettings(jobs: 4))
  #expect(try await pack.delivery(one) == pack.delivery(four))
  #expect(try await pack.delivery().keys.sorted() == ["shops-closed.csv", "shops-open.csv"])
}

@Test(
  "meets counts and totals exactly, in proportion to the units asked for",
  arguments: [(nil, 100, 1000), (100, 100, 1000), (50, 50, 500), (130, 130, 1300)]
    as [(Int?, Int, Int)])
func calibrated(units: Int?, rows: Int, staff: Int) async throws {
  let pack = try SmallPack(shops(sheet))
  let lines = try #require(try await pack.lines(SynthesisSettings(units: units))["shops.csv"])
  let cells = lines.dropFirst().dropLast().map { line in
    separatedCells(line)
  }
  #expect(cells.count == rows)
  #expect(cells.reduce(0) { $0 + (Int($1[4]) ?? 0) } == staff)
  #expect(cells.filter { $0[2] == "Open" }.count == rows * 7 / 10)
  #expect(Set(cells.map { $0[0] }).count == rows)
  #expect(Set(cells.map { $0[1] }).count == rows)
}

private func separatedCells(_ line: String) -> [String] {
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

@Test("writes headings, names of codes, units and flags as the dictionary has them")
func sheetShape() async throws {
  let pack = try SmallPack(shops(sheet, facts: "      year: {number: 2018}"))
  let lines = try #require(try await pack.lines()["shops.csv"])
  #expect(lines[0] == "Code,Name,State,Turnover,Staff,Opened,Clean,Year")
  let closed = try #require(lines.first { $0.contains("Closed") })
  #expect(closed.contains(",\"Closed, for good\",0.00"))
  #expect(closed.hasSuffix(",YES,2018") || closed.hasSuffix(",NO,2018"))
}

@Test("writes elements, attributes and codes as the profile has them")
func feedShape() async throws {
  let pack = try SmallPack(
    shops(
      "  - {file: shops.xml, source: feed, from: shop, columns: [code, name, state, staff, clean, year]}",
      facts: "      year: {pick: [\"2017\", \"2018\"]}"))
  let lines = try #require(try await pack.lines()["shops.xml"])
  #expect(lines[0] == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
  #expect(lines[1] == "<Shops count=\"100\">")
  #expect(lines[2] == "<Head><Staff>1000</Staff></Head>")
  let row = try #require(lines.first { $0.hasPrefix("<Shop ") && $0.contains(">9<") })
  #expect(
    row.contains("<Name>")
      && row.contains(" &amp; Sons</Name><State>9</State><Staff total=\"0\"><Clean>"))
  #expect(row.contains("<Clean>1</Clean>") || row.contains("<Clean>2</Clean>"))
  #expect(lines.contains("<Year year=\"2017\">") && lines.contains("<Year year=\"2018\">"))
  let parsed = XMLParser(data: Data(lines.joined(separator: "\n").utf8)).parse()
  #expect(parsed)
}

@Test(
  "writes encodings, marks and line ends",
  arguments: [
    ("encoding: gb18030", [0x9E, 0x65]), ("mark: yes", [0xEF, 0xBB, 0xBF]),
    ("encoding: utf-16", [0xFF, 0xFE]), ("lines: crlf", [0x0D, 0x0A]),
  ] as [(String, [UInt8])])
func encodings(setting: String, bytes: [UInt8]) async throws {
  let pack = try SmallPack(
    shops(
      "  - {file: shops.csv, source: sheet, from: shop, titles: [瀍河], \(setting), columns: [code]}")
  )
  let file = try #require(try await pack.delivery()["shops.csv"])
  let found = file.indices.contains { file[$0...].starts(with: bytes) }
  #expect(found)
}

@Test("moves some entities in a variant and keeps the codes of the rest")
func variants() async throws {
  let pack = try SmallPack(
    shops(
      "  - {file: shops.csv, source: sheet, from: shop, columns: [code, clean]}",
      facts: ""
    ).replacing(
      "clean: {pick: {\"yes\": 1, \"no\": 1}}",
      with: "clean: {text: \"yes\", moves: {before: {share: 20%, text: \"no\"}}}"))
  let now = try #require(try await pack.lines()["shops.csv"])
  let before = try #require(
    try await pack.lines(SynthesisSettings(variant: "before"))["shops.csv"])
  #expect(now.count == 102 && before.count == 95)
  let codes = Set(now.map { $0.prefix(18) })
  #expect(before.filter { codes.contains($0.prefix(18)) && $0.count > 18 }.count == 90)
  let dirty = before.filter { $0.hasSuffix("NO") }.count
  #expect((5...40).contains(dirty))
  #expect(!now.contains { $0.hasSuffix("NO") })
}

@Test("plants faults where it says, and lists them")
func faults() async throws {
  let deliver = """
      - file: shops.csv
        source: sheet
        from: shop
        columns: [code, name, staff]
        faults:
          - {id: mangled, count: 2, edits: {code: science}, expect: "quarantine:x", say: lost}
          - {id: twice, count: 1, repeat: 1, again: {staff: {text: "77"}}, expect: "finding:y"}
        totals: {label: Sum, columns: [staff], off: {staff: 5}, fault: wrong-total}
    """
  let pack = try SmallPack(
    shops(deliver, more: "expected: {file: EXPECTED.md, intro: Faults.}"))
  let files = try await pack.lines()
  let rows = try #require(files["shops.csv"])
  let expected = try #require(files["EXPECTED.md"]).filter { $0.hasPrefix("| ") }
  #expect(rows.filter { $0.contains("E+17,") }.count == 2)
  #expect(expected.count == 6)
  for line in expected.dropFirst(2) {
    let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    let number = try #require(Int(cells[2]))
    #expect(rows[number - 1].contains(cells[5]))
  }
  let clean = try await pack.lines(SynthesisSettings(mess: 0))
  #expect(clean["EXPECTED.md"] == nil)
  #expect(clean["shops.csv"]?.contains("Sum,,1000") == true)
}

@Test("leaves out a merged cell only where the row before says the same")
func merged() async throws {
  let pack = try SmallPack(
    shops(
      "  - {file: shops.csv, source: sheet, from: shop, rows: 2, merge: [name], columns: [name, code]}",
      facts: ""
    ).replacing("\"{brand} & Sons\"", with: "\"{brand}\""))
  let rows = try #require(try await pack.lines()["shops.csv"]).dropFirst().dropLast()
  let names = rows.map { $0.prefix { $0 != "," } }
  #expect(names.count == 200)
  #expect(names.enumerated().allSatisfy { $0.element.isEmpty == ($0.offset % 2 == 1) })
}

@Test("spoils about the share of rows that was asked for")
func mess() async throws {
  let deliver =
    "  - {file: shops.csv, source: sheet, from: shop, columns: [code], faults: [{id: low, weight: 1, edits: {code: lower}}]}"
  let pack = try SmallPack(shops(deliver).replacing("words:", with: "megabytes: 1\nwords:"))
  let rows = try #require(
    try await pack.lines(SynthesisSettings(units: 140, mess: 0.25))["shops.csv"])
  let spoilt = rows.filter { $0.contains("pdy") }.count
  #expect((15...60).contains(spoilt))
}

@Test("cuts files where they grow too large")
func cuts() async throws {
  let words =
    "words: {first: A B C D E F G H I J K L, second: a b c d e f g h i j k l, third: 0 1 2 3 4 5 6 7 8 9}"
  let description = shops("  - {file: 'shops{part}.csv', source: sheet, from: shop}")
    .replacing(
      "words: {first: A B C D E F G H I J K L, second: a b c d e f g h i j k l}",
      with: words + "\nmegabytes: 1"
    )
    .replacing("[first, second]", with: "[first, second, third, third, third]")
  let files = try await SmallPack(description).lines(SynthesisSettings(units: 50_000))
  #expect(files.count > 2)
  #expect(files.values.reduce(0) { $0 + $1.count - 2 } == 50_000)
}

@Test(
  "says where the description cannot be followed",
  arguments: [
    ("state: {pick: {open: 1, ajar: 1}}", "“ajar”"),
    ("state: {pik: {open: 1}}", "no draw is stated"),
    ("state: {text: open, blank: 130%}", "not a share"), ("staff: {sum: [nobody]}", "“nobody”"),
    ("staff: {int: [5, 1]}", "the least is more"),
    ("staff: {int: [1, 2], total: 900}", "the nearest is 200"),
    ("name: {distinct: [first]}", "12 combinations"),
    ("code: {code: uscc, prefix: \"9141\", body: PDY}", "makes no code"),
    ("code: {code: uscc, prefix: \"91410302\", body: PDYPDYPDY}", "up to 7 characters"),
  ])
func refuses(fact: String, message: String) async throws {
  let description = """
    base: now
    variants: {now: {}}
    words: {first: A B C D E F G H I J K L}
    populations: [{id: shop, share: 100, facts: {\(fact)}}]
    deliver: [{file: shops.csv, source: sheet, from: shop}]
    """
  let pack = try SmallPack(description)
  let failure = try #require(
    await #expect(throws: SynthesisFailure.self) {
      _ = try await pack.delivery()
    })
  #expect(failure.description.contains(message))
}

@Test(
  "says at which line its description is no YAML, or has a key twice",
  arguments: [
    ("base: now\nvariants: {now: {}\nwords: x\n", "synthesis.yaml:3:", "not well-formed YAML"),
    ("base: now\nwords: {}\nbase: then\n", "synthesis.yaml:", "“base” is written twice"),
  ])
func notYAML(description: String, place: String, message: String) async throws {
  let pack = try SmallPack(description)
  let failure = try #require(
    await #expect(throws: SynthesisFailure.self) {
      _ = try await pack.delivery()
    })
  #expect(failure.place.contains(place))
  #expect(failure.message.en.contains(message))
}

@Test("names the run before only where its delivery lies beside the one that is made")
func beside() async throws {
  let pack = try SmallPack(
    shops(
      sheet,
      more: """
        files:
          - file: run.yaml
            beside: {delivery: before, line: "previous: before"}
            text: |
              id: now

        """))
  #expect(try await pack.lines()["run.yaml"] == ["id: now", ""])
  let before = pack.folder + "/before"
  try FileManager.default.createDirectory(atPath: before, withIntermediateDirectories: true)
  try "id: before\n".write(toFile: before + "/run.yaml", atomically: true, encoding: .utf8)
  #expect(try await pack.lines()["run.yaml"] == ["id: now", "previous: before", ""])
}
