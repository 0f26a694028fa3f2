#include "sync/devices/mtp/mtptarget.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <thread>
#include <utility>

#include "sync/devices/mtp/mtpobjects.h"
#include "sync/devices/mtp/mtptypes.h"
#include "sync/plan/libraryfile.h"

// Since libmtp 1.1.21; null with an older one.
#ifdef __ELF__
extern "C" int LIBMTP_Get_Children(LIBMTP_mtpdevice_t*, std::uint32_t, std::uint32_t, std::uint32_t**)
    __attribute__((weak));
#endif

namespace marea::sync {

using namespace mtp;

namespace {

constexpr int kMaxDepth = 32;
constexpr std::size_t kMaxObjects = 500'000;
constexpr int kTriesForStorage = 5;  // a second apart: a phone that was just allowed to share comes anew

constexpr const char* kLocked =
    "The device does not let Marea in. Unlock it and choose file transfer; close file managers that show it.";

std::string taken(char* text) {
    const std::unique_ptr<char, FreeMemory> owned(text);
    return owned ? owned.get() : "";
}

// Why a device does not let us in, and who has it.
struct Refusal {
    std::string holder, text;
};

Refusal refusalOf(const LIBMTP_raw_device_t& raw) {
    Refusal refusal{usbHolder({raw.bus_location, raw.devnum}), kLocked};
    if (!refusal.holder.empty()) {
        refusal.text = "Another program (" + refusal.holder + ") has the device. Close it there, and try again.";
    }
    return refusal;
}

// What it says of itself, as PTP numbers it (PIMA 15740, 13.3): kinds of memory, and who may do what.
bool isReadOnly(const LIBMTP_devicestorage_t& storage) {
    constexpr std::uint16_t kFixedRom = 1, kRemovableRom = 2, kReadOnlyAccess = 1, kMayOnlyDelete = 2;
    return storage.StorageType == kFixedRom || storage.StorageType == kRemovableRom ||
           storage.AccessCapability == kReadOnlyAccess || storage.AccessCapability == kMayOnlyDelete;
}

void startLibrary() {
    static const bool started = [] {
        LIBMTP_Init();
        return true;
    }();
    static_cast<void>(started);
}

struct RawDevices {
    LIBMTP_raw_device_t* list = nullptr;
    int count = 0;
    RawDevices() {
        startLibrary();
        if (LIBMTP_Detect_Raw_Devices(&list, &count) != LIBMTP_ERROR_NONE) {
            count = 0;
        }
    }
    RawDevices(const RawDevices&) = delete;
    RawDevices& operator=(const RawDevices&) = delete;
    ~RawDevices() { std::free(list); }
};

// What libmtp's callbacks work with; the first error ends the transfer.
struct Sending {
    ByteStream& content;
    std::optional<core::Error> error;
};
struct Receiving {
    const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink;
    std::optional<core::Error> error;
};

// The ids of what is in a folder; nothing where libmtp does not tell them, or a device does not.
std::optional<std::vector<std::uint32_t>> childrenOf(LIBMTP_mtpdevice_t* device, std::uint32_t storage,
                                                     std::uint32_t folder) {
    std::uint32_t* ids = nullptr;
    int count = 0;
#ifdef __ELF__
    count = LIBMTP_Get_Children ? LIBMTP_Get_Children(device, storage, folder, &ids) : 0;
#endif
    const std::unique_ptr<std::uint32_t, FreeMemory> owned(ids);
    return ids && count > 0 ? std::optional(std::vector<std::uint32_t>(ids, ids + count)) : std::nullopt;
}

std::uint16_t give(void*, void* data, std::uint32_t wanted, unsigned char* into, std::uint32_t* got) {
    auto& sending = *static_cast<Sending*>(data);
    *got = 0;
    while (*got < wanted) {
        const auto count = sending.content.read({into + *got, wanted - *got});
        if (!count) {
            sending.error = count.error();
            return LIBMTP_HANDLER_RETURN_CANCEL;
        }
        if (*count == 0) {  // libmtp would ask for ever: it asks for no more than the size that it was told
            sending.error = core::Error{core::ErrorCode::Conflict, "the file ends before its size",
                                        "The file changed while it was copied."};
            return LIBMTP_HANDLER_RETURN_CANCEL;
        }
        *got += static_cast<std::uint32_t>(*count);
    }
    return LIBMTP_HANDLER_RETURN_OK;
}

std::uint16_t take(void*, void* data, std::uint32_t length, unsigned char* bytes, std::uint32_t* used) {
    auto& receiving = *static_cast<Receiving*>(data);
    if (auto done = receiving.sink({bytes, length}); !done) {
        receiving.error = done.error();
        return LIBMTP_HANDLER_RETURN_CANCEL;
    }
    *used = length;
    return LIBMTP_HANDLER_RETURN_OK;
}

}  // namespace

void MtpTarget::Release::operator()(LIBMTP_mtpdevice_struct* device) const {
    LIBMTP_Release_Device(device);
}

MtpTarget::~MtpTarget() = default;

core::Result<std::unique_ptr<MtpTarget>> MtpTarget::open(const std::string& serial, std::vector<std::string> folders,
                                                         const std::string& storage) {
    const RawDevices raw;
    std::optional<Refusal> refused;
    for (int i = 0; i < raw.count; ++i) {
        Device device(LIBMTP_Open_Raw_Device_Uncached(&raw.list[i]));
        if (!device) {
            const UsbPlace place{raw.list[i].bus_location, raw.list[i].devnum};
            if (serial.empty() || usbSerial(place) == serial) {
                refused = refusalOf(raw.list[i]);
            }
            continue;
        }
        std::unique_ptr<MtpTarget> target(new MtpTarget(std::move(device), folders));
        if (!serial.empty() && target->serial() != serial) {
            continue;
        }
        auto ready = target->waitForStorage(storage);
        return ready ? core::Result<std::unique_ptr<MtpTarget>>(std::move(target))
                     : core::unexpected<core::Error>(ready.error());
    }
    if (refused) {
        return core::fail(core::ErrorCode::Busy, refused->text);
    }
    return core::fail(core::ErrorCode::NotFound, "No such phone or player is plugged in.");
}

std::vector<MtpDevice> MtpTarget::devices() {
    std::vector<MtpDevice> devices;
    const RawDevices raw;
    for (int i = 0; i < raw.count; ++i) {
        const LIBMTP_device_entry_t& entry = raw.list[i].device_entry;
        MtpDevice found;
        found.model = std::string(entry.vendor ? entry.vendor : "") + " " + (entry.product ? entry.product : "");
        found.usb = {raw.list[i].bus_location, raw.list[i].devnum};
        Device device(LIBMTP_Open_Raw_Device_Uncached(&raw.list[i]));
        if (device) {
            MtpTarget target(std::move(device), {});
            found.serial = target.serial();
            found.model = target.model();
            const bool isReady = target.answers() && target.device_->storage;
            found.storages = target.storages();
            found.freeBytes = found.storages.empty() ? 0 : found.storages.front().freeBytes;
            found.state = isReady ? MtpDevice::State::Ready : MtpDevice::State::Locked;
            found.problem = isReady ? "" : kLocked;
        } else {
            Refusal refusal = refusalOf(raw.list[i]);
            found.serial = usbSerial(found.usb);
            found.state = refusal.holder.empty() ? MtpDevice::State::Locked : MtpDevice::State::Held;
            found.holder = std::move(refusal.holder);
            found.problem = std::move(refusal.text);
        }
        devices.push_back(std::move(found));
    }
    return devices;
}

std::string MtpTarget::serial() const {
    return taken(LIBMTP_Get_Serialnumber(device_.get()));
}

std::string MtpTarget::model() const {
    return taken(LIBMTP_Get_Manufacturername(device_.get())) + " " + taken(LIBMTP_Get_Modelname(device_.get()));
}

// The largest first.
std::vector<MtpStorage> MtpTarget::storages() const {
    std::vector<MtpStorage> all;
    for (const LIBMTP_devicestorage_t* one = device_->storage; one; one = one->next) {
        const char* name =
            one->StorageDescription && *one->StorageDescription ? one->StorageDescription : one->VolumeIdentifier;
        all.push_back(
            {name ? name : "", roomBytes(one->MaxCapacity), roomBytes(one->FreeSpaceInBytes), isReadOnly(*one)});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const MtpStorage& a, const MtpStorage& b) { return a.totalBytes > b.totalBytes; });
    return all;
}

