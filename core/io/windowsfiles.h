#pragma once

#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>

#include <string>
#include <string_view>

#include "core/io/filehandle.h"

// For the files that are compiled for Windows alone.
namespace marea::core::windows {

std::wstring wide(std::string_view utf8);
std::string utf8(std::wstring_view text);

HANDLE handleOf(int file);
FileHandle owned(HANDLE handle);  // none when it is not valid: errno says why
bool failed(DWORD error);         // says so in errno; false
inline bool done(BOOL result) {
    return result ? true : failed(GetLastError());
}

// As files are opened on other systems, too: what somebody has open can be renamed and removed.
inline constexpr DWORD kShared = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

std::string pathOf(int folder);  // whole; "" when it has none

}  // namespace marea::core::windows
