#include "core/io/windowserrors.h"

#include <cerrno>

namespace marea::core {

// learn.microsoft.com/windows/win32/debug/system-error-codes
int errnoOfWindows(unsigned long error) {
    switch (error) {
        case 0:
            return 0;
        case 2:    // ERROR_FILE_NOT_FOUND
        case 3:    // ERROR_PATH_NOT_FOUND
        case 15:   // ERROR_INVALID_DRIVE
        case 303:  // ERROR_DELETE_PENDING
            return ENOENT;
        case 4:  // ERROR_TOO_MANY_OPEN_FILES
            return EMFILE;
        case 5:  // ERROR_ACCESS_DENIED
            return EACCES;
        case 6:  // ERROR_INVALID_HANDLE
            return EBADF;
        case 8:   // ERROR_NOT_ENOUGH_MEMORY
        case 14:  // ERROR_OUTOFMEMORY
            return ENOMEM;
        case 17:  // ERROR_NOT_SAME_DEVICE
            return EXDEV;
        case 19:  // ERROR_WRITE_PROTECT
            return EROFS;
        case 20:      // ERROR_BAD_UNIT
        case 21:      // ERROR_NOT_READY
        case 31:      // ERROR_GEN_FAILURE
        case 34:      // ERROR_WRONG_DISK
        case 55:      // ERROR_DEV_NOT_EXIST
        case 433:     // ERROR_NO_SUCH_DEVICE
        case 1006:    // ERROR_FILE_INVALID: the volume went under an open file
        case 1110:    // ERROR_MEDIA_CHANGED
        case 1112:    // ERROR_NO_MEDIA_IN_DRIVE
        case 1167:    // ERROR_DEVICE_NOT_CONNECTED
        case 1617:    // ERROR_DEVICE_REMOVED
        case 64:      // ERROR_NETNAME_DELETED
        case 0x045D:  // ERROR_IO_DEVICE
            return ENODEV;
        case 23:    // ERROR_CRC
        case 27:    // ERROR_SECTOR_NOT_FOUND
        case 29:    // ERROR_WRITE_FAULT
        case 30:    // ERROR_READ_FAULT
        case 1392:  // ERROR_FILE_CORRUPT
        case 1393:  // ERROR_DISK_CORRUPT
            return EIO;
        case 32:   // ERROR_SHARING_VIOLATION
        case 33:   // ERROR_LOCK_VIOLATION
        case 170:  // ERROR_BUSY
            return EBUSY;
        case 39:    // ERROR_HANDLE_DISK_FULL
        case 112:   // ERROR_DISK_FULL
        case 1295:  // ERROR_DISK_QUOTA_EXCEEDED
            return ENOSPC;
        case 223:  // ERROR_FILE_TOO_LARGE
            return EFBIG;
        case 80:   // ERROR_FILE_EXISTS
        case 183:  // ERROR_ALREADY_EXISTS
            return EEXIST;
        case 145:  // ERROR_DIR_NOT_EMPTY
            return ENOTEMPTY;
        case 206:  // ERROR_FILENAME_EXCED_RANGE
            return ENAMETOOLONG;
        case 267:  // ERROR_DIRECTORY
            return ENOTDIR;
        default:
            return EINVAL;
    }
}

}  // namespace marea::core
