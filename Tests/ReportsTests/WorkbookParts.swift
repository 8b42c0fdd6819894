import Archives

/// The text of every part of a workbook, by name.
func workbookParts(_ path: String) throws -> [String: String] {
  let zip = try ZipFile(path, isStrict: true)
  var parts: [String: String] = [:]
  for index in 0..<zip.count {
    var bytes: [UInt8] = []
    try zip.read(index) { piece in
      for place in piece.indices { bytes.append(piece[place]) }
      return true
    }
    parts[try zip.entry(index).name] = String(decoding: bytes, as: UTF8.self)
  }
  return parts
}
