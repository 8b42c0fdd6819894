import Expressions
import Labels
import RulePacks
import Tables

/// Reads the facts behind a rule, down to the delivered rows.
///
/// Derived facts open into what they were derived from. Values of fields that are not public are
/// masked and name no row, so that whoever shows evidence cannot show them.
struct EvidenceReader {
  let dossiers: Dossiers
  let pack: RulePack

  /// How many rows of a list are shown, and how far derived facts open into others.
  static let rowsShown = 20
  private static let deepest = 12

  /// What an indicator, deduction or bonus read, each fact once.
  func evidence(
    of part: PartPlan, _ found: ReasonFinder.Found, subject: Int, row: Int
  ) -> [Explanation.Evidence] {
    let facts = evidence(
      of: found.used, subject: subject, row: row, verdicts: found.verdicts)
    guard case .opinions(let opinions) = part.form else { return facts }
    return [self.opinions(opinions, subject: subject, row: row)] + facts
  }

  /// Facts in the order in which they are used, each once; the fields that are read of one list
  /// are together.
  func evidence(
    of uses: [FactUse], subject: Int, row: Int, depth: Int = 0, verdicts: Verdicts = [:]
  ) -> [Explanation.Evidence] {
    var order: [Int] = []
    var fields: [Int: [Int]] = [:]
    for use in uses {
      let slot = use.slots[0]
      if !order.contains(slot) { order.append(slot) }
      guard use.slots.count > 1, !fields[slot, default: []].contains(use.slots[1]) else {
        continue
      }
      fields[slot, default: []].append(use.slots[1])
    }
    return order.map {
      fact(
        $0, fields: fields[$0] ?? [], subject: subject, row: row, depth: depth,
        verdicts: verdicts)
    }
  }

  private func fact(
    _ slot: Int, fields: [Int], subject: Int, row: Int, depth: Int, verdicts: Verdicts = [:]
  ) -> Explanation.Evidence {
    let fact = pack.subjects[subject].facts[slot]
    var evidence = leaf(slot, subject: subject, row: row)
    guard depth < EvidenceReader.deepest, fact.sensitivity == .open else { return evidence }
    switch dossiers.subjects[subject].facts[slot] {
    case .list(let record, let offsets, let rows):
      let range = Int(offsets[row])..<Int(offsets[row + 1])
      evidence.value = String(range.count)
      evidence.isList = true
      let verdicts = marks(verdicts[[slot]], of: range.count, in: &evidence)
      evidence.from = shownRows(range.count, verdicts).map { index in
        var listed = listed(
          fact, number: index + 1, record: record, row: rows[range.lowerBound + index],
          fields: fields)
        let isOpen = listed.sentence != nil && verdicts?[index] == .unknown
        listed.counts = isOpen ? nil : verdicts.map { $0[index] == .yes }
        return listed
      }
    case .members(let other, let offsets, let rows):
      let range = Int(offsets[row])..<Int(offsets[row + 1])
      evidence.value = String(range.count)
      evidence.isList = true
      let verdicts = marks(verdicts[[slot]], of: range.count, in: &evidence)
      evidence.from = shownRows(range.count, verdicts).map { index in
        var member = member(
          of: other, row: Int(rows[range.lowerBound + index]), facts: fields)
        member.counts = verdicts.map { $0[index] == .yes }
        return member
      }
    case .reference(let other, let slot, let rows):
      guard rows[row] >= 0 else { return evidence }
      let behind = self.fact(
        slot, fields: fields, subject: other, row: Int(rows[row]), depth: depth + 1)
      evidence.rule = behind.rule
      evidence.sentence = behind.sentence
      evidence.because = behind.because
      evidence.basis = behind.basis
      evidence.counted = behind.counted
      evidence.isList = behind.isList
      evidence.from = behind.from
    case .absent, .constant, .own, .chosen, .firstStated:
      guard case .derived(let index) = fact.origin else { return evidence }
      derive(pack.derivations[index], subject, row, depth: depth + 1, into: &evidence)
    }
    return evidence
  }

