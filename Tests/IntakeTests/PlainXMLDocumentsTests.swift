import Foundation
import RulePacks
import Tables
import Testing

@testable import Intake

/// `PlainXML` beside its slow twin, libxml2, over documents of all sizes at all sizes of pieces.
///
/// `HENG_DOCUMENTS=1000000` in the environment compares so many, for which a release build is made
/// (`swift test -c release -Xswiftc -enable-testing --filter PlainXMLDocuments`).
@Suite("Documents of plain XML")
struct PlainXMLDocumentsTests {
  private static let parts = 8
  private static let count =
    ProcessInfo.processInfo.environment["HENG_DOCUMENTS"].flatMap { Int($0) } ?? 20_000

  @Test(
    "Documents of 2 KB and more mean what libxml2 says, at every size of pieces",
    arguments: 0..<parts)
  func documents(part: Int) throws {
    let folder = try Folder([String: [UInt8]]())
    let pack = samplePack()
    let plan = XMLPlan(1, pack)
    var plain = 0
    let seeds = stride(from: part, to: Self.count, by: Self.parts)
    for seed in seeds {
      let document = Trial(seed)
      if try isSame(document.bytes, document.pieceSize, folder.path, pack, plan, seed: seed) {
        plain += 1
      }
    }
    print("\(Array(seeds).count) documents, \(plain) of them plain")
    #expect(plain * 10 > Array(seeds).count * 8)
  }

  @Test(
    "So do documents of more than one piece of the size that files are read in", arguments: 0..<40)
  func realPieces(seed: Int) throws {
    let folder = try Folder([String: [UInt8]]())
    let size = 100_000 + seed * 7_500
    let bytes = XMLDocument(seed: seed, size: size, longest: 3_000).bytes
    let task = FileTask(
      folder: folder.path, path: "a.xml", index: 0, asOf: asOf, digestKey: nil)
    let pack = samplePack()
    _ = try isSame(bytes, task.pieceSize, folder.path, pack, XMLPlan(1, pack), seed: seed)
  }

  /// A document and the size of the pieces that it is read in.
  private struct Trial {
    let bytes: [UInt8]
    let pieceSize: Int

    init(_ seed: Int) {
      var draw = Draw(seed: seed ^ 0x5EED)
      // Most are small; one of four hundred goes up to 400 KB, where pieces are large too.
      let isLarge = draw.isOneOf(400)
      let size = isLarge ? 2_000 + draw.below(20) * 20_000 : 2_000 + draw.below(800)
      // What a piece ends in is read again, so the smallest pieces are for a few.
      switch draw.below(isLarge ? 2 : 8) {
      case 0: pieceSize = draw.below(65_536) + (isLarge ? 500 : 1)
      case 1:
        pieceSize = (1 << (isLarge ? 9 + draw.below(8) : 4 + draw.below(13))) + draw.below(3) - 1
      case 2: pieceSize = 1 + draw.below(16)
      default: pieceSize = 17 + draw.below(500)
      }
      bytes = XMLDocument(seed: seed, size: size, longest: min(8_000, pieceSize * 40)).bytes
    }
  }

  /// Compares what both make of a document.
  ///
  /// - Returns: whether it is plain.
  private func isSame(
    _ bytes: [UInt8], _ pieceSize: Int, _ folder: String, _ pack: RulePack, _ plan: XMLPlan,
    seed: Int
  ) throws -> Bool {
    try Data(bytes).write(to: URL(filePath: folder + "/a.xml"))
    var task = FileTask(
      folder: folder, path: "a.xml", index: 0, asOf: asOf, digestKey: nil, pieceSize: pieceSize)
    let encoding = xmlEncoding(bytes.span)
    let layout = XMLLayout(profile: 1, encoding: encoding, plan: plan)
    guard let plain = try task.takePlainXML(layout, pack) else { return false }
    task.readsPlainXML = false
    let other = try task.takeXML(layout, pack)
    guard plain.table.columns == other.table.columns, plain.table.places == other.table.places,
      plain.quarantine == other.quarantine, plain.findings == other.findings,
      plain.file == other.file
    else {
      Issue.record(
        "document \(seed) in pieces of \(pieceSize) means something else than libxml2 says")
      return true
    }
    return true
  }
}
