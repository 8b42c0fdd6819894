import Fields

/// Whether a column by its name holds what a pack should not keep unless it needs it: heads and
/// contacts of organisations, telephones, addresses.
struct PersonalHeader {
  let doubt: Guess.Doubt?

  init(_ header: String) {
    let name = lastName(header)
    let key = matchingKey(name)
    let words = PersonalHeader.words(of: name)
    func holds(_ chinese: [String], _ english: Set<String>) -> Bool {
      chinese.contains { key.contains($0) } || words.contains { english.contains($0) }
    }
    if holds(
      ["电话", "手机", "传真", "邮箱", "联系方式", "微信"],
      ["phone", "telephone", "tel", "mobile", "cell", "fax", "email", "mail"])
    {
      doubt = .contacts
    } else if holds(["地址", "住址", "家庭住所"], ["address", "addr", "postcode"]) {
      doubt = .addresses
    } else if holds(
      [
        "法定代表人", "法人代表", "负责人", "联系人", "经办人", "填报人", "填表人", "董事长", "理事长",
        "会长", "秘书长", "院长", "校长", "园长",
      ],
      ["head", "headteacher", "principal", "director", "representative", "contact", "ceo"])
    {
      // A number or a date about such a person does not name him.
      doubt = words.contains("count") || key.hasSuffix("数") ? nil : .persons
    } else {
      doubt = nil
    }
  }

  /// `HeadTeacher_name 2` is head, teacher, name and 2; also headteacher, as both are written.
  private static func words(of name: String) -> Set<String> {
    var words: Set<String> = []
    var word = ""
    var wasSmall = false
    for character in name {
      let isWord = character.isASCII && (character.isLetter || character.isNumber)
      if !isWord || character.isUppercase && wasSmall {
        words.insert(word.lowercased())
        word = ""
      }
      if isWord { word.append(character) }
      wasSmall = character.isLowercase
    }
    words.insert(word.lowercased())
    words.remove("")
    return words
  }
}
