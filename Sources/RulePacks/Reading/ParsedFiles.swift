import Dispatch
import Synchronization

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
  let parsed = Mutex([ParsedFile?](repeating: nil, count: files.count))
  // The longest first, so that nobody waits for one at the end.
  let order = files.indices.sorted { files[$0].bytes.count > files[$1].bytes.count }
  DispatchQueue.concurrentPerform(iterations: order.count) { turn in
    let index = order[turn]
    let file = ParsedFile(files[index], index: first + index)
    parsed.withLock { $0[index] = file }
  }
  return parsed.withLock { $0.compactMap { $0 } }
}
