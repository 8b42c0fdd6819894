import CLinux

/// Keeps memory that is freed within a stage instead of giving it back to the system each time.
///
/// A stage over a million subjects frees and takes hundreds of megabytes over and over, and the
/// kernel would clear the same pages each time. What is left over goes back between the stages.
func keepFreedMemory() { keep_freed_memory() }
