import Chromium
import Foundation

// Makes the pictures of a published page that stand beside it: `Pictures INDEX.html FOLDER`.
let arguments = CommandLine.arguments
guard arguments.count == 3 else {
  FileHandle.standardError.write(Data("usage: Pictures INDEX.html FOLDER\n".utf8))
  exit(2)
}
let page = URL(filePath: arguments[1])
let folder = URL(filePath: arguments[2])
let subject = "ranking=honest-operator&subject=92410302PDY900499Q"

/// One picture: what the address asks for, in which light, how wide and how high at most.
let pictures: [(name: String, state: String, isDark: Bool, width: Int, height: Double)] = [
  ("overview", "", false, 1200, 1400),
  ("ranking", "ranking=party-building", false, 1200, 900),
  ("screening", "screening=builder", false, 1200, 1080),
  ("formation", "view=formation", false, 1200, 900),
  ("subject", subject, false, 1200, 1150),
  ("subject-dark", subject, true, 1200, 1150),
]

let browser = try Browser()
for picture in pictures {
  try browser.resize(width: picture.width)
  try browser.prefer(dark: picture.isDark)
  try browser.open(page, state: picture.state)
  try browser.picture(height: picture.height)
    .write(to: folder.appending(path: picture.name + ".png"))
}

// A printed page as it lies on the desk; pdftoppm comes with poppler-utils.
try browser.prefer(dark: false)
try browser.open(page, state: subject)
let printed = folder.appending(path: "print.pdf")
try browser.print().write(to: printed)
let process = Process()
process.executableURL = URL(filePath: "/usr/bin/pdftoppm")
process.arguments = [
  "-png", "-r", "100", "-f", "1", "-l", "1", "-singlefile", printed.path,
  folder.appending(path: "print").path,
]
try process.run()
process.waitUntilExit()
try FileManager.default.removeItem(at: printed)
