/// The steps that write one row of a sheet: markup between cells.
struct RowForm: Sendable {
  enum Step: Sendable {
    case markup(Int)
    /// A column's value between two pieces of markup; nothing at all where it is absent.
    case cell(Int, open: Int, close: Int)
    /// The number of the row.
    case serial
  }

  private(set) var steps: [Step] = []
  /// Texts of the markup, by number.
  private(set) var markup: [String] = []
  /// How values are escaped within this form.
  let escaping: Escaping

  /// XML: an element a row, its elements nested as their paths say.
  init(xml: Sheet.XML, columns: [Sheet.Column], lineEnd: String) {
    escaping = .xml
    let row = xml.path.last ?? "row"
    var root = Element(tag: row)
    for (index, column) in columns.enumerated() where !column.isOutside {
      root.insert(index, at: column.path[...], attribute: column.attribute)
    }
    write(root)
    add(lineEnd)
  }

  /// CSV: quoted where `isQuoted` says that a value may need it.
  init(csv: Sheet.CSV, columns: [Sheet.Column], isQuoted: [Bool], lineEnd: String) {
    escaping = .quoted
    if csv.serial != nil {
      steps.append(.serial)
      add(csv.separator)
    }
    for index in columns.indices {
      if index > 0 { add(csv.separator) }
      let quote = number(of: isQuoted[index] ? "\"" : "")
      steps.append(.cell(index, open: quote, close: quote))
    }
    add(lineEnd)
  }

  private mutating func number(of text: String) -> Int {
    markup.append(text)
    return markup.count - 1
  }

  private mutating func add(_ text: String) { steps.append(.markup(number(of: text))) }

  private mutating func write(_ element: Element) {
    if element.isLeaf, let column = element.column {
      let open = number(of: "<\(element.tag)>")
      steps.append(.cell(column, open: open, close: number(of: "</\(element.tag)>")))
      return
    }
    add("<" + element.tag)
    for (name, column) in element.attributes {
      let open = number(of: " \(name)=\"")
      steps.append(.cell(column, open: open, close: number(of: "\"")))
    }
    if element.children.isEmpty, element.column == nil {
      add("/>")
      return
    }
    add(">")
    if let column = element.column {
      let empty = number(of: "")
      steps.append(.cell(column, open: empty, close: empty))
    }
    for child in element.children { write(child) }
    add("</\(element.tag)>")
  }

  /// An element of a row while columns are being hung into it.
  private struct Element {
    var tag: String
    var attributes: [(name: String, column: Int)] = []
    var children: [Element] = []
    var column: Int?

    var isLeaf: Bool { attributes.isEmpty && children.isEmpty }

    mutating func insert(_ index: Int, at path: ArraySlice<String>, attribute: String?) {
      guard let first = path.first else {
        if let attribute { attributes.append((attribute, index)) } else { column = index }
        return
      }
      if let child = children.firstIndex(where: { $0.tag == first }) {
        children[child].insert(index, at: path.dropFirst(), attribute: attribute)
      } else {
        var child = Element(tag: first)
        child.insert(index, at: path.dropFirst(), attribute: attribute)
        children.append(child)
      }
    }
  }
}
