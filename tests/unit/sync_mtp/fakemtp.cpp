// The functions of libmtp that MtpTarget calls, with phone() behind them.
#include "fakemtp.h"

#include <libmtp.h>

#include <algorithm>
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

std::uint32_t idOf(const std::string& name) {
    for (const auto& [folder, objects] : phone().folders) {
        for (const FakePhone::Object& object : objects) {
            if (object.name == name) {
                return object.id;
            }
        }
    }
    return 0;
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
    const auto type = phone().types.find(object.id);
    file->filetype = object.isFolder               ? LIBMTP_FILETYPE_FOLDER
                     : type == phone().types.end() ? LIBMTP_FILETYPE_UNKNOWN
                                                   : static_cast<LIBMTP_filetype_t>(type->second);
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
    static char name[] = "android.com";
    static LIBMTP_device_extension_t android{name, 1, 0, nullptr};
    opened().device.extensions = phone().isAndroid ? &android : nullptr;
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
    one.storage.AccessCapability = phone().access;
    one.storage.StorageType = phone().memory;
    device->storage = phone().isPulled() ? nullptr : &one.storage;
    return phone().isPulled() ? -1 : 0;
}

int LIBMTP_Check_Capability(LIBMTP_mtpdevice_t*, LIBMTP_devicecap_t) {
    return phone().isAndroid ? 1 : 0;
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

std::pair<FakePhone::Object*, std::uint32_t> objectOf(std::uint32_t id) {
    for (auto& [folder, objects] : phone().folders) {
        for (FakePhone::Object& object : objects) {
            if (object.id == id) {
                return {&object, folder};
            }
        }
    }
    return {nullptr, 0};
}

int setProperty(std::uint32_t id, int property, const std::string& value) {
    ++phone().settings;
    if (phone().refusesProperties) {
        return -1;
    }
    phone().properties[id][property] = value;
    return 0;
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

int LIBMTP_Get_File_To_Handler(LIBMTP_mtpdevice_t*, std::uint32_t id, MTPDataPutFunc put, void* data,
                               LIBMTP_progressfunc_t, const void*) {
    if (const auto kept = phone().contents.find(id); kept != phone().contents.end()) {
        std::vector<unsigned char> bytes(kept->second.begin(), kept->second.end());
        std::uint32_t used = 0;
        const auto done = put(nullptr, data, static_cast<std::uint32_t>(bytes.size()), bytes.data(), &used);
        return done == LIBMTP_HANDLER_RETURN_OK ? 0 : -1;
    }
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

std::uint32_t LIBMTP_Create_Folder(LIBMTP_mtpdevice_t*, char* name, std::uint32_t parent, std::uint32_t) {
    phone().folders[parent].push_back({phone().nextId, name, true});
    return phone().nextId++;
}

int LIBMTP_Send_File_From_Handler(LIBMTP_mtpdevice_t*, MTPDataGetFunc get, void* data, LIBMTP_file_t* file,
                                  LIBMTP_progressfunc_t, const void*) {
    std::string content(file->filesize, '\0');
    for (std::size_t all = 0; all < content.size();) {  // as libmtp: until it has what it was told
        std::uint32_t got = 0;
        const auto done = get(nullptr, data, static_cast<std::uint32_t>(content.size() - all),
                              reinterpret_cast<unsigned char*>(content.data()) + all, &got);
        phone().isStarved = done == LIBMTP_HANDLER_RETURN_OK && got == 0;
        if (done != LIBMTP_HANDLER_RETURN_OK || phone().isStarved) {
            return -1;
        }
        all += got;
    }
    file->item_id = phone().nextId++;
    phone().folders[file->parent_id].push_back({file->item_id, file->filename, false, file->filesize});
    phone().types[file->item_id] = file->filetype;
    phone().contents[file->item_id] = std::move(content);
    return 0;
}

LIBMTP_file_t* LIBMTP_Get_Filemetadata(LIBMTP_mtpdevice_t*, std::uint32_t id) {
    const auto [object, folder] = objectOf(id);
    return object && !isRefused(id) ? fileOf(*object, folder) : nullptr;
}

int LIBMTP_Set_File_Name(LIBMTP_mtpdevice_t*, LIBMTP_file_t* file, const char* name) {
    FakePhone::Object* const object = phone().isAndroid ? objectOf(file->item_id).first : nullptr;
    if (object) {
        object->name = name;
    }
    return object ? 0 : -1;
}

int LIBMTP_Delete_Object(LIBMTP_mtpdevice_t*, std::uint32_t id) {
    std::size_t gone = 0;
    for (auto& [folder, objects] : phone().folders) {
        gone += std::erase_if(objects, [id](const FakePhone::Object& object) { return object.id == id; });
    }
    for (auto& [list, titles] : phone().lists) {
        std::erase(titles, id);
    }
    phone().lists.erase(id);
    return gone > 0 ? 0 : -1;
}

int LIBMTP_Get_Supported_Filetypes(LIBMTP_mtpdevice_t*, std::uint16_t** types, std::uint16_t* count) {
    const std::vector<std::uint16_t>& takes = phone().takes;
    *types = static_cast<std::uint16_t*>(std::calloc(takes.size() + 1, sizeof(std::uint16_t)));
    std::copy(takes.begin(), takes.end(), *types);
    *count = static_cast<std::uint16_t>(takes.size());
    return 0;
}

int LIBMTP_Is_Property_Supported(LIBMTP_mtpdevice_t*, LIBMTP_property_t property, LIBMTP_filetype_t) {
    return phone().keeps.count(property) > 0 ? 1 : 0;
}

int LIBMTP_Set_Object_String(LIBMTP_mtpdevice_t*, std::uint32_t id, LIBMTP_property_t property, const char* text) {
    return setProperty(id, property, text);
}

int LIBMTP_Set_Object_u16(LIBMTP_mtpdevice_t*, std::uint32_t id, LIBMTP_property_t property, std::uint16_t number) {
    return setProperty(id, property, std::to_string(number));
}

int LIBMTP_Set_Object_u32(LIBMTP_mtpdevice_t*, std::uint32_t id, LIBMTP_property_t property, std::uint32_t number) {
    return setProperty(id, property, std::to_string(number));
}

LIBMTP_playlist_t* LIBMTP_new_playlist_t() {
    return static_cast<LIBMTP_playlist_t*>(std::calloc(1, sizeof(LIBMTP_playlist_t)));
}

void LIBMTP_destroy_playlist_t(LIBMTP_playlist_t* list) {
    if (list) {
        std::free(list->name);
        std::free(list->tracks);
        std::free(list);
    }
}

int LIBMTP_Create_New_Playlist(LIBMTP_mtpdevice_t* device, LIBMTP_playlist_t* list) {
    list->playlist_id = phone().nextId++;
    phone().types[list->playlist_id] = LIBMTP_FILETYPE_PLAYLIST;
    phone().folders[list->parent_id].push_back({list->playlist_id, list->name + phone().listEnd, false, 77});
    phone().lists[list->playlist_id] = {};
    return LIBMTP_Update_Playlist(device, list);
}

int LIBMTP_Update_Playlist(LIBMTP_mtpdevice_t*, LIBMTP_playlist_t* list) {
    ++phone().puts;
    if (phone().refusesLists) {
        return -1;
    }
    phone().lists[list->playlist_id].assign(list->tracks, list->tracks + list->no_tracks);
    return 0;
}

LIBMTP_playlist_t* LIBMTP_Get_Playlist(LIBMTP_mtpdevice_t*, std::uint32_t id) {
    const auto found = phone().lists.find(id);
    if (found == phone().lists.end()) {
        return nullptr;
    }
    LIBMTP_playlist_t* const list = LIBMTP_new_playlist_t();
    list->playlist_id = id;
    list->tracks = static_cast<std::uint32_t*>(std::calloc(found->second.size() + 1, sizeof(std::uint32_t)));
    list->no_tracks = static_cast<std::uint32_t>(found->second.size());
    std::copy(found->second.begin(), found->second.end(), list->tracks);
    return list;
}
