// What glibc has and Swift's own module of it leaves out.
#ifndef HENG_CLINUX_SHIM_H
#define HENG_CLINUX_SHIM_H
#include <malloc.h>

// Declared by glibc only under _GNU_SOURCE, which that module is built without; there since 2.28.
extern int renameat2(int from_folder, const char *from, int to_folder, const char *to,
                     unsigned int flags);
enum { exchange_names = 1 << 1 };

// Likewise; the offsets are long on every 64-bit Linux.
extern int sync_file_range(int file, long offset, long count, unsigned int flags);

// Starts writing a stretch of a file to disk and does not wait for it.
static inline void begin_writing(int file, long offset, long count) {
  sync_file_range(file, offset, count, 2);
}

// Waits until a stretch of a file is on disk; 0, or −1 with errno.
static inline int finish_writing(int file, long offset, long count) {
  return sync_file_range(file, offset, count, 7);
}

// Its header would bring structures along that Swift then looks for here instead of in Glibc.
extern int flock(int file, int operation);

// Takes the lock on a whole file if nobody else has it; 0, or −1 with errno. In Swift the name of
// the call is that of a structure.
static inline int lock_file(int file) { return flock(file, 2 | 4); }

// Freed memory stays with the process for its next stage; threads take theirs from so many arenas.
static inline void keep_freed_memory(int arenas) {
  mallopt(M_ARENA_MAX, arenas);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 0x7fffffff);
  mallopt(M_TOP_PAD, 64 << 20);
}

// Pages of which nothing is in use go back to the system, also those between others; unless they
// are few, because taking them again costs more than keeping them.
static inline void return_unused_pages(void) {
  if (mallinfo2().fordblks > 64 << 20) malloc_trim(0);
}
#endif
