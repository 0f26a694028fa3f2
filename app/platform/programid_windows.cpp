#include "app/platform/programid.h"

#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <windows.h>

#include <shobjidl.h>
#include <QtGlobal>

namespace marea::app {

// learn.microsoft.com/windows/win32/shell/appids
void setProgramId() {
    const HRESULT result = SetCurrentProcessExplicitAppUserModelID(kProgramId);
    if (FAILED(result))
        qWarning("The program has no name for the system: 0x%08lx", static_cast<unsigned long>(result));
}

}  // namespace marea::app
