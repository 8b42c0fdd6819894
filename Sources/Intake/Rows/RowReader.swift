import Fields
import RulePacks
import Tables

/// Takes the rows of one file: types every field, quarantines what cannot be accepted, and keeps
/// the rest in columns.
///
/// Nothing of a row reaches the columns before all of it has been read, so a quarantined row
/// leaves no trace there, and all of its faults are known. What could be read of it is kept apart.
struct RowReader: Sendable {
  private(set) var plan: RowPlan
  let file: Int32
  let asOf: PartialDate
  let digestKey: [UInt8]?
  var table: TableBuilder
  /// What could be read of rows that were not accepted, by which linkage tells whose they are.
  var unaccepted: TableBuilder
  var quarantine: [QuarantinedRow] = []
  var findings: [Finding] = []
  /// What of these is listed, and what only counted.
  var bounds = ListBounds()
  /// By field, stated cells that could not be read.
  var unread: [Int]
  /// Delivered rows, and rows after cells with several values were taken apart.
  var delivered = 0
  var read = 0
  var totals: Totals
  /// Total rows above the rows that they are of, the nearest last.
  var totalsAbove: [StatedTotals] = []
  /// Rows delivered up to the last total row.
  var deliveredAtTotal = 0
  /// Instead of taking rows, collects the delivered text of some of them.
  var collector: RawCollector?
  /// The delivered texts that are kept beside the values.
  var kept = EvidenceTexts()
  /// Rows that may wait to be taken together; 1 for the obvious way.
  var mostWaiting = RowBlock.most
  /// Rows with a text in apostrophes, which may be quotes of another dialect.
  var apostrophes = QuotesInCells()
  /// Rows of which an identity holds what comparing folds away.
  var folded = FoldedIdentities()
  /// Rows in which columns of one name differ.
  var differing = DifferingColumns()
  /// Whether the rows are a sheet's, so that cells have names.
  var isSheet = false
  /// Whether a cell is refused that holds a date or the like where a code belongs; not while nobody
  /// knows what the columns hold.
  var refusesTurnedCodes = true

  /// By field, whether its column of a CSV file holds codes, whatever the dictionary calls it.
  var holdsCodes: [Bool]

  var readers: [CodeReader]
  private(set) var simple: [SimpleField]
  private(set) var special: SpecialFields
  var staged: [StagedCell]
  /// The fields of the rows in hand, where they are taken many at a time.
  var columns: [BlockColumn]
  var scratch: [UInt8] = []
  /// Room for a text that is cut out of another.
  var aside: [UInt8] = []
  var faults: [CellProblem] = []
  /// Rows that the file itself says are no longer in force.
  var deleted = DeletedRows()
  /// What cells of a column have in common, and the row in hand where one is taken by itself.
  var tallies = CellTallies()
  var scales = PercentScales()
  var placeInHand: Place?
  /// Rows that were not accepted, with their cells.
  var returned = ReturnedRows()
  /// What stands in which column of them, for the table in hand; empty until a row is returned.
  var returnedColumns: [(place: Int, column: ReturnedColumn)] = []
  /// Whether nobody will get rows back.
  var isSurveyed = false
  /// By returned row, the fields in which something could not be read.
  var unreadInRow: [UInt32: [Int]] = [:]
  /// Whether a row of a block holds what is counted where rows are taken alone.
  var needsSecondLook = false
  /// Cells that stand for a field in the row in hand, where a cell with several values was split.
  var chosen: [CellRange] = []

  init(
    _ plan: RowPlan, file: Int, asOf: PartialDate, digestKey: [UInt8]?
  ) {
    self.plan = plan
    self.file = Int32(file)
    self.asOf = asOf
    self.digestKey = digestKey
    table = TableBuilder(plan)
    unaccepted = TableBuilder(plan)
    unread = Array(repeating: 0, count: plan.fields.count)
    readers = plan.readers
    totals = Totals(plan.kind)
    special = SpecialFields(plan, asOf: asOf)
    simple = plan.fields.indices.map { SimpleField(plan, $0, asOf: asOf) }
    holdsCodes = Array(repeating: false, count: plan.fields.count)
    staged = Array(repeating: StagedCell(state: .notStated), count: plan.fields.count)
    columns = Array(repeating: BlockColumn(rows: RowBlock.most), count: plan.fields.count)
  }

