import Foundation

// Yardsticks, each a sub-command:
//
// - `floor FOLDER`: how long the least imaginable reading of a delivery takes on this machine, in
//   one thread: an empty libxml2 SAX pass over the XML and a count of lines over the CSV.
// - `ranks [SUBJECTS [INDICATORS [DRAWS [JOBS]]]]`: how long rank intervals take, by default a
//   thousand draws over ten thousand subjects with thirty indicators, no two subjects alike.
// - `page FILE`: how soon a published `index.html` is seen in headless Chromium, how fast its
//   largest ranking is searched and sorted, and the memory of its tab.
let arguments = CommandLine.arguments
switch (arguments.dropFirst().first, arguments.count) {
case ("floor", 3):
  let floor = try readFloor(of: arguments[2])
  print("XML  \(floor.xmlBytes) bytes  \(seconds(floor.xml))")
  print("CSV  \(floor.textBytes) bytes, \(floor.lines) lines  \(seconds(floor.text))")
  print("sum  \(seconds(floor.xml + floor.text))")
case ("ranks", 2...6) where arguments.dropFirst(2).allSatisfy({ Int($0) ?? 0 > 0 }):
  let numbers = arguments.dropFirst(2).compactMap { Int($0) }
  let sizes = numbers + [10_000, 30, 1000, 2].dropFirst(numbers.count)
  await trialRanks(subjects: sizes[0], indicators: sizes[1], draws: sizes[2], jobs: sizes[3])
case ("page", 3):
  let times = try pageTimes(of: URL(filePath: arguments[2]))
  print("\(times.subjects) subjects of \(times.ranking)")
  print("first paint  overview \(shown(times.overviewPaint)), ranking \(shown(times.rankingPaint))")
  print("rows shown   \(shown(times.rankingShown))")
  print("search       \(shown(times.search)), sort \(shown(times.sort))")
  print("a subject    \(shown(times.subject))")
  print(
    "tab memory   \(times.memory.own >> 20) MB of its own (JavaScript heap \(times.heap >> 20) MB), "
      + "\(times.memory.resident >> 20) MB with the browser's shared code")
default:
  FileHandle.standardError.write(
    Data(
      "usage: Benchmarks floor FOLDER | ranks [SUBJECTS [INDICATORS [DRAWS [JOBS]]]] | page FILE\n"
        .utf8))
  exit(2)
}

func shown(_ milliseconds: Double) -> String { "\(Int(milliseconds.rounded())) ms" }

func seconds(_ duration: Duration) -> String {
  duration.formatted(.units(allowed: [.milliseconds], width: .narrow))
}
