import Foundation
import GRDB
public import Tables

/// The texts by which the subjects of one kind are known beside their ids, so that the next run can
/// tell whether an id still stands for the same body.
public struct KindNames: Sendable {
  public var kind: String
  /// Of all subjects of the kind, ascending by bytes.
  public var ids: TextColumn
  /// Ids of the facts that the texts are of, the name first.
  public var facts: [String]
  /// The text of one of them for a subject; nil where nothing is stated.
  public var text: @Sendable (_ fact: Int, _ row: Int) -> String?

  public init(
    kind: String, ids: TextColumn, facts: [String],
    text: @escaping @Sendable (_ fact: Int, _ row: Int) -> String?
  ) {
    self.kind = kind
    self.ids = ids
    self.facts = facts
    self.text = text
  }
}

/// What a recorded run knew subjects by, beside the subjects of now.
public struct EarlierNames: Sendable {
  public var facts: [String]
  /// Subjects of now, by row, that were there under another name, with all texts of then.
  public var renamed: [(row: Int, texts: [String?])] = []
  /// Subjects of then that are not there now.
  public var gone: [(id: String, texts: [String?])] = []
  /// Rows of subjects that were not there then, ascending.
  public var new: [Int] = []
}

/// A body that a person said is, or is not, one of an earlier run.
public struct PastSuccession: Sendable, Hashable {
  public var kind: String
  /// Id in the run in which it was said.
  public var subject: String
  /// Id in earlier runs; the same where only the name is another.
  public var earlier: String
  /// The names that were told apart.
  public var names: Names
  public var isSame: Bool

  public struct Names: Sendable, Hashable {
    public var then: String
    public var now: String

    public init(then: String, now: String) {
      self.then = then
      self.now = now
    }
  }

  public init(kind: String, subject: String, earlier: String, names: Names, isSame: Bool) {
    self.kind = kind
    self.subject = subject
    self.earlier = earlier
    self.names = names
    self.isSame = isSame
  }
}

extension Ledger {
  /// The names of a recorded run beside those of now.
  ///
  /// - Returns: nil where the run kept none.
  /// - Complexity: one pass over the names of the kind.
  public func names(of run: Int, beside now: KindNames) throws(LedgerFailure) -> EarlierNames? {
    try read { database in
      let text = try String.fetchOne(
        database, sql: "SELECT facts FROM name_kind WHERE run = ? AND kind = ?",
        arguments: [run, now.kind])
      guard let text else { return nil }
      let facts = try JSONDecoder().decode([String].self, from: Data(text.utf8))
      var reader = NamesBeside(now, facts: facts)
      let stretches = Stretches(table: .names, run: run, key: now.kind, header: text)
      try stretches.forEach(in: database) { bytes in
        let isWhole = PackedNames(bytes: bytes).forEach(facts: facts.count) { reader.add($0, $1) }
        guard isWhole else { throw stretches.damage }
      }
      return reader.finished
    }
  }

  /// The name of one subject in each run that kept it.
  public func names(of subject: String) throws(LedgerFailure) -> [Int: String] {
    let id = Array(subject.utf8)
    return try read { database in
      var names: [Int: String] = [:]
      for row in try Row.fetchAll(
        database,
        sql: """
          SELECT run, kind, facts FROM name_kind WHERE \(Ledger.isPublished("run"))
          """)
      {
        let run: Int = try row.decode(forColumn: "run")
        let kind: String = try row.decode(forColumn: "kind")
        let text: String = try row.decode(forColumn: "facts")
        let facts = try JSONDecoder().decode([String].self, from: Data(text.utf8))
        let stretches = Stretches(table: .names, run: run, key: kind, header: text)
        guard let bytes = try stretches.bytes(of: id, in: database) else { continue }
        let isWhole = PackedNames(bytes: bytes).forEach(facts: facts.count) { found, texts in
          if found == id { names[run] = texts.first ?? nil }
        }
        guard isWhole else { throw stretches.damage }
      }
      return names
    }
  }

  /// What was said of bodies in runs recorded before a place in the ledger, oldest first.
  public func successions(before sequence: Int = Int.max) throws(LedgerFailure) -> [PastSuccession]
  {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM succession WHERE run < ? AND \(Ledger.isPublished("run"))
          ORDER BY run, kind, subject
          """, arguments: [sequence]
      ).map { row in
        PastSuccession(
          kind: try row.decode(forColumn: "kind"), subject: try row.decode(forColumn: "subject"),
          earlier: try row.decode(forColumn: "earlier"),
          names: PastSuccession.Names(
            then: try row.decode(forColumn: "earlier_name"),
            now: try row.decode(forColumn: "name")),
          isSame: try row.decode(forColumn: "is_same"))
      }
    }
  }
}

func insert(_ succession: PastSuccession, of run: Int, into database: Database) throws {
  try database.execute(
    sql: "INSERT OR REPLACE INTO succession VALUES (?, ?, ?, ?, ?, ?, ?)",
    arguments: [
      run, succession.kind, succession.subject, succession.earlier, succession.names.then,
      succession.names.now, succession.isSame,
    ])
}

/// Goes through the names of then and the subjects of now side by side.
private struct NamesBeside {
  private let now: KindNames
  private var found: EarlierNames
  /// The first subject of now that is not before what was read.
  private var row = 0

  init(_ now: KindNames, facts: [String]) {
    self.now = now
    found = EarlierNames(facts: facts)
  }

  mutating func add(_ id: [UInt8], _ texts: [String?]) {
    while row < now.ids.count {
      let own = now.ids.bytes[now.ids.range(row)]
      if own.elementsEqual(id) {
        if texts.first != now.text(0, row) { found.renamed.append((row, texts)) }
        row += 1
        return
      }
      guard own.lexicographicallyPrecedes(id) else { break }
      found.new.append(row)
      row += 1
    }
    found.gone.append((String(decoding: id, as: UTF8.self), texts))
  }

  var finished: EarlierNames {
    var all = found
    all.new += row..<max(row, now.ids.count)
    return all
  }
}

/// Names of some subjects in the order of their ids, packed: a subject is its id as packed results
/// have it, then for each fact 0 where nothing is stated, else the bytes of its text and one more,
/// and the text.
struct PackedNames {
  private(set) var bytes: [UInt8] = []

  init(_ names: KindNames, rows: Range<Int>) {
    var writer = ByteWriter()
    var previous: ArraySlice<UInt8> = []
    for row in rows {
      let id = names.ids.bytes[names.ids.range(row)]
      let shared = zip(id, previous).prefix { $0 == $1 }.count
      writer.append(shared)
      writer.append(id.dropFirst(shared))
      previous = id
      for fact in names.facts.indices {
        guard let text = names.text(fact, row) else {
          writer.append(0)
          continue
        }
        let utf8 = Array(text.utf8)
        writer.append(utf8.count + 1)
        writer.bytes.append(contentsOf: utf8)
      }
    }
    bytes = writer.bytes
  }

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// - Returns: false for damaged bytes.
  func forEach(facts: Int, body: (_ id: [UInt8], _ texts: [String?]) -> Void) -> Bool {
    var reader = ByteReader(bytes: bytes)
    var id: [UInt8] = []
    while !reader.isAtEnd {
      guard reader.readID(over: &id) else { return false }
      var texts: [String?] = []
      for _ in 0..<facts {
        guard let size = reader.number() else { return false }
        guard size > 0 else {
          texts.append(nil)
          continue
        }
        guard let text = reader.take(size - 1) else { return false }
        texts.append(String(decoding: text, as: UTF8.self))
      }
      body(id, texts)
    }
    return true
  }
}
