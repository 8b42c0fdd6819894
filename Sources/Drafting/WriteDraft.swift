import Expressions
import Fields
import RulePacks
import Tables

/// The drafted pack as files.
extension Drafter {
  func written() -> [DraftedFile] {
    var files = [DraftedFile(path: "pack.yaml", text: about())]
    for (index, record) in records.enumerated() {
      files.append(
        DraftedFile(path: "records/\(number(index))-\(record.id).yaml", text: text(record)))
    }
    for source in sources {
      files.append(DraftedFile(path: "sources/\(source.id).yaml", text: text(source)))
    }
    var tables: Set<String> = []
    for field in records.flatMap(\.fields) where isCoded(field) && tables.insert(field.id).inserted
    {
      files.append(DraftedFile(path: "codes/\(field.id).csv", text: table(field)))
    }
    return files
  }

  private func number(_ index: Int) -> String { index < 9 ? "0\(index + 1)" : "\(index + 1)" }

  private func isCoded(_ field: FieldDraft) -> Bool {
    switch field.type {
    case .code, .grade, .division: true
    default: false
    }
  }

  // MARK: - Comments

  /// A comment in the language of the draft.
  func say(_ zh: String, _ en: String) -> String { comment(language == .zh ? zh : en) }

  /// A comment on what a person must decide.
  func decide(_ zh: String, _ en: String) -> String { say("待定：" + zh, "decide: " + en) }

  // MARK: - pack.yaml

