#include "core/io/windowsfiles.h"

#include <fcntl.h>
#include <io.h>

#include <cerrno>
#include <cstdint>
#include <cwchar>

#include "core/io/windowserrors.h"

namespace marea::core::windows {

std::wstring wide(std::string_view utf8) {
    const int size = static_cast<int>(utf8.size());
    std::wstring text(static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, nullptr, 0)), L'\0');
    MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, text.data(), static_cast<int>(text.size()));
    return text;
}

std::string utf8(std::wstring_view text) {
    const int size = static_cast<int>(text.size());
    const int bytes = WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
    std::string result(static_cast<std::size_t>(bytes), '\0');
    WideCharToMultiByte(CP_UTF8, 0, text.data(), size, result.data(), bytes, nullptr, nullptr);
    return result;
}

HANDLE handleOf(int file) {
    return reinterpret_cast<HANDLE>(_get_osfhandle(file));
}

FileHandle owned(HANDLE handle) {
    if (handle == INVALID_HANDLE_VALUE || !handle) {
        failed(GetLastError());
        return FileHandle();
    }
    const int file = _open_osfhandle(reinterpret_cast<std::intptr_t>(handle), _O_BINARY | _O_NOINHERIT);
    if (file < 0) {
        CloseHandle(handle);
    }
    return FileHandle(file);
}

bool failed(DWORD error) {
    errno = errnoOfWindows(error);
    return false;
}

std::string pathOf(int folder) {
    std::wstring path(32'768, L'\0');
    const DWORD length = GetFinalPathNameByHandleW(handleOf(folder), path.data(), static_cast<DWORD>(path.size()),
                                                   FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);
    path.resize(length < path.size() ? length : 0);
    return utf8(path);
}

}  // namespace marea::core::windows
