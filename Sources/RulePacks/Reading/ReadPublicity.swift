import Expressions
import Tables

extension PackLoader {
  /// What a rubric lets be published, and the document for it.
  mutating func readPublicity(_ node: YAMLNode?, into rubric: inout Rubric) {
    guard let node, let map = reading.map(node, .publicity) else { return }
    var publicity = Rubric.Publicity(
      show: [], days: reading.int(map["days"], in: 1...365) ?? 1,
      telephone: reading.text(map["telephone"]) ?? "",
      objections: reading.text(map["objections"]) ?? "")
    for item in reading.list(map["show"]) {
      guard let slot = publishable(item, of: rubric.subject) else { continue }
      if publicity.show.contains(slot) {
        duplicate(pack.subjects[rubric.subject].facts[slot].id, at: item.spot)
        continue
      }
      publicity.show.append(slot)
    }
    if let node = map["template"] {
      publicity.template = template(
        node, facts: publicity.show.map { pack.subjects[rubric.subject].facts[$0].id })
    }
    rubric.publicity = publicity
  }

  /// The slot of a fact that may be published; a fault where it may not.
  private mutating func publishable(_ node: YAMLNode, of subject: Int) -> Int? {
    guard let slot = openFact(node, of: subject) else { return nil }
    let kind = pack.subjects[subject]
    let id = kind.facts[slot].id
    if slot == kind.name {
      reading.fault(
        at: node.spot, say("“\(id)”是名称，总是公示的", "“\(id)” is the name, which is always shown"),
        cure: say("请删去", "remove it"))
      return nil
    }
    if kind.identity.contains([id]) || holdsResidentID(FactPlace(subject: subject, slot: slot)) {
      reading.fault(
        at: node.spot,
        say("“\(id)”是识别号码，不得公示", "“\(id)” is a number that identifies, which is never published"),
        cure: say("请删去，或改用其他公开的事实", "remove it, or name another public fact"))
      return nil
    }
    let place = root(FactPlace(subject: subject, slot: slot))
    if case .result = pack.subjects[place.subject].facts[place.slot].origin {
      reading.fault(
        at: node.spot,
        say("“\(id)”是评价结果，不在公示之列", "“\(id)” is a result, which a public notice does not tell"),
        cure: say("请改用报送的事实", "name a fact that is delivered"))
      return nil
    }
    return slot
  }

  private func holdsResidentID(_ place: FactPlace) -> Bool {
    let place = root(place)
    switch pack.subjects[place.subject].facts[place.slot].origin {
    case .record(let record, let field):
      return pack.records[record].fields[field].type == .residentID
    case .merged(let slots):
      return slots.contains { holdsResidentID(FactPlace(subject: place.subject, slot: $0)) }
    case .asOf, .list, .derived, .reference, .members, .result: return false
    }
  }

  // MARK: - The template

  private mutating func template(_ node: YAMLNode, facts: [String]) -> DocumentTemplate? {
    guard let name = reading.text(node) else { return nil }
    guard let file = templates.first(where: { $0.path == name }) else {
      reading.fault(
        at: node.spot, say("规则包中没有文件“\(name)”", "the pack holds no file “\(name)”"),
        cure: say(
          "请把这个 .docx 文件放在 pack.yaml 旁边，或改正文件名",
          "put that .docx beside pack.yaml, or correct the name"))
      return nil
    }
    usedTemplates.insert(name)
    guard let template = DocumentTemplate(docx: file.bytes) else {
      reading.fault(
        at: node.spot,
        say("“\(name)”不是 DOCX 文件，或已损坏", "“\(name)” is no DOCX file, or it is damaged"),
        cure: say(
          "请用文字处理软件打开，另存为 .docx，不设密码",
          "open it in a word processor and save it as .docx, without a password"))
      return nil
    }
    checkPlaceholders(of: template, in: name, at: node.spot, facts: facts)
    return template
  }

  private mutating func checkPlaceholders(
    of template: DocumentTemplate, in file: String, at spot: Spot, facts: [String]
  ) {
    let whole = Rubric.Publicity.placeholders
    let inRows = Rubric.Publicity.rowPlaceholders + facts.map { "row." + $0 }
    let all = (whole + inRows).map { "{{\($0)}}" }.joined(separator: " ")
    func within(_ name: String) -> (zh: String, en: String) {
      ("“\(file)”中的“{{\(name)}}”", "“{{\(name)}}” in “\(file)”")
    }
    for (name, isInRow) in template.text.fields {
      let shown = within(name)
      if !whole.contains(name), !inRows.contains(name) {
        reading.fault(
          at: spot,
          say(
            "\(shown.zh)不能填写：没有这一项，或“show”中没有",
            "\(shown.en) cannot be filled: there is no such thing, or “show” does not allow it"),
          cure: say("请改为其中之一：\(all)", "write one of: \(all)"))
      } else if name.hasPrefix("row."), !isInRow {
        reading.fault(
          at: spot, say("\(shown.zh)不在表格的行中", "\(shown.en) stands in no row of a table"),
          cure: say(
            "请把它放进表格的一行，这一行按人重复", "put it into a row of a table, which is repeated for each person")
        )
      }
    }
    for name in template.text.unclosed {
      reading.fault(
        at: spot, say("“\(file)”中的“{{\(name)”没有“}}”", "“{{\(name)” in “\(file)” lacks its “}}”"),
        cure: say("请在同一段中补上“}}”", "close it within the paragraph"))
    }
    for name in template.strays {
      let shown = within(name)
      reading.fault(
        at: spot,
        say(
          "\(shown.zh)在页眉、页脚或脚注中，不会填写",
          "\(shown.en) stands in a header, footer or note, which is not filled"),
        cure: say("请移到正文", "move it to the body"))
    }
    if !template.text.fields.contains(where: { $0.name == "row.name" }) {
      reading.fault(
        at: spot,
        say(
          "“\(file)”中没有“{{row.name}}”，谁也不列出", "“\(file)” has no “{{row.name}}”, so it lists nobody"),
        cure: say("请在表格的一行中写上“{{row.name}}”", "write “{{row.name}}” into a row of a table"))
    }
  }

  /// A document that no rubric names would change the pack's hash and nothing else.
  mutating func nameUnusedTemplates() {
    for file in templates where !usedTemplates.contains(file.path) {
      reading.files.append(Reading.File(shown: folder + "/" + file.path, text: ""))
      reading.fault(
        at: Spot(file: reading.files.count - 1, line: 1, column: 1),
        say("没有评价用这个模板", "no rubric uses this template"),
        cure: say(
          "请在评价规则中写“publicity: {template: \(file.path)}”，或移走",
          "write “publicity: {template: \(file.path)}” in a rubric, or move it away"))
    }
  }
}