const LIBMTP_devicestorage_struct* MtpTarget::storage() const {
    const LIBMTP_devicestorage_t* one = device_->storage;
    while (one && one->id != storage_) {
        one = one->next;
    }
    return one;
}

core::Result<void> MtpTarget::waitForStorage(const std::string& name) {
    for (int attempt = 0; attempt < kTriesForStorage; ++attempt) {
        if (answers() && device_->storage) {
            const LIBMTP_devicestorage_t* best = nullptr;
            for (const LIBMTP_devicestorage_t* one = device_->storage; one; one = one->next) {
                const char* own = one->StorageDescription ? one->StorageDescription : "";
                const bool isWanted =
                    name.empty() || name == own || name == (one->VolumeIdentifier ? one->VolumeIdentifier : "");
                best = isWanted && (!best || one->MaxCapacity > best->MaxCapacity) ? one : best;
            }
            if (!best) {
                return core::fail(core::ErrorCode::NotFound, "The device has no storage of the name " + name + ".");
            }
            storage_ = best->id;
            return {};
        }
        std::this_thread::sleep_for(std::chrono::seconds(attempt > 0 ? 1 : 0));
    }
    return core::fail(core::ErrorCode::Busy, kLocked);
}

bool MtpTarget::answers() {
    LIBMTP_Clear_Errorstack(device_.get());
    const bool done = LIBMTP_Get_Storage(device_.get(), LIBMTP_STORAGE_SORTBY_NOTSORTED) >= 0;
    LIBMTP_Clear_Errorstack(device_.get());
    return done;
}

