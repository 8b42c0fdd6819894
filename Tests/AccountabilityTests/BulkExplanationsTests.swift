import Deliveries
import Foundation
import Pipeline
import RulePacks
import Tables
import Testing

@testable import Accountability
@testable import Reports

/// The lists for machines and the page's data are written column by column, many subjects at a
/// time; the explanation of one subject, made rule by rule, is their slow twin.
@Suite("What is written of many subjects at a time")
struct BulkExplanationsTests {
  static let run = "example-2018q3"

  @Test("is in the list for machines what the explanation of each subject says")
  func lists() async throws {
    let results = try await evaluate(Samples.request(Self.run, reports: Samples.report("")))
    var facts = 0
    for (card, scorecard) in results.scorecards.enumerated() {
      let rubric = results.pack.rubrics[scorecard.rubric].id
      let explanations = results.explanations(card)
      let lines = try String(
        contentsOfFile: Samples.report("\(Self.run)/explanations/\(rubric).jsonl"),
        encoding: .utf8
      ).split(separator: "\n")
      #expect(lines.count == scorecard.subjects.count + 1, "\(rubric)")
      let files = try #require(object(lines[0])["files"] as? [String])
      for line in lines.dropFirst() {
        let told = try object(line)
        let subject = told["subject"] as? String ?? ""
        let explanation = try #require(explanations[subject], "\(subject)")
        let what = "\(rubric) \(subject)"
        #expect(told["name"] as? String == explanation.name, "\(what)")
        #expect(told["status"] as? String == explanation.status.rawValue, "\(what)")
        #expect(told["tier"] as? String == explanation.tier, "\(what)")
        #expect(told["cohort"] as? String == explanation.cohort, "\(what)")
        #expect(
          told["gates"] as? [String: String]
            == .init(uniqueKeysWithValues: explanation.gates.map { ($0.id, $0.state.word) }),
          "\(what)")
        #expect(
          told["caps"] as? [String: String]
            == .init(uniqueKeysWithValues: explanation.caps.map { ($0.id, $0.state.word) }),
          "\(what)")
        let states = told["states"] as? [String: String] ?? [:]
        let points = told["points"] as? [String: NSNumber] ?? [:]
        for part in explanation.parts where part.kind != .group {
          #expect(states[part.id] ?? PartState.assessed.word == part.state.word, "\(what)")
          #expect(points[part.id].map(thousandths) == part.points, "\(what) \(part.id)")
        }
        let cells = try #require(told["facts"] as? [String: [String: Any]])
        for evidence in explanation.everyFact {
          guard let cell = cells[evidence.fact] else { continue }
          facts += 1
          if evidence.isList {
            let rows = (cell["rows"] as? [[String: Any]])?.map { row in
              Place(file: files[row["file"] as? Int ?? 0], line: row["line"] as? Int)
            }
            compare(evidence, rows, count: cell["count"] as? Int, what)
            continue
          }
          #expect(cell["value"] as? String == evidence.code, "\(what) \(evidence.fact)")
          let file = (cell["file"] as? Int).map { files[$0] }
          #expect(file == evidence.file, "\(what) \(evidence.fact)")
          #expect(cell["line"] as? Int == evidence.line, "\(what) \(evidence.fact)")
        }
      }
    }
    #expect(facts > 10_000, "\(facts)")
  }

  @Test("is in the page's data what the explanation of each subject says")
  func page() async throws {
    let results = try await evaluate(Samples.request(Self.run, reports: Samples.report("")))
    let files = results.files.map(\.path)
    var facts = 0
    for (card, scorecard) in results.scorecards.enumerated() {
      let rubric = results.pack.rubrics[scorecard.rubric]
      let explanations = results.explanations(card)
      let ids = try keys(of: "facts", in: rubric.id + "-rules")
      let list = try content(of: rubric.id + "-list-0") as? [String: Any]
      let columns = list?["columns"] as? [String: Any]
      let subjects = (columns?["subject"] as? String ?? "").components(separatedBy: "\n")
      let details = try #require(content(of: rubric.id + "-points-0") as? [[Any]])
      let rows = try #require(content(of: rubric.id + "-facts-0") as? [[Any]])
      #expect(subjects.count == scorecard.subjects.count && details.count == subjects.count)
      for (subject, detail) in zip(subjects, details) {
        let explanation = try #require(explanations[subject], "\(subject)")
        let what = "\(rubric.id) \(subject)"
        let parts = explanation.parts.filter { $0.kind != .group }
        let points = (detail[0] as? [NSNumber] ?? []).map(thousandths)
        #expect(points == parts.map(\.points), "\(what)")
        #expect(detail[1] as? String == digits(explanation.gates.map(\.state)), "\(what)")
        #expect(detail[2] as? String == digits(parts.map(\.state)), "\(what)")
        #expect(detail[3] as? String == digits(explanation.caps.map(\.state)), "\(what)")
        let cells = rows[try #require(detail[5] as? Int)]
        #expect(cells.count == ids.count, "\(what)")
        let slots = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        for evidence in explanation.everyFact {
          guard let slot = slots[evidence.fact] else { continue }
          facts += 1
          if evidence.isList {
            let rows = (cells[slot] as? [[Any]])?.map { row in
              Place(file: files[row[0] as? Int ?? 0], line: row[1] as? Int)
            }
            compare(evidence, rows, count: cells[slot] as? Int, what)
            continue
          }
          let cell = try #require(cells[slot] as? [Any], "\(what) \(evidence.fact)")
          #expect(cell.first as? String == evidence.code, "\(what) \(evidence.fact)")
          let file = cell.count > 1 ? (cell[1] as? Int).map { files[$0] } : nil
          #expect(file == evidence.file, "\(what) \(evidence.fact)")
          let line = cell.count > 2 ? cell[2] as? Int : nil
          #expect(line == evidence.line, "\(what) \(evidence.fact)")
        }
      }
    }
    #expect(facts > 10_000, "\(facts)")
  }

  private struct Place: Hashable {
    var file: String?
    var line: Int?
  }

  /// A list: a rule may read some of its rows, which are among those that are written.
  private func compare(
    _ list: Explanation.Evidence, _ rows: [Place]?, count: Int?, _ what: String
  ) {
    let read = list.from.map { Place(file: $0.file, line: $0.line) }
    #expect(Set(rows ?? []).isSuperset(of: rows == nil ? [] : read), "\(what) \(list.fact)")
    guard list.counted == nil else { return }
    #expect(rows?.count ?? count ?? 0 == Int(list.code ?? "0"), "\(what) \(list.fact)")
  }

  private func object(_ line: some StringProtocol) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  /// The text that a file of the page's data calls `heng` with.
  private func text(of name: String) throws -> Substring {
    let path = Samples.report("\(Self.run)/data/\(name).js")
    let call = try String(contentsOfFile: path, encoding: .utf8)
    let start = try #require(call.firstIndex(of: ","))
    let end = try #require(call.lastIndex(of: ")"))
    return call[call.index(after: start)..<end]
  }

  private func content(of name: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text(of: name).utf8), options: .fragmentsAllowed)
  }

  /// The keys of a member in the order in which they stand, which a dictionary forgets.
  private func keys(of member: String, in name: String) throws -> [String] {
    let text = try text(of: name)
    let start = try #require(text.range(of: "\"\(member)\":{")).upperBound
    var keys: [String] = []
    var (depth, isText, isKey, word) = (0, false, true, "")
    for character in text[start...] {
      if isText {
        guard character == "\"" else {
          word.append(character)
          continue
        }
        isText = false
        if depth == 0, isKey { keys.append(word) }
        continue
      }
      switch character {
      case "\"": (isText, word) = (true, "")
      case ":": isKey = false
      case ",": isKey = true
      case "{", "[": depth += 1
      case "}", "]":
        if depth == 0 { return keys }
        depth -= 1
      default: break
      }
    }
    return keys
  }

  private func thousandths(_ number: NSNumber) -> Int {
    Int((number.doubleValue * 1000).rounded())
  }

  private func digits<State: RawRepresentable<UInt8>>(_ states: [State]) -> String {
    states.map { String($0.rawValue) }.joined()
  }
}

extension RunResult {
  /// The explanations of one ranking, by subject.
  fileprivate func explanations(_ card: Int) -> [String: Explanation] {
    let all = scorecards[card].subjects.indices.map { explanation(card: card, entry: $0) }
    return Dictionary(uniqueKeysWithValues: all.map { ($0.subject, $0) })
  }
}

extension Explanation {
  /// Of all rules, with what derived facts follow from; without the fields of listed rows, some of
  /// which are called as facts are.
  fileprivate var everyFact: [Evidence] {
    func all(_ evidence: [Evidence]) -> [Evidence] {
      evidence.flatMap { [$0] + ($0.isList ? [] : all($0.from)) }
    }
    return all(allEvidence)
  }
}

extension Explanation.Evidence {
  /// What machines are told: no name beside the code, no unit behind the number.
  fileprivate var code: String? {
    guard let value else { return nil }
    if let named = value.wholeMatch(of: /.* \(([^()]+)\)/) { return String(named.1) }
    if let number = value.wholeMatch(of: /(-?[0-9.]+) \D+/) { return String(number.1) }
    return ["是": "true", "否": "false"][value] ?? value
  }
}
