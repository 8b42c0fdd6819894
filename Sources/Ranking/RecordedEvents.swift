import Fields
import RulePacks
import Tables

/// What people recorded about the subjects of one kind.
struct RecordedEvents {
  /// By row of the subject.
  private(set) var bySubject: [Int: [RecordedEvent]] = [:]

  init(of subject: Int, pack: RulePack, dossiers: Dossiers) {
    for fact in dossiers.subjects[subject].facts {
      guard case .list(let record, let offsets, let rows) = fact,
        let role = pack.records[record].caseRole, dossiers.records[record].count > 0
      else { continue }
      let reader = CaseRows(pack: pack, record: record, table: dossiers.records[record])
      for row in 0..<dossiers.subjects[subject].count where offsets[row] < offsets[row + 1] {
        for listed in rows[Int(offsets[row])..<Int(offsets[row + 1])] {
          let events: [RecordedEvent] =
            switch role {
            case .objections: reader.objection(Int(listed))
            case .decisions: reader.decision(Int(listed))
            case .consultations: reader.consultation(Int(listed))
            case .successions: []
            // They are about findings, and move no case.
            case .acknowledgements: []
            }
          bySubject[row, default: []] += events
        }
      }
    }
  }
}

/// Reads rows of a record kind as events.
private struct CaseRows {
  let pack: RulePack
  let record: Int
  let table: RecordTable

  /// The filing, and how it was closed as far as the row says so.
  func objection(_ row: Int) -> [RecordedEvent] {
    let place = table.places[row]
    let number = text("objection_no", row)
    let filed = CaseFile.Objection(
      // Without a number every row is an objection of its own.
      number: number.isEmpty ? "#\(place.file)-\(place.record)" : number,
      filedOn: date("filed_on", row), grounds: text("grounds", row),
      firstAssessor: role("first_assessor", row), place: place)
    let honour = text("honour", row)
    var events: [RecordedEvent] = []
    if let on = filed.filedOn {
      events.append(
        RecordedEvent(event: .filed(filed), on: on.packed, honour: honour, place: place))
    }
    if let on = date("withdrawn_on", row) {
      let closing = CaseFile.Closing(outcome: .withdrawn, on: on, by: nil, answer: "")
      events.append(
        RecordedEvent(
          event: .closed(objection: filed.number, closing), on: on.packed, honour: honour,
          place: place))
    }
    guard let outcome = CaseFile.Closing.Outcome(rawValue: verdict("outcome", row)) else {
      // One without any date was filed all the same, and nobody has answered it.
      return events.isEmpty
        ? [
          RecordedEvent(
            event: .filed(filed), on: PartialDate.openEnd.packed, honour: honour, place: place)
        ] : events
    }
    // An answer without a date is taken after all that has one, as one that nobody signed.
    let on = date("answered_on", row)
    let closing = CaseFile.Closing(
      outcome: outcome, on: on ?? PartialDate.openEnd,
      by: on == nil ? nil : role("answered_by", row), answer: text("answer", row))
    events.append(
      RecordedEvent(
        event: .closed(objection: filed.number, closing), on: closing.on.packed, honour: honour,
        place: place))
    return events
  }

  func decision(_ row: Int) -> [RecordedEvent] {
    guard let result = CaseFile.Decision.Result(rawValue: verdict("decision_result", row)) else {
      return []
    }
    let on = date("decided_on", row)
    var decision = CaseFile.Decision(
      result: result, title: title("decision_result", row), on: on,
      by: role("decider_role", row), reasons: text("decision_reasons", row),
      saysDiffers: flag("differs", row), place: table.places[row])
    decision.adopted = code("proposal_then", row).flatMap { table, code in
      Screening.Proposal(rawValue: table.codes[code].code)
    }
    decision.answer = text("reservation_answer", row)
    decision.basis = text("override_basis", row)
    return [
      RecordedEvent(
        event: .decided(decision), on: (on ?? PartialDate.openEnd).packed,
        honour: text("honour", row), place: table.places[row])
    ]
  }

  /// Nothing where the body has not answered yet, or where it does not concern it.
  func consultation(_ row: Int) -> [RecordedEvent] {
    let isReservation: Bool
    switch verdict("consultation_value", row) {
    case "agrees": isReservation = false
    case "reserves": isReservation = true
    default: return []
    }
    let (body, on, place) = (title("body", row), date("signed_on", row), table.places[row])
    let reservation = CaseFile.Reservation(
      body: body, value: title("consultation_value", row), text: text("reservation", row), on: on,
      place: place)
    // What nobody dated is heard all the same, before all that has a date.
    return [
      RecordedEvent(
        event: .consulted(body: body, isReservation ? reservation : nil),
        on: on?.packed ?? Int32.min, honour: text("honour", row), place: place)
    ]
  }

  // MARK: - Cells

  private func column(_ id: String) -> (field: Field, column: Column)? {
    pack.records[record].field(id).map { (pack.records[record].fields[$0], table.columns[$0]) }
  }

  /// What is not public is only known to be there.
  private func text(_ id: String, _ row: Int) -> String {
    guard let (field, column) = column(id), let text = column.text(row) else { return "" }
    return field.sensitivity == .open ? text : "…"
  }

  private func role(_ id: String, _ row: Int) -> CaseFile.Role? {
    guard let (field, column) = column(id), let text = column.text(row), !text.isEmpty else {
      return nil
    }
    return CaseFile.Role(field.sensitivity == .open ? text : "…", key: matchingKey(text))
  }

  private func date(_ id: String, _ row: Int) -> PartialDate? {
    guard let (_, column) = column(id), case .day(let cells) = column,
      cells.presence.isStated(row)
    else { return nil }
    return PartialDate(packed: cells.values[row])
  }

  private func flag(_ id: String, _ row: Int) -> Bool? {
    guard let (_, column) = column(id), case .flag(let cells) = column,
      cells.presence.isStated(row)
    else { return nil }
    return cells.values[row]
  }

  private func code(_ id: String, _ row: Int) -> (table: CodeTable, code: Int)? {
    guard let (field, column) = column(id), let table = field.codes,
      case .code(let codes) = column, codes.cells.presence.isStated(row)
    else { return nil }
    return (pack.codes[table], Int(codes.cells.values[row]))
  }

  private func verdict(_ id: String, _ row: Int) -> String {
    code(id, row).map { $0.table.decides($0.code) } ?? ""
  }

  private func title(_ id: String, _ row: Int) -> String {
    guard let (table, code) = code(id, row) else { return "" }
    let name = table.codes[code].name
    return name.isEmpty ? table.codes[code].code : name
  }
}
