/// The list of planted faults that a run of the delivery is held to: a table in Markdown.
struct Expected: Sendable {
  var file: String
  private var intro: String
  private var outro: String
  private var columns: [String]

  init(_ place: Place) throws(SynthesisFailure) {
    try place.only(["file", "intro", "outro", "columns"])
    file = try place.required("file").text()
    intro = try place.required("intro").text()
    outro = try place["outro"]?.text() ?? ""
    columns =
      try place["columns"]?.texts() ?? [
        "fault", "file", "line", "subject", "column", "written", "expect", "say",
      ]
  }

  /// One row a fault, by file and line.
  func written(_ planted: [Planted]) -> String {
    let sorted = planted.sorted { left, right in
      left.file == right.file
        ? left.line == right.line
          ? left.expectation.fault < right.expectation.fault : left.line < right.line
        : left.file < right.file
    }
    var text = intro + (intro.hasSuffix("\n") ? "\n" : "\n\n")
    text += "| " + columns.joined(separator: " | ") + " |\n"
    text += "|" + String(repeating: " --- |", count: columns.count) + "\n"
    for fault in sorted {
      let cells = [
        fault.expectation.fault, fault.file, fault.line == 0 ? "" : "\(fault.line)",
        fault.subject, fault.column, fault.written, fault.expectation.expect,
        fault.expectation.say,
      ]
      text += "| " + cells.map(Expected.cell).joined(separator: " | ") + " |\n"
    }
    return outro.isEmpty ? text : text + "\n" + outro
  }

  private static func cell(_ text: String) -> String {
    text.replacing("|", with: "\\|").replacing("\n", with: " ")
  }
}
