import Chromium
import Foundation
import Surroundings
import Testing

// Programs that read what is published and that a machine may lack; their tests are left out there.

/// Deque's axe-core, where `make deps-browser` has put it.
let axeCore = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  .appending(path: ".build/axe/axe.min.js")

/// Tells the texts of printed pages.
let pdfToText = Surroundings.program("pdftotext")

let libreOffice = Surroundings.program("soffice", "libreoffice")

private let hasOpenpyxl =
  (try? told(by: "import openpyxl; print('here')")) == Data("here\n".utf8)

/// What a Python program prints.
func told(by program: String, _ arguments: String...) throws -> Data {
  let process = Process()
  let output = Pipe()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = ["python3", "-c", program] + arguments
  process.standardOutput = output
  process.standardError = FileHandle.nullDevice
  try process.run()
  let data = output.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return data
}

extension Trait where Self == ConditionTrait {
  static var needsChromium: Self { .enabled(if: Browser.path != nil, "Chromium not found") }

  static var needsAxeCore: Self {
    .enabled(
      if: FileManager.default.fileExists(atPath: axeCore.path),
      "axe-core not found, make deps-browser fetches it")
  }

  static var needsPDFToText: Self { .enabled(if: pdfToText != nil, "pdftotext not found") }

  static var needsOpenpyxl: Self { .enabled(if: hasOpenpyxl, "python3 with openpyxl not found") }

  static var needsLibreOffice: Self { .enabled(if: libreOffice != nil, "LibreOffice not found") }
}
