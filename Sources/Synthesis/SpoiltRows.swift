/// Rows with faults, cell by cell as texts.
extension PartWriter {
  mutating func writeSpoilt(_ fault: Fault, _ section: Section, _ entity: inout Entity) {
    let own = plan.world.populations[section.population].facts.count
    let row = entity.row
    entity.row = 0
    plan.world.draw(Array(0..<own), by: section.script, into: &entity)
    entity.row = row
    plan.world.draw(Array(own..<section.facts.count), by: section.script, into: &entity)
    let slots = entity.slots
    if !outsideColumns.isEmpty || !isOpen { openOutside(section, slots) }
    let subject = plainCells(section, slots)[plan.sheet.subject] ?? ""
    for time in 0...fault.repeats {
      let edits = time == 0 ? fault.edits : fault.again
      var cells = plainCells(section, slots)
      for (column, edit) in edits {
        cells[column] = edited(
          cells[column], by: edit, slots[section.cells[column].fact], section, slots)
      }
      write(cells, shift: time == fault.repeats ? fault.shift : nil)
      if time > 0 || fault.repeats == 0 {
        let columns = edits.map(\.column)
        result.planted.append(
          Planted(
            file: part.file, line: line, subject: subject,
            column: columns.map { plan.sheet.columns[$0].id }.joined(separator: " "),
            written: columns.map { plan.sheet.hidden.contains($0) ? "***" : cells[$0] ?? "" }
              .joined(separator: " "),
            expectation: fault.expectation))
      }
    }
    mergedEntity = current
    for column in section.cells.indices where isMerged[column] {
      merged[column] = slots[section.cells[column].fact]
    }
  }

  /// The row's cells as texts; nil where nothing stands.
  private func plainCells(_ section: Section, _ slots: [Slot]) -> [String?] {
    section.cells.map { cell in
      guard cell.absent != nil || !cell.isEmpty(slots) else { return nil }
      var bytes: [UInt8] = []
      plan.write(cell, section, slots, plan.plain, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private func edited(
    _ cell: String?, by edit: Edit, _ slot: Slot, _ section: Section, _ slots: [Slot]
  ) -> String? {
    switch edit {
    case .text(let template):
      var bytes: [UInt8] = []
      plan.world.append(template, of: section.facts, slots, plan.plain, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    case .dated(let pattern):
      guard slot != .absent else { return cell }
      var bytes: [UInt8] = []
      pattern.append(slot, plan.plain, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    default: return cell.flatMap { edit.applied(to: $0) }
    }
  }

  private mutating func write(_ cells: [String?], shift: Int?) {
    for step in plan.form.steps {
      switch step {
      case .markup(let markup): plan.markup.append(markup, to: &body)
      case .serial: appendNumber(Int64(result.rows + 1), to: &body)
      case .cell(let column, let open, let close):
        if shift == column { body.append(contentsOf: encoded(separator)) }
        guard let text = cells[column] else { continue }
        let isCSV: Bool
        if case .csv = plan.sheet.format { isCSV = true } else { isCSV = false }
        let needsQuotes =
          isCSV && text.utf8.contains { separator.utf8.contains($0) || $0 == 34 || $0 == 10 }
        if needsQuotes {
          body.append(contentsOf: encoded("\"" + Escaping.quoted.applied(to: text) + "\""))
        } else {
          plan.markup.append(open, to: &body)
          body.append(contentsOf: encoded(plan.form.escaping.applied(to: text)))
          plan.markup.append(close, to: &body)
        }
        if needsQuotes { line += text.utf8.count { $0 == 10 } }
        if let number = Int64(text) {
          // Safe: as in `writeRow`.
          sums[column] &+= number &* unit(of: column)
        }
      }
    }
    line += 1
    result.rows += 1
  }

  private func unit(of column: Int) -> Int64 {
    if case .scaled(let unit)? = plan.sheet.sections.first?.cells[column].form { unit } else { 1 }
  }

  private var separator: String {
    if case .csv(let csv) = plan.sheet.format { csv.separator } else { "" }
  }
}