// Asks once whether the device is still there; one that is out of step takes half a minute for each call.
core::Error MtpTarget::failure(const char* what) {
    core::Error error{core::ErrorCode::Io, what, "The device could not do this."};
    for (const LIBMTP_error_t* one = LIBMTP_Get_Errorstack(device_.get()); one; one = one->next) {
        error.detail += std::string("; ") + (one->error_text ? one->error_text : "");
        if (one->errornumber == LIBMTP_ERROR_STORAGE_FULL) {
            error.code = core::ErrorCode::TooLarge;
            error.text = "There is no room left on the device.";
        }
    }
    if (!answers() || !device_->storage) {
        isGone_ = true;
        error.code = core::ErrorCode::Unavailable;
        error.text = kGone;
    }
    return error;
}

TargetAbilities MtpTarget::abilities() const {
    // Devices with Android's extensions rename; of others it is not known before it fails.
    const bool renames = LIBMTP_Check_Capability(device_.get(), LIBMTP_DEVICECAP_EditObjects) != 0;
    const LIBMTP_devicestorage_t* const one = storage();
    return {NameKind::Mtp,    0,    renames ? Moves::WithinAFolder : Moves::Nowhere,
            folderForLists(), true, one && isReadOnly(*one)};
}

// Where the device tells names apart that are one by their keys, only the very one.
const MtpTarget::Object* MtpTarget::find(const std::string& path) const {
    const std::string begin = keyOf(path) + '\n';
    if (const auto found = objects_.find(begin + path); found != objects_.end()) {
        return &found->second;
    }
    const auto first = objects_.lower_bound(begin);
    if (first == objects_.end() || !first->first.starts_with(begin)) {
        return nullptr;
    }
    const auto second = std::next(first);
    return second == objects_.end() || !second->first.starts_with(begin) ? &first->second : nullptr;
}

// By the very name. That of another which differs in case only is not given to files of ours, unless the device has had
// both.
bool MtpTarget::isTaken(const std::string& path) const {
    const Object* const known = find(path);
    return known && known->path == path;
}

// Told of once, it stays one of two until all is listed anew: of one of their folders alone no more can be known.
bool MtpTarget::isTwin(const Object& object) const {
    const auto known = objects_.find(keyOf(object.path) + '\n' + object.path);
    return known != objects_.end() &&
           (known->second.isDouble || (known->second.id != object.id && known->second.listing == object.listing));
}

