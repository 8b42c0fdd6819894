// swift-tools-version: 6.2
import PackageDescription

/// Every target is held to the same rules; files that speak to C say `unsafe` where they do.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Loops over bytes and columns are optimised in debug builds, too: tests read as many bytes as
/// offices send. Assertions stay.
let quickInTests: [SwiftSetting] = [
  .unsafeFlags(["-O", "-assert-config", "Debug"], .when(configuration: .debug))
]

/// One stage or one thing that stages share.
func house(
  _ name: String, _ imports: [Target.Dependency] = [], loops: Bool = false,
  plugins: [Target.PluginUsage]? = nil
) -> Target {
  .target(
    name: name, dependencies: imports, swiftSettings: strict + (loops ? quickInTests : []),
    plugins: plugins)
}

/// The tests of one target, and what else they import.
func tests(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + imports, swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let arguments = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")

// Read top to bottom: the order in which data passes through the house. No stage imports another
// stage; what stages share is Tables, Fields, Expressions, RulePacks, Labels and Archives, which know
// none. From Requests on, what is called from elsewhere is `package`: nothing outside uses it.
let package = Package(
  name: "Heng",
  products: [.executable(name: "heng", targets: ["heng"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C as Swift sees it.
    .systemLibrary(name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // Not by pkg-config, whose flags for it are for building the library itself.
    .systemLibrary(name: "CUTF8Proc", providers: [.apt(["libutf8proc-dev"])]),
    .systemLibrary(name: "CLibZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CLibXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(name: "CLinux"),
    // Looks for FreeXL when it is needed, and keeps it in a process of its own.
    .target(name: "CFreeXL"),

    // Scripts and style sheets become part of the executable.
    .plugin(name: "EmbedPages", capability: .buildTool(), path: "Sources/EmbedPages"),

    // What all stages share.
    house("Tables", loops: true),
    house("Fields", ["Tables", "CLibCrypto", "CUTF8Proc"], loops: true),
    house("Expressions", ["Tables"], loops: true),
    house("Labels", ["Tables"]),
    house("Archives", ["CLibZip"]),
    house("RulePacks", ["Tables", "Fields", "Expressions", "Labels", "Archives", yams]),

    // The stages.
    house(
      "Intake",
      [
        "Tables", "Fields", "Labels", "RulePacks", "Archives", "CLibXML2", "CFreeXL", "CLinux",
      ], loops: true),
    house("Linkage", ["Tables", "Fields", "RulePacks"], loops: true),
    house("Derivation", ["Tables", "Expressions", "RulePacks"], loops: true),
    house("Scoring", ["Tables", "Expressions", "RulePacks", "Labels"], loops: true),
    house("Ranking", ["Tables", "Fields", "Expressions", "RulePacks"], loops: true),
    house(
      "Reports",
      ["Tables", "Fields", "RulePacks", "Labels", "Archives", "CLibXLSXWriter", "CLinux"],
      plugins: ["EmbedPages"]),
    house("Ledger", ["Tables", "Fields", grdb]),

    // A first rule pack for files that none describes yet.
    house("Drafting", ["Tables", "Fields", "Expressions", "RulePacks"]),

    // Deliveries of any size.
    house("Synthesis", ["Tables", "Fields", "RulePacks"]),

    // What a command is asked, why it fails, and how it writes where others read.
    house("Requests", ["Tables", "RulePacks", "Reports", "CLinux"]),

    // What earlier runs left in a folder of reports: their ledger, what a run takes over from it,
    // and whose place it takes.
    house(
      "PastRuns",
      ["Tables", "Fields", "RulePacks", "Scoring", "Reports", "Ledger", "Requests"]),

    // The stages in their order: evaluate, and publish.
    house(
      "Pipeline",
      [
        "Tables", "Fields", "RulePacks", "Labels", "Intake", "Linkage", "Derivation", "Scoring",
        "Ranking", "Reports", "Ledger", "Requests", "PastRuns",
      ]),

    // What is done with runs and with packs; none knows another.
    house(
      "Comparison",
      ["Tables", "RulePacks", "Labels", "Reports", "Requests", "PastRuns", "Pipeline"]),
    house(
      "Accountability",
      [
        "Tables", "Fields", "Expressions", "RulePacks", "Intake", "Derivation", "Scoring",
        "Reports", "Ledger", "Requests", "PastRuns", "Pipeline",
      ]),
    house(
      "Rulemaking",
      [
        "Tables", "Expressions", "RulePacks", "Intake", "Scoring", "Reports", "Drafting",
        "Requests",
      ]),

    // The command line, and what it says.
    house(
      "Console",
      [
        "Tables", "RulePacks", "Labels", "Reports", "Ledger", "Requests", "Pipeline",
        "Comparison", "Accountability", "Rulemaking",
      ]),
    .executableTarget(
      name: "heng",
      dependencies: [
        "Tables", "Fields", "Expressions", "RulePacks", "Synthesis", "Requests", "Pipeline",
        "Comparison", "Accountability", "Rulemaking", "Console", "CLinux", arguments,
      ], swiftSettings: strict),

    // What tests find around them: public figures, suites of others, programs.
    .target(name: "Surroundings", path: "Tests/Surroundings", swiftSettings: strict),

    // A browser to open pages in, for tests, yardsticks and pictures.
    .target(
      name: "Chromium", dependencies: ["Surroundings"], path: "Tests/Chromium",
      swiftSettings: strict),

    // Zip files of parts that are stored as they are, for tests to damage.
    .target(name: "StoredZips", path: "Tests/StoredZips", swiftSettings: strict),

    // Deliveries of the samples and of a small pack, for tests to run and compare.
    .target(
      name: "Deliveries",
      dependencies: ["Tables", "Fields", "Requests", "Archives", "Intake", "StoredZips"],
      path: "Tests/Deliveries", swiftSettings: strict),

    tests("Tables", ["Surroundings"]),
    tests("Fields", ["Tables", "Surroundings"]),
    tests("Expressions", ["Tables", "Surroundings"]),
    tests("RulePacks", ["Tables", "Expressions", "Archives"]),
    tests("Labels", ["Tables", "Fields"]),
    tests("Archives", ["StoredZips"]),
    tests(
      "Intake",
      ["Tables", "Fields", "Labels", "RulePacks", "CFreeXL", "StoredZips", "Surroundings"]),
    tests("Linkage", ["Tables", "Fields", "Expressions", "RulePacks"]),
    tests("Derivation", ["Tables", "Expressions", "RulePacks"]),
    tests("Scoring", ["Tables", "Expressions", "RulePacks", "Labels"]),
    tests("Ranking", ["Tables", "Expressions", "RulePacks"]),
    tests(
      "Reports",
      [
        "Tables", "Fields", "Expressions", "RulePacks", "Archives", "Chromium", "StoredZips",
        "Surroundings",
      ]),
    tests("Ledger", ["Tables", "Fields", grdb]),
    tests("Drafting", ["Tables", "RulePacks"]),
    tests("Synthesis", ["Tables", "Fields", "RulePacks"]),
    tests(
      "Requests",
      ["Tables", "Fields", "Reports", "Ledger", "Pipeline", "Accountability", "Deliveries"]),
    tests(
      "PastRuns",
      [
        "Tables", "Fields", "Reports", "Ledger", "Requests", "Pipeline", "Accountability",
        "Console", "Deliveries", grdb,
      ]),
    .testTarget(
      name: "PipelineTests",
      dependencies: [
        "Pipeline", "Tables", "Fields", "RulePacks", "Intake", "Reports", "Requests",
        "Accountability", "Rulemaking", "Console", "Deliveries", "Surroundings", "Labels",
      ],
      exclude: ["Cases"], swiftSettings: strict),
    tests(
      "Comparison",
      [
        "Tables", "RulePacks", "Requests", "Pipeline", "Accountability", "Console", "Deliveries",
      ]),
    tests(
      "Accountability",
      [
        "Tables", "RulePacks", "Reports", "Ledger", "Requests", "Pipeline", "Console",
        "Deliveries",
      ]),
    tests(
      "Rulemaking",
      [
        "Tables", "RulePacks", "Intake", "Drafting", "Reports", "Requests", "Archives",
        "Deliveries", "StoredZips",
      ]),
    tests("Console", ["Tables", "RulePacks", "Rulemaking", "Requests", "Deliveries"]),

    // The program as a process of its own, built beside them.
    .testTarget(
      name: "HengTests", dependencies: ["heng", "Deliveries", "Surroundings"],
      swiftSettings: strict),

    // Yardsticks for speed; never part of `make test`.
    .executableTarget(
      name: "Benchmarks", dependencies: ["CLibXML2", "Tables", "RulePacks", "Ranking", "Chromium"],
      path: "Tests/Benchmarks",
      swiftSettings: strict),
    // The pictures of the example's page.
    .executableTarget(
      name: "Pictures", dependencies: ["Chromium"], path: "Tests/Pictures", swiftSettings: strict),
  ]
)
