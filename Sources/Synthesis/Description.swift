import Foundation
import RulePacks
import Tables

/// The whole of `synthesis.yaml`, ready to be written.
struct Description: Sendable {
  var plans: [SheetPlan] = []
  var texts: [PlainText] = []
  var expected: Expected?
  /// Bytes at which files are cut.
  var limit: Int

  /// A file that is written as it stands.
  struct PlainText: Sendable {
    var file: String
    var text: String
    var isPrivate: Bool
    /// A line added at the end where that delivery lies beside the one being made: a plan may name
    /// the run before it only where there is one.
    var beside: (delivery: String, line: String)?

    func written(into folder: String) -> String {
      guard let beside else { return text }
      let plan = URL(filePath: folder).standardizedFileURL.deletingLastPathComponent()
        .appending(path: beside.delivery + "/run.yaml").path
      return FileManager.default.fileExists(atPath: plan) ? text + beside.line + "\n" : text
    }
  }

  private static let keys = [
    "base", "values", "variants", "megabytes", "words", "tables", "populations", "deliver",
    "files", "expected",
  ]

  static func read(_ path: String, pack: RulePack, settings: SynthesisSettings)
    throws(SynthesisFailure) -> Description
  {
    let name = path.split(separator: "/").suffix(2).joined(separator: "/")
    var root = Place(node: try node(path, name), source: Place.Source(file: name, values: [:]))
    try root.only(keys)
    let base = try root.required("base").text()
    let variant = settings.variant ?? base
    root = Place(
      node: root.node,
      source: Place.Source(file: name, values: try values(root, variant, settings)))
    var builder = WorldBuilder(seed: scrambled(settings.seed), variant: variant)
    if let words = root["words"] { try builder.readWords(words) }
    if let tables = root["tables"] { try builder.readTables(tables) }
    try builder.readPopulations(try root.required("populations"), units: settings.units)
    var description = Description(limit: try (root["megabytes"]?.int() ?? 64) * 1_000_000)
    var sheets: [Sheet] = []
    for place in try root.required("deliver").list() {
      var reader = SheetReader(builder: builder, pack: pack)
      if let sheet = try reader.read(place) { sheets.append(sheet) }
      builder = reader.builder
    }
    let (world, mess) = (builder.world, settings.mess)
    description.plans = sheets.map { sheet in
      SheetPlan(world: world, sheet: sheet, plantsFaults: mess != 0, mess: mess ?? 0)
    }
    for place in root["files"]?.list() ?? [] {
      try place.only(["file", "variants", "text", "private", "beside"])
      if let variants = try place["variants"]?.texts(), !variants.contains(variant) { continue }
      var text = PlainText(
        file: try place.required("file").text(), text: try place.required("text").text(),
        isPrivate: try place["private"]?.flag() ?? false)
      if let beside = place["beside"] {
        try beside.only(["delivery", "line"])
        text.beside = (
          try beside.required("delivery").text(), try beside.required("line").text()
        )
      }
      description.texts.append(text)
    }
    description.expected = try root["expected"].map { place throws(SynthesisFailure) in
      try Expected(place)
    }
    if mess == 0 { description.expected = nil }
    return description
  }

  /// What `${name}` stands for: common values, those of the variant, and what was asked for.
  private static func values(_ root: Place, _ variant: String, _ settings: SynthesisSettings)
    throws(SynthesisFailure) -> [String: String]
  {
    var values = ["variant": variant, "seed": "\(settings.seed)"]
    for (key, value) in try root["values"]?.entries() ?? [] { values[key] = try value.text() }
    let variants = try root.required("variants")
    guard let own = variants[variant] else {
      throw variants.failure("没有变体“\(variant)”", "there is no variant “\(variant)”")
    }
    for (key, value) in try own.entries() { values[key] = try value.text() }
    return values
  }

  private static func node(_ path: String, _ name: String) throws(SynthesisFailure) -> YAMLNode {
    guard let data = try? wholeFile(path) else {
      throw SynthesisFailure(
        place: path + ":1:1",
        message: Bilingual(
          zh: "没有这个文件，规则包未描述如何生成数据 — 请换用带有它的规则包，或编写一个",
          en:
            "there is no such file, so the pack does not say how to make a delivery — name a pack "
            + "that has one, or write it"))
    }
    do throws(YAMLFault) {
      let text = String(decoding: data, as: UTF8.self)
      if let node = try YAMLNode.parse(text, file: 0) { return node }
    } catch {
      let message =
        error.repeated.map { key in
          Bilingual(
            zh: "键“\(key)”写了两次 — 请删去其中一个",
            en: "the key “\(key)” is written twice — remove one of them")
        }
        ?? Bilingual(
          zh: "不是正确的YAML（\(error.problem)） — 请检查缩进、引号和括号",
          en: "not well-formed YAML (\(error.problem)) — check indentation, quotes and brackets")
      throw SynthesisFailure(place: "\(name):\(error.line):\(error.column)", message: message)
    }
    throw SynthesisFailure(
      place: name,
      message: Bilingual(
        zh: "文件是空的 — 请写明如何生成数据",
        en: "the file is empty — describe in it how a delivery is made"))
  }

  static func makeFolders(of files: [String], in folder: String) throws(SynthesisFailure) {
    let folders = Set(files.map { (folder + "/" + $0 as NSString).deletingLastPathComponent })
    for path in folders.sorted() {
      do {
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: true)
      } catch {
        throw SynthesisFailure(
          place: path,
          message: Bilingual(
            zh: "不能建立文件夹（\(error.localizedDescription)）",
            en: "the folder cannot be made (\(error.localizedDescription))"))
      }
    }
  }
}

extension SheetPlan {
  /// The files of the sheet: one a value of the splitting fact, and cut where they grow too large.
  func parts(limit: Int) -> [Part] {
    let entities = sheet.sections.reduce(0) { $0 + world.populations[$1.population].count }
    let values: [Int?] = sheet.isSplit ? splits : [nil]
    var parts: [Part] = []
    for (index, by) in values.enumerated() {
      var part = Part(file: "", by: by, owner: UInt8(clamping: index + 1), entities: 0..<entities)
      let count = max((bytes(part) + limit - 1) / limit, 1)
      for number in 0..<count {
        part.file = name(by, number, of: count)
        part.entities = entities * number / count..<entities * (number + 1) / count
        parts.append(part)
      }
    }
    return parts
  }

  /// About how many bytes a part makes, from a sample.
  private func bytes(_ part: Part) -> Int {
    var sample = part
    sample.stride = max(part.entities.count / 20_000, 1)
    guard sample.stride > 1 else { return 0 }
    return PartWriter(plan: self, part: sample).write().bytes.count * sample.stride
  }

  private func name(_ by: Int?, _ number: Int, of count: Int) -> String {
    let label = by.map { world.literals[$0] } ?? ""
    let part = count == 1 ? "" : "-\(number + 1)"
    return sheet.file.replacing("{by}", with: label).replacing("{part}", with: part)
  }
}
