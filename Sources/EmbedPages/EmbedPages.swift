import Foundation
import PackagePlugin

/// Puts the scripts and style sheets of a target's `Page` folder into the executable: each file
/// becomes a constant, `base.js` becomes `PageTexts.base_js`.
///
/// SwiftPM's own way, `embedInCode`, writes arrays of numbers, with which the compiler is busy for
/// seconds; with texts it is not.
@main
struct EmbedPages: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let folder = target.directoryURL.appending(path: "Page")
    let files = try FileManager.default
      .contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { ["js", "css"].contains($0.pathExtension) }
      .sorted { $0.path < $1.path }
    let made = context.pluginWorkDirectoryURL.appending(path: "PageTexts.swift")
    return [
      .buildCommand(
        displayName: "Embedding the pages' scripts and style sheets",
        executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", Self.script, "sh", made.path] + files.map(\.path),
        inputFiles: files, outputFiles: [made])
    ]
  }

  /// Writes the file that its first argument names, with a constant for each of the others.
  private static let script = """
    out=$1; shift
    {
      echo '/// The files of `Page`, as they are.'
      echo 'enum PageTexts {'
      for file; do
        printf '  static let %s: StaticString = ##\"\"\"\\n' "$(basename "$file" | tr . _)"
        cat "$file"
        printf '\\n\"\"\"##\\n'
      done
      echo '}'
    } > "$out"
    """
}
