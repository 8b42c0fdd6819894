#define _GNU_SOURCE
#include "CFreeXL.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

// As freexl.h of 1.0.6 declares them.
struct cell {
  unsigned char type;
  union {
    int integer;
    double real;
    const char *text;
  } value;
};
enum {
  type_null = 101, type_integer, type_double, type_text, type_shared_text, type_date,
  type_date_time, type_time,
  info_password = 32008, info_sheets = 32010, is_locked = 3003,
};

static int (*book_open)(const char *, const void **);
static int (*book_info)(const void *, unsigned short, unsigned int *);
static int (*sheet_name)(const void *, unsigned short, const char **);
static int (*sheet_select)(const void *, unsigned short);
static int (*sheet_size)(const void *, unsigned int *, unsigned short *);
static int (*cell_value)(const void *, unsigned int, unsigned short, struct cell *);

int freexl_is_there(void) {
  // Twice at the same time does no harm: both find the same.
  void *library = dlopen("libfreexl.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!library) return 0;
  *(void **)&book_open = dlsym(library, "freexl_open");
  *(void **)&book_info = dlsym(library, "freexl_get_info");
  *(void **)&sheet_name = dlsym(library, "freexl_get_worksheet_name");
  *(void **)&sheet_select = dlsym(library, "freexl_select_active_worksheet");
  *(void **)&sheet_size = dlsym(library, "freexl_worksheet_dimensions");
  *(void **)&cell_value = dlsym(library, "freexl_get_cell_value");
  return book_open && book_info && sheet_name && sheet_select && sheet_size && cell_value;
}

// MARK: - In the child

static unsigned char buffer[1 << 16];
static size_t filled;

static void flush(void) {
  size_t written = 0;
  while (written < filled) {
    ssize_t count = write(3, buffer + written, filled - written);
    if (count < 0 && errno == EINTR) continue;
    // Nobody listens any more.
    if (count <= 0) _exit(1);
    written += (size_t)count;
  }
  filled = 0;
}

static void put(const void *bytes, size_t count) {
  const unsigned char *from = bytes;
  while (count > 0) {
    if (filled == sizeof buffer) flush();
    size_t part = sizeof buffer - filled < count ? sizeof buffer - filled : count;
    memcpy(buffer + filled, from, part);
    filled += part;
    from += part;
    count -= part;
  }
}

static void put_byte(unsigned char byte) { put(&byte, 1); }

static void put_number(uint32_t number) {
  unsigned char bytes[4] = {number, number >> 8, number >> 16, number >> 24};
  put(bytes, 4);
}

static void put_text(const char *text) {
  size_t length = text ? strlen(text) : 0;
  put_number((uint32_t)length);
  put(text, length);
}

static void put_cell(unsigned column, const struct cell *cell) {
  put_number(column);
  switch (cell->type) {
  case type_integer:
    put_byte(cell_integer);
    put_number(4);
    put_number((uint32_t)cell->value.integer);
    break;
  case type_double: {
    uint64_t bits;
    memcpy(&bits, &cell->value.real, 8);
    put_byte(cell_double);
    put_number(8);
    put_number((uint32_t)bits);
    put_number((uint32_t)(bits >> 32));
    break;
  }
  case type_date: case type_date_time: case type_time:
    put_byte(cell_date);
    put_text(cell->value.text);
    break;
  default:
    put_byte(cell_text);
    put_text(cell->value.text);
  }
}

static void fail(int code) {
  put_byte(frame_fault);
  put_number((uint32_t)code);
  flush();
  _exit(0);
}

static int is_filled(const void *book, unsigned row, unsigned short column, struct cell *cell) {
  int code = cell_value(book, row, column, cell);
  if (code != 0) fail(code);
  return cell->type > type_null && cell->type <= type_time;
}

static void put_sheet(const void *book) {
  unsigned int rows = 0;
  unsigned short columns = 0;
  int code = sheet_size(book, &rows, &columns);
  if (code != 0) fail(code);
  struct cell cell;
  for (unsigned row = 0; row < rows; row++) {
    unsigned count = 0;
    for (unsigned short column = 0; column < columns; column++) {
      count += is_filled(book, row, column, &cell) ? 1 : 0;
    }
    if (count == 0) continue;
    put_byte(frame_row);
    put_number(row);
    put_number(count);
    for (unsigned short column = 0; column < columns; column++) {
      if (is_filled(book, row, column, &cell)) put_cell(column, &cell);
    }
  }
}

static void read_book(const char *path) {
  const void *book = NULL;
  int code = book_open(path, &book);
  if (code != 0) fail(code);
  unsigned int password = 0, sheets = 0;
  code = book_info(book, info_password, &password);
  if (code != 0) fail(code);
  if (password == is_locked) {
    put_byte(frame_locked);
    flush();
    _exit(0);
  }
  code = book_info(book, info_sheets, &sheets);
  if (code != 0) fail(code);
  for (unsigned sheet = 0; sheet < sheets && sheet < 65536; sheet++) {
    const char *name = NULL;
    code = sheet_name(book, (unsigned short)sheet, &name);
    if (code == 0) code = sheet_select(book, (unsigned short)sheet);
    if (code != 0) fail(code);
    put_byte(frame_sheet);
    put_text(name);
    put_sheet(book);
    put_byte(frame_sheet_end);
  }
  put_byte(frame_book_end);
  flush();
}

// Bytes of memory that are mapped.
static long mapped(void) {
  char text[64] = {0};
  int file = open("/proc/self/statm", O_RDONLY);
  if (file < 0 || read(file, text, sizeof text - 1) <= 0) _exit(1);
  close(file);
  return strtol(text, NULL, 10) * sysconf(_SC_PAGESIZE);
}

static void limit(int what, long most) {
  struct rlimit limits = {.rlim_cur = (rlim_t)most, .rlim_max = (rlim_t)most};
  if (setrlimit(what, &limits) != 0) _exit(1);
}

static void confine(int output, long memory, int seconds) {
  // A handler or a mask of the parent has no place here.
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  signal(SIGPIPE, SIG_DFL);
  if (dup2(output, 3) < 0) _exit(1);
  int nothing = open("/dev/null", O_RDWR);
  for (int file = 0; file < 3; file++) dup2(nothing, file);
  if (syscall(SYS_close_range, 4u, ~0u, 0u) != 0) {
    for (int file = 4; file < 65536; file++) close(file);
  }
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, 0);
  limit(RLIMIT_CPU, seconds);
  limit(RLIMIT_AS, mapped() + memory);
}

int freexl_start(const char *path, long memory, int seconds, int *output) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return -1;
  // Only this thread goes on in the child; what others hold locked there is what glibc itself sees
  // to, and the parent tries again where the child stands still.
  pid_t child = fork();
  if (child == 0) {
    confine(ends[1], memory, seconds);
    read_book(path);
    _exit(0);
  }
  int error = errno;
  close(ends[1]);
  if (child < 0) {
    close(ends[0]);
    errno = error;
    return -1;
  }
  *output = ends[0];
  return child;
}
