import Foundation
import Synchronization

/// A line on the terminal that says how far the reading is, how fast, and how long it will take.
///
/// Nothing is shown where standard error is not a terminal.
final class ProgressBar: Sendable {
  private struct Shown {
    var last = ContinuousClock.now
    var isShown = false
    var stage = ""
  }

  private let started = ContinuousClock.now
  private let shown = Mutex(Shown())

  /// Nil where standard error is not a terminal.
  static func onTerminal() -> ProgressBar? {
    unsafe isatty(messageFile) == 1 ? ProgressBar() : nil
  }

  /// Names the stage that begins.
  func enter(_ stage: String) {
    let seconds = (ContinuousClock.now - started).formatted(
      .units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 1)))
    shown.withLock { shown in
      shown.stage = stage
      shown.isShown = true
    }
    write("\r\(stage) … \(seconds)\u{1B}[K")
  }

  func update(done: Int, total: Int) {
    let now = ContinuousClock.now
    let isDue = shown.withLock { shown in
      guard now - shown.last > .milliseconds(100) else { return false }
      shown.last = now
      shown.isShown = true
      return true
    }
    guard isDue, total > 0 else { return }
    let seconds =
      Double((now - started).components.seconds) + 0.001
      + Double((now - started).components.attoseconds) / 1e18
    let rate = Double(done) / seconds
    let left = rate > 0 ? Int(Double(total - done) / rate) : 0
    let filled = min(30, done * 30 / total)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 30 - filled)
    let stage = shown.withLock { $0.stage }
    write("\r\(stage) \(bar) \(done * 100 / total)%  \(Int(rate / 1e6)) MB/s  −\(left) s \u{1B}[K")
  }

  /// Removes the line.
  func finish() {
    if shown.withLock({ $0.isShown }) { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) { writeMessage(text) }
}