void MtpTarget::put(Object object) {
    std::string key = keyOf(object.path) + '\n' + object.path;
    objects_.insert_or_assign(std::move(key), std::move(object));
}

void MtpTarget::forget(const Object& object) {
    objects_.erase(keyOf(object.path) + '\n' + object.path);
}

core::Result<std::vector<ListedFile>> MtpTarget::list(const Look& look) {
    if (isGone_) {
        return gone();
    }
    objects_.clear();
    partly_.clear();
    look_ = look;
    auto done = listAnew(LIBMTP_FILES_AND_FOLDERS_ROOT, "", 0);
    look_ = {};
    if (!done) {
        return core::unexpected<core::Error>(done.error());
    }
    // Of a device that went meanwhile there is but a part.
    if (!answers() || !storage()) {
        isGone_ = true;
        return gone();
    }
    std::vector<ListedFile> files;
    for (const auto& [key, object] : objects_) {
        if (!object.isFolder) {
            files.push_back({object.path, object.size, object.modified});
        }
    }
    return files;
}

std::vector<std::string> MtpTarget::doubled() const {
    std::vector<std::string> paths;
    for (const auto& [key, object] : objects_) {
        if (object.isDouble && !object.isFolder) {
            paths.push_back(object.path);
        }
    }
    return paths;
}

core::Result<void> MtpTarget::listAnew(std::uint32_t folder, const std::string& prefix, int depth) {
    listed_.clear();
    ++listing_;
    seen_ = 0;
    return listFolder(folder, prefix, depth);
}

core::Result<void> MtpTarget::looked() const {
    return look_ ? look_() : core::Result<void>();
}

core::Result<void> MtpTarget::countMore(std::size_t objects) {
    seen_ += objects;
    return seen_ <= kMaxObjects ? core::Result<void>()
                                : core::fail(core::ErrorCode::Unprocessable, "There are too many files on the device.");
}

// One after the other, so that each is a sign of life: libmtp asks for them in no other way, and a folder may have tens
// of thousands. What it could not ask for it would leave out without a word.
core::Result<std::vector<File>> MtpTarget::filesOneByOne(const std::vector<std::uint32_t>& ids,
                                                         const std::string& path) {
    if (auto done = countMore(ids.size()); !done) {
        return core::unexpected<core::Error>(done.error());
    }
    std::vector<File> files;
    for (const std::uint32_t id : ids) {
        if (auto done = looked(); !done) {
            return core::unexpected<core::Error>(done.error());
        }
        File file(LIBMTP_Get_Filemetadata(device_.get(), id));
        if (!file) {  // once more it may
            file.reset(LIBMTP_Get_Filemetadata(device_.get(), id));
        }
        if (file) {
            files.push_back(std::move(file));
        } else if (answers() && storage()) {
            partly_.insert(path);
        } else {
            isGone_ = true;
            return gone();
        }
    }
    return files;
}

core::Result<std::vector<File>> MtpTarget::filesAtOnce(std::uint32_t folder) {
    LIBMTP_Clear_Errorstack(device_.get());
    LIBMTP_file_t* next = LIBMTP_Get_Files_And_Folders(device_.get(), storage_, folder);
    if (!next && LIBMTP_Get_Errorstack(device_.get())) {
        return core::unexpected<core::Error>(failure("cannot list a folder"));
    }
    std::vector<File> files;
    while (next) {
        files.emplace_back(std::exchange(next, next->next));
    }
    auto done = countMore(files.size());
    return done ? core::Result<std::vector<File>>(std::move(files)) : core::unexpected<core::Error>(done.error());
}

core::Result<std::vector<File>> MtpTarget::filesIn(std::uint32_t folder, const std::string& path) {
    partly_.erase(path);
    const auto ids = childrenOf(device_.get(), storage_, folder);
    return ids ? filesOneByOne(*ids, path) : filesAtOnce(folder);
}

