import Console
import Deliveries
import Foundation
import Pipeline
import Reports
import Requests
import RulePacks
import Tables
import Testing

@testable import Accountability

@Suite("Explanations of the example delivery")
struct ExplanationTests {
  /// One subject of every tier and status of every rubric.
  static func explained() async throws -> (RunResult, [(card: Int, entry: Int)], [Explained]) {
    let request = Samples.request("example-2018q3", reports: Samples.report(""))
    let evaluated = try await evaluate(request)
    var entries: [(card: Int, entry: Int)] = []
    for (index, card) in evaluated.scorecards.enumerated() {
      var seen: Set<String> = []
      for entry in card.subjects.indices
      where seen.insert("\(card.tiers[entry]) \(card.statuses[entry])").inserted {
        entries.append((index, entry))
      }
    }
    return (evaluated, entries, try await explain(entries, of: evaluated, request: request))
  }

  @Test("make letters, a page each, whose annex has every file and line that the explanation names")
  func letters() async throws {
    let (_, _, explained) = try await Self.explained()
    let one = try #require(explained.first)
    try await withTemporaryFolder { folder in
      try writeLetter([one, one], to: folder + "/letter.html", in: .zh, annex: true)
      let page = try String(contentsOfFile: folder + "/letter.html", encoding: .utf8)
      #expect(page.components(separatedBy: "<article>").count == 3)
      #expect(page.contains(one.explanation.contact))
      var places: Set<String> = []
      for fact in one.explanation.allEvidence {
        if let file = fact.file, let line = fact.line { places.insert("\(file) 第 \(line) 行") }
      }
      #expect(!places.isEmpty)
      for place in places { #expect(page.contains(place), "\(place)") }
    }
    #expect(throws: RunFailure.self) {
      try writeLetter([one], to: "/nowhere/letter.html", in: .en)
    }
  }

  @Test("fit the published schema, and hold no key that it does not describe")
  func schema() async throws {
    let path = Samples.report("explanation.schema.json")
    let schema = try #require(FileManager.default.contents(atPath: path))
    let validator = try SchemaValidator(schema)
    let (evaluated, _, explained) = try await Self.explained()
    #expect(evaluated.scorecards.count == 6)
    #expect(explained.count >= 30)
    for one in explained {
      let faults = try validator.faults(of: Data(one.json.utf8))
      #expect(faults == [], "\(one.explanation.rubric) \(one.explanation.subject)")
    }
    #expect(try validator.faults(of: Data("{\"subject\": 1}".utf8)).count > 10)
  }

  @Test("add up, and say how far the next tier is")
  func sums() async throws {
    for one in try await Self.explained().2 {
      let explanation = one.explanation
      #expect(explanation.parts.reduce(0) { $0 + $1.points } == explanation.sum)
      #expect(explanation.score <= max(explanation.sum, 0))
      let isHeldDown = explanation.caps.contains(where: \.bites)
      if explanation.status.hasRank, let from = explanation.next?.from {
        #expect(explanation.score < from || isHeldDown, "\(explanation.subject)")
      }
      for part in explanation.parts {
        #expect(!part.sentence.zh.isEmpty && !part.sentence.en.isEmpty)
      }
    }
  }

  @Test("name no id where there is a title, in either language", arguments: Language.allCases)
  func titles(language: Language) async throws {
    let (evaluated, _, explained) = try await Self.explained()
    let facts = Set(
      evaluated.pack.subjects.flatMap { $0.facts.map(\.id) }.filter { $0.contains("_") })
    #expect(facts.count > 50)
    for one in explained {
      let letter = one.letter(in: language)
      let lines = letter.split(separator: "\n")
      #expect(lines.count > 10)
      for line in lines {
        let words = line.matches(of: /[a-z]+(_[a-z]+)+/).map { String($0.output.0) }
        for word in words {
          // In English a code stands beside its name.
          let isCode = line.contains(word + " (")
          #expect(isCode || !facts.contains(word), "\(line)")
        }
      }
    }
  }

