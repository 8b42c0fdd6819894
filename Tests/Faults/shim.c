// Stands between a program and the system: counts chosen system calls over all threads and, at the
// n-th that concerns a path under given folders, kills the program, fails the call, shortens it,
// or pauses. Loaded with LD_PRELOAD; what to do stands in the environment:
//
//   HENG_FAULT_CALLS    names of calls, with commas between: write,fsync,rename
//   HENG_FAULT_UNDER    paths, with colons between; a call counts if its path lies under one
//   HENG_FAULT_STATE    a file of 16 bytes that receives two numbers: calls counted, faults made
//   HENG_FAULT_AT       the number of the call, from 1; 0 counts only
//   HENG_FAULT_THEN     kill, errno, short or pause
//   HENG_FAULT_ERRNO    which error (errno)
//   HENG_FAULT_PAUSE    milliseconds (pause)
//   HENG_FAULT_LASTING  1: not only the n-th call but all from it on, as a full disk stays full
//   HENG_FAULT_RECORD   a folder that receives all changes under the paths: calls.log, bytes.bin
//
// A seccomp filter traps the calls rather than wrappers of libc's functions: so the calls that
// libc makes for itself (fopen, fwrite) and those of statically linked code are seen as well. The
// filter lets through what comes from `plain`, by which this file makes its own.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef __x86_64__
#error "the shim knows the calls of x86-64 only"
#endif

enum { PATH_SIZE = 4096, EXCHANGE = 2 };

// Where a call says which file it means.
enum where { BY_FD, BY_PATH, BY_FD_PATH, BY_MAP };

static const struct call {
  const char *name;
  int number;
  enum where where;
} calls[] = {
    {"open", SYS_open, BY_PATH},        {"open", SYS_openat, BY_FD_PATH},
    {"open", SYS_creat, BY_PATH},       {"read", SYS_read, BY_FD},
    {"read", SYS_pread64, BY_FD},       {"read", SYS_readv, BY_FD},
    {"write", SYS_write, BY_FD},        {"write", SYS_pwrite64, BY_FD},
    {"write", SYS_writev, BY_FD},       {"fsync", SYS_fsync, BY_FD},
    {"fsync", SYS_fdatasync, BY_FD},    {"fsync", SYS_sync_file_range, BY_FD},
    {"rename", SYS_rename, BY_PATH},    {"rename", SYS_renameat, BY_FD_PATH},
    {"rename", SYS_renameat2, BY_FD_PATH}, {"unlink", SYS_unlink, BY_PATH},
    {"unlink", SYS_unlinkat, BY_FD_PATH}, {"unlink", SYS_rmdir, BY_PATH},
    {"mkdir", SYS_mkdir, BY_PATH},      {"mkdir", SYS_mkdirat, BY_FD_PATH},
    {"close", SYS_close, BY_FD},        {"stat", SYS_stat, BY_PATH},
    {"stat", SYS_lstat, BY_PATH},       {"stat", SYS_fstat, BY_FD},
    {"stat", SYS_newfstatat, BY_FD_PATH}, {"stat", SYS_statx, BY_FD_PATH},
    {"access", SYS_access, BY_PATH},    {"access", SYS_faccessat, BY_FD_PATH},
    {"access", SYS_faccessat2, BY_FD_PATH}, {"readdir", SYS_getdents64, BY_FD},
    {"mmap", SYS_mmap, BY_MAP},         {"ftruncate", SYS_ftruncate, BY_FD},
    {"ftruncate", SYS_truncate, BY_PATH}, {"lock", SYS_flock, BY_FD},
    {"lock", SYS_fcntl, BY_FD},         {"fadvise", SYS_fadvise64, BY_FD},
    {"chmod", SYS_fchmod, BY_FD},       {"chmod", SYS_chmod, BY_PATH},
    {"chmod", SYS_fchmodat, BY_FD_PATH},
};
enum { CALLS = sizeof calls / sizeof calls[0] };

// Calls that change what is on the disk: trapped whenever changes are recorded.
static const char changing[] = ",open,write,fsync,rename,unlink,mkdir,ftruncate,";