core::Result<void> MtpTarget::listFolder(std::uint32_t folder, const std::string& prefix, int depth) {
    if (auto done = looked(); !done) {
        return done;
    }
    const auto files = filesIn(folder, prefix.substr(0, prefix.empty() ? 0 : prefix.size() - 1));
    if (!files) {
        return core::unexpected<core::Error>(files.error());
    }
    std::vector<Object> inner;
    for (const File& file : *files) {
        const std::string name = file->filename ? file->filename : "";
        if (!isPlainPath(prefix + name) || name.find('/') != std::string::npos) {
            continue;
        }
        const bool isList = file->filetype == LIBMTP_FILETYPE_PLAYLIST;
        Object object{prefix + name,
                      file->item_id,
                      file->filetype == LIBMTP_FILETYPE_FOLDER,
                      isList ? 0 : listedBytes(file->filesize),
                      std::max<core::TimeMs>(file->modificationdate, 0) * 1000,
                      listing_};
        object.isDouble = isTwin(object);
        if (object.isFolder) {
            inner.push_back(object);
        }
        put(std::move(object));
    }
    for (const Object& object : inner) {
        const auto isIt = [&](const std::string& one) { return keyOf(one) == keyOf(object.path); };
        const bool isWanted = depth > 0 || std::any_of(folders_.begin(), folders_.end(), isIt) ||
                              (folderForLists() && isIt(*folderForLists()));
        if (isWanted && depth < kMaxDepth && listed_.insert(object.id).second) {
            if (auto done = listFolder(object.id, object.path + "/", depth + 1); !done) {
                return done;
            }
        }
    }
    return {};
}

// Without its time: a phone may correct that after a file came.
core::Result<ListedFile> MtpTarget::about(const std::string& path) {
    const auto object = findAlone(path);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    LIBMTP_Clear_Errorstack(device_.get());
    const File file(LIBMTP_Get_Filemetadata(device_.get(), (*object)->id));
    return file ? core::Result<ListedFile>(ListedFile{path, listedBytes(file->filesize)})
                : core::unexpected<core::Error>(failure("cannot look at a file"));
}

core::Result<std::int64_t> MtpTarget::freeBytes() {
    if (isGone_ || !answers() || !storage()) {
        return gone();
    }
    return roomBytes(storage()->FreeSpaceInBytes);
}

core::Result<std::int64_t> MtpTarget::totalBytes() {
    return isGone_ || !storage() ? core::Result<std::int64_t>(gone()) : roomBytes(storage()->MaxCapacity);
}

// The id of the folder `path`, made where it is not there, with those above it.
core::Result<std::uint32_t> MtpTarget::folderFor(const std::string& path) {
    if (path.empty()) {
        return LIBMTP_FILES_AND_FOLDERS_ROOT;
    }
    if (const Object* known = find(path)) {
        return known->isFolder ? core::Result<std::uint32_t>(known->id)
                               : core::fail(core::ErrorCode::Conflict, "A file has the name of a folder.");
    }
    const auto parent = folderFor(folderOf(path));
    if (!parent) {
        return parent;
    }
    std::string name = nameOf(path);
    LIBMTP_Clear_Errorstack(device_.get());
    const std::uint32_t id = LIBMTP_Create_Folder(device_.get(), name.data(), *parent, storage_);
    if (id == 0) {
        return core::unexpected<core::Error>(failure("cannot make a folder"));
    }
    put({path, id, true, 0, 0});
    // Some devices know of a folder only once it has been listed.
    auto listed = listAnew(id, path + "/", 1);
    return listed ? core::Result<std::uint32_t>(id) : core::unexpected<core::Error>(listed.error());
}

core::Result<void> MtpTarget::write(const std::string& path, ByteStream& content) {
    if (isGone_) {
        return gone();
    }
    if (!isPlainPath(path) || isTaken(path)) {
        return core::fail(core::ErrorCode::Conflict, "Another file has its name.");
    }
    const auto folder = folderFor(folderOf(path));
    if (!folder) {
        return core::unexpected<core::Error>(folder.error());
    }
    const File file(LIBMTP_new_file_t());
    file->filename = ::strdup(nameOf(path).c_str());
    file->filesize = static_cast<std::uint64_t>(content.size());
    file->filetype = typeFor(nameOf(path), types());
    file->parent_id = *folder;
    file->storage_id = storage_;
    Sending sending{content, std::nullopt};
    LIBMTP_Clear_Errorstack(device_.get());
    const int done = LIBMTP_Send_File_From_Handler(device_.get(), give, &sending, file.get(), nullptr, nullptr);
    if (file->item_id != 0) {  // also of a part that stays behind
        put({path, file->item_id, false, content.size(), 0});
    }
    if (sending.error) {
        static_cast<void>(answers());  // the first call after a cancelled one may fail
        return core::unexpected<core::Error>(*sending.error);
    }
    return done == 0 ? core::Result<void>() : core::unexpected<core::Error>(failure("cannot send a file"));
}

