import CLinux

/// Keeps freed memory for the next stage instead of giving it back to the system.
///
/// A run of a million subjects frees and takes gigabytes between its stages, and the kernel would
/// clear the same pages each time.
func keepFreedMemory() { keep_freed_memory() }
