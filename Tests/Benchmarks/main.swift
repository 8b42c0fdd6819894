import Foundation

// `Benchmarks floor FOLDER`: how long the least imaginable reading of a delivery takes on this
// machine, in one thread: an empty libxml2 SAX pass over the XML and a count of lines over the CSV.
let arguments = CommandLine.arguments
guard arguments.count == 3, arguments[1] == "floor" else {
  FileHandle.standardError.write(Data("usage: Benchmarks floor FOLDER\n".utf8))
  exit(2)
}

let floor = try readFloor(of: arguments[2])
print("XML  \(floor.xmlBytes) bytes  \(seconds(floor.xml))")
print("CSV  \(floor.textBytes) bytes, \(floor.lines) lines  \(seconds(floor.text))")
print("sum  \(seconds(floor.xml + floor.text))")

func seconds(_ duration: Duration) -> String {
  duration.formatted(.units(allowed: [.milliseconds], width: .narrow))
}