// As find(), and asks the device where it is not known: what a send that failed has left, for one.
core::Result<const MtpTarget::Object*> MtpTarget::findAnew(const std::string& path) {
    if (isGone_) {
        return gone();
    }
    if (const Object* known = find(path)) {
        return known;
    }
    const std::string folder = folderOf(path);
    const Object* parent = folder.empty() ? nullptr : find(folder);
    if (!folder.empty() && !parent) {
        return core::fail(core::ErrorCode::NotFound, "It is not there.");
    }
    auto listed = listAnew(parent ? parent->id : LIBMTP_FILES_AND_FOLDERS_ROOT, parent ? folder + "/" : "", kMaxDepth);
    if (!listed) {
        return core::unexpected<core::Error>(listed.error());
    }
    const Object* found = find(path);
    return found ? core::Result<const Object*>(found) : core::fail(core::ErrorCode::NotFound, "It is not there.");
}

// One of which there is no other, so that it is the one that is meant.
core::Result<const MtpTarget::Object*> MtpTarget::findAlone(const std::string& path) {
    auto found = findAnew(path);
    return found && (*found)->isDouble
               ? core::fail(core::ErrorCode::Conflict, "Two files on the device have this name. Both stay.")
               : std::move(found);
}

core::Result<void> MtpTarget::read(const std::string& path,
                                   const std::function<core::Result<void>(std::span<const std::uint8_t>)>& sink) {
    const auto object = findAnew(path);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    Receiving receiving{sink, std::nullopt};
    LIBMTP_Clear_Errorstack(device_.get());
    const int done = LIBMTP_Get_File_To_Handler(device_.get(), (*object)->id, take, &receiving, nullptr, nullptr);
    if (receiving.error) {
        static_cast<void>(answers());
        return core::unexpected<core::Error>(*receiving.error);
    }
    return done == 0 ? core::Result<void>() : core::unexpected<core::Error>(failure("cannot read a file"));
}

core::Result<void> MtpTarget::rename(const std::string& from, const std::string& to) {
    const auto object = findAlone(from);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    if (isTaken(to) || keyOf(folderOf(from)) != keyOf(folderOf(to))) {
        return core::fail(core::ErrorCode::Conflict, "Another file has its name.");
    }
    LIBMTP_Clear_Errorstack(device_.get());
    const File file(LIBMTP_Get_Filemetadata(device_.get(), (*object)->id));
    if (!file || LIBMTP_Set_File_Name(device_.get(), file.get(), nameOf(to).c_str()) != 0) {
        return core::unexpected<core::Error>(failure("cannot rename a file"));
    }
    Object renamed = **object;
    forget(**object);
    renamed.path = to;
    put(std::move(renamed));
    return {};
}

core::Result<void> MtpTarget::remove(const std::string& path) {
    const auto object = findAlone(path);
    if (!object) {
        return core::unexpected<core::Error>(object.error());
    }
    if ((*object)->isFolder) {
        return core::fail(core::ErrorCode::Conflict, "It is a folder.");
    }
    LIBMTP_Clear_Errorstack(device_.get());
    if (LIBMTP_Delete_Object(device_.get(), (*object)->id) != 0) {
        return core::unexpected<core::Error>(failure("cannot delete a file"));
    }
    forget(**object);
    return {};
}

// A device has what it has acknowledged.
core::Result<void> MtpTarget::flush() {
    return isGone_ ? core::Result<void>(gone()) : core::Result<void>();
}

}  // namespace marea::sync
