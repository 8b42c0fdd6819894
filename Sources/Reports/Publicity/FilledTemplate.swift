import Archives
import RulePacks
import Tables

extension DocumentTemplate {
  /// The body with values in the place of their names; what has no value is left out.
  ///
  /// - Parameter rows: one for each repetition of a row, also by name.
  func body(_ values: [String: String], rows: [[String: String]]) -> [UInt8] {
    var bytes: [UInt8] = []
    write(pieces, values, rows: rows, row: nil, to: &bytes)
    return bytes
  }

  private func write(
    _ pieces: [Piece], _ values: [String: String], rows: [[String: String]],
    row: [String: String]?, to bytes: inout [UInt8]
  ) {
    for piece in pieces {
      switch piece {
      case .markup(let markup): bytes += markup
      case .field(let name):
        var text = HTML()
        text.text(row?[name] ?? values[name] ?? "")
        bytes += text.bytes
      case .row(let inner):
        // A row within the row of a person is that person's.
        for row in row.map({ [$0] }) ?? rows {
          write(inner, values, rows: rows, row: row, to: &bytes)
        }
      }
    }
  }

  /// The document, filled; all parts but the body as they are.
  func filled(
    _ values: [String: String], rows: [[String: String]], on day: PartialDate
  ) throws(ZipFault) -> [UInt8] {
    var files = parts.map { (name: $0.name, bytes: $0.bytes) }
    files[body].bytes = body(values, rows: rows)
    return try zipped(files, on: day.civil)
  }
}

/// Writes `publicity/HONOUR.docx`.
func writePublicity(
  _ notice: PublicNotice, to folder: String
) throws(ReportFailure) -> WrittenFile {
  let name = notice.path + ".docx"
  let path = "\(folder)/\(name)"
  guard let template = notice.publicity.template ?? plainTemplate(for: notice) else {
    throw .damaged(path)
  }
  let document: [UInt8]
  do throws(ZipFault) {
    document = try template.filled(notice.values, rows: notice.rows, on: notice.asOf)
  } catch {
    throw .damaged(path)
  }
  var file = try OutputFile(path, isText: false)
  try file.write(document)
  let (bytes, sha256) = try file.finish()
  return WrittenFile(path: name, bytes: bytes, sha256: sha256)
}
