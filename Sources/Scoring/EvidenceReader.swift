import Expressions
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
  func evidence(of part: PartPlan, subject: Int, row: Int) -> [Explanation.Evidence] {
    let uses = part.part.form.expressions + (part.part.applies.map { [$0] } ?? [])
    let facts = evidence(of: uses.flatMap(\.facts), subject: subject, row: row)
    guard case .opinions(let opinions) = part.form else { return facts }
    return [self.opinions(opinions, subject: subject, row: row)] + facts
  }

  /// Facts in the order in which they are used, each once; the fields that are read of one list
  /// are together.
  func evidence(
    of uses: [FactUse], subject: Int, row: Int, depth: Int = 0
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
      fact($0, fields: fields[$0] ?? [], subject: subject, row: row, depth: depth)
    }
  }

  private func fact(
    _ slot: Int, fields: [Int], subject: Int, row: Int, depth: Int
  ) -> Explanation.Evidence {
    let fact = pack.subjects[subject].facts[slot]
    var evidence = leaf(slot, subject: subject, row: row)
    guard depth < EvidenceReader.deepest, fact.sensitivity == .open else { return evidence }
    switch dossiers.subjects[subject].facts[slot] {
    case .list(let record, let offsets, let rows):
      let range = Int(offsets[row])..<Int(offsets[row + 1])
      evidence.value = String(range.count)
      evidence.from = rows[range].prefix(EvidenceReader.rowsShown).enumerated().map {
        listed(fact, number: $0.offset + 1, record: record, row: $0.element, fields: fields)
      }
    case .members(let other, let offsets, let rows):
      let range = Int(offsets[row])..<Int(offsets[row + 1])
      evidence.value = String(range.count)
      evidence.from = rows[range].prefix(EvidenceReader.rowsShown).map {
        member(of: other, row: Int($0), facts: fields)
      }
    case .reference(let other, let slot, let rows):
      guard rows[row] >= 0 else { return evidence }
      let behind = self.fact(
        slot, fields: fields, subject: other, row: Int(rows[row]), depth: depth + 1)
      evidence.rule = behind.rule
      evidence.from = behind.from
    case .absent, .constant, .own, .chosen, .firstStated:
      guard case .derived(let index) = fact.origin else { return evidence }
      derive(pack.derivations[index], subject, row, depth: depth + 1, into: &evidence)
    }
    return evidence
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
    if value == nil { evidence.absence = absence(slot, subject: subject, row: row) }
    return evidence
  }

  static let mask = "***"

  private func absence(_ slot: Int, subject: Int, row: Int) -> CellState? {
    switch dossiers.subjects[subject].facts[slot] {
    case .own(let column): column.presence[row]
    case .chosen(let record, let field, let rows):
      rows[row] < 0
        ? nil : dossiers.records[record].columns[field].presence[Int(rows[row])]
    case .firstStated(let slots):
      slots.lazy.compactMap { absence($0, subject: subject, row: row) }.first
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
    switch derivation.form {
    case .value(let expression):
      evidence.rule = expression.text
      evidence.from = self.evidence(
        of: expression.facts, subject: subject, row: row, depth: depth)
    case .rules(let rules, _):
      // What decided, and whatever stood before it and did not hold.
      var read: [FactUse] = []
      for rule in rules {
        read.append(contentsOf: rule.when.facts)
        let facts = dossiers.batch(
          of: subject, rows: row..<row + 1, demand: rule.when.demand)
        let answer = rule.when.evaluate(over: facts)
        let isUnknown = !answer.isKnown(0)
        guard isUnknown ? !rule.skipsUnknown : answer.flags[0] else { continue }
        evidence.rule = "\(rule.id): \(rule.when.text)"
        break
      }
      evidence.from = self.evidence(of: read, subject: subject, row: row, depth: depth)
    case .lookup(_, let expression, _, _), .successor(_, let expression):
      evidence.rule = expression.text
      evidence.from = self.evidence(
        of: expression.facts, subject: subject, row: row, depth: depth)
    case .pick(let pick):
      evidence.rule = pick.condition?.text
      evidence.from = [
        fact(
          pick.list, fields: pick.order == pick.take ? [pick.take] : [pick.order, pick.take],
          subject: subject, row: row, depth: depth)
      ]
    }
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
      if case .refused(let kind) = standing { opinion.rule = kind.rule }
      evidence.from.append(opinion)
    }
    evidence.value = evidence.from.isEmpty ? nil : String(evidence.from.count)
    if evidence.value != nil { evidence.office = nil }
    return evidence
  }

  /// One row of a list with the fields that were read.
  private func listed(
    _ list: Fact, number: Int, record: Int, row: Int32, fields: [Int]
  ) -> Explanation.Evidence {
    let kind = pack.records[record]
    let row = Int(row)
    let read = fields.map { index in
      let field = kind.fields[index]
      let isOpen = field.sensitivity == .open
      let text = dossiers.records[record].columns[index].text(row)
      var evidence = Explanation.Evidence(
        fact: field.id, label: field.label,
        value: text.map { isOpen ? shown($0, as: field) : EvidenceReader.mask },
        provenance: isOpen && text != nil
          ? Provenance(record: record, field: index, row: row) : nil,
        office: text == nil ? field.office ?? kind.office : nil)
      if text == nil {
        evidence.absence = dossiers.records[record].columns[index].presence[row]
      }
      return evidence
    }
    let place = read.compactMap(\.provenance).first ?? openPlace(record: record, row: row)
    return Explanation.Evidence(
      fact: list.id, label: "\(list.label) \(number)", value: read.first?.value,
      provenance: place, office: nil, from: read)
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