static struct {
  char chosen[512];  // ",write,fsync,"
  char under[PATH_SIZE];
  volatile uint64_t *state;
  uint64_t at;
  enum { NOTHING, KILL, ERRNO, SHORT, PAUSE } then;
  long error, pause;
  int lasting, log, bytes;
  volatile int busy;
  uint64_t stored;
} plan = {.log = -1, .bytes = -1};

// The one place from which the filter lets every call through.
long plain(long number, long a, long b, long c, long d, long e, long f);
extern char plain_end[];
__asm__(".text\n.globl plain\n.type plain,@function\nplain:\n"
        "mov %rdi,%rax\nmov %rsi,%rdi\nmov %rdx,%rsi\nmov %rcx,%rdx\n"
        "mov %r8,%r10\nmov %r9,%r8\nmov 8(%rsp),%r9\nsyscall\n"
        ".globl plain_end\nplain_end:\nret\n.size plain,.-plain\n");

#define CALL(number, ...) CALL_(number, __VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define CALL_(n, a, b, c, d, e, f, ...) \
  plain(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

// No function of libc that allocates or locks is called below: a trap may come in the middle of one.
static void append(char *text, const char *more) {
  size_t length = strlen(text), room = PATH_SIZE - 1 - length, size = strlen(more);
  if (size > room) size = room;
  memcpy(text + length, more, size);
  text[length + size] = 0;
}

static void path_of_descriptor(long descriptor, char *path) {
  char link[40] = "/proc/self/fd/", digits[24];
  int count = 0;
  path[0] = 0;
  if (descriptor < 0) return;
  do digits[count++] = '0' + descriptor % 10; while ((descriptor /= 10));
  size_t length = strlen(link);
  while (count) link[length++] = digits[--count];
  link[length] = 0;
  long size = CALL(SYS_readlink, link, path, PATH_SIZE - 1);
  path[size > 0 ? size : 0] = 0;
}

static void path_of_name(int folder, const char *name, char *path) {
  path[0] = 0;
  if (!name) return;
  if (name[0] != '/') {
    if (folder != AT_FDCWD) path_of_descriptor(folder, path);
    else if (CALL(SYS_getcwd, path, PATH_SIZE) <= 0) path[0] = 0;
    if (name[0]) append(path, "/");
  }
  append(path, name);
}

static void path_of(const struct call *call, const greg_t *args, char *path) {
  switch (call->where) {
    case BY_FD: path_of_descriptor((int)args[0], path); break;
    case BY_PATH: path_of_name(AT_FDCWD, (const char *)args[0], path); break;
    case BY_FD_PATH: path_of_name((int)args[0], (const char *)args[1], path); break;
    case BY_MAP: path_of_descriptor((int)args[4], path); break;
  }
}

static int is_listed(const char *list, const char *name) {
  size_t size = strlen(name);
  for (const char *at = list; (at = strstr(at, name)); at++)
    if (at > list && at[-1] == ',' && at[size] == ',') return 1;
  return 0;
}

static int is_under(const char *path) {
  const char *from = plan.under;
  while (*from) {
    const char *end = strchrnul(from, ':');
    size_t size = end - from;
    if (!strncmp(path, from, size)) return 1;
    from = *end ? end + 1 : end;
  }
  return 0;
}

static void note(const char *kind, const char *path, const char *other, long a, long b, long c) {
  char line[2 * PATH_SIZE + 128];
  int size = snprintf(line, sizeof line, "%s\t%s\t%s\t%ld\t%ld\t%ld\n", kind, path, other, a, b, c);
  CALL(SYS_write, plan.log, line, size);
}

static void keep(const void *bytes, long size) {
  for (long done = 0; done < size;) {
    long wrote = CALL(SYS_write, plan.bytes, (const char *)bytes + done, size - done);
    if (wrote <= 0) return;
    done += wrote;
  }
  plan.stored += size;
}

static void record_write(const greg_t *args, int number, const char *path, long result) {
  long offset = number == SYS_pwrite64 ? args[3] : CALL(SYS_lseek, args[0], 0, SEEK_CUR) - result;
  uint64_t at = plan.stored;
  if (number != SYS_writev) {
    keep((const void *)args[1], result);
  } else {
    const struct iovec *part = (const struct iovec *)args[1];
    for (long left = result; left > 0; part++) {
      long size = (long)part->iov_len < left ? (long)part->iov_len : left;
      keep(part->iov_base, size);
      left -= size;
    }
  }
  note("write", path, "", offset, result, at);
}

static long open_flags(int number, const greg_t *args) {
  return number == SYS_openat ? args[2] : number == SYS_creat ? O_CREAT | O_TRUNC : args[1];
}

// One change after another: the order in the record is the order on the disk.
static long perform_and_record(const struct call *call, const greg_t *args, const char *path) {
  while (__atomic_exchange_n(&plan.busy, 1, __ATOMIC_ACQUIRE)) CALL(SYS_sched_yield, 0);
  int number = call->number, is_open = !strcmp(call->name, "open"), was_there = 0;
  long flags = open_flags(number, args);
  if (is_open && flags & O_CREAT) was_there = !CALL(SYS_access, path, F_OK);
  long result = plain(number, args[0], args[1], args[2], args[3], args[4], args[5]);
  if (result >= 0) {
    char other[PATH_SIZE];
    if (is_open && flags & O_CREAT && !was_there) note("create", path, "", 0, 0, 0);
    else if (is_open && flags & O_TRUNC) note("truncate", path, "", 0, 0, 0);
    else if (!strcmp(call->name, "write")) record_write(args, number, path, result);
    else if (!strcmp(call->name, "fsync")) note("sync", path, "", 0, 0, 0);
    else if (!strcmp(call->name, "mkdir")) note("mkdir", path, "", 0, 0, 0);
    else if (!strcmp(call->name, "unlink")) note("remove", path, "", 0, 0, 0);
    else if (!strcmp(call->name, "ftruncate")) note("truncate", path, "", args[1], 0, 0);
    else if (!strcmp(call->name, "rename")) {
      int at = number != SYS_rename;
      path_of_name(at ? (int)args[2] : AT_FDCWD, (const char *)args[at ? 3 : 1], other);
      int exchanges = number == SYS_renameat2 && args[4] & EXCHANGE;
      note(exchanges ? "exchange" : "rename", path, other, 0, 0, 0);
    }
  }
  __atomic_store_n(&plan.busy, 0, __ATOMIC_RELEASE);
  return result;
}

static long perform(const struct call *call, greg_t *args) {
  char path[PATH_SIZE];
  path_of(call, args, path);
  int counts = is_under(path);
  if (counts && is_listed(plan.chosen, call->name)) {
    uint64_t n = __atomic_add_fetch(&plan.state[0], 1, __ATOMIC_SEQ_CST);
    if (plan.at && (n == plan.at || (plan.lasting && n > plan.at))) {
      __atomic_add_fetch(&plan.state[1], 1, __ATOMIC_SEQ_CST);
      // The disk is as it was before this call: what it would have done is not done.
      if (plan.then == KILL) CALL(SYS_kill, CALL(SYS_getpid, 0), SIGKILL);
      // On a disk that is full to stay, files and folders that are there can be opened.
      int is_kept = plan.lasting && plan.error == ENOSPC && !strcmp(call->name, "open")
                    && !(open_flags(call->number, args) & O_CREAT);
      if (plan.then == ERRNO && !is_kept) return -plan.error;
      if (plan.then == SHORT && args[2] > 1 && call->number != SYS_writev
          && call->number != SYS_readv && call->where == BY_FD)
        args[2] /= 2;
      if (plan.then == PAUSE) {
        struct timespec wait = {plan.pause / 1000, plan.pause % 1000 * 1000000};
        CALL(SYS_nanosleep, &wait, 0);
      }
    }
  }
  if (counts && plan.log >= 0 && is_listed(changing, call->name))
    return perform_and_record(call, args, path);
  return plain(call->number, args[0], args[1], args[2], args[3], args[4], args[5]);
}

static void trapped(int signal, siginfo_t *info, void *context) {
  (void)signal;
  greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
  greg_t args[6] = {registers[REG_RDI], registers[REG_RSI], registers[REG_RDX],
                    registers[REG_R10], registers[REG_R8],  registers[REG_R9]};
  for (int index = 0; index < CALLS; index++) {
    if (calls[index].number == info->si_syscall) {
      registers[REG_RAX] = perform(&calls[index], args);
      return;
    }
  }
  registers[REG_RAX] = -ENOSYS;
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define SKIP_UNLESS(value, count) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (count))
#define ANSWER(action) BPF_STMT(BPF_RET | BPF_K, (action))

static void trap(void) {
  struct sock_filter filter[CALLS * 2 + 16];
  unsigned short size = 0;
  uint64_t from = (uint64_t)plain_end;
  struct sock_filter head[] = {
      LOAD(instruction_pointer), SKIP_UNLESS((uint32_t)from, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, instruction_pointer) + 4),
      SKIP_UNLESS((uint32_t)(from >> 32), 1), ANSWER(SECCOMP_RET_ALLOW),
      // Memory without a file: libc asks for it with all signals blocked, where no trap can work.
      LOAD(nr), SKIP_UNLESS(SYS_mmap, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[4])),
      SKIP_UNLESS((uint32_t)-1, 1), ANSWER(SECCOMP_RET_ALLOW), LOAD(nr)};
  for (size_t index = 0; index < sizeof head / sizeof head[0]; index++) filter[size++] = head[index];
  for (int index = 0; index < CALLS; index++) {
    if (!is_listed(plan.chosen, calls[index].name)
        && !(plan.log >= 0 && is_listed(changing, calls[index].name)))
      continue;
    filter[size++] = (struct sock_filter)SKIP_UNLESS(calls[index].number, 1);
    filter[size++] = (struct sock_filter)ANSWER(SECCOMP_RET_TRAP);
  }
  filter[size++] = (struct sock_filter)ANSWER(SECCOMP_RET_ALLOW);
  struct sock_fprog program = {.len = size, .filter = filter};
  struct sigaction action = {.sa_sigaction = trapped, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigaction(SIGSYS, &action, NULL);
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program)) {
    static const char text[] = "shim: the system does not let calls be trapped\n";
    CALL(SYS_write, 2, text, sizeof text - 1);
    CALL(SYS_exit_group, 99);
  }
}

