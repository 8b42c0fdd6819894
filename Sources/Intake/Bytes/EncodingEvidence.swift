/// Why a file is held to be in an encoding, in Chinese; the manifest has the English words.
extension EncodingGuess {
  var evidenceInChinese: String {
    var (lead, rest) = ("", Substring(evidence))
    for form in ["HTML, ", "JSON, ", "SpreadsheetML, "] where rest.hasPrefix(form) {
      lead = form.dropLast(2) + "，"
      rest = rest.dropFirst(form.count)
    }
    let words = EncodingGuess.words[String(rest)]
    if let words { return lead + words }
    // A declaration is told with what it says in brackets.
    for (english, chinese) in EncodingGuess.words where rest.hasPrefix(english + " (") {
      let said = rest.dropFirst(english.count + 2).dropLast()
      return lead + chinese + "“\(said)”"
    }
    return lead + rest
  }

  private static let words = [
    "byte order mark": "字节序标记", "valid UTF-8": "全部合乎 UTF-8", "ASCII": "全部是 ASCII",
    "not UTF-8, valid GB18030": "不合乎 UTF-8 而合乎 GB18030", "its first lines": "文件的前几行",
    "zero bytes of UTF-16": "UTF-16 特有的零字节", "XML declaration": "XML 声明",
    "XML without declaration": "没有 XML 声明，按标准即为 UTF-8",
    "a declaration in single bytes": "声明本身是单字节的", "what stands before it": "此处之前的内容",
    "encoding of the source profile": "来源配置的 encoding",
  ]
}
