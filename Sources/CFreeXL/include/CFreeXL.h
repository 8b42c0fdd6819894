// Old workbooks (BIFF, .xls and .et) read by FreeXL in a process of their own.
//
// FreeXL is a C library of 2013 that meets bytes from anywhere here, so it works where it can do
// no harm: in a child without other open files, with little memory and time, that can write nothing
// but a pipe. The library is looked for when it is needed, so that it is none to build with.
#ifndef HENG_CFREEXL_H
#define HENG_CFREEXL_H

// Whether the library is there.
int freexl_is_there(void);

// Starts a child that reads a workbook and writes to a pipe what `freexl_frames` names.
//
//   memory   bytes that it may take beyond what this process has
//   seconds  of computing that it may take
//   output   the end of the pipe to read from
//
// Returns the child, or −1 with errno.
int freexl_start(const char *path, long memory, int seconds, int *output);

// What the child writes: one of these bytes, then numbers with their lowest byte first.
enum freexl_frames {
  frame_sheet = 'S',     // length (4), name
  frame_row = 'R',       // number from 0 (4), number of cells (4), then cells
  frame_sheet_end = 'E', //
  frame_book_end = 'X',  //
  frame_fault = 'F',     // FreeXL's code (4), negative
  frame_locked = 'L',    // a password
  // Of a cell: column (4), one of these, length (4), the bytes
  cell_integer = 'i', // 4, signed
  cell_double = 'd',  // 8
  cell_text = 't',
  cell_date = 'D', // the text of a date, a time, or both
};
#endif
