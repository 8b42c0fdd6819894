// glibc declares renameat2 only under _GNU_SOURCE, which Swift's own module of glibc is built
// without; the function itself is there since glibc 2.28.
#ifndef HENG_CLINUX_SHIM_H
#define HENG_CLINUX_SHIM_H
extern int renameat2(int from_folder, const char *from, int to_folder, const char *to,
                     unsigned int flags);
enum { exchange_names = 1 << 1 };
#endif
