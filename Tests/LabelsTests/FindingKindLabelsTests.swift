import Fields
import Foundation
import Tables
import Testing

@testable import Labels

@Suite("Kinds of findings and faults")
struct FindingKindLabelsTests {
  @Test("have each a label, and every label is of a kind that the sources give")
  func complete() throws {
    let given = try Self.given()
    #expect(given.count > 100)
    #expect(given.subtracting(Finding.kindLabels.keys).sorted() == [])
    #expect(Set(Finding.kindLabels.keys).subtracting(given).sorted() == [])
  }

  @Test("are called otherwise one from another, in both languages, and never by an id")
  func distinct() {
    let labels = Finding.kindLabels
    #expect(Set(labels.values.map(\.zh)).count == labels.count)
    #expect(Set(labels.values.map(\.en)).count == labels.count)
    for (id, label) in labels {
      #expect(!label.zh.isEmpty && !label.zh.contains(id), "\(id)")
      #expect(!label.en.isEmpty && (label.en != id || !id.contains("-")), "\(id)")
    }
  }

  @Test("keep their words, those of a few for all")
  func words() {
    let some = ["conflict", "bad-check-digit", "unmatched", "correction-stale", "file-nil-return"]
    #expect(
      some.map { Finding.label(ofKind: $0) } == [
        Bilingual(zh: "来源矛盾", en: "sources disagree"),
        Bilingual(zh: "校验位不符", en: "wrong check digit"),
        Bilingual(zh: "找不到所属主体", en: "no subject found"),
        Bilingual(zh: "更正未采用：原值已变", en: "correction: value has changed"),
        Bilingual(zh: "零报告", en: "nil return"),
      ])
    #expect(Finding.label(ofKind: "coverage_state.C5") == nil)
  }

  /// All ids that the sources give: those of types, and those that stand as texts where a finding
  /// or a fault is made.
  private static func given() throws -> Set<String> {
    var given = Set(CellFault.allCases.map(\.rawValue))
    given.formUnion(CaseFile.Fault.allCases.map(\.rawValue))
    // Of the others nothing is said.
    given.formUnion(
      [AppliedCorrection.Outcome.stale, .noTarget, .unreadable, .unsigned, .blank].map {
        "correction-\($0.rawValue)"
      })
    given.formUnion(
      SetAside.Reason.allCases.filter { $0 != .note }.map { "file-\($0.rawValue)" })
    given.formUnion(Succession.Change.allCases.map(\.findingKind))
    // Findings of these kinds are also told in sum.
    given.formUnion(["between-bands", "not-in-lookup", "out-of-range"].map { $0 + "-total" })
    for text in try texts() { given.formUnion(ids(in: text)) }
    return given
  }

  /// Words in quotes behind what a finding or a fault begins with.
  private static func ids(in text: String) -> Set<String> {
    let pieces = text.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
    var ids: Set<String> = []
    var wasTaken = false
    for (before, piece) in zip(pieces, pieces.dropFirst()) {
      let isWord = !piece.isEmpty && piece.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
      // `"file-" + reason` is no id yet.
      guard isWord, piece.last != 0x2D else {
        continue
      }
      let lead = String(
        decoding: before.suffix(80).filter { $0 != 0x20 && $0 != 0x0A }, as: UTF8.self)
      let begins = [
        ".error,", ".warning,", ".note,", "everity,", "grade,", "code:", "more(", "note(",
      ].contains { lead.hasSuffix($0) }
      // `code: isLong ? "one" : "other"`
      let isChoice = lead.hasSuffix("?") && lead.contains("code:") || lead == ":" && wasTaken
      wasTaken = begins || isChoice
      if wasTaken { ids.insert(String(decoding: piece, as: UTF8.self)) }
    }
    return ids
  }

  private static func texts() throws -> [String] {
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var texts: [String] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let isStage = ["/Labels/", "/RulePacks/", "/Reports/"].allSatisfy { !file.path.contains($0) }
      if isStage { texts.append(try String(contentsOf: file, encoding: .utf8)) }
    }
    return texts
  }
}