  /// The answers of a rule about the rows of a list, if it asked about all of them.
  private func marks(
    _ verdicts: [Decision.Verdict]?, of count: Int, in evidence: inout Explanation.Evidence
  ) -> [Decision.Verdict]? {
    guard let verdicts, verdicts.count == count else { return nil }
    evidence.counted = verdicts.count { $0 == .yes }
    return verdicts
  }

  /// Which rows are shown, in their order: those that count before the others.
  private func shownRows(_ count: Int, _ verdicts: [Decision.Verdict]?) -> [Int] {
    let most = EvidenceReader.rowsShown
    guard let verdicts, count > most else { return Array(0..<min(count, most)) }
    let counted = (0..<count).filter { verdicts[$0] == .yes }
    let others = (0..<count).filter { verdicts[$0] != .yes }
    return (counted + others).prefix(most).sorted()
  }

  /// A fact by itself.
  private func leaf(_ slot: Int, subject: Int, row: Int) -> Explanation.Evidence {
    let fact = pack.subjects[subject].facts[slot]
    let text = dossiers.text(subject: subject, fact: slot, row: row)
    let isOpen = fact.sensitivity == .open
    let value = text.map { isOpen ? shown($0, as: fact) : EvidenceReader.mask }
    var evidence = Explanation.Evidence(
      fact: fact.id, label: fact.label, value: value,
      provenance: isOpen ? dossiers.provenance(subject: subject, fact: slot, row: row) : nil,
      office: value == nil ? fact.office : nil)
    evidence.shown = text.map {
      isOpen
        ? pack.words(of: $0, as: fact) : Bilingual(zh: EvidenceReader.mask, en: EvidenceReader.mask)
    }
    if value == nil {
      evidence.absence = absence(slot, subject: subject, row: row)
      if isOpen { evidence.provenance = unread(slot, subject: subject, row: row) }
    }
    return evidence
  }

  static let mask = "***"

  /// The row in which a missing fact is blank, or stands as text that could not be read.
  private func unread(_ slot: Int, subject: Int, row: Int) -> Provenance? {
    switch dossiers.subjects[subject].facts[slot] {
    case .firstStated(let slots, let blocked):
      blocked.place(of: row).map { unread(slots[$0], subject: subject, row: row) }
        ?? slots.lazy.compactMap { unread($0, subject: subject, row: row) }.first
    case .chosen, .reference: dossiers.provenance(subject: subject, fact: slot, row: row)
    case .absent, .constant, .own, .list, .members: nil
    }
  }

  private func absence(_ slot: Int, subject: Int, row: Int) -> CellState? {
    switch dossiers.subjects[subject].facts[slot] {
    case .own(let column): column.presence[row]
    case .chosen(let record, let field, let rows):
      rows[row] < 0
        ? nil : dossiers.records[record].columns[field].presence[Int(rows[row])]
    case .firstStated(let slots, let blocked):
      blocked.place(of: row).map { absence(slots[$0], subject: subject, row: row) }
        ?? slots.lazy.compactMap { absence($0, subject: subject, row: row) }.first
    case .reference(let other, let fact, let rows):
      rows[row] < 0 ? nil : absence(fact, subject: other, row: Int(rows[row]))
    case .absent, .constant, .list, .members: nil
    }
  }

  // MARK: - Derived facts

