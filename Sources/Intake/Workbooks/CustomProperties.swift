import Tables

extension ZipArchive {
  /// Bytes of the part; what is larger is none of ours.
  private static let mostOfProperties = 1 << 20

  /// Texts that a document holds about itself under names of its own, which office programs show
  /// nowhere but among its properties.
  ///
  /// A part that cannot be read says nothing: rows do not depend on it.
  func customProperties(_ part: String?, _ limits: WorkbookLimits) -> [String: String] {
    guard let part else { return [:] }
    var texts: [String: String] = [:]
    var name: String?
    var text: [UInt8] = []
    let listener = XMLListener(
      open: { element, attributes in
        guard element == "property" else { return }
        name = attributes["name"]
        text = []
      },
      close: { element in
        guard element == "property", let known = name else { return }
        texts[known] = String(decoding: text, as: UTF8.self)
        name = nil
      },
      text: { piece in
        guard name != nil else { return }
        for index in piece.indices { text.append(piece[index]) }
      })
    do throws(WorkbookFault) {
      try listen(to: part, most: min(limits.kept, ZipArchive.mostOfProperties), listener)
    } catch { return [:] }
    return texts
  }
}
