// The functions of libmtp that MtpTarget calls, with phone() behind them.
#include "fakemtp.h"

#include <libmtp.h>

#include <array>
#include <cstdlib>
#include <cstring>

#include "sync/devices/mtp/usbholder.h"

namespace marea::sync {

std::string usbHolder(const UsbPlace&) {
    return "";
}

std::string usbSerial(const UsbPlace&) {
    return "";
}

namespace test {

FakePhone& phone() {
    static FakePhone one;
    return one;
}

}  // namespace test
}  // namespace marea::sync

namespace {

using marea::sync::test::FakePhone;
using marea::sync::test::phone;

struct Opened {
    LIBMTP_mtpdevice_t device{};
    LIBMTP_devicestorage_t storage{};
    LIBMTP_error_t error{LIBMTP_ERROR_USB_LAYER, nullptr, nullptr};
    bool hasFailed = false;
};

Opened& opened() {
    static Opened one;
    return one;
}

LIBMTP_file_t* fileOf(const FakePhone::Object& object, std::uint32_t folder) {
    LIBMTP_file_t* file = LIBMTP_new_file_t();
    file->item_id = object.id;
    file->parent_id = folder;
    file->storage_id = opened().storage.id;
    file->filename = ::strdup(object.name.c_str());
    file->filesize = object.size;
    file->filetype = object.isFolder ? LIBMTP_FILETYPE_FOLDER : LIBMTP_FILETYPE_UNKNOWN;
    return file;
}

}  // namespace

void LIBMTP_Init() {}

LIBMTP_error_number_t LIBMTP_Detect_Raw_Devices(LIBMTP_raw_device_t** list, int* count) {
    *list = static_cast<LIBMTP_raw_device_t*>(std::calloc(1, sizeof(LIBMTP_raw_device_t)));
    *count = 1;
    return LIBMTP_ERROR_NONE;
}

LIBMTP_mtpdevice_t* LIBMTP_Open_Raw_Device_Uncached(LIBMTP_raw_device_t*) {
    opened() = Opened();
    opened().storage.id = 1;
    return &opened().device;
}

void LIBMTP_Release_Device(LIBMTP_mtpdevice_t*) {}

char* LIBMTP_Get_Serialnumber(LIBMTP_mtpdevice_t*) {
    return ::strdup("1");
}

char* LIBMTP_Get_Manufacturername(LIBMTP_mtpdevice_t*) {
    return ::strdup("Marea");
}

char* LIBMTP_Get_Modelname(LIBMTP_mtpdevice_t*) {
    return ::strdup("Phone");
}

int LIBMTP_Get_Storage(LIBMTP_mtpdevice_t* device, int) {
    Opened& one = opened();
    one.storage.FreeSpaceInBytes = phone().room;
    one.storage.MaxCapacity = phone().capacity;
    device->storage = phone().isPulled() ? nullptr : &one.storage;
    return phone().isPulled() ? -1 : 0;
}

int LIBMTP_Check_Capability(LIBMTP_mtpdevice_t*, LIBMTP_devicecap_t) {
    return 1;
}

LIBMTP_error_t* LIBMTP_Get_Errorstack(LIBMTP_mtpdevice_t*) {
    return opened().hasFailed ? &opened().error : nullptr;
}

void LIBMTP_Clear_Errorstack(LIBMTP_mtpdevice_t*) {
    opened().hasFailed = false;
}

namespace {

bool isRefused(std::uint32_t id) {
    const auto found = phone().refusals.find(id);
    if (found == phone().refusals.end() || found->second == 0) {
        return false;
    }
    found->second -= found->second > 0 ? 1 : 0;
    return true;
}

}  // namespace

// As libmtp: what it could not ask for is left out, and no error tells of it.
LIBMTP_file_t* LIBMTP_Get_Files_And_Folders(LIBMTP_mtpdevice_t*, std::uint32_t, std::uint32_t folder) {
    FakePhone& there = phone();
    const bool wasPulled = there.isPulled();
    ++there.listings;
    opened().hasFailed = wasPulled;
    LIBMTP_file_t* first = nullptr;
    LIBMTP_file_t** last = &first;
    for (const FakePhone::Object& object : there.folders[folder]) {
        if (wasPulled || (there.isPulled() && first)) {
            break;
        }
        if (!isRefused(object.id)) {
            *last = fileOf(object, folder);
            last = &(*last)->next;
        }
    }
    return first;
}

extern "C" int LIBMTP_Get_Children(LIBMTP_mtpdevice_t*, std::uint32_t, std::uint32_t folder, std::uint32_t** ids) {
    if (!phone().counts || phone().isPulled()) {
        return -1;
    }
    const std::vector<FakePhone::Object>& there = phone().folders[folder];
    *ids = static_cast<std::uint32_t*>(std::calloc(there.size() + 1, sizeof(std::uint32_t)));
    for (std::size_t i = 0; i < there.size(); ++i) {
        (*ids)[i] = there[i].id;
    }
    return static_cast<int>(there.size());
}

LIBMTP_file_t* LIBMTP_new_file_t() {
    return static_cast<LIBMTP_file_t*>(std::calloc(1, sizeof(LIBMTP_file_t)));
}

void LIBMTP_destroy_file_t(LIBMTP_file_t* file) {
    if (file) {
        std::free(file->filename);
        std::free(file);
    }
}

int LIBMTP_Get_File_To_Handler(LIBMTP_mtpdevice_t*, std::uint32_t, MTPDataPutFunc put, void* data,
                               LIBMTP_progressfunc_t, const void*) {
    std::array<unsigned char, 4096> block{};
    do {
        std::uint32_t used = 0;
        ++phone().blocks;
        if (put(nullptr, data, static_cast<std::uint32_t>(block.size()), block.data(), &used) !=
            LIBMTP_HANDLER_RETURN_OK) {
            return -1;
        }
    } while (phone().isEndless);
    return 0;
}

// What these tests do not do.
std::uint32_t LIBMTP_Create_Folder(LIBMTP_mtpdevice_t*, char*, std::uint32_t, std::uint32_t) {
    return 0;
}

int LIBMTP_Send_File_From_Handler(LIBMTP_mtpdevice_t*, MTPDataGetFunc, void*, LIBMTP_file_t*, LIBMTP_progressfunc_t,
                                  const void*) {
    return -1;
}

LIBMTP_file_t* LIBMTP_Get_Filemetadata(LIBMTP_mtpdevice_t*, std::uint32_t id) {
    for (const auto& [folder, objects] : phone().folders) {
        for (const FakePhone::Object& object : objects) {
            if (object.id == id) {
                return isRefused(id) ? nullptr : fileOf(object, folder);
            }
        }
    }
    return nullptr;
}

int LIBMTP_Set_File_Name(LIBMTP_mtpdevice_t*, LIBMTP_file_t*, const char*) {
    return -1;
}

int LIBMTP_Delete_Object(LIBMTP_mtpdevice_t*, std::uint32_t) {
    return -1;
}
