import Fields
import Labels
import RulePacks
import Tables

/// A column that says of each row whether it is in force: exports of what has changed carry one, and
/// clerks write it beside a row that they would have crossed out on paper.
struct RowMark: Sendable, Equatable {
  enum Meaning: Sendable {
    case inForce, deleted
    /// Somebody has to say.
    case returned
    /// The pack does not know the word.
    case unclear
  }

  var slot: Int32
  private let deleted: ConditionPlan
  private let inForce: ConditionPlan
  private let returned: ConditionPlan
  /// Bytes of a cell beyond which it is none of the words.
  private let longest: Int

  init(_ mark: DeletionMark, slot: Int32) {
    func plan(_ texts: [String]) -> ConditionPlan {
      ConditionPlan(slot: slot, texts: texts.map { Array($0.utf8) })
    }
    self.slot = slot
    deleted = plan(mark.deleted)
    inForce = plan(mark.inForce)
    returned = plan(mark.returned)
    // A full-width letter has three bytes where its key has one.
    longest = 3 * ((mark.deleted + mark.inForce + mark.returned).map(\.utf8.count).max() ?? 0)
  }

  /// What the mark says of a row; a blank one says nothing against it.
  func meaning(_ bytes: Span<UInt8>, _ cells: Span<CellRange>) -> Meaning {
    guard Int(slot) < cells.count, !cells[Int(slot)].isEmpty else { return .inForce }
    let cell = cells[Int(slot)]
    let range = trimmed(bytes, Int(cell.start), Int(cell.end))
    guard !range.isEmpty else { return .inForce }
    let text = bytes.extracting(range)
    let others: Meaning = inForce.texts.isEmpty ? .inForce : .unclear
    guard text.count <= longest else { return others }
    if inForce.isMet(by: text) { return .inForce }
    if deleted.isMet(by: text) { return .deleted }
    return returned.isMet(by: text) ? .returned : others
  }
}

extension RowPlan {
  /// Finds the columns that say whether a row is in force. One that a field reads says what the
  /// field says, unless it is any text.
  ///
  /// - Parameter slots: those of a name.
  mutating func findMarks(_ words: Words, slots: (_ name: String) -> [Int32]) {
    let read = fields.indices.filter { kind.fields[$0].type != .text }
      .flatMap { fields[$0].rules.flatMap(\.slots) }
    for mark in words.deletionMarks {
      for slot in mark.columns.flatMap(slots) where !read.contains(slot) {
        let found = RowMark(mark, slot: slot)
        if !marks.contains(found) { marks.append(found) }
      }
    }
  }
}

/// Rows of one file that are not in force by their own marks, and those of which nobody can tell.
struct DeletedRows: Sendable {
  private struct Met: Sendable {
    var rows = 0
    var first: Place
    /// How often each text occurs.
    var texts: [String: Int] = [:]
  }

  private(set) var count = 0
  private var deleted: [String: Met] = [:]
  private var unclear: [String: Met] = [:]
  /// Texts of a column that are told apart.
  private static let mostTexts = 100

  mutating func addDeleted(_ column: String, _ text: String, _ place: Place) {
    count += 1
    DeletedRows.add(text, place, to: &deleted[column])
  }

  mutating func addUnclear(_ column: String, _ text: String, _ place: Place) {
    DeletedRows.add(text, place, to: &unclear[column])
  }

  private static func add(_ text: String, _ place: Place, to met: inout Met?) {
    var known = met ?? Met(first: place)
    known.rows += 1
    if known.texts[text] != nil || known.texts.count < mostTexts {
      known.texts[text, default: 0] += 1
    }
    met = known
  }

  /// One of all rows that are deleted, and one a column of which words are not known.
  var findings: [Finding] {
    let firsts = deleted.values.map(\.first).sorted { $0.record < $1.record }
    let told = firsts.first.map { [deletedFinding(first: $0)] } ?? []
    return told + unclear.sorted { $0.key < $1.key }.map { unclearFinding($0.key, $0.value) }
  }

  private func deletedFinding(first: Place) -> Finding {
    let columns = deleted.sorted { $0.key < $1.key }.map { ($0.key, DeletedRows.list($0.value)) }
    return Finding(
      .warning, "rows-deleted", place: first,
      message: Bilingual(
        zh: "有 \(count) 行标明已删除（"
          + columns.map { "“\($0)”写的是\($1.zh)" }.joined(separator: "；")
          + "），未采用，计入“\(RowLabel.superseded.label.zh)”",
        en: "\(count) \(count == 1 ? "row is" : "rows are") marked as deleted ("
          + columns.map { "“\($0)” reads \($1.en)" }.joined(separator: "; ")
          + "), not used and counted as \(RowLabel.superseded.label.en)"),
      cure: Bilingual(
        zh: "请核对；同一批文件中另有一行仍写着这些记录的，那一行照常采用，不应采用的请一并删去",
        en:
          "look at them; where another row of the delivery still states such a record it is used, "
          + "so take it out, too, if it should not be"))
  }

