import Foundation
import Tables
import Testing

@testable import Reports

@Suite("What was delivered, beside what was read")
struct DeliveredColumnTests {
  private var dossiers: Dossiers {
    var dossiers = sampleResults().dossiers
    dossiers.records[0].delivered = [
      nil, DeliveredTexts(["small", "Small \"room\"", "large", "??"]), nil,
    ]
    return dossiers
  }

  @Test("stands beside a value that is another text, and beside none at all")
  func single() {
    let cells = FactCells(
      dossiers, subject: 0, fact: 2, id: "size", fields: [], showsDelivered: true)
    #expect(
      written(cells) == [
        "\"size\":{\"value\":\"small\",\"file\":0,\"line\":2,\"record\":1}",
        "\"size\":{\"value\":\"small\",\"file\":0,\"line\":3,\"record\":2,"
          + "\"raw\":\"Small \\\"room\\\"\"}",
        "\"size\":{\"value\":\"large\",\"file\":0,\"line\":4,\"record\":3}",
        "\"size\":{\"value\":null,\"file\":0,\"line\":5,\"record\":4,\"raw\":\"??\"}",
      ])
  }

  @Test("stands by field in the rows of a list")
  func list() {
    var dossiers = dossiers
    dossiers.subjects[0].facts[2] = .list(record: 0, offsets: [0, 0, 2, 3, 3], rows: [0, 1, 3])
    let cells = FactCells(
      dossiers, subject: 0, fact: 2, id: "rooms", fields: [(index: 1, id: "size")],
      showsDelivered: true)
    #expect(
      written(cells) == [
        "\"rooms\":{\"rows\":[]}",
        "\"rooms\":{\"rows\":[{\"file\":0,\"line\":2,\"record\":1,\"size\":\"small\"},"
          + "{\"file\":0,\"line\":3,\"record\":2,\"size\":\"small\","
          + "\"raw\":{\"size\":\"Small \\\"room\\\"\"}}]}",
        "\"rooms\":{\"rows\":[{\"file\":0,\"line\":5,\"record\":4,\"size\":null,"
          + "\"raw\":{\"size\":\"??\"}}]}",
        "\"rooms\":{\"rows\":[]}",
      ])
  }

  @Test("stands without names where whoever reads the facts knows them")
  func bare() {
    let single = FactCells(
      dossiers, subject: 0, fact: 2, id: "size", fields: [], showsDelivered: true, shape: .bare)
    #expect(
      written(single) == [
        "[\"small\",0,2,1]", "[\"small\",0,3,2,\"Small \\\"room\\\"\"]", "[\"large\",0,4,3]",
        "[null,0,5,4,\"??\"]",
      ])
    var dossiers = dossiers
    dossiers.subjects[0].facts[2] = .list(record: 0, offsets: [0, 0, 2, 3, 3], rows: [0, 1, 3])
    let list = FactCells(
      dossiers, subject: 0, fact: 2, id: "rooms", fields: [(index: 1, id: "size")],
      showsDelivered: true, shape: .bare)
    #expect(
      written(list) == [
        "[]",
        "[[0,2,1,\"small\"],[0,3,2,\"small\",{\"size\":\"Small \\\"room\\\"\"}]]",
        "[[0,5,4,null,{\"size\":\"??\"}]]", "[]",
      ])
    dossiers.subjects[0].facts[2] = .members(
      subject: 0, offsets: [0, 0, 2, 3, 3], rows: [0, 1, 3])
    let members = FactCells(
      dossiers, subject: 0, fact: 2, id: "rooms", fields: [], shape: .bare)
    #expect(written(members) == ["0", "2", "1", "0"])
    dossiers.subjects[0].facts[2] = .absent
    let absent = FactCells(
      dossiers, subject: 0, fact: 2, id: "rooms", fields: [], shape: .bare)
    #expect(written(absent) == ["[null]", "[null]", "[null]", "[null]"])
  }

  @Test("is left out where it is not asked for or was not kept")
  func none() {
    let notAsked = FactCells(dossiers, subject: 0, fact: 2, id: "size", fields: [])
    let notKept = FactCells(
      sampleResults().dossiers, subject: 0, fact: 2, id: "size", fields: [], showsDelivered: true)
    for cells in [notAsked, notKept] {
      #expect(written(cells).allSatisfy { !$0.contains("raw") })
      #expect(written(cells).count == 4)
    }
  }

  private func written(_ cells: FactCells) -> [String] {
    let pieces = factCells([cells], [0, 1, 2, 3])
    return (0..<4).map { String(decoding: pieces[$0], as: UTF8.self) }
  }
}
