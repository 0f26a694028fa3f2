#include <CoreFoundation/CoreFoundation.h>
#include <DiskArbitration/DiskArbitration.h>
#include <libproc.h>
#include <sys/attr.h>
#include <sys/mount.h>
#include <sys/param.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uuid/uuid.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "sync/devices/massstorage/macvolumes.h"
#include "sync/devices/massstorage/volumesystem.h"

// developer.apple.com/documentation/diskarbitration; getattrlist(2), statfs(2), libproc.h
namespace marea::sync {

namespace {

struct Release {
    void operator()(const void* object) const { CFRelease(object); }
};
template <class Reference>
using Owned = std::unique_ptr<std::remove_pointer_t<Reference>, Release>;

std::string textOf(CFDictionaryRef about, CFStringRef key) {
    const void* value = CFDictionaryGetValue(about, key);
    std::array<char, 1024> text{};
    const bool isText = value && CFGetTypeID(value) == CFStringGetTypeID() &&
                        CFStringGetCString(static_cast<CFStringRef>(value), text.data(),
                                           static_cast<CFIndex>(text.size()), kCFStringEncodingUTF8);
    return isText ? text.data() : "";
}

bool flagOf(CFDictionaryRef about, CFStringRef key) {
    const void* value = CFDictionaryGetValue(about, key);
    return value && CFGetTypeID(value) == CFBooleanGetTypeID() && CFBooleanGetValue(static_cast<CFBooleanRef>(value));
}

void describe(DASessionRef session, MacDisk& disk) {
    const Owned<DADiskRef> known(DADiskCreateFromBSDName(kCFAllocatorDefault, session, disk.device.c_str()));
    const Owned<CFDictionaryRef> about(known ? DADiskCopyDescription(known.get()) : nullptr);
    disk.isInternal = true;  // what is not known is not taken for a stick
    if (about) {
        disk.name = textOf(about.get(), kDADiskDescriptionVolumeNameKey);
        disk.protocol = textOf(about.get(), kDADiskDescriptionDeviceProtocolKey);
        disk.isInternal = flagOf(about.get(), kDADiskDescriptionDeviceInternalKey);
        disk.isRemovable = flagOf(about.get(), kDADiskDescriptionMediaRemovableKey);
        disk.isEjectable = flagOf(about.get(), kDADiskDescriptionMediaEjectableKey);
    }
}

MacDisk diskOf(const struct statfs& mount) {
    MacDisk disk;
    disk.path = mount.f_mntonname;
    disk.device = mount.f_mntfromname;
    disk.fileSystem = mount.f_fstypename;
    disk.isLocal = (mount.f_flags & MNT_LOCAL) != 0;
    disk.isShown = (mount.f_flags & MNT_DONTBROWSE) == 0;
    return disk;
}

}  // namespace

std::int64_t maxFileSizeOf(int folder) {
    struct statfs about {};
    return ::fstatfs(folder, &about) == 0 && isFat(fileSystemName(about.f_fstypename)) ? kMaxFatFile : 0;
}

std::string volumeId(const std::string& folder) {
    struct statfs mount {};
    if (::statfs(folder.c_str(), &mount) != 0 || folder != mount.f_mntonname) {
        return "";
    }
    attrlist wish{};
    wish.bitmapcount = ATTR_BIT_MAP_COUNT;
    wish.volattr = ATTR_VOL_INFO | ATTR_VOL_UUID;
    struct __attribute__((packed, aligned(4))) {
        std::uint32_t size;
        uuid_t id;
    } answer{};
    if (::getattrlist(folder.c_str(), &wish, &answer, sizeof answer, 0) != 0 || answer.size < sizeof answer ||
        uuid_is_null(answer.id)) {
        return "";
    }
    uuid_string_t text{};
    uuid_unparse_upper(answer.id, text);
    return std::string("volume:") + text;
}

// MNT_NOWAIT: of what the kernel knows, without asking a server that may be away.
std::vector<Volume> mountedVolumes() {
    const int count = ::getfsstat(nullptr, 0, MNT_NOWAIT);
    std::vector<struct statfs> mounts(static_cast<std::size_t>(std::max(count, 0)));
    const int got = ::getfsstat(mounts.data(), static_cast<int>(mounts.size() * sizeof(struct statfs)), MNT_NOWAIT);
    mounts.resize(static_cast<std::size_t>(std::min(std::max(got, 0), count)));
    const Owned<DASessionRef> session(DASessionCreate(kCFAllocatorDefault));
    std::vector<MacDisk> disks;
    for (const auto& mount : session ? mounts : std::vector<struct statfs>()) {
        MacDisk disk = diskOf(mount);
        if (disk.isLocal && disk.isShown) {
            describe(session.get(), disk);
            disks.push_back(std::move(disk));
        }
    }
    return volumesOf(disks);
}

core::Result<void> flushVolume(int folder) {
    return ::fsync_volume_np(folder, SYNC_VOLUME_FULLSYNC | SYNC_VOLUME_WAIT) == 0
               ? core::Result<void>()
               : core::unexpected<core::Error>(core::systemError(errno, "cannot flush the device"));
}

void writeOut(int, std::int64_t, std::int64_t) {}

std::string volumeHolder(const std::string& folder) {
    std::array<pid_t, 256> processes{};
    const int bytes = proc_listpidspath(PROC_ALL_PIDS, 0, folder.c_str(), PROC_LISTPIDSPATH_PATH_IS_VOLUME,
                                        processes.data(), static_cast<int>(sizeof processes));
    std::array<char, 2 * MAXCOMLEN + 1> name{};
    const bool isKnown = bytes >= static_cast<int>(sizeof(pid_t)) &&
                         proc_name(processes.front(), name.data(), static_cast<std::uint32_t>(name.size())) > 0;
    return isKnown ? name.data() : "";
}

}  // namespace marea::sync
