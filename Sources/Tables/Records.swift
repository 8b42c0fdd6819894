/// Where a delivered row stands.
public struct Place: Sendable, Hashable {
  /// Index into the run's delivered files.
  public var file: Int32
  /// The line its first byte stands on, counted from 1.
  public var line: UInt32
  /// Which record of the file it is, counted from 1.
  public var record: UInt32

  public init(file: Int32, line: UInt32, record: UInt32) {
    self.file = file
    self.line = line
    self.record = record
  }
}

/// The accepted rows of one record kind: a column a field, in the order of the data dictionary.
public struct RecordTable: Sendable {
  public var columns: [Column]
  public var places: [Place]
  /// Precedence of the source profile that each row came through.
  public var precedences: [Int16]
  /// One a column, empty where none are kept: the text that each cell was read from, as delivered;
  /// nil for columns of which none is kept.
  public var delivered: [DeliveredTexts?] = []
  /// How many rows at the end no file delivered: they were made for corrections, whose places they
  /// have, and do not stand in the order of files and records.
  public var supplied = 0
  /// How many rows behind these were not accepted: that they are there is known, and at most which
  /// thing they are about, but not what else they say.
  public var unaccepted = 0

  public init(columns: [Column], places: [Place] = [], precedences: [Int16] = []) {
    self.columns = columns
    self.places = places
    self.precedences = precedences
  }

  public var count: Int { places.count }

  /// The same without what only linkage asks for.
  public var withoutPrecedences: RecordTable {
    var table = RecordTable(columns: columns, places: places)
    table.delivered = delivered
    table.supplied = supplied
    table.unaccepted = unaccepted
    return table
  }

  /// Whether a row was delivered and not accepted, so that its blank cells may be anything.
  public func isUnaccepted(_ row: Int) -> Bool { row >= count - unaccepted }

  public mutating func append(contentsOf other: RecordTable) {
    for index in columns.indices { columns[index].append(contentsOf: other.columns[index]) }
    places.append(contentsOf: other.places)
    precedences.append(contentsOf: other.precedences)
    guard delivered.count == other.delivered.count else {
      delivered = []
      return
    }
    for index in delivered.indices {
      if let more = other.delivered[index] { delivered[index]?.append(contentsOf: more) }
    }
  }
}

/// One delivered file and what became of its records.
///
/// `read` is the sum of `accepted`, `quarantined` and `superseded`.
public struct DeliveredFile: Sendable, Equatable {
  /// Path within the delivery, with `/`; of a sheet `book.xlsx:Sheet`.
  public var path: String
  /// The sheet's name, where the entry stands for one of a workbook.
  public var sheet: String?
  public var bytes: Int
  public var sha256: String
  public var encoding: String
  /// What the encoding was recognised by, e.g. “byte order mark”.
  public var encodingEvidence: String
  /// Id of the source profile.
  public var profile: String
  public var read = 0
  public var accepted = 0
  public var quarantined = 0
  public var superseded = 0
  /// Rows that only show how a form is filled in; not among those that were read.
  public var examples = 0
  /// Columns outside the data dictionary, dropped.
  public var droppedColumns: [String] = []
  public var controls: [ControlTotal] = []
  /// Whether records of it stand on one line, so that a line does not tell which is meant.
  public var sharesLines = false
  /// Rows of it that were not accepted, as they go back.
  public var returned = ReturnedRows()

  /// Path of the file that holds it.
  public var file: String {
    sheet.map { String(path.dropLast($0.count + 1)) } ?? path
  }

  public init(
    path: String, bytes: Int, sha256: String, encoding: String, encodingEvidence: String,
    profile: String
  ) {
    self.path = path
    self.bytes = bytes
    self.sha256 = sha256
    self.encoding = encoding
    self.encodingEvidence = encodingEvidence
    self.profile = profile
  }
}

/// A number that a file states about itself, and what Heng counted.
public struct ControlTotal: Sendable, Equatable {
  /// What is counted: “rows” or a field id.
  public var what: String
  public var stated: String
  public var counted: String
  public var line: Int
  public var agrees: Bool

  public init(what: String, stated: String, counted: String, line: Int, agrees: Bool) {
    self.what = what
    self.stated = stated
    self.counted = counted
    self.line = line
    self.agrees = agrees
  }
}

/// A delivered row that was not accepted, with every fault of it.
public struct QuarantinedRow: Sendable, Equatable {
  public var place: Place
  public var record: String
  public var faults: [Fault]

  public init(place: Place, record: String, faults: [Fault]) {
    self.place = place
    self.record = record
    self.faults = faults
  }

  public struct Fault: Sendable, Equatable {
    /// A stable word for the kind of fault, e.g. `bad-date`.
    public var code: String
    public var field: String
    /// The delivered text, free of resident identity numbers, shortened when very long.
    public var raw: String
    public var message: Bilingual
    /// How to mend the row and send it again.
    public var cure: Bilingual

    public init(code: String, field: String, raw: String, message: Bilingual, cure: Bilingual) {
      self.code = code
      self.field = field
      self.raw = raw
      self.message = message
      self.cure = cure
    }
  }
}

/// Something about the data that a person should look at; the run goes on.
public struct Finding: Sendable, Equatable {
  public enum Severity: String, Sendable, CaseIterable {
    case error, warning, note
  }

  public var severity: Severity
  /// A stable word for the kind of finding, e.g. `conflict` or `bad-check-digit`.
  public var rule: String
  /// Id of the subject, if one is concerned.
  public var subject: String?
  public var place: Place?
  public var field: String?
  public var message: Bilingual
  /// What to do about it.
  public var cure: Bilingual
  /// What somebody said of it who has looked at it.
  public var acknowledgement: Acknowledgement?

  public init(
    _ severity: Severity, _ rule: String, subject: String? = nil, place: Place? = nil,
    field: String? = nil, message: Bilingual, cure: Bilingual
  ) {
    self.severity = severity
    self.rule = rule
    self.subject = subject
    self.place = place
    self.field = field
    self.message = message
    self.cure = cure
  }
}

/// What intake gives: all accepted rows by record kind, and what was said about the rest.
public struct Delivery: Sendable {
  public var files: [DeliveredFile]
  /// One a record kind, in the order of the pack.
  public var records: [RecordTable]
  /// For each record kind, whether any file of it was delivered.
  public var delivered: [Bool]
  public var quarantine: [QuarantinedRow]
  /// By record kind, what could be read of rows that were not accepted, for telling whose they are;
  /// empty where none is kept.
  public var unaccepted: [RecordTable] = []
  public var findings: [Finding]
  /// What of the folder was not read, in order of the paths.
  public var aside: [SetAside] = []
  /// By record kind and field, the stated cells that could not be read.
  public var unread: [[Int]] = []

  public init(
    files: [DeliveredFile] = [], records: [RecordTable], delivered: [Bool],
    quarantine: [QuarantinedRow] = [], findings: [Finding] = []
  ) {
    self.files = files
    self.records = records
    self.delivered = delivered
    self.quarantine = quarantine
    self.findings = findings
  }
}
