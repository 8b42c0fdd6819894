import ArgumentParser
@unsafe @preconcurrency import Glibc

/// Makes sure that the first three files are open, and that a reader of the output that goes away
/// ends no run.
///
/// Where they are closed, the next files that are opened would be taken for them, and a report would
/// be what is printed; so something stands there to which nothing can be written.
func keepStandardFiles() {
  for number in Int32(0)..<3 where fcntl(number, F_GETFD) == -1 && errno == EBADF {
    _ = unsafe open("/dev/null", O_RDONLY)
  }
  signal(SIGPIPE, SIG_IGN)
  #if !DEBUG
    // What libraries print, and the runtime's account of a crash with pieces of memory in it, is not
    // for officials: what they are to know is said in sentences, to where errors went at first.
    let own = fcntl(2, F_DUPFD_CLOEXEC, 3)
    let nowhere = unsafe open("/dev/null", O_WRONLY | O_CLOEXEC)
    if own >= 0, nowhere >= 0 {
      unsafe messageFile = own
      dup2(nowhere, 2)
      close(nowhere)
    }
  #endif
}

// Safe: set once, before anything else runs.
/// Where messages go: standard error as it was found.
nonisolated(unsafe) private(set) var messageFile: Int32 = 2

/// Writes to where messages go; what cannot be written there is lost, and ends nothing.
func writeMessage(_ text: String) {
  var rest = Array(text.utf8)[...]
  while !rest.isEmpty {
    // Safe: no more is read than there is.
    let written = unsafe rest.withUnsafeBytes { bytes in
      unsafe write(messageFile, bytes.baseAddress, bytes.count)
    }
    if written < 0, errno == EINTR { continue }
    guard written > 0 else { return }
    rest = rest.dropFirst(written)
  }
}

/// Whatever a command has done, it has not said so where its output is full or closed.
///
/// - Throws: the status to end with.
func requireOutput() throws(ExitCode) {
  // What did not fit any more is gone from the buffer; only the mark is left of it.
  guard unsafe fflush(nil) != 0 || ferror(stdout) != 0 else { return }
  // A reader who has seen enough, as `head` has, wants no message.
  if errno != EPIPE {
    complain(
      "标准输出写不进去，没有全部打印；命令本身已做完 — 请检查磁盘或输出的去处 · "
        + "standard output could not be written in full; the command itself is done — check the disk "
        + "or where the output goes")
  }
  throw ExitCode(1)
}

/// Ends with a sentence and status 1 where a fault of the program or want of memory would end it
/// with a signal, and with pieces of its memory on the terminal.
///
/// While the program is worked on, the system's own account of a crash says more.
func answerCrashes() {
  #if !DEBUG
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] {
      signal(number) { _ in endWithLastWords() }
    }
  #endif
}

/// Ends with a sentence and status 1 where the address space is bounded, as by `ulimit -v`, and what
/// is left has no room for the stack of another thread: libdispatch would ask for one again and
/// again, for ever and without a word.
func answerWantOfThreads() {
  var bound = rlimit()
  guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &bound) == 0,
    bound.rlim_cur != rlim_t.max
  else { return }
  var attributes = pthread_attr_t()
  var stack = 0
  unsafe pthread_attr_init(&attributes)
  unsafe pthread_attr_getstacksize(&attributes, &stack)
  // The watcher's own stack is small, and taken while there is room.
  unsafe pthread_attr_setstacksize(&attributes, 256 << 10)
  var thread = pthread_t()
  // A number that travels as a pointer, and is never followed.
  let size = unsafe UnsafeMutableRawPointer(bitPattern: stack)
  let failed = unsafe pthread_create(
    &thread, &attributes, { size in watchForRoom(Int(bitPattern: size)) }, size)
  if failed != 0 { endWithLastWords() }
}

/// Looks once a second whether nothing is done and nothing can be begun.
private func watchForRoom(_ stack: Int) -> Never {
  var (idle, last) = (0, clock())
  while idle < 10 {
    sleep(1)
    let now = clock()
    let place = unsafe mmap(nil, stack, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    let hasRoom = unsafe place != MAP_FAILED
    if hasRoom { unsafe munmap(place, stack) }
    // Asking for threads takes less than a fiftieth of the time; clocks count millionths of seconds.
    idle = hasRoom || now - last > 20_000 ? 0 : idle + 1
    last = now
  }
  endWithLastWords()
}

private func endWithLastWords() -> Never {
  // Safe: constant bytes, and calls that a signal's handler may make.
  unsafe _ = write(messageFile, lastWords.utf8Start, lastWords.utf8CodeUnitCount)
  _exit(1)
}

private let lastWords: StaticString = """
  程序内部出错或内存不足，已停止；没有做完的不会发布，下一次执行任何命令时会清理 — 请看内存和 ulimit -v 是否够用；\
  若够用，请保留报送文件和所用的命令，报告这个错误
  the program failed or ran out of memory and stopped; what was not done is not published, and the \
  next command of any kind clears it away — see whether memory and ulimit -v are enough; if they \
  are, keep the delivery and the command and report this fault

  """
