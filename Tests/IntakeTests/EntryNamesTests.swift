import Testing

@testable import Intake

@Suite("The name of an entry")
struct EntryNamesTests {
  @Test(
    "tells litter of desktops, marks of open files, notes and files on their way",
    arguments: [
      ("Thumbs.db", .litter), ("desktop.ini", .litter), (".DS_Store", .litter),
      ("._register.csv", .litter), (".git", .litter),
      ("~$台账.xlsx", .openElsewhere(file: "台账.xlsx")),
      (".~lock.a.xlsx#", .openElsewhere(file: "a.xlsx")), ("README.md", .note),
      ("second.csv.filepart", .unfinished), ("a.csv.PART", .unfinished),
      ("a.crdownload", .unfinished),
      ("a.csv.tmp", .unfinished), ("a.csv.bak", .unfinished), ("register.csv", .ordinary),
      (".register.csv", .ordinary), ("bak.csv", .ordinary), ("partial.csv", .ordinary),
    ] as [(String, EntryName)])
  func names(name: String, is kind: EntryName) {
    #expect(EntryName(name, isFolder: false) == kind)
  }

  @Test("of a folder is no note and nothing on its way")
  func folders() {
    #expect(EntryName("__MACOSX", isFolder: true) == .litter)
    #expect(EntryName("2018.bak", isFolder: true) == .ordinary)
    #expect(EntryName("a.md", isFolder: true) == .ordinary)
  }
}
