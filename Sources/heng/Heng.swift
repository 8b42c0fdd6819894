import ArgumentParser

/// The program: a file a command.
@main
struct Heng: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "heng",
    abstract: "衡：由部门报送文件生成可追溯的排名报告 · ranked, traceable reports from delivered files",
    discussion: """
      退出状态：0 已发布；1 运行失败，未发布；2 用法、规则包或文件不被接受；3 已发布，但超出容许范围。
      Exit status: 0 published; 1 the run failed, nothing was published; 2 wrong usage, a rule \
      pack that does not check, or a file that is not recognised; 3 published, but tolerances were \
      exceeded.
      """,
    version: version,
    // Each states its name: to make them out of the types' takes every start two milliseconds.
    subcommands: [
      Run.self, Check.self, Explain.self, Letters.self, Compare.self, History.self, Verify.self,
      Sign.self, Disclose.self, Purge.self, Workbook.self, LedgerCommand.self, Rules.self,
      Synth.self,
      Eval.self,
    ])

  /// On the thread that the program begins with: one that came later would already have taken
  /// memory of its own, which the others do not use again.
  @MainActor static func main() async {
    keepStandardFiles()
    answerCrashes()
    keepFreedMemory()
    answerWantOfThreads()
    do {
      var command = try await asyncParseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      try requireOutput()
    } catch {
      guard Heng.exitCode(for: error).isSuccess else { end(with: error) }
      do { try requireOutput() } catch { end(with: error) }
      end(with: error)
    }
  }
}
