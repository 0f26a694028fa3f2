#pragma once

namespace marea::app {

// What the system knows the program by, where it has to be told (Windows): its windows are one, and its media controls
// have its name and picture. Before the first window; nothing elsewhere, where the name of the desktop file says it.
#ifdef _WIN32
inline constexpr const wchar_t* kProgramId = L"Marea.Player";  // its shortcut in the start menu has the same
void setProgramId();
#else
inline void setProgramId() {}
#endif

}  // namespace marea::app