  /// Takes one delivered row.
  ///
  /// - Parameters:
  ///   - cells: a range of `bytes` for each slot.
  ///   - repeats: further texts of slots that occurred more than once.
  mutating func read(
    _ bytes: Span<UInt8>, _ cells: Span<CellRange>, repeats: [RepeatedCell] = [], line: Int
  ) {
    delivered += 1
    let place = Place(
      file: file, line: UInt32(clamping: line), record: UInt32(clamping: delivered))
    guard collector == nil else {
      collect(bytes, cells, place)
      return
    }
    let before = quarantine.count
    if takeMarked(bytes, cells, place) {
      // Nothing of it is used.
    } else if repeats.isEmpty, special.splitSlots.isEmpty || !hasSplit(cells) {
      readOne(bytes, cells, place)
      addTotals()
    } else {
      takeSeveral(bytes, cells, repeats, place)
    }
    guard quarantine.count > before else { return }
    keepReturned(bytes, cells, repeats, record: place.record)
  }

  /// Whether a cell that may hold several values holds anything.
  private func hasSplit(_ cells: Span<CellRange>) -> Bool {
    for slot in special.splitSlots where Int(slot) < cells.count && !cells[Int(slot)].isEmpty {
      return true
    }
    return false
  }

  /// Counts a delivered row that cannot be read at all.
  mutating func refuse(line: Int, _ fault: QuarantinedRow.Fault) {
    refuse(line: line, [fault])
  }

  mutating func refuse(line: Int, _ faults: [QuarantinedRow.Fault]) {
    boundLists()
    delivered += 1
    read += 1
    let place = Place(
      file: file, line: UInt32(clamping: line), record: UInt32(clamping: delivered))
    quarantine.append(QuarantinedRow(place: place, record: plan.kind.id, faults: faults))
  }

  /// Goes on with other columns: a further table of the file.
  mutating func adopt(_ plan: RowPlan) {
    self.plan = plan
    returnedColumns = []
    readers = plan.readers
    special = SpecialFields(plan, asOf: asOf)
    simple = plan.fields.indices.map { SimpleField(plan, $0, asOf: asOf) }
  }

  mutating func add(_ finding: Finding) { findings.append(finding) }

  mutating func readOne(_ bytes: Span<UInt8>, _ cells: Span<CellRange>, _ place: Place) {
    read += 1
    scratch.removeAll(keepingCapacity: true)
    if !faults.isEmpty { faults.removeAll(keepingCapacity: true) }
    placeInHand = place
    for field in simple.indices { stage(field, bytes, cells) }
    // By index: a loop over the arrays themselves would count references for every row.
    for index in 0..<special.cuts.count where staged[special.cuts[index]].state == .notStated {
      cut(special.cuts[index], bytes)
    }
    placeInHand = nil
    for index in 0..<special.required.count
    where staged[special.required[index]].state != .stated {
      addMissing(special.required[index])
    }
    if let identity = plan.identity, plan.kind.needsSubject, !states(identity) {
      addMissingIdentity(identity)
    }
    noteFolded(bytes, cells, place)
    if !special.several.isEmpty { noteDiffering(bytes, cells, place) }
    if faults.isEmpty {
      table.append(staged, row: bytes, scratch: scratch, place: place)
    } else {
      finishFaulty(bytes, place)
    }
    if !special.divisions.isEmpty, faults.isEmpty { checkValidity(place) }
    if special.isFromSpreadsheet, !isSheet { noteApostrophes(bytes, place) }
    if !kept.isEmpty { keepDelivered(bytes, cells) }
  }

  /// Whether some identity step is stated in full.
  func states(_ identity: [[Int]]) -> Bool {
    for step in identity.indices {
      var isStated = true
      for index in identity[step].indices where staged[identity[step][index]].state != .stated {
        isStated = false
      }
      if isStated { return true }
    }
    return false
  }
}
