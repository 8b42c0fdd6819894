import Expressions
import Foundation
import Tables

/// Reads and checks `run.yaml` of a delivery against the pack it names.
public func loadRunPlan(at delivery: String, pack: RulePack) throws(PackFaults) -> RunPlan {
  var loader = PackLoader(folder: delivery)
  loader.pack = pack
  loader.nameFacts()
  for (index, rubric) in pack.rubrics.enumerated() { loader.rubrics[rubric.id] = index }
  let plan = loader.runFile().map { loader.readRun($0) }
  guard let plan, loader.reading.faults.isEmpty else { throw PackFaults(loader.reading.faults) }
  return plan
}

/// The folder of the rule pack for a delivery: what `run.yaml` names under `rules`, or `rules` if
/// given; an id is looked for in `rules/` beside the delivery.
public func rulesPath(
  ofDelivery delivery: String, rules: String? = nil
) throws(PackFaults) -> String {
  var loader = PackLoader(folder: delivery)
  if let rules {
    let path = isPack(rules) || rules.contains("/") ? rules : beside(delivery) + rules
    if isPack(path) { return path }
    let fault = PackFault(
      file: path, line: 1, column: 1, message: say("这里没有规则包", "there is no rule pack here"),
      cure: say("请检查路径；规则包文件夹中应有 pack.yaml", "check the path; a pack's folder holds pack.yaml"))
    throw PackFaults([fault])
  }
  if let root = loader.runFile() {
    if case .map(let entries) = root.content,
      let node = entries.first(where: { $0.key == "rules" })?.value
    {
      let path = loader.reading.text(node).map { written in
        written.hasPrefix("/")
          ? written : written.contains("/") ? delivery + "/" + written : beside(delivery) + written
      }
      if let path, isPack(path) { return path }
      if let path {
        loader.reading.fault(
          at: node.spot, say("“\(path)”中没有规则包", "there is no rule pack in “\(path)”"),
          cure: say("请写规则包的标识或路径", "name a pack by its id or path"))
      }
    } else {
      _ = loader.reading.map(root, .run)
    }
  }
  throw PackFaults(loader.reading.faults)
}

private func isPack(_ path: String) -> Bool {
  FileManager.default.fileExists(atPath: path + "/pack.yaml")
}

/// The folder `rules/` beside a delivery.
private func beside(_ delivery: String) -> String {
  var path = delivery[...]
  while path.count > 1, path.hasSuffix("/") { path = path.dropLast() }
  let name = path.split(separator: "/").last
  if name == nil || name == "." || name == ".." { return path + "/../rules/" }
  guard let slash = path.lastIndex(of: "/") else { return "rules/" }
  return path[...slash] + "rules/"
}

extension PackLoader {
  /// `run.yaml` as YAML; nil with a fault where it is not.
  fileprivate mutating func runFile() -> YAMLNode? {
    do throws(SystemFailure) {
      let file = PackFile(path: "run.yaml", bytes: try bytes(ofFile: folder + "/run.yaml"))
      return root(of: file, ParsedFile(file, index: reading.files.count))
    } catch {
      reading.files.append(Reading.File(shown: folder + "/run.yaml", text: ""))
      guard error.isGone else {
        reading.fault(
          at: Spot(file: 0, line: 1, column: 1),
          say("读不出来（\(error.said)）", "cannot be read (\(error.said))"),
          cure: say("请检查权限和磁盘", "check the permissions and the disk"))
        return nil
      }
    }
    if FileManager.default.fileExists(atPath: folder) {
      reading.fault(
        at: Spot(file: 0, line: 1, column: 1),
        say(
          "没有这个文件，“\(folder)”不是报送文件夹", "there is no such file: “\(folder)” is no delivery's folder"),
        cure: say(
          "请写报送文件夹的路径\(deliveries.zh)；新的批次先写好 run.yaml",
          "give the path of a delivery\(deliveries.en); for a new one write its run.yaml first"))
    } else {
      reading.fault(
        at: Spot(file: 0, line: 1, column: 1),
        say("没有文件夹“\(folder)”", "there is no folder “\(folder)”"),
        cure: say(
          "请核对路径\(deliveries.zh)", "check the path\(deliveries.en)"))
    }
    return nil
  }

  /// The deliveries that lie where this one was looked for, or in `inputs`, in brackets.
  private var deliveries: (zh: String, en: String) {
    let files = FileManager.default
    let beside = (folder as NSString).deletingLastPathComponent
    var found: [String] = []
    for place in [beside, "inputs"] {
      let names = (try? files.contentsOfDirectory(atPath: place.isEmpty ? "." : place)) ?? []
      found += names.sorted().map { place.isEmpty ? $0 : place + "/" + $0 }
        .filter { !found.contains($0) && files.fileExists(atPath: $0 + "/run.yaml") }
    }
    guard !found.isEmpty else { return ("", "") }
    let shown = found.prefix(6).map { "“\($0)”" }
    let isMore = found.count > shown.count
    return (
      "（这里有\(shown.joined(separator: "、"))\(isMore ? "等" : "")）",
      " (there are \(shown.joined(separator: ", "))\(isMore ? " and others" : ""))"
    )
  }

