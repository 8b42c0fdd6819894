import Archives
import Foundation
import Tables
import Testing

@testable import RulePacks

@Suite("What a rubric lets be published")
struct ReadPublicityTests {
  static let file = "rubrics/hygiene.yaml"

  /// Faults of the pack with this under `publicity`, as the last key of its rubric.
  private func faults(
    _ publicity: String, _ documents: [String: [UInt8]] = [:],
    _ body: (RulePack) -> Void = { _ in }
  ) throws -> [String] {
    let robustness = "robustness: {draws: 100, weights: 20%, seed: 1}"
    return try RegisterOfRestaurants.written(
      changing: Self.file, robustness, to: robustness + "\npublicity: {\(publicity)}"
    ) { folder in
      for (name, bytes) in documents {
        try Data(bytes).write(to: URL(filePath: folder + "/" + name))
      }
      do {
        body(try loadRulePack(at: folder))
        return []
      } catch let error as PackFaults {
        return error.faults.map {
          $0.text(in: .en).replacingOccurrences(of: folder + "/", with: "")
        }
      }
    }
  }

  private func docx(_ body: String, header: String = "<h/>") throws -> [UInt8] {
    try zipped(
      [
        ("[Content_Types].xml", Array("<Types/>".utf8)),
        ("word/document.xml", Array("<d><tr>\(body)</tr></d>".utf8)),
        ("word/header1.xml", Array(header.utf8)),
      ], on: (2024, 6, 30))
  }

  private static let rest = "days: 5, telephone: '1', objections: write"

  @Test("are public facts beside the name, in their order")
  func show() throws {
    var shown: [String] = []
    let found = try faults("show: [street_name, seats], " + Self.rest) { pack in
      for rubric in pack.rubrics {
        shown += rubric.publicity?.show.map { pack.subjects[rubric.subject].facts[$0].id } ?? []
      }
    }
    #expect(found == [])
    #expect(shown == ["street_name", "seats"])
  }

  @Test(
    "are no others",
    arguments: [
      ("owner_faith", "“owner_faith” is not public"), ("owner_born", "“owner_born” is not public"),
      ("name", "“name” is the name, which is always shown"),
      ("place_id", "“place_id” is a number that identifies"),
      ("hygiene_rating_score", "“hygiene_rating_score” is a result"),
      ("visits", "“visits” is a list"), ("shoe", "there is no fact “shoe”"),
      ("seats, seats", "“seats” is there twice"),
    ])
  func refused(fact: String, message: String) throws {
    let found = try faults("show: [\(fact)], " + Self.rest)
    #expect(found.count == 1)
    #expect(found.first?.contains(message) == true, "\(found)")
    #expect(found.first?.hasPrefix(Self.file + ":") == true)
  }

  @Test("needs a period, a telephone and how to object")
  func required() throws {
    let found = try faults("show: []")
    for key in ["days", "telephone", "objections"] {
      #expect(found.contains { $0.contains("“\(key)” is missing") }, "\(found)")
    }
  }

  @Test("has a template that is there, is a document and is used")
  func template() throws {
    let named = "show: [seats], template: notice.docx, " + Self.rest
    let missing = try faults(named)
    #expect(missing.count == 1 && missing[0].contains("the pack holds no file “notice.docx”"))
    #expect(missing.first?.hasPrefix(Self.file + ":") == true)
    let damaged = try faults(named, ["notice.docx": Array("text".utf8)])
    #expect(damaged.count == 1 && damaged[0].contains("“notice.docx” is no DOCX file"))
    let good = try docx("{{row.name}}{{row.seats}}{{title}}")
    #expect(try faults(named, ["notice.docx": good]) == [])
    let unused = try faults("show: [], " + Self.rest, ["notice.docx": good])
    #expect(unused.count == 1 && unused[0].hasPrefix("notice.docx:1:1: no rubric uses"))
  }

  @Test("counts the template into the pack's hash, and keeps its parts")
  func hash() throws {
    var hashes: Set<String> = []
    for word in ["a", "b"] {
      let document = try docx(word + "{{row.name}}")
      let named = "show: [], template: n.docx, " + Self.rest
      let found = try faults(named, ["n.docx": document]) { pack in
        hashes.insert(pack.sha256)
        let template = pack.rubrics.compactMap(\.publicity).first?.template
        #expect(template?.parts.map(\.name).last == "word/header1.xml")
      }
      #expect(found == [])
    }
    #expect(hashes.count == 2)
  }

  @Test(
    "names placeholders of a template that nothing can fill",
    arguments: [
      ("{{row.name}}{{phone}}", "<h/>", "“{{phone}}” in “n.docx” cannot be filled"),
      ("{{row.name}}{{row.owner_faith}}", "<h/>", "“{{row.owner_faith}}” in “n.docx” cannot be"),
      ("{{row.name}}{{row.seats}}", "<h/>", "“{{row.seats}}” in “n.docx” cannot be filled"),
      ("{{row.name}}{{from", "<h/>", "“{{from” in “n.docx” lacks its “}}”"),
      ("{{row.name}}", "<h>{{title}}</h>", "“{{title}}” in “n.docx” stands in a header"),
      ("{{row.name}}</tr>{{row.number}}<tr>", "<h/>", "stands in no row of a table"),
      ("{{title}}", "<h/>", "so it lists nobody"),
    ])
  func placeholders(body: String, header: String, message: String) throws {
    let found = try faults(
      "show: [], template: n.docx, " + Self.rest,
      ["n.docx": docx(body, header: header)])
    #expect(found.count == 1)
    #expect(found.first?.contains(message) == true, "\(found)")
  }
}