static int open_record(const char *folder, const char *name) {
  char path[PATH_SIZE];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  int opened = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
  // High, so that the program gets the numbers that it would have without the shim.
  int high = fcntl(opened, F_DUPFD_CLOEXEC, 500);
  close(opened);
  return high;
}

__attribute__((constructor)) static void begin(void) {
  const char *names = getenv("HENG_FAULT_CALLS"), *under = getenv("HENG_FAULT_UNDER");
  const char *state = getenv("HENG_FAULT_STATE"), *at = getenv("HENG_FAULT_AT");
  const char *then = getenv("HENG_FAULT_THEN"), *error = getenv("HENG_FAULT_ERRNO");
  const char *wait = getenv("HENG_FAULT_PAUSE"), *record = getenv("HENG_FAULT_RECORD");
  if (!under || !state) return;
  snprintf(plan.chosen, sizeof plan.chosen, ",%s,", names ? names : "");
  snprintf(plan.under, sizeof plan.under, "%s", under);
  int file = open(state, O_RDWR | O_CLOEXEC);
  void *shared = file < 0 ? MAP_FAILED : mmap(0, 16, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (shared == MAP_FAILED) return;
  close(file);
  plan.state = shared;
  plan.at = at ? strtoull(at, 0, 10) : 0;
  plan.error = error ? atol(error) : EIO;
  plan.pause = wait ? atol(wait) : 100;
  plan.lasting = getenv("HENG_FAULT_LASTING") != NULL;
  if (then)
    plan.then = !strcmp(then, "kill") ? KILL : !strcmp(then, "errno") ? ERRNO
              : !strcmp(then, "short") ? SHORT : !strcmp(then, "pause") ? PAUSE : NOTHING;
  if (record) {
    plan.log = open_record(record, "calls.log");
    plan.bytes = open_record(record, "bytes.bin");
  }
  // A program that this one starts has no handler when its loader opens the first library.
  unsetenv("LD_PRELOAD");
  trap();
}