  fileprivate mutating func readRun(_ root: YAMLNode) -> RunPlan {
    var plan = RunPlan()
    guard let map = reading.map(root, .run) else { return plan }
    plan.id = runID(map["id"]) ?? runID(ofFolder: map.spot)
    plan.title = reading.text(map["title"]) ?? ""
    plan.legalBasis = reading.text(map["legal-basis"]) ?? ""
    plan.rules = reading.text(map["rules"]) ?? ""
    plan.previous = runID(map["previous"])
    plan.contact = reading.text(map["contact"]) ?? pack.about.contact
    if let date = reading.date(map["as-of"]) {
      plan.asOf = date
      checkValidity(date, at: map["as-of"]?.spot ?? map.spot)
    }
    if let node = map["purpose"], let purpose = reading.text(node) {
      plan.purpose = purpose
      if !pack.about.purposes.contains(purpose) {
        reading.unknownName(
          purpose, at: node.spot, what: say("用途", "purpose"), among: pack.about.purposes)
      }
    }
    // Of a purpose that is missing or unknown one fault is enough.
    purposesInForce = pack.about.purposes.filter { $0 == plan.purpose }
    plan.digestKey = digestKey(map)
    if let node = map["workbook-rows"] { plan.workbookRows = workbookRows(node) }
    if let node = map["delivered-text"] { readDeliveredText(node, into: &plan) }
    readTolerances(map["tolerances"], into: &plan)
    plan.setAside = reading.list(map["set-aside"]).compactMap { node in
      reading.text(node).map { PathPattern($0, line: node.spot.line) }
    }
    for item in reading.list(map["expected"]) { readExpected(item, into: &plan) }
    for item in reading.list(map["honours"]) { readHonour(item, into: &plan) }
    return plan
  }

  private mutating func runID(_ node: YAMLNode?) -> String? {
    guard let node, let id = reading.text(node) else { return nil }
    if isRunID(id) { return id }
    reading.fault(
      at: node.spot, say("“\(id)”不能作批次标识", "“\(id)” is not the id of a run"),
      cure: say("请用英文字母、数字、下划线和连字符", "use letters, digits, _ and -"))
    return nil
  }

  private mutating func runID(ofFolder spot: Spot) -> String {
    let name = URL(fileURLWithPath: folder).standardizedFileURL.lastPathComponent
    if isRunID(name) { return name }
    reading.fault(
      at: spot, say("文件夹名“\(name)”不能作批次标识", "the folder's name “\(name)” is not the id of a run"),
      cure: say("请写“id:”，用英文字母、数字、下划线和连字符", "write “id:” with letters, digits, _ and -"))
    return name
  }