  @Test("show expressions on request alone, each on a line under its sentence")
  func expressions() async throws {
    let one = try #require(try await Self.explained().2.first)
    let (plain, full) = (one.letter(in: .zh), one.letter(in: .zh, showsExpressions: true))
    let added = full.split(separator: "\n").filter { $0.contains("〔") && $0.hasSuffix("〕") }
    let gate = try #require(one.explanation.gates.first)
    #expect(added.contains { $0.contains("〔\(gate.rule)〕") })
    #expect(!plain.contains("〔\(gate.rule)〕"))
    #expect(
      full.split(separator: "\n").count - plain.split(separator: "\n").count
        == one.explanation.gates.count + one.explanation.parts.count + one.explanation.caps.count)
  }

  @Test("show the delivered text of a fact that is missing because it could not be read")
  func unread() async throws {
    let explained = try await explain(
      run: Samples.delivery("example-2018q3"), subject: "91410302PDY900202H",
      rubric: "party-building",
      request: Samples.request("example-2018q3", reports: Samples.report("")))
    let gate = try #require(explained.first?.explanation.gates.first)
    #expect(gate.state == .pending)
    #expect(gate.facts.map(\.value) == [nil])
    #expect(gate.facts.map(\.absence) == [.notStated])
    #expect(gate.facts.map(\.raw) == ["筹建中"])
    #expect(gate.facts.allSatisfy { $0.file != nil && ($0.line ?? 0) > 0 })
    #expect(explained.first?.letter(in: .zh).contains("原文“筹建中”") == true)
  }

  @Test(
    "begin with the grade that was announced, and call another one a proposal with its reason",
    arguments: [
      (
        "51410300PDY900587H",
        "公告等级 3A级（至 2022-08-07）；建议按 2A级：未实现组织覆盖的不得评为3A以上"
      ),
      ("51410300PDY900579N", "公告等级 4A级（至 2020-11-30，按有效期5年推算）；建议按 3A级：评估后连续两年年检基本合格，推算降低一级"),
      ("52410300PDY900560N", "公告等级 2A级（至 "),
    ])
  func announced(subject: String, text: String) async throws {
    let explained = try await explain(
      run: Samples.delivery("example-2018q3"), subject: subject,
      rubric: "social-organization-rating",
      request: Samples.request("example-2018q3", reports: Samples.report("")))
    let letter = try #require(explained.first).letter(in: .zh)
    let line = try #require(letter.split(separator: "\n").first { $0.contains("公告等级") })
    #expect(line.hasPrefix(text), "\(line)")
    #expect(letter.contains("这是按规则得出的建议，由有权机关决定") == text.contains("建议按"))
  }

  @Test("propose only facts that may change, and no fact of a person")
  func changes() async throws {
    let (evaluated, entries, explained) = try await Self.explained()
    var raising = 0
    var supplied = 0
    for (one, place) in zip(explained, entries) {
      let explanation = one.explanation
      let rubric = evaluated.pack.rubrics[evaluated.scorecards[place.card].rubric]
      let kind = evaluated.pack.subjects[rubric.subject]
      if kind.id == "figure" { #expect(explanation.changes.isEmpty) }
      #expect(explanation.changes.count <= 10)
      var isRaising = true
      for change in explanation.changes {
        let fact = try #require(kind.facts.first { $0.id == change.fact })
        #expect(change.from == nil || fact.changeable != .no, "\(change.fact)")
        #expect(fact.sensitivity == .open)
        #expect(!change.effects.isEmpty)
        #expect(change.raises || change.score > explanation.score)
        #expect(isRaising || !change.raises, "what raises the tier comes first")
        isRaising = change.raises
        raising += change.raises ? 1 : 0
        supplied += change.from == nil ? 1 : 0
      }
    }
    #expect(raising >= 5)
    #expect(supplied >= 5)
  }

  @Test("propose nothing that only a register in which the body does not stand could state")
  func concerned() async throws {
    // A shop in the register of enterprises, whose criteria also ask whether it is a charity.
    let told = try await explain(
      run: Samples.delivery("example-2018q3"), subject: "92410302PDY900499Q",
      rubric: "party-building",
      request: Samples.request("example-2018q3", reports: Samples.report("")))
    let facts = try #require(told.first).explanation.changes.map(\.fact)
    #expect(facts.contains("tax_level_latest"))
    #expect(!facts.contains("charity"))
  }

  @Test("a proposed change, delivered, gives the result that was told")
  func delivered() async throws {
    let subject = "91410305PDY9000260"
    let request = Samples.request("example-2018q3", reports: Samples.report(""))
    let told = try await explain(
      run: Samples.delivery("example-2018q3"), subject: subject, rubric: "contract-credit",
      request: request)
    let change = try #require(
      told.first?.explanation.changes.first { $0.fact == "contracts_performed" })
    #expect(change.from == Bilingual(zh: "38 份", en: "38"))
    #expect(change.to == Bilingual(zh: "39 份", en: "39"))
    try await withTemporaryFolder { folder in
      let copy = folder + "/example-2018q3"
      try FileManager.default.copyItem(
        atPath: Samples.delivery("example-2018q3"), toPath: copy)
      try edit(copy + "/credit/合同履约.csv", row: subject, column: "实际履行", to: "39")
      var request = Samples.request("example-2018q3", reports: folder + "/reports")
      request.delivery = copy
      request.rules = Samples.delivery("rules/luoyang-2018")
      let after = try await explain(
        run: copy, subject: subject, rubric: "contract-credit", request: request)
      let explanation = try #require(after.first?.explanation)
      #expect(explanation.score == change.score)
      #expect(explanation.tier == change.tier)
      #expect(explanation.status == change.status)
    }
  }

  /// Changes one cell of a CSV file without quotes.
  private func edit(_ path: String, row: String, column: String, to value: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines = text.components(separatedBy: "\r\n")
    let heading = try #require(lines.first { $0.contains(column) })
    let place = try #require(
      heading.split(separator: ",", omittingEmptySubsequences: false).firstIndex {
        $0.contains(column)
      })
    let number = try #require(lines.firstIndex { $0.contains(row) })
    var cells = lines[number].split(separator: ",", omittingEmptySubsequences: false)
      .map(String.init)
    #expect(cells[place] != value)
    cells[place] = value
    lines[number] = cells.joined(separator: ",")
    try lines.joined(separator: "\r\n").write(toFile: path, atomically: true, encoding: .utf8)
  }
}