  private func derive(
    _ derivation: Derivation, _ subject: Int, _ row: Int, depth: Int,
    into evidence: inout Explanation.Evidence
  ) {
    evidence.basis = derivation.basis
    let finder = ReasonFinder(dossiers: dossiers, pack: pack, subject: subject, row: row)
    let vocabulary = pack.vocabulary(of: subject)
    switch derivation.form {
    case .value(let expression):
      let fact = pack.subjects[derivation.subject].facts[derivation.slot]
      let decision = finder.decision(expression, giving: fact.codes)
      evidence.rule = expression.text
      evidence.sentence = decision.sentence
      evidence.because = decision.reasons
      evidence.from = self.evidence(
        of: decision.used, subject: subject, row: row, depth: depth,
        verdicts: decision.verdicts)
    case .rules(let rules, _):
      decideRules(rules, derivation, finder, depth: depth, into: &evidence)
    case .lookup(_, let expression, _, _):
      let by = expression.sentence(vocabulary)
      evidence.rule = expression.text
      evidence.sentence = Bilingual(zh: "按\(by.zh)查对照表", en: "looked up by \(by.en)")
      evidence.from = self.evidence(
        of: expression.facts, subject: subject, row: row, depth: depth)
    case .successor(_, let expression):
      let of = expression.sentence(vocabulary)
      evidence.rule = expression.text
      evidence.sentence = Bilingual(
        zh: "\(of.zh)在截止日期的现行代码", en: "the code in force for \(of.en) on the as-of date")
      evidence.from = self.evidence(
        of: expression.facts, subject: subject, row: row, depth: depth)
    case .pick(let pick):
      evidence.rule = pick.condition?.text
      evidence.sentence = sentence(of: pick, subject: subject)
      evidence.from = [
        fact(
          pick.list, fields: pick.order == pick.take ? [pick.take] : [pick.order, pick.take],
          subject: subject, row: row, depth: depth)
      ]
    }
  }

  /// What decided, and whatever stood before it and did not hold.
  private func decideRules(
    _ rules: [Derivation.Rule], _ derivation: Derivation, _ finder: ReasonFinder, depth: Int,
    into evidence: inout Explanation.Evidence
  ) {
    var read: [FactUse] = []
    evidence.sentence = Bilingual(
      zh: "各条规则都不符合，按其他情形处理", en: "none of the rules holds; everything else")
    var verdicts: Verdicts = [:]
    for rule in rules {
      let decision = finder.decision(rule.when)
      read.append(contentsOf: decision.used)
      verdicts.merge(decision.verdicts) { first, _ in first }
      let isKnown = if case .value = decision.outcome { true } else { false }
      guard isKnown ? decision.outcome == .value("true") : !rule.skipsUnknown else { continue }
      evidence.rule = "\(rule.id): \(rule.when.text)"
      if !rule.basis.isEmpty { evidence.basis = rule.basis }
      evidence.because = decision.reasons
      let told = decision.sentence
      evidence.sentence =
        isKnown
        ? Bilingual(zh: "规则 \(rule.id)：\(told.zh)", en: "rule \(rule.id): \(told.en)")
        : Bilingual(
          zh: "规则 \(rule.id) 无法判定：\(told.zh)",
          en: "rule \(rule.id) cannot be decided: \(told.en)")
      break
    }
    evidence.from = self.evidence(
      of: read, subject: finder.subject, row: finder.row, depth: depth, verdicts: verdicts)
  }

  private func sentence(of pick: Derivation.Pick, subject: Int) -> Bilingual {
    let list = pack.subjects[subject].facts[pick.list].label
    let fields = pack.records[pick.record].fields
    let (order, take) = (fields[pick.order].label, fields[pick.take].label)
    let condition = pick.condition?.sentence(
      pack.vocabulary(ofRows: pick.record, beside: subject))
    return Bilingual(
      zh:
        "取“\(list)”中\(condition.map { "\($0.zh)、" } ?? "")“\(order)”\(pick.takesLatest ? "最近" : "最早")一条的“\(take)”",
      en:
        "“\(take)” of the row of “\(list)” with the \(pick.takesLatest ? "latest" : "earliest") “\(order)”\(condition.map { ", among those for which \($0.en)" } ?? "")"
    )
  }

  // MARK: - Lists