  /// Runs are folders of reports, so their ids are plain names; they may begin with a year.
  private func isRunID(_ id: String) -> Bool {
    !id.isEmpty && id.utf8.first != UInt8(ascii: "-")
      && id.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  private mutating func checkValidity(_ date: PartialDate, at spot: Spot) {
    let (from, to) = (pack.about.validFrom, pack.about.validTo)
    let isEarly = from.map { date.firstDay < $0.firstDay } ?? false
    let isLate = to.map { date.firstDay > $0.firstDay } ?? false
    guard isEarly || isLate else { return }
    let shown = "\(from?.description ?? "")…\(to?.description ?? "")"
    reading.fault(
      at: spot,
      say("\(date)不在规则包的有效期（\(shown)）内", "\(date) is outside the pack's validity (\(shown))"),
      cure: say("请更正日期，或换用有效的规则包", "correct the date, or use a pack that is valid then"))
  }

  private mutating func digestKey(_ map: YAMLMap) -> String? {
    guard let node = map["digest-key"] else {
      let needs = pack.records.contains { kind in
        kind.fields.contains { $0.type == .residentID || $0.mayHoldResidentID }
      }
      if needs {
        reading.fault(
          at: map.spot,
          say(
            "缺少“digest-key”：规则包中有居民身份号码字段",
            "“digest-key” is missing: the pack has a field of type resident-id, or one that may hold "
              + "such a number"),
          cure: say("请写明密钥文件（权限600）", "name a key file (mode 600)"))
      }
      return nil
    }
    guard let key = reading.text(node) else { return nil }
    let path = key.hasPrefix("/") ? key : folder + "/" + key
    if !FileManager.default.fileExists(atPath: path) {
      reading.fault(
        at: node.spot, say("没有密钥文件“\(path)”", "there is no key file “\(path)”"),
        cure: say("请放好密钥文件（权限600）", "put the key file there (mode 600)"))
    }
    return key
  }

  private mutating func workbookRows(_ node: YAMLNode) -> RunPlan.WorkbookRows {
    if node.scalar == "all" { return .all }
    if let rows = node.scalar.flatMap({ Int($0) }), rows > 0 { return .atMost(rows) }
    reading.fault(
      at: node.spot,
      say(
        "“\(node.scalar ?? "…")”不是行数", "“\(node.scalar ?? "…")” is not a number of rows"),
      cure: say("请写正整数，或写 all（全部）", "write a number from 1, or all"))
    return .usual
  }

  private mutating func readDeliveredText(_ node: YAMLNode, into plan: inout RunPlan) {
    switch node.scalar {
    case "all": plan.deliveredTextUpTo = .max
    case "none": plan.deliveredTextUpTo = -1
    case let text:
      if let megabytes = text.flatMap({ Int($0) }), (1...1_000_000).contains(megabytes) {
        plan.deliveredTextUpTo = megabytes << 20
        return
      }
      reading.fault(
        at: node.spot,
        say(
          "“\(text ?? "…")”不是兆字节数", "“\(text ?? "…")” is not a number of megabytes"),
        cure: say("请写正整数，或写 all（总是）、none（从不）", "write a number from 1, all, or none"))
    }
  }

  private mutating func readTolerances(_ node: YAMLNode?, into plan: inout RunPlan) {
    guard let node, let map = reading.map(node, .tolerances) else { return }
    plan.tolerances.quarantined = reading.share(map["quarantined"]) ?? plan.tolerances.quarantined
    plan.tolerances.unread = reading.share(map["unread"]) ?? plan.tolerances.unread
    plan.tolerances.files = reading.int(map["files"], in: 0...Int.max) ?? 0
    plan.tolerances.unmatched = reading.share(map["unmatched"])
    plan.tolerances.controls = reading.int(map["controls"], in: 0...Int.max)
  }

  private mutating func readExpected(_ item: YAMLNode, into plan: inout RunPlan) {
    guard let map = reading.map(item, .expected) else { return }
    var sources: [String: Int] = [:]
    for (index, source) in pack.sources.enumerated() { sources[source.id] = index }
    var kinds: [String: Int] = [:]
    for (index, kind) in pack.records.enumerated() { kinds[kind.id] = index }
    let expected = RunPlan.Expected(
      profile: find(map["profile"], in: sources, what: say("来源配置", "source profile")),
      record: find(map["record"], in: kinds, what: say("记录种类", "record kind")),
      office: office(map["office"]), district: reading.text(map["district"]),
      line: item.spot.line)
    guard map["profile"] != nil || map["record"] != nil || map["office"] != nil else {
      reading.fault(
        at: item.spot,
        say("没有写明应报送什么", "nothing says what should be delivered"),
        cure: say("请写profile、record或office", "write `profile`, `record` or `office`"))
      return
    }
    plan.expected.append(expected)
  }

  private mutating func readHonour(_ item: YAMLNode, into plan: inout RunPlan) {
    guard let map = reading.map(item, .honour), let id = reading.id(map["id"]),
      let rubric = find(map["rubric"], in: rubrics, what: say("评价规则", "rubric"))
    else { return }
    if plan.honours.contains(where: { $0.id == id }) {
      duplicate(id, at: map["id"]?.spot ?? map.spot)
    }
    let ranking = pack.rubrics[rubric]
    if let purposes = ranking.purposes, !purposesInForce.allSatisfy({ purposes.contains($0) }) {
      reading.fault(
        at: map["rubric"]?.spot ?? map.spot,
        say(
          "“\(ranking.id)”不用于用途“\(plan.purpose)”",
          "“\(ranking.id)” is not for the purpose “\(plan.purpose)”"),
        cure: say(
          "请改用其他评价规则，或更改用途（可用：\(purposes.joined(separator: "、"))）",
          "name another rubric, or change the purpose (it is for \(purposes.joined(separator: ", ")))"
        ))
    }
    let quota = reading.int(map["quota"], in: 1...Int(Int32.max))
    let reserve = reading.int(map["reserve"], in: 0...Int(Int32.max)) ?? 0
    let candidates = condition(map["candidates"], scope: ranking.subject)
    let by = openFact(map["by"], of: ranking.subject)
    guard let quota else { return }
    plan.honours.append(
      RunPlan.Honour(
        id: id, title: reading.text(map["title"]) ?? "", rubric: rubric, quota: quota,
        reserve: reserve, candidates: candidates, by: by))
  }
}
