// Where in a file reading stops: lines are counted in what has been read of it.

extension CSVReading {
  /// The last line of the window.
  var lastLine: Int {
    var line = scanner.line
    let bytes = scanner.window.span.extracting(0..<scanner.end)
    var index = scanner.position
    while index < bytes.count {
      guard bytes[index] == 0x0A || bytes[index] == 0x0D else {
        index += 1
        continue
      }
      index = lineEnd(bytes, index)
      if index < bytes.count { line += 1 }
    }
    return line
  }

  func stop(_ fault: DecodingFault?) -> CSVStop {
    var line = scanner.line
    var column = 1
    for index in scanner.position..<scanner.window.count {
      column += 1
      if scanner.window[index] == 0x0A {
        line += 1
        column = 1
      }
    }
    return .decoding(fault ?? DecodingFault(offset: 0, isCut: false), line: line, column: column)
  }
}
