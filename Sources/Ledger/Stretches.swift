import Fields
import Foundation
import GRDB

/// The tables of packed rows: a row holds a stretch of subjects in the order of their ids, those
/// from `first` to the next row's.
enum StretchTable: String, CaseIterable {
  case results = "result_stretch"
  case facts = "fact_stretch"
  case names = "name_stretch"

  /// The column that, beside the run, tells whose stretches belong together.
  fileprivate var key: String { self == .facts ? "rubric" : "kind" }
}

/// Some subjects of a run, packed.
struct Stretch: Sendable {
  var first: Data
  var data: Data
  /// Of the header that the bytes refer to and of the bytes; nil in ledgers of before it was kept.
  var digest: String?

  init(first: ArraySlice<UInt8>, bytes: [UInt8], header: String) {
    self.first = Data(first)
    data = Data(bytes)
    digest = Stretch.digest(of: bytes, header: header)
  }

  static func digest(of bytes: [UInt8], header: String) -> String {
    var digest = Digest()
    digest.update(Array(header.utf8))
    digest.update(bytes)
    return digest.finish()
  }
}

/// The stretches of one kind of subject, or of one rubric, in one run.
struct Stretches {
  var table: StretchTable
  var run: Int
  /// The kind, or for facts the rubric.
  var key: String
  /// As it stands in the ledger, since the digests are over its text, too.
  var header: String

  func insert(_ stretches: [Stretch], kind: String, into database: Database) throws {
    let columns =
      table == .facts ? "run, rubric, first, data, digest, kind" : "run, kind, first, data, digest"
    let marks = table == .facts ? "?, ?, ?, ?, ?, ?" : "?, ?, ?, ?, ?"
    let statement = try database.makeStatement(
      sql: "INSERT INTO \(table.rawValue) (\(columns)) VALUES (\(marks))")
    for stretch in stretches {
      var values: StatementArguments = [run, key, stretch.first, stretch.data, stretch.digest]
      if table == .facts { values += [kind] }
      try statement.execute(arguments: values)
    }
  }

  /// The bytes in which a subject stands, if it stands anywhere.
  ///
  /// - Throws: `DamagedRow` where they are not those that were written.
  func bytes(of id: [UInt8], in database: Database) throws -> [UInt8]? {
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT data, digest FROM \(table.rawValue) WHERE run = ? AND \(table.key) = ? AND first <= ?
        ORDER BY first DESC LIMIT 1
        """, arguments: [run, key, Data(id)])
    return try row.map(checked)
  }

  /// All bytes, in the order of the ids.
  ///
  /// - Throws: `DamagedRow` where they are not those that were written.
  func forEach(in database: Database, _ body: ([UInt8]) throws -> Void) throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT data, digest FROM \(table.rawValue) WHERE run = ? AND \(table.key) = ? ORDER BY first
        """, arguments: [run, key])
    while let row = try rows.next() { try body(try checked(row)) }
  }

  /// What is thrown where bytes cannot be read.
  var damage: DamagedRow { DamagedRow(table: table.rawValue, run: run, kind: key) }

  private func checked(_ row: Row) throws -> [UInt8] {
    let data: Data = try row.decode(forColumn: "data")
    let bytes = [UInt8](data)
    let digest: String? = try row.decode(forColumn: "digest")
    guard digest == nil || digest == Stretch.digest(of: bytes, header: header) else { throw damage }
    return bytes
  }
}
