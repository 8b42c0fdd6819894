package import Accountability
import Requests
import RulePacks
package import Tables

extension Verification {
  /// What was found, for people.
  package func lines(in language: Language) -> [String] {
    guard !isSame else { return [sameLine.text(in: language)] + purgedLines(in: language) }
    let head = Bilingual(
      zh: "批次 \(run)：有 \(differences.count) 处不同", en: "run \(run): \(differences.count) differences"
    )
    return [head.text(in: language)]
      + differences.map { difference in
        let place = difference.path.isEmpty ? "" : difference.path + ": "
        return "\(difference.kind.title.text(in: language))  "
          + place + difference.message.text(in: language)
      } + purgedLines(in: language) + (isRunAgain ? [] : [notAgain.text(in: language)])
  }

  private var notAgain: Bilingual {
    Bilingual(zh: "报送文件已清除，没有重新运行", en: "not run again: delivered files were purged")
  }

  private var sameLine: Bilingual {
    let files = Bilingual(
      zh: "批次 \(run)：\(inputs) 个报送文件、\(outputs) 个报告文件与清单一致",
      en: "run \(run): \(inputs) delivered and \(outputs) published files are those of the manifest"
    )
    let except = Bilingual(
      zh: "（除按期清除的 \(purged.count) 个外）", en: ", but for \(purged.count) that were purged when due")
    let again =
      isRunAgain
      ? Bilingual(zh: "，重新运行结果逐字节相同", en: ", and a second run gives the same bytes")
      : Bilingual(
        zh: "；报送文件已清除，不能重新运行", en: "; it cannot be run again without the delivered files")
    let signed = signedBy.map {
      Bilingual(zh: "；清单由 \($0) 签名", en: "; the manifest is signed by \($0)")
    }
    return Bilingual(
      zh: files.zh + (purged.isEmpty ? "" : except.zh) + again.zh + (signed?.zh ?? ""),
      en: files.en + (purged.isEmpty ? "" : except.en) + again.en + (signed?.en ?? ""))
  }

  package var json: String {
    JSON.object([
      .init(name: "run", value: .string(run)), .init(name: "same", value: .bool(isSame)),
      .init(name: "inputs", value: .count(inputs)),
      .init(name: "outputs", value: .count(outputs)),
      .init(name: "run_again", value: .bool(isRunAgain)),
      .init(name: "purged", value: .array(purged.map(\.json))),
      .init(
        name: "differences",
        value: .array(
          differences.map { difference in
            .object([
              .init(name: "kind", value: .string(difference.kind.rawValue)),
              .init(name: "path", value: .string(difference.path)),
              .init(name: "message", value: .string(difference.message.zh)),
              .init(name: "message_en", value: .string(difference.message.en)),
            ])
          })),
    ]).written
  }
}

extension Verification {
  /// What was purged, a line for each purge and rule.
  func purgedLines(in language: Language) -> [String] {
    var groups: [(first: PurgedFile, count: Int)] = []
    for file in purged {
      let place = groups.firstIndex { group in
        group.first.of == file.of && group.first.purge == file.purge
          && group.first.keep == file.keep && group.first.basis == file.basis
      }
      if let place { groups[place].count += 1 } else { groups.append((file, 1)) }
    }
    return groups.map { first, count in
      let on =
        first.on.map { Bilingual(zh: "于 \($0)", en: "on \($0)") }
        ?? Bilingual(zh: "（未完成，请再次执行）", en: "(broken off, run it again)")
      let kind = first.of.title
      return Bilingual(
        zh: "\(kind.zh)  \(count) 个文件已由 heng purge 第 \(first.purge) 次清除\(on.zh)删除：保存 "
          + "\(first.keep.zh)；依据：\(first.basis)",
        en:
          "\(kind.en)  \(count) files were removed by heng purge \(first.purge) \(on.en): kept for "
          + "\(first.keep.en); basis: \(first.basis)"
      ).text(in: language)
    }
  }
}

extension PurgedFile {
  fileprivate var json: JSON {
    .object([
      .init(name: "kind", value: .string(of.rawValue)), .init(name: "path", value: .string(path)),
      .init(name: "purge", value: .count(purge)), .init(name: "on", value: .string(on ?? "")),
      .init(name: "keep", value: .string(keep.en)), .init(name: "basis", value: .string(basis)),
    ])
  }
}

extension Verification.Kind {
  var title: Bilingual {
    switch self {
    case .input: Bilingual(zh: "输入", en: "input")
    case .output: Bilingual(zh: "报告", en: "output")
    case .ledger: Bilingual(zh: "记录", en: "ledger")
    case .rerun: Bilingual(zh: "重新运行", en: "rerun")
    case .signature: Bilingual(zh: "签名", en: "signature")
    }
  }
}

extension SignedManifest {
  package var line: Bilingual {
    Bilingual(
      zh: "批次 \(run)：清单已签名（\(algorithm)）：\(path)"
        + (replaces ? "；原有的另一签名已被代替" : ""),
      en: "run \(run): the manifest is signed (\(algorithm)): \(path)"
        + (replaces ? "; another signature that stood there is replaced" : ""))
  }

  package var json: String {
    JSON.object([
      .init(name: "run", value: .string(run)), .init(name: "signature", value: .string(path)),
      .init(name: "algorithm", value: .string(algorithm)),
      .init(name: "replaces", value: .bool(replaces)),
    ]).written
  }
}