  /// The opinions that are about an indicator, also those that do not count.
  private func opinions(
    _ plan: OpinionPlan, subject: Int, row: Int
  ) -> Explanation.Evidence {
    let slot = plan.opinions.list
    let fact = pack.subjects[subject].facts[slot]
    var evidence = Explanation.Evidence(
      fact: fact.id, label: fact.label, value: nil, provenance: nil, office: fact.office)
    let listed = dossiers.rowBatch(
      of: subject, list: slot, at: [Int32(clamping: row)], demand: plan.demand)
    guard let listed else { return evidence }
    let fields = [plan.opinions.grade, plan.opinions.signed, plan.opinions.basis]
      .compactMap { $0 }
    let sheet = OpinionSheet(plan, rows: listed.rows, facts: listed.batch)
    for index in listed.rows.indices where evidence.from.count < EvidenceReader.rowsShown {
      let standing = sheet.standing(of: index)
      if case .doesNotConcern = standing { continue }
      var opinion = self.listed(
        fact, number: evidence.from.count + 1, record: plan.opinions.record,
        row: listed.rows[index], fields: fields)
      if case .refused(let kind) = standing {
        opinion.rule = kind.rule
        opinion.sentence = kind.sentence
        opinion.counts = false
      } else {
        opinion.counts = true
      }
      evidence.from.append(opinion)
    }
    evidence.isList = true
    evidence.counted = evidence.from.count { $0.counts == true }
    evidence.value = evidence.from.isEmpty ? nil : String(evidence.from.count)
    if evidence.value != nil { evidence.office = nil }
    return evidence
  }

  /// One row of a list with the fields that were read; of one that was not accepted, that it was not.
  private func listed(
    _ list: Fact, number: Int, record: Int, row: Int32, fields: [Int]
  ) -> Explanation.Evidence {
    let kind = pack.records[record]
    let row = Int(row)
    let columns = dossiers.records[record].columns
    let isUnaccepted = dossiers.records[record].isUnaccepted(row)
    let known = fields.filter { !isUnaccepted || columns[$0].presence.isStated(row) }
    let read = known.map { index in
      let field = kind.fields[index]
      let isOpen = field.sensitivity == .open
      let text = columns[index].text(row)
      var evidence = Explanation.Evidence(
        fact: field.id, label: field.label,
        value: text.map { isOpen ? shown($0, as: field) : EvidenceReader.mask },
        provenance: isOpen && text != nil
          ? Provenance(record: record, field: index, row: row) : nil,
        office: text == nil ? field.office ?? kind.office : nil)
      evidence.shown = text.map {
        isOpen
          ? pack.words(of: $0, as: field)
          : Bilingual(zh: EvidenceReader.mask, en: EvidenceReader.mask)
      }
      if text == nil {
        evidence.absence = columns[index].presence[row]
      }
      return evidence
    }
    let place = read.compactMap(\.provenance).first ?? openPlace(record: record, row: row)
    var evidence = Explanation.Evidence(
      fact: list.id, label: "\(list.label) \(number)", value: read.first?.value,
      provenance: place, office: nil, from: read)
    if isUnaccepted { evidence.sentence = RowLabel.notUsed }
    return evidence
  }

  /// A row of which no field was read is still shown where it stands.
  private func openPlace(record: Int, row: Int) -> Provenance? {
    pack.records[record].fields.firstIndex { $0.sensitivity == .open }
      .map { Provenance(record: record, field: $0, row: row) }
  }

  /// One member with the facts that were read; derived ones do not open further.
  private func member(of subject: Int, row: Int, facts: [Int]) -> Explanation.Evidence {
    let kind = pack.subjects[subject]
    let name = leaf(kind.name, subject: subject, row: row)
    let id = dossiers.subjects[subject].ids[row]
    return Explanation.Evidence(
      fact: id, label: name.value ?? id, value: id, provenance: name.provenance, office: nil,
      from: facts.map { leaf($0, subject: subject, row: row) })
  }
}
