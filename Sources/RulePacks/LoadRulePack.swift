import Expressions
import Fields
import Tables

/// Reads and checks the rule pack in a folder.
///
/// - Parameters:
///   - folder: The pack.
///   - texts: Read in place of rubrics, by their paths in the pack.
/// - Throws: every fault of the pack together; where a file is not well-formed, only what keeps
///   files from being read.
public func loadRulePack(
  at folder: String, replacing texts: [String: String] = [:]
) throws(PackFaults) -> RulePack {
  var loader = PackLoader(folder: folder)
  loader.load(replacing: texts)
  let faults = loader.reading.faults
  guard faults.isEmpty else { throw PackFaults(faults) }
  loader.pack.demands = loader.reading.demands
  return loader.pack
}

extension PackLoader {
  /// Each step needs only those before it.
  fileprivate mutating func load(replacing texts: [String: String]) {
    let files = PackFiles(folder: folder, replacing: texts)
    nameUnread(files.unread)
    guard let about = files.about else {
      guard files.unread.isEmpty else { return }
      reading.files.append(Reading.File(shown: folder + "/pack.yaml", text: ""))
      reading.fault(
        at: Spot(file: 0, line: 1, column: 1), say("这里没有规则包", "there is no rule pack here"),
        cure: say("请检查路径；规则包文件夹中应有 pack.yaml", "check the path; a pack's folder holds pack.yaml"))
      return
    }
    nameStrays(files.strays)
    let written =
      [about] + files.records + files.sources + files.derivations + files.rubrics
      + [files.statistics, files.published].compactMap { $0 }
    var roots = zip(written, parsed(written, first: reading.files.count)).map {
      root(of: $0, $1)
    }[...]
    let aboutRoot = take(1, of: &roots)[0]
    let recordRoots = take(files.records.count, of: &roots)
    let sourceRoots = take(files.sources.count, of: &roots)
    let derivationRoots = take(files.derivations.count, of: &roots)
    let rubricRoots = take(files.rubrics.count, of: &roots)
    let statisticsRoot = take(files.statistics == nil ? 0 : 1, of: &roots).first
    let publishedRoot = roots.first
    // A file that cannot be read hides names, whose absence elsewhere would be no news.
    guard reading.faults.isEmpty, let aboutRoot else { return }
    readAbout(aboutRoot)
    purposesInForce = pack.about.purposes
    for file in files.codes { readCodes(file) }
    for root in recordRoots { root.map { readRecord($0) } }
    requireSome(files.records, "records")
    for root in sourceRoots { root.map { readSource($0) } }
    requireSome(files.sources, "sources")
    for root in derivationRoots { root.map { readDerivationFile($0) } }
    for (file, root) in zip(files.rubrics, rubricRoots) {
      root.map { readRubricHead($0, of: file) }
    }
    buildSchemas()
    nameFacts()
    settleSubjects()
    buildEnvironment()
    readDerivations()
    readCoverage()
    if let root = statisticsRoot, let root { readStatistics(root) }
    if let root = publishedRoot, let root { readPublished(root) }
    templates = files.templates
    readRubrics()
    nameUnusedTemplates()
    pack.sha256 = files.sha256
  }

  private func take(_ count: Int, of rest: inout ArraySlice<YAMLNode?>) -> [YAMLNode?] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  private mutating func nameUnread(_ unread: [(path: String, said: String)]) {
    for (path, said) in unread {
      let shown = path.isEmpty ? folder : folder + "/" + path
      reading.files.append(Reading.File(shown: shown, text: ""))
      reading.fault(
        at: Spot(file: reading.files.count - 1, line: 1, column: 1),
        say("读不出来（\(said)）", "cannot be read (\(said))"),
        cure: say(
          "请检查权限和磁盘；records、sources、codes、derive、rubrics 应是文件夹",
          "check the permissions and the disk; records, sources, codes, derive and rubrics are folders"
        ))
    }
  }

  private mutating func nameStrays(_ strays: [(path: String, folder: String?)]) {
    for stray in strays {
      reading.files.append(Reading.File(shown: folder + "/" + stray.path, text: ""))
      let cure =
        stray.folder.map { say("请改用扩展名 .\($0) 或移走", "name it .\($0) or move it away") }
        ?? say(
          "规则包中有 pack.yaml、records、sources、codes、derive、rubrics、statistics.yaml、published.yaml、synthesis.yaml 和 .docx 模板",
          "a pack holds pack.yaml, records, sources, codes, derive, rubrics, statistics.yaml, published.yaml, synthesis.yaml and .docx templates"
        )
      reading.fault(
        at: Spot(file: reading.files.count - 1, line: 1, column: 1),
        say("规则包中没有这个文件的位置", "this has no place in a rule pack"), cure: cure)
    }
  }

  private mutating func requireSome(_ files: [PackFile], _ name: String) {
    guard files.isEmpty else { return }
    reading.fault(
      at: Spot(file: 0, line: 1, column: 1),
      say("“\(name)”文件夹中没有文件", "the folder “\(name)” holds no file"),
      cure: say("请至少放一个 .yaml 文件", "put at least one .yaml file there"))
  }

  // MARK: - Files whose names others need before they are read

  private mutating func readDerivationFile(_ root: YAMLNode) {
    guard let map = reading.map(root, .derivations),
      let subject = find(map["subject"], in: subjects, what: say("评价对象", "subject"))
    else { return }
    derivationFiles.append(DerivationFile(subject: subject, map: map))
    for item in reading.list(map["facts"]) {
      guard let fact = reading.map(item, .fact) else { continue }
      let id = reading.id(fact["id"], inExpressions: true) ?? ""
      derivationMaps.append(DerivationMap(subject: subject, id: id, map: fact))
    }
  }

  private mutating func readRubricHead(_ root: YAMLNode, of file: PackFile) {
    guard let map = reading.map(root, .rubric), let id = reading.id(map["rubric"]),
      let subject = find(map["subject"], in: subjects, what: say("评价对象", "subject"))
    else { return }
    if rubrics[id] != nil { duplicate(id, at: map["rubric"]?.spot ?? map.spot) }
    rubrics[id] = rubricMaps.count
    var tiers: [String] = []
    if case .list(let items) = map["tiers"]?.content {
      for item in items {
        guard case .map(let entries) = item.content else { continue }
        if let id = entries.first(where: { $0.key == "id" })?.value.scalar { tiers.append(id) }
      }
    }
    rubricMaps.append(
      RubricMap(
        subject: subject, id: id, map: map, file: file.path, sha256: sha256(file.bytes),
        tiers: tiers))
  }
}
