import Foundation
import Requests
import Tables

/// A browser that prints pages without a window, where the machine has one.
struct Printer {
  let browser: String

  /// The browser, or what to do without one.
  ///
  /// - Parameters:
  ///   - pdf: the file that is asked for.
  ///   - path: folders to look in, as `PATH` has them.
  init(
    for pdf: String, path: String = ProcessInfo.processInfo.environment["PATH"] ?? ""
  ) throws(RunFailure) {
    let folders = path.split(separator: ":")
    let names = ["chromium", "chromium-browser", "google-chrome"]
    let found = names.lazy.flatMap { name in folders.map { "\($0)/\(name)" } }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
    guard let found else {
      let page = (pdf as NSString).deletingPathExtension + ".html"
      throw RunFailure(
        .refused,
        [
          Bilingual(
            zh: "\(pdf): 没有找到 chromium，不能写成 PDF — 请写 --out \(page)，用浏览器打开后打印",
            en: "\(pdf): there is no chromium to print it with — write --out \(page), open it in a "
              + "browser and print it")
        ])
    }
    browser = found
  }

  /// Prints a page.
  ///
  /// - Parameters:
  ///   - page: its path.
  ///   - pdf: where nothing stands yet.
  ///   - folder: of the browser's own, so that one that is open is left alone.
  func print(_ page: String, to pdf: String, folder: String) throws(RunFailure) {
    let process = Process()
    process.executableURL = URL(filePath: browser)
    process.arguments =
      ["--headless", "--disable-gpu", "--no-pdf-header-footer", "--user-data-dir=\(folder)"]
      // Its sandbox refuses the system's administrator; the page runs nothing.
      + (geteuid() == 0 ? ["--no-sandbox"] : [])
      + ["--print-to-pdf=\(pdf)", URL(filePath: page).absoluteString]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let isPrinted: Bool
    do {
      try process.run()
      process.waitUntilExit()
      isPrinted = process.terminationStatus == 0 && FileManager.default.fileExists(atPath: pdf)
    } catch {
      isPrinted = false
    }
    guard isPrinted else {
      throw RunFailure(
        .failed,
        [
          Bilingual(
            zh: "\(browser): 打印失败 — 请写以 .html 结尾的文件名，用浏览器打开后打印",
            en:
              "\(browser): it did not print — write a name that ends in .html, open it in a browser "
              + "and print it")
        ])
    }
  }
}
