import Foundation

/// What the program said and how it ended.
struct Outcome {
  var status: Int32
  var out: String
  var errors: String
}

/// Runs the built program, which stands beside these tests, as people and scripts run it.
///
/// - Parameter line: its arguments, divided by blanks.
func heng(_ line: String, input: String = "", in folder: String) throws -> Outcome {
  try heng(line.split(separator: " ").map { String($0) }, input: input, in: folder)
}

func heng(_ arguments: [String], input: String = "", in folder: String) throws -> Outcome {
  try outcome(of: try besideTests("heng"), arguments, input: input, in: folder)
}

/// Runs a line of the shell, in which `heng` is the built program.
func shell(_ line: String, in folder: String) throws -> Outcome {
  let path = try besideTests("heng").deletingLastPathComponent().path
  return try outcome(
    of: URL(filePath: "/bin/sh"), ["-c", "PATH='\(path)':\"$PATH\"; \(line)"], input: "", in: folder
  )
}

/// What was built beside these tests.
func besideTests(_ name: String) throws -> URL {
  let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  return URL(filePath: own).deletingLastPathComponent().appending(path: name)
}

func outcome(
  of program: URL, _ arguments: [String], input: String, in folder: String
) throws -> Outcome {
  let spoken = folder + "/.spoken-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: spoken, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: spoken) }
  try input.write(toFile: spoken + "/in", atomically: true, encoding: .utf8)
  let process = Process()
  process.executableURL = program
  process.arguments = arguments
  process.currentDirectoryURL = URL(filePath: folder)
  process.standardInput = try FileHandle(forReadingFrom: URL(filePath: spoken + "/in"))
  // Files and not pipes, which would fill up where one is read after the other.
  for name in ["out", "errors"] {
    try Data().write(to: URL(filePath: "\(spoken)/\(name)"))
  }
  process.standardOutput = try FileHandle(forWritingTo: URL(filePath: spoken + "/out"))
  process.standardError = try FileHandle(forWritingTo: URL(filePath: spoken + "/errors"))
  try process.run()
  process.waitUntilExit()
  return Outcome(
    status: process.terminationReason == .exit ? process.terminationStatus : -1,
    out: try String(contentsOfFile: spoken + "/out", encoding: .utf8),
    errors: try String(contentsOfFile: spoken + "/errors", encoding: .utf8))
}
