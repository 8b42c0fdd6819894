import CLinux
import Foundation

/// Keeps memory that is freed within a stage instead of giving it back to the system each time.
///
/// A stage over a million subjects frees and takes hundreds of megabytes over and over, and the
/// kernel would clear the same pages each time. What is left over goes back between the stages.
///
/// Threads of a large run share one arena, so that what one frees the others use again; those of a
/// small one would mostly wait for one another at it.
func keepFreedMemory() {
  let arguments = CommandLine.arguments
  let isLarge = arguments.count > 2 && isLargeDelivery(arguments[2])
  keep_freed_memory(isLarge ? 1 : 2)
}

/// Most bytes of memory that this process has held at the same time.
func peakMemory() -> Int {
  var usage = rusage()
  return unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0
    ? usage.ru_maxrss * 1024 : 0
}

/// Whether a folder is a delivery of more than 256 MB.
private func isLargeDelivery(_ folder: String) -> Bool {
  let manager = FileManager.default
  guard manager.fileExists(atPath: folder + "/run.yaml"),
    let files = try? manager.subpathsOfDirectory(atPath: folder)
  else { return false }
  var size = 0
  for file in files where size <= 256 << 20 {
    let attributes = try? manager.attributesOfItem(atPath: folder + "/" + file)
    size += (attributes?[.size] as? NSNumber)?.intValue ?? 0
  }
  return size > 256 << 20
}
