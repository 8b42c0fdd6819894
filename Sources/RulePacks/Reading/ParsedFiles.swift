import Tables

/// A file of a pack as text and as YAML.
struct ParsedFile: Sendable {
  /// Nil where the file is not in UTF-8.
  var text: String?
  /// Nil likewise; holding nil where the file is empty.
  var root: Result<YAMLNode?, YAMLFault>?

  /// - Parameter index: The file's place in `Reading.files`.
  init(_ file: PackFile, index: Int) {
    text = String(validating: file.bytes, as: UTF8.self)
    root = text.map { text in
      Result { () throws(YAMLFault) in try YAMLNode.parse(text, file: index) }
    }
  }
}

/// The files of a pack as YAML, in their order; made at the same time, because nothing else of a
/// run can begin before.
///
/// - Parameter first: The place of the first in `Reading.files`.
func parsed(_ files: [PackFile], first: Int) -> [ParsedFile] {
  atOnce(files.count, largestFirst: files.map(\.bytes.count)) { index in
    ParsedFile(files[index], index: first + index)
  }
}
