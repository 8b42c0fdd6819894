import Foundation
import Requests
import Tables

/// Where letters go: by its name a page, a PDF or a folder.
enum LetterTarget: Equatable {
  case page(String)
  case pdf(String)
  case folder(String)

  init(_ path: String) {
    switch (path as NSString).pathExtension.lowercased() {
    case "html", "htm": self = .page(path)
    case "pdf": self = .pdf(path)
    default: self = .folder(path)
    }
  }

  var path: String {
    switch self {
    case .page(let path), .pdf(let path), .folder(let path): path
    }
  }

  /// Refuses, before anything is evaluated, a folder in which something stands: a letter of another
  /// time would be handed over with the rest.
  func requireFree() throws(RunFailure) {
    guard case .folder(let path) = self else { return }
    let files = FileManager.default
    guard files.fileExists(atPath: path) else { return }
    let held = try? files.contentsOfDirectory(atPath: path)
    guard held?.isEmpty != true else { return }
    let what =
      held == nil
      ? Bilingual(zh: "这里是一个文件", en: "this is a file")
      : Bilingual(zh: "文件夹不是空的", en: "the folder is not empty")
    throw RunFailure(
      .refused,
      [
        Bilingual(
          zh: "\(path): \(what.zh) — 请另选一个文件夹，或写以 .html 或 .pdf 结尾的文件名",
          en: "\(path): \(what.en) — choose another folder, or a name that ends in .html or .pdf")
      ])
  }
}