  private func about() -> String {
    var lines = [
      say(
        "由 heng rules draft 根据报送文件归纳的草稿。标有“待定”的地方须由人决定，没有值的键须填写。",
        "Drafted by heng rules draft from delivered files. A person decides where it says “decide”; "
          + "keys without a value must be filled in."),
      "pack: draft  " + decide("与文件夹同名", "as the folder is called"),
      "title: \(language == .zh ? "草稿" : "Draft")  " + decide("规则包名称", "the pack's title"),
      "edition: \"1\"",
      "owner:  " + decide("对规则包负责的单位", "the body that answers for the pack"),
      "basis:  " + decide("所依据的文件", "the document the pack carries out"),
      "valid:",
      "  from:  " + decide("起始日期，如 2018-01-01", "first day, e.g. 2018-01-01"),
      "purposes:  " + decide("用途标识，如 [evaluation]", "ids of purposes, e.g. [evaluation]"),
      "contact:  " + decide("咨询和申诉窗口", "where to ask and appeal"),
    ]
    if !names.currency.isEmpty {
      lines.append("currency: \(yaml(names.currency))")
      let rates = names.currencies.sorted { $0.key < $1.key }
        .map { "\(yaml($0.key)): \($0.value)" }
      if !rates.isEmpty {
        lines.append(decide("折算率", "rates of exchange"))
        lines.append("currencies: {\(rates.joined(separator: ", "))}")
      }
    }
    lines += wordLines()
    lines.append("subjects:")
    for subject in subjects {
      let steps = subject.steps.map { $0.count == 1 ? yaml($0[0]) : yaml($0) }
      lines.append(
        "  " + decide("评价什么，靠哪些字段归并", "what is ranked, and by which fields rows find it"))
      lines.append(
        "  - {id: \(subject.id), title: \(yaml(subject.title)), identity: "
          + "[\(steps.joined(separator: ", "))], name: \(subject.name)}")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func wordLines() -> [String] {
    let words = names.words
    let lists = [
      ("yes", words.yes), ("no", words.no), ("not-stated", words.notStated),
      ("stated-none", words.statedNone), ("checked-none", words.checkedNone),
      ("totals", words.totals), ("footers", words.footers), ("about", words.about),
      ("open-ended", words.openEnded),
    ].filter { !$0.1.isEmpty }
    guard !lists.isEmpty else { return [] }
    var lines = [
      names.packs.isEmpty
        ? decide("填表用语见于报送文件", "words that stand in the files")
        : decide("填表用语取自现有规则包，或见于报送文件", "words of the pack at hand, or of the files"),
      "words:",
    ]
    for (key, texts) in lists {
      var unique: [String] = []
      for text in texts where !unique.contains(text) { unique.append(text) }
      lines.append("  \(key): \(yaml(unique))")
    }
    let multiples = words.multiples.sorted { $0.key < $1.key }
      .map { "\(yaml($0.key)): \($0.value)" }
    if !multiples.isEmpty { lines.append("  multiples: {\(multiples.joined(separator: ", "))}") }
    return lines
  }

  // MARK: - records

  private func text(_ record: RecordDraft) -> String {
    var lines = ["record: \(record.id)", "title: \(yaml(record.title))"]
    if let kind = record.known {
      lines.insert(
        say(
          "列名与规则包 \(names.packs[kind.pack].about.id) 的“\(names.kind(kind).title)”相符",
          "columns as in \(names.kind(kind).id) of \(names.packs[kind.pack].about.id)"), at: 0)
    } else {
      lines[0] += "  " + decide("标识", "the record kind's id")
    }
    guard let subject = record.subject else {
      lines.append("subject: corrections")
      return (lines + fields(of: record)).joined(separator: "\n") + "\n"
    }
    lines.append(
      "subject: \(subjects[subject].id)  " + decide("谁的数据", "whose rows these are"))
    if record.isMany {
      lines.append(
        "holds: many  " + decide("一个对象可有多行", "a subject may have several rows"))
      lines.append(
        "repeats: count  " + decide("或 unique: [哪些字段相同即为一件事]", "or unique: [fields]"))
    }
    if record.isRoster {
      lines.append(
        "roster: yes  " + decide("出现在这里就算评价对象", "being listed here makes a subject"))
    }
    return (lines + fields(of: record)).joined(separator: "\n") + "\n"
  }

  private func fields(of record: RecordDraft) -> [String] {
    ["fields:"]
      + record.fields.flatMap { field -> [String] in
        guard let type = field.type else { return ["  " + dropped(field)] }
        return ["  " + evidence(field)] + values(field).map { "  " + $0 }
          + ["  - {" + keys(field, type).joined(separator: ", ") + "}"]
      }
  }

  /// The values of a code set with how often each is stated, where they are few.
  private func values(_ field: FieldDraft) -> [String] {
    let stated = (texts[field.id] ?? [:]).sorted {
      $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value
    }
    guard isCoded(field), (1...12).contains(stated.count) else { return [] }
    return [
      comment(
        language == .zh
          ? "值：" + stated.map { "\($0.key) × \($0.value)" }.joined(separator: "、")
          : "values: " + stated.map { "\($0.key) × \($0.value)" }.joined(separator: ", "))
    ]
  }

  private func keys(_ field: FieldDraft, _ type: FieldType) -> [String] {
    var keys = ["id: \(field.id)", "label: \(yaml(field.label))", "type: \(type.rawValue)"]
    let aliases = Set(field.columns.map(lastName)).subtracting([field.label]).sorted()
    if !aliases.isEmpty { keys.append("aliases: \(yaml(aliases))") }
    if isCoded(field) { keys.append("codes: \(field.id)") }
    if let known = field.known, known.type == type {
      if !known.unit.isEmpty { keys.append("unit: \(yaml(known.unit))") }
      if known.scale.millionths != Exact.one { keys.append("scale: \(known.scale)") }
      let units = known.headerUnits.sorted { $0.key < $1.key }
        .map { "\(yaml($0.key)): \($0.value)" }
      if !units.isEmpty { keys.append("header-units: {\(units.joined(separator: ", "))}") }
    } else if let unit = field.columns.compactMap({ Drafting.unit(of: $0) }).first {
      keys.append("unit: \(yaml(unit))")
    }
    return keys
  }

  /// How sure the type is.
  private func evidence(_ field: FieldDraft) -> String {
    let guess = field.guess
    guard guess.stated > 0 else {
      return decide("没有一行有值，类型未知", "no row states it, so the type is unknown")
    }
    // Not rounded: all rows fit only where it says so.
    let percent = shownPercent(guess.fits * 1000 / guess.stated, decimals: 1)
    var zh = "\(guess.fits)/\(guess.stated) 符合类型（\(percent)）"
    var en = "\(guess.fits) of \(guess.stated) fit the type (\(percent))"
    if let known = field.known, known.type != field.type {
      zh += "；待定：现有规则包中是 \(known.type.rawValue)"
      en += "; decide: it is \(known.type.rawValue) in the pack at hand"
    } else if field.known == nil {
      let nearest = nearestName(to: lastName(field.columns.first ?? ""), among: names.labels)
      zh += "；待定：标识和类型"
      en += "; decide: id and type"
      if let nearest {
        zh += "，近似的有“\(nearest)”"
        en += ", near “\(nearest)”"
      }
    }
    if guess.fits < guess.stated {
      zh += "；不符合的按未填处理"
      en += "; the others will count as not stated"
    }
    return say(zh, en)
  }

  private func dropped(_ field: FieldDraft) -> String {
    guard case .doubtful(let doubt) = field.guess.kind else { return comment(field.label) }
    let why =
      switch doubt {
      case .identityNumbers: Bilingual(zh: "像身份证件号码", en: "looks like identity numbers")
      case .contacts: Bilingual(zh: "像电话、邮箱等联系方式", en: "looks like telephones or mail addresses")
      case .persons: Bilingual(zh: "像人名", en: "looks like names of persons")
      case .addresses: Bilingual(zh: "像住址", en: "looks like addresses")
      case .protected: Bilingual(zh: "现有规则包列为非公开", en: "not public in the pack at hand")
      }
    return decide(
      "已弃“\(field.label)”：\(why.zh)，确有需要再加",
      "left out “\(field.label)”: \(why.en); add it only if it is needed")
  }

  // MARK: - codes

  private func table(_ field: FieldDraft) -> String {
    var order: [String] = []
    var rows: [String: (name: String, aliases: [String])] = [:]
    var taken: Set<String> = []
    let known = field.known?.codes.flatMap { table in
      field.pack.map { names.packs[$0].codes[table] }
    }
    let stated = (texts[field.id] ?? [:]).sorted {
      $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value
    }
    // Codes that a pack at hand knows come first, in its order: for grades the best one.
    let resolved = stated.map { text, _ in (text, known?.index[matchingKey(text)]) }
    for (text, row) in resolved.sorted(by: { ($0.1 ?? .max) < ($1.1 ?? .max) }) {
      let code = row.flatMap { known?.codes[Int($0)] }
      let id = code?.code ?? text
      if rows[id] == nil {
        guard taken.insert(matchingKey(id)).inserted else { continue }
        let name = code?.name ?? text
        rows[id] = (taken.insert(matchingKey(name)).inserted ? name : id, [])
        order.append(id)
      }
      if !text.contains("|"), taken.insert(matchingKey(text)).inserted {
        rows[id]?.aliases.append(text)
      }
    }
    let lines = order.map { id in
      [id, rows[id]?.name ?? id, rows[id]?.aliases.joined(separator: "|") ?? ""]
        .map(csv).joined(separator: ",")
    }
    let some = lines.isEmpty ? ["none,none,"] : lines
    return (["code,name,aliases"] + some).joined(separator: "\n") + "\n"
  }
}