  private func unclearFinding(_ column: String, _ met: Met) -> Finding {
    let list = DeletedRows.list(met)
    return Finding(
      .error, "deletion-unclear", place: met.first,
      message: Bilingual(
        zh: "“\(column)”列说明一行是否有效，其中 \(met.rows) 行的写法没有列出：\(list.zh)；这些行可能已经删除，"
          + "已按有效读取",
        en: "the column “\(column)” says whether a row is in force, and \(met.rows) "
          + "\(met.rows == 1 ? "row has a word" : "rows have words") there that nobody has listed: "
          + "\(list.en); such rows may be deleted ones, and were read as in force"),
      cure: Bilingual(
        zh: "请向报送单位问清这些写法的含义，并写入规则包 words 的 deletion-marks（deleted 或 in-force）",
        en: "ask the office what these words mean, and list them in `deletion-marks` of the rule "
          + "pack's words (`deleted` or `in-force`)"))
  }

  private static func list(_ met: Met) -> (zh: String, en: String) {
    let most = met.texts.sorted { $0.value == $1.value ? $0.key < $1.key : $0.value > $1.value }
      .prefix(5)
    return (
      most.map { "“\($0.key)”（\($0.value)行）" }.joined(separator: "、"),
      most.map { "“\($0.key)” (\($0.value))" }.joined(separator: ", ")
    )
  }
}

extension RowReader {
  /// Takes a row out that is not in force by its own marks, or of which somebody has to say.
  ///
  /// - Returns: false where the row is read as any other.
  mutating func takeMarked(
    _ bytes: Span<UInt8>, _ cells: Span<CellRange>, _ place: Place
  ) -> Bool {
    for index in plan.marks.indices {
      let mark = plan.marks[index]
      switch mark.meaning(bytes, cells) {
      case .inForce: continue
      case .unclear:
        deleted.addUnclear(name(of: mark), shownMark(mark, bytes, cells), place)
      case .deleted:
        read += 1
        deleted.addDeleted(name(of: mark), shownMark(mark, bytes, cells), place)
        return true
      case .returned:
        read += 1
        let fault = voidFault(name(of: mark), shownMark(mark, bytes, cells))
        quarantine.append(QuarantinedRow(place: place, record: plan.kind.id, faults: [fault]))
        keepUnaccepted(bytes, cells, place)
        layOutReturned(mark, title: name(of: mark))
        return true
      }
    }
    return false
  }

  /// Keeps whose a row is that is returned for its mark alone.
  private mutating func keepUnaccepted(
    _ bytes: Span<UInt8>, _ cells: Span<CellRange>, _ place: Place
  ) {
    scratch.removeAll(keepingCapacity: true)
    for field in simple.indices { stage(field, bytes, cells) }
    // What of it could not be read is nobody's concern before it is known to be in force.
    faults.removeAll(keepingCapacity: true)
    keepUnaccepted(bytes, place)
  }

  /// Lets rows of a block that are not plainly in force be looked at one by one.
  func setAside(
    _ mark: RowMark, _ block: RowBlock, _ bytes: Span<UInt8>, _ slow: inout [Bool]
  ) {
    for row in 0..<block.count where !slow[row] {
      let cells = block.cells.span.extracting(row * block.width..<(row + 1) * block.width)
      if mark.meaning(bytes, cells) != .inForce { slow[row] = true }
    }
  }

  private func name(of mark: RowMark) -> String {
    let slot = Int(mark.slot)
    return plan.slotNames.indices.contains(slot) ? scrubbed(plan.slotNames[slot]) : ""
  }

  private func shownMark(
    _ mark: RowMark, _ bytes: Span<UInt8>, _ cells: Span<CellRange>
  ) -> String {
    let cell = cells[Int(mark.slot)]
    let text = bytes.extracting(trimmed(bytes, Int(cell.start), Int(cell.end)))
    guard !mayTellPerson(text) else { return "***" }
    var copy: [UInt8] = []
    append(text.extracting(0..<min(text.count, 400)), to: &copy)
    let whole = scrubbed(String(decoding: copy, as: UTF8.self))
    return whole.count > 20 ? String(whole.prefix(20)) + "…" : whole
  }

  private func voidFault(_ column: String, _ text: String) -> QuarantinedRow.Fault {
    QuarantinedRow.Fault(
      code: "row-marked-void", field: "", raw: text,
      message: Bilingual(
        zh: "“\(column)”只写着“\(text)”，不知这一行是否仍然有效",
        en:
          "“\(column)” reads “\(text)” and nothing else, so nobody can tell whether the row is in "
          + "force"),
      cure: Bilingual(
        zh: "仍然有效的，请清空“\(column)”后重新报送；确已作废的，请从原文件中删去这一行",
        en:
          "if it is in force, empty “\(column)” and deliver the row again; if it is void, take the "
          + "row out of the file that it stands in"))
  }
}
