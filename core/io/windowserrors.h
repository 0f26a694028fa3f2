#pragma once

namespace marea::core {

// What an error of Windows (winerror.h) is among those of errno: what is told from others there is told here. Pure.
int errnoOfWindows(unsigned long error);

}  // namespace marea::core
