#pragma once

#include <string>

namespace marea::server {

// For libx264's parameters, after others: which of its routines it may take. Empty: those that it chooses itself.
//
// With AVX-512 its bytes would depend on memory that nobody wrote: mbtree_propagate_list_internal
// (common/x86/mc-a2.asm) takes eight macroblocks at a time, those past the end of a row as well, and what it finds
// there it adds to the picture's own if its motion points back into it. After the last row that is whatever was in the
// heap. Pictures are safe whose width in macroblocks is a multiple of eight, and so are the routines for AVX2, which
// end where the row does.
std::string x264Assembly();

}  // namespace marea::server
