import Expressions
import Fields
import Tables

/// A pack while it is read: what is checked so far, the nodes that wait for later steps, and the
/// names by which steps find each other's things.
struct PackLoader {
  let folder: String
  var reading = Reading()
  var pack = RulePack(about: RulePack.About())

  var tables: [String: Int] = [:]
  var records: [String: Int] = [:]
  var subjects: [String: Int] = [:]
  var rubrics: [String: Int] = [:]

  /// Maps of the files that are read in several steps, beside what they make.
  var subjectMaps: [YAMLMap] = []
  /// One a reference of a subject kind.
  var referenceMaps: [[YAMLMap]] = []
  var recordMaps: [YAMLMap] = []
  var fieldSpots: [[Spot]] = []
  var derivationFiles: [DerivationFile] = []
  var derivationMaps: [DerivationMap] = []
  var rubricMaps: [RubricMap] = []
  /// Fields whose type could not be read: they count as of any type, so that one fault does not
  /// become many.
  var untyped: Set<RecordField> = []
  var disparity: YAMLMap?
  /// Documents beside `pack.yaml`, and the paths of those that a rubric names.
  var templates: [PackFile] = []
  var usedTemplates: Set<String> = []
  /// Keys that all opinions of the rubric being read have, unless they say otherwise.
  var sharedOpinions: [YAMLNode.Entry] = []
  /// The purposes for which the expressions being read will be used.
  var purposesInForce: [String] = []
  /// The rubrics whose results the rubric being read needs.
  var needed: Set<String> = []
  /// The names of each subject kind's facts.
  var names: [FactNames] = []
  /// Where each derived fact's name stands in scopes, so that its type can be filled in late.
  var bindings: [FactPlace: [BindingPlace]] = [:]

  init(folder: String) { self.folder = folder }

  /// What a file holds as YAML; nil with a fault where it is not.
  mutating func root(of file: PackFile, _ parsed: ParsedFile) -> YAMLNode? {
    let index = reading.files.count
    reading.files.append(
      Reading.File(shown: folder + "/" + file.path, text: parsed.text ?? ""))
    let start = Spot(file: index, line: 1, column: 1)
    switch parsed.root {
    case nil:
      reading.fault(
        at: start, say("文件不是UTF-8编码", "the file is not in UTF-8"),
        cure: say("请另存为UTF-8编码", "save it in UTF-8"))
    case .success(let node?): return node
    case .success(nil):
      reading.fault(
        at: start, say("文件是空的", "the file is empty"),
        cure: say("请填写内容或删去文件", "fill it or remove it"))
    case .failure(let error):
      let spot = Spot(file: index, line: error.line, column: error.column)
      if let key = error.repeated {
        reading.fault(
          at: spot, say("键“\(key)”写了两次", "the key “\(key)” is written twice"),
          cure: say("请删去其中一个", "remove one of them"))
        return nil
      }
      if let slip = TypingSlip(in: parsed.text ?? "") {
        reading.fault(
          at: Spot(file: index, line: slip.line, column: slip.column), slip.what, cure: slip.cure)
        return nil
      }
      reading.fault(
        at: spot,
        say("不是正确的YAML（\(error.problem)）", "not well-formed YAML (\(error.problem))"),
        cure: say(
          "请检查缩进、引号和括号；含“: ”“#”的文字要加引号",
          "check indentation, quotes and brackets; quote texts with “: ” or “#”"))
    }
    return nil
  }

  /// The index of something named by id.
  mutating func find(_ node: YAMLNode?, in known: [String: Int], what: Bilingual) -> Int? {
    guard let node, let name = reading.text(node) else { return nil }
    if let index = known[name] { return index }
    reading.unknownName(name, at: node.spot, what: what, among: known.keys)
    return nil
  }

  mutating func office(_ node: YAMLNode?) -> String? {
    guard let node, let name = reading.text(node) else { return nil }
    let offices = pack.about.offices.map(\.id)
    if offices.contains(name) { return name }
    reading.unknownName(name, at: node.spot, what: say("单位", "office"), among: offices)
    return nil
  }

  /// Purposes, each one of the pack's; nil where none are named.
  mutating func purposes(_ node: YAMLNode?) -> [String]? {
    guard let node else { return nil }
    var named: [String] = []
    for item in reading.list(node) {
      guard let name = reading.text(item) else { continue }
      if !pack.about.purposes.contains(name) {
        reading.unknownName(
          name, at: item.spot, what: say("用途", "purpose"), among: pack.about.purposes)
      }
      named.append(name)
    }
    return named
  }

  mutating func table(_ node: YAMLNode?) -> Int? {
    find(node, in: tables, what: say("代码表", "code table"))
  }

  /// The codes of a table; nil where it could not be read, which is a fault already.
  func codeNames(_ table: Int?) -> [String]? {
    guard let table, !pack.codes[table].codes.isEmpty else { return nil }
    return pack.codes[table].names
  }

  /// Says that an id is taken.
  mutating func duplicate(_ id: String, at spot: Spot) {
    reading.fault(
      at: spot, say("“\(id)”重复", "“\(id)” is there twice"),
      cure: say("请改用另一个标识", "choose another id"))
  }
}

/// A field of a record kind, by indices.
struct RecordField: Hashable {
  var record: Int
  var field: Int
}

/// A fact of a subject kind, by indices.
struct FactPlace: Hashable {
  var subject: Int
  var slot: Int
}

/// A file of `derive/` and whose facts it is about.
struct DerivationFile {
  var subject: Int
  var map: YAMLMap
}

/// A derived fact as written; its place among them is its `Fact.Origin.derived` until they are
/// put in order.
struct DerivationMap {
  var subject: Int
  var id: String
  var map: YAMLMap
  var slot = 0
}

/// A rubric as written.
struct RubricMap {
  var subject: Int
  var id: String
  var map: YAMLMap
  /// Path of its file within the pack.
  var file: String
  var sha256: String
  /// Ids of its tiers, for comparing results with.
  var tiers: [String]
}

/// A name in a scope.
struct BindingPlace {
  var scope: Int
  var name: String
}
