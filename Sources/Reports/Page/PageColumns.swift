import Tables

extension ReportTable {
  /// For the page, what heads its columns: id, label, kind, and of words all that occur; and how
  /// many decimals points have.
  func writeHeads(to json: inout JSON) {
    json.number("decimals", points.decimals)
    json.array("heads") { json in
      for column in columns(for: .page) {
        json.object { json in
          json.string("id", column.id)
          json.bilingual("label", column.label)
          json.string("kind", column.values.kind)
          guard case .words(let words, _) = column.values else { return }
          json.array("words") { json in
            for (id, label) in zip(words.ids, words.labels) {
              json.object { json in
                json.string("id", id)
                json.bilingual("label", label)
              }
            }
          }
        }
      }
    }
  }

  /// For the page, some rows: how many, and by id of each column what stands in it.
  ///
  /// Numbers are a list, of words their numbers; texts are one text with a line each, or, where
  /// they repeat, `{texts, of}` with the number of each row's own.
  func writeColumns(_ asked: [Int32], to json: inout JSON) {
    json.number("count", asked.count)
    json.object("columns") { json in
      for column in columns(for: .page) {
        switch column.values {
        case .texts(let make): write(column.id, make(asked), to: &json)
        case .shared(let make):
          let (numbers, pieces) = make(asked)
          var texts = SharedTexts()
          let own = (0..<pieces.count).map { texts.number(pieces.text($0)) }
          json.shared(column.id, texts.texts, numbers.map { own[Int($0)] })
        case .figures(let make):
          write(column.id, TextBuffer(asked.lazy.map { make(Int($0)).shown.utf8 }), to: &json)
        case .words(_, let make), .ranks(let make): json.numbers(column.id, make(asked))
        case .counts(let make), .points(let make), .shares(let make):
          json.raw(column.id) { $0.appendNumbers(make(asked)) }
        }
      }
    }
  }

  /// The whole table as a file of `data/`, at most so many rows.
  ///
  func pageDocument(_ name: String, most: Int) -> Document {
    pageDocument(name, asked(0..<min(count, most)))
  }

  /// Some rows as a file of `data/`.
  ///
  /// - Parameter more: what the page needs beside the columns.
  func pageDocument(
    _ name: String, _ asked: [Int32], more: (inout JSON) -> Void = { _ in }
  ) -> Document {
    var json = JSON()
    json.object { json in
      writeHeads(to: &json)
      writeColumns(asked, to: &json)
      more(&json)
    }
    return dataDocument(name, json.bytes)
  }

  private func write(_ id: String, _ pieces: TextBuffer, to json: inout JSON) {
    // Ids and names of large tables are each somebody's own.
    guard !jumps else { return json.raw(id) { $0.appendLines(pieces) } }
    var texts = SharedTexts()
    let numbers = (0..<pieces.count).map { texts.number(pieces.text($0)) }
    if texts.texts.count * 2 > pieces.count {
      json.raw(id) { $0.appendLines(pieces) }
    } else {
      json.shared(id, texts.texts, numbers)
    }
  }
}

extension ReportColumn.Values {
  /// How the page shows them.
  fileprivate var kind: String {
    switch self {
    case .texts, .shared, .figures: "text"
    case .words: "word"
    case .counts: "count"
    case .ranks: "rank"
    case .points: "points"
    case .shares: "share"
    }
  }
}

extension JSON {
  fileprivate mutating func shared(_ key: String, _ texts: [String], _ numbers: [Int]) {
    object(key) { json in
      json.strings("texts", texts)
      json.numbers("of", numbers)
    }
  }
}

extension [UInt8] {
  /// A list of numbers, null for `CSV.absent`.
  fileprivate mutating func appendNumbers(_ numbers: [Int32]) {
    append(addingCapacity: numbers.count * 21 + 2) { output in
      output.append(UInt8(ascii: "["))
      for (index, number) in numbers.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        if number == CSV.absent { output.put("null") } else { output.putDigits(Int(number)) }
      }
      output.append(UInt8(ascii: "]"))
    }
  }

  /// Texts as one, a line each: that is read many times faster than as many texts.
  fileprivate mutating func appendLines(_ pieces: TextBuffer) {
    append(UInt8(ascii: "\""))
    append(addingCapacity: pieces.bytes.count * 6 + pieces.count * 2) { output in
      let all = pieces.bytes.span
      for number in 0..<pieces.count {
        if number > 0 { output.put("\\n") }
        let text = all.extracting(pieces.range(number))
        if needsEscapes(text) {
          for index in text.indices { output.putEscaped(text[index] == 0x0A ? 0x20 : text[index]) }
        } else {
          output.put(text)
        }
      }
    }
    append(UInt8(ascii: "\""))
  }
}
