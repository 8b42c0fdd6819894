package import Glibc

/// Who may read what is published: its owner and the owner's group, whatever the umask of whoever
/// runs the program, since reports name persons and say what is held against them.
package let reportFileMode: mode_t = 0o640
package let reportFolderMode: mode_t = 0o750

/// Makes a folder that its owner writes to and its group reads.
func makeFolder(_ path: String) throws(ReportFailure) {
  guard unsafe mkdir(path, reportFolderMode) == 0 else { throw .system(path) }
  // The umask takes rights away and is whatever it is.
  guard unsafe chmod(path, reportFolderMode) == 0 else { throw .system(path) }
}

/// Gives a file that others wrote the mode of reports.
package func restrict(_ path: String) throws(ReportFailure) {
  guard unsafe chmod(path, reportFileMode) == 0 else { throw .system(path) }
}
