import Foundation
import RulePacks
import Tables

@testable import Synthesis

/// A pack of two sources for one record kind, and a folder for its description.
struct SmallPack {
  let pack: RulePack
  let folder: String

  init(_ description: String) throws {
    folder = NSTemporaryDirectory() + "synthesis-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: folder + "/pack", withIntermediateDirectories: true)
    try description.write(
      toFile: folder + "/pack/synthesis.yaml", atomically: true, encoding: .utf8)
    pack = SmallPack.made()
  }

  /// Makes a delivery and gives its files by name.
  func delivery(_ settings: SynthesisSettings = SynthesisSettings()) async throws -> [String:
    [UInt8]]
  {
    let out = folder + "/" + UUID().uuidString
    let files = try await synthesize(
      packFolder: folder + "/pack", pack: pack, into: out, settings: settings)
    var contents: [String: [UInt8]] = [:]
    for file in files {
      contents[file] = FileManager.default.contents(atPath: out + "/" + file).map { Array($0) }
    }
    return contents
  }

  func lines(_ settings: SynthesisSettings = SynthesisSettings()) async throws -> [String: [String]]
  {
    try await delivery(settings).mapValues { bytes in
      String(decoding: bytes, as: UTF8.self).split(
        separator: "\n", omittingEmptySubsequences: false
      )
      .map(String.init)
    }
  }

  private static func made() -> RulePack {
    var pack = RulePack(about: RulePack.About())
    pack.words.yes = ["YES"]
    pack.words.no = ["NO"]
    var closed = CodeTable.Code(code: "closed", name: "Closed, for good")
    closed.aliases = ["shut"]
    pack.codes = [
      CodeTable(
        id: "states", codes: [CodeTable.Code(code: "open", name: "Open"), closed], attributes: [],
        index: [:])
    ]
    var shop = RecordKind(id: "shop", title: "Shops", subject: .subject(0), holds: .one)
    var state = Field(id: "state", label: "State", type: .code)
    state.codes = 0
    var turnover = Field(id: "turnover", label: "Turnover", type: .money)
    turnover.scale = Exact(millionths: 1000 * Exact.one)
    shop.fields = [
      Field(id: "code", label: "Code", type: .uscc), Field(id: "name", label: "Name", type: .name),
      state, turnover, Field(id: "staff", label: "Staff", type: .int),
      Field(id: "opened", label: "Opened", type: .date),
      Field(id: "clean", label: "Clean", type: .flag),
      Field(id: "year", label: "Year", type: .int),
    ]
    pack.records = [shop]
    pack.subjects = [SubjectKind(id: "shop", title: "Shop", identity: [["code"]], name: 0)]
    pack.sources = [
      SourceProfile(
        id: "sheet", title: "Sheet", record: 0,
        format: .csv(headerRows: 1, within: 15, separator: nil)), feed(),
    ]
    return pack
  }

  private static func feed() -> SourceProfile {
    var feed = SourceProfile(
      id: "feed", title: "Feed", record: 0, format: .xml(rows: ["Shops", "Year", "Shop"]))
    feed.flags = (yes: ["1"], no: ["2"])
    func rule(_ field: Int, _ from: String) -> SourceProfile.ColumnRule {
      var rule = SourceProfile.ColumnRule(field: field)
      rule.from = [from]
      return rule
    }
    var state = rule(2, "State")
    state.codes = ["7": 0, "007": 0, "9": 1]
    feed.columns = [
      rule(0, "@id"), rule(1, "Name"), state, rule(4, "Staff/@total"), rule(6, "Staff/Clean"),
      rule(7, "../@year"),
    ]
    feed.controls = [
      SourceProfile.Control(from: ["Shops", "@count"], counts: .rows),
      SourceProfile.Control(from: ["Shops", "Head", "Staff"], counts: .sum(field: 4)),
    ]
    return feed
  }
}
