import Fields
import Tables

extension PackLoader {
  /// `pack.yaml`: who answers for the pack, its words, and the names of its subjects.
  mutating func readAbout(_ root: YAMLNode) {
    guard let map = reading.map(root, .pack) else { return }
    var about = RulePack.About()
    about.id = reading.id(map["pack"]) ?? ""
    about.title = reading.text(map["title"]) ?? ""
    about.edition = reading.text(map["edition"]) ?? ""
    about.owner = reading.text(map["owner"]) ?? ""
    about.basis = reading.text(map["basis"]) ?? ""
    about.contact = reading.text(map["contact"]) ?? ""
    about.notice = reading.text(map["notice"]) ?? ""
    about.objectionDays = reading.int(map["objections-within"], in: 1...3660)
    about.assessment = reading.text(map["assessment"]) ?? ""
    about.language = reading.choice(map["language"], of: Language.allCases) ?? .zh
    about.currency = reading.text(map["currency"]) ?? ""
    about.currencies = numbers(map["currencies"])
    readPurposes(map["purposes"], into: &about)
    for entry in reading.entries(map["offices"]) {
      guard let title = reading.text(entry.value) else { continue }
      about.offices.append(RulePack.Office(id: entry.key, title: title))
    }
    readValidity(map["valid"], into: &about)
    pack.about = about
    if let words = map["words"] { readWords(words) }
    readSubjects(map["subjects"])
    readRetention(map)
    disparity = map["disparity"].flatMap { reading.map($0, .disparity) }
  }

  /// A list of ids, or a map from ids to titles.
  private mutating func readPurposes(_ node: YAMLNode?, into about: inout RulePack.About) {
    if case .map? = node?.content {
      for entry in reading.entries(node) {
        let key = YAMLNode(spot: entry.spot, content: .scalar(entry.key, .plain))
        guard let id = reading.id(key), let title = reading.text(entry.value) else { continue }
        about.purposes.append(id)
        about.purposeTitles[id] = title
      }
      return
    }
    for item in reading.list(node) {
      guard let id = reading.id(item) else { continue }
      if about.purposes.contains(id) { duplicate(id, at: item.spot) }
      about.purposes.append(id)
    }
  }

  private mutating func readValidity(_ node: YAMLNode?, into about: inout RulePack.About) {
    guard let node, let map = reading.map(node, .valid) else { return }
    about.validFrom = reading.date(map["from"])
    about.validTo = reading.date(map["to"])
    guard let from = about.validFrom, let to = about.validTo, to.firstDay < from.firstDay else {
      return
    }
    reading.fault(
      at: map.spot(of: "to"),
      say("截止日期\(to)早于起始日期\(from)", "it ends on \(to), before it begins on \(from)"),
      cure: say("请更正其中一个日期", "correct one of the dates"))
  }

  private mutating func readWords(_ node: YAMLNode) {
    guard let map = reading.map(node, .words) else { return }
    var words = Words()
    words.yes = matchingKeys(map["yes"])
    words.no = matchingKeys(map["no"])
    words.notStated = matchingKeys(map["not-stated"])
    words.statedNone = matchingKeys(map["stated-none"])
    words.checkedNone = matchingKeys(map["checked-none"])
    words.totals = matchingKeys(map["totals"])
    words.footers = matchingKeys(map["footers"])
    words.examples = matchingKeys(map["examples"])
    words.continued = matchingKeys(map["continued"])
    words.multiples = numbers(map["multiples"])
    words.about = matchingKeys(map["about"])
    words.openEnded = matchingKeys(map["open-ended"])
    words.deletionMarks = reading.list(map["deletion-marks"]).compactMap { readDeletionMark($0) }
    pack.words = words
    for word in words.yes where words.no.contains(word) {
      reading.fault(
        at: map.spot(of: "no"), say("“\(word)”既表示是又表示否", "“\(word)” means both yes and no"),
        cure: say("请从其中一边删去", "remove it from one of them"))
    }
  }

  private mutating func readDeletionMark(_ node: YAMLNode) -> DeletionMark? {
    guard let map = reading.map(node, .deletionMark) else { return nil }
    var mark = DeletionMark(columns: matchingKeys(map["columns"]))
    mark.deleted = matchingKeys(map["deleted"])
    mark.inForce = matchingKeys(map["in-force"])
    mark.returned = matchingKeys(map["returned"])
    if mark.deleted.isEmpty, mark.returned.isEmpty {
      reading.fault(
        at: map.spot,
        say("没有写明什么词表示已删除", "no word is said to mark a row as deleted"),
        cure: say("请写明“deleted”或“returned”", "write “deleted” or “returned”"))
    }
    var known: Set<String> = []
    for word in mark.deleted + mark.inForce + mark.returned where !known.insert(word).inserted {
      reading.fault(
        at: map.spot, say("“\(word)”有两种含义", "“\(word)” means two things"),
        cure: say("请只留一处", "leave it in one of the lists"))
    }
    return mark
  }

  mutating func matchingKeys(_ node: YAMLNode?) -> [String] {
    reading.texts(node).map { matchingKey($0) }
  }

  /// A map of words (as matching keys) to numbers above zero.
  mutating func numbers(_ node: YAMLNode?) -> [String: Exact] {
    var numbers: [String: Exact] = [:]
    for entry in reading.entries(node) {
      guard let number = reading.number(entry.value) else { continue }
      if number.millionths <= 0 {
        reading.fault(
          at: entry.value.spot, say("这里的数应大于0", "this number must be above 0"),
          cure: say("请更正", "correct it"))
      }
      numbers[matchingKey(entry.key)] = number
    }
    return numbers
  }

  private mutating func readSubjects(_ node: YAMLNode?) {
    for item in reading.list(node) {
      guard let map = reading.map(item, .subject) else { continue }
      let id = reading.id(map["id"], inExpressions: true) ?? ""
      if subjects[id] != nil { duplicate(id, at: map["id"]?.spot ?? map.spot) }
      subjects[id] = subjects[id] ?? pack.subjects.count
      var identity: [[String]] = []
      for step in reading.list(map["identity"]) {
        if case .list = step.content {
          identity.append(reading.texts(step))
        } else if let field = reading.text(step) {
          identity.append([field])
        }
      }
      var subject = SubjectKind(
        id: id, title: reading.text(map["title"]) ?? "", identity: identity.filter { !$0.isEmpty },
        name: 0)
      subject.candidates = reading.text(map["candidates"])
      pack.subjects.append(subject)
      subjectMaps.append(map)
    }
    guard pack.subjects.isEmpty, let node else { return }
    reading.fault(
      at: node.spot, say("没有评价对象", "there are no subjects"),
      cure: say("请至少定义一种评价对象", "define at least one"))
  }
}
