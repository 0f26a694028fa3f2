// What players keep beside their files: tags, and lists.
#include <libmtp.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <cstring>

#include "core/base/utf8.h"
#include "sync/devices/mtp/mtpobjects.h"
#include "sync/devices/mtp/mtptarget.h"
#include "sync/devices/mtp/mtptypes.h"
#include "sync/plan/forms.h"
#include "sync/plan/libraryfile.h"

namespace marea::sync {

using namespace mtp;

namespace {

constexpr std::size_t kMaxBytes = 240;  // of a text: MTP's have at most 254 units

struct Text {
    LIBMTP_property_t property;
    std::string value;
};

struct FreeList {
    void operator()(LIBMTP_playlist_t* list) const { LIBMTP_destroy_playlist_t(list); }
};
using List = std::unique_ptr<LIBMTP_playlist_t, FreeList>;

// Where players of their makers' day look for lists; at the top.
constexpr std::array kListFolders{"Playlists", "My Playlists"};

std::string withoutEnd(const std::string& name) {
    return name.substr(0, name.rfind('.'));
}

std::string dateOf(int year) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d0101T000000.0", year);
    return text.data();
}

}  // namespace

// Its media scanner looks into files itself.
bool MtpTarget::isAndroid() const {
    for (const LIBMTP_device_extension_t* one = device_->extensions; one; one = one->next) {
        if (one->name && std::strcmp(one->name, "android.com") == 0) {
            return true;
        }
    }
    return LIBMTP_Check_Capability(device_.get(), LIBMTP_DEVICECAP_EditObjects) != 0;
}

const std::set<std::uint16_t>& MtpTarget::types() const {
    if (!types_) {
        std::uint16_t* list = nullptr;
        std::uint16_t count = 0;
        types_.emplace();
        if (LIBMTP_Get_Supported_Filetypes(device_.get(), &list, &count) == 0 && list) {
            types_->insert(list, list + count);
        }
        std::free(list);
    }
    return *types_;
}

bool MtpTarget::hasProperty(int type, int property) {
    const auto [known, isNew] = properties_.try_emplace({type, property}, false);
    if (isNew) {
        known->second = LIBMTP_Is_Property_Supported(device_.get(), static_cast<LIBMTP_property_t>(property),
                                                     static_cast<LIBMTP_filetype_t>(type)) > 0;
    }
    return known->second;
}

// What it refuses once it is not given again.
void MtpTarget::setProperty(int type, int property, const std::function<int()>& set) {
    if (isGone_ || !hasProperty(type, property) || set() == 0) {
        return;
    }
    properties_[{type, property}] = false;
    isGone_ = !answers() || !storage();
}

// One by one: libmtp's own way with a track fits numbers into the bounds that the device tells, and a step of 0 among
// them ends the program. It would also say that the track was never played, and tell what nobody knows.
core::Result<void> MtpTarget::describe(const std::string& path, const LibraryItem& item) {
    const Object* object = isGone_ ? nullptr : find(path);
    const LIBMTP_filetype_t type = typeFor(nameOf(path), types());
    if (!object || object->isDouble || isVideo(item) || item.tags.title.empty() || !LIBMTP_FILETYPE_IS_TRACK(type) ||
        isAndroid()) {
        return isGone_ ? core::Result<void>(gone()) : core::Result<void>();
    }
    LIBMTP_mtpdevice_t* const device = device_.get();
    const std::uint32_t id = object->id;
    const TrackTags& tags = item.tags;
    const std::array texts{Text{LIBMTP_PROPERTY_Name, tags.title},
                           Text{LIBMTP_PROPERTY_Artist, tags.artist},
                           Text{LIBMTP_PROPERTY_AlbumName, tags.album},
                           Text{LIBMTP_PROPERTY_AlbumArtist, tags.albumArtist},
                           Text{LIBMTP_PROPERTY_Genre, tags.genre},
                           Text{LIBMTP_PROPERTY_OriginalReleaseDate, tags.year > 0 ? dateOf(tags.year) : ""}};
    for (const Text& one : texts) {
        const std::string text = core::cleanText(one.value, kMaxBytes);
        if (!text.empty()) {
            setProperty(type, one.property,
                        [&] { return LIBMTP_Set_Object_String(device, id, one.property, text.c_str()); });
        }
    }
    if (tags.track > 0 && tags.track <= UINT16_MAX) {
        setProperty(type, LIBMTP_PROPERTY_Track, [&] {
            return LIBMTP_Set_Object_u16(device, id, LIBMTP_PROPERTY_Track, static_cast<std::uint16_t>(tags.track));
        });
    }
    if (item.duration > 0 && item.duration < 1e6) {
        setProperty(type, LIBMTP_PROPERTY_Duration, [&] {
            return LIBMTP_Set_Object_u32(device, id, LIBMTP_PROPERTY_Duration,
                                         static_cast<std::uint32_t>(std::lround(item.duration * 1000)));
        });
    }
    LIBMTP_Clear_Errorstack(device);
    return isGone_ ? core::Result<void>(gone()) : core::Result<void>();
}

// Nothing where it keeps none; phones read files.
std::optional<std::string> MtpTarget::folderForLists() const {
    if (types().count(LIBMTP_FILETYPE_PLAYLIST) == 0 || isAndroid()) {
        return std::nullopt;
    }
    for (const char* name : kListFolders) {
        if (const Object* found = find(name); found && found->isFolder) {
            return found->path;
        }
    }
    return "";
}

core::Result<ListedFile> MtpTarget::putList(const std::string& path, const std::vector<std::string>& titles) {
    if (isGone_) {
        return gone();
    }
    const List list(LIBMTP_new_playlist_t());
    list->tracks = static_cast<std::uint32_t*>(std::calloc(titles.size() + 1, sizeof(std::uint32_t)));
    for (const std::string& title : titles) {
        if (const Object* object = find(title); object && !object->isFolder) {
            list->tracks[list->no_tracks++] = object->id;
        }
    }
    if (list->no_tracks == 0) {
        return core::fail(core::ErrorCode::Conflict, "None of its titles is on the device.");
    }
    // libmtp puts it into 256 bytes, with an end, and does not look.
    list->name = ::strdup(core::cleanText(withoutEnd(nameOf(path)), kMaxBytes).c_str());
    list->storage_id = storage_;
    const Object* const known = find(path);
    if (!known) {
        return newList(path, *list);
    }
    if (known->isDouble) {
        return core::fail(core::ErrorCode::Conflict, "Two files on the device have this name. Both stay.");
    }
    list->playlist_id = known->id;
    LIBMTP_Clear_Errorstack(device_.get());
    if (LIBMTP_Update_Playlist(device_.get(), list.get()) != 0) {
        return core::unexpected<core::Error>(failure("cannot change a list"));
    }
    Object object = *known;
    object.id = list->playlist_id;  // on some it has another now
    put(object);
    return ListedFile{object.path, object.size, object.modified};
}

core::Result<ListedFile> MtpTarget::newList(const std::string& path, LIBMTP_playlist_struct& list) {
    const auto folder = folderFor(folderOf(path));
    if (!folder) {
        return core::unexpected<core::Error>(folder.error());
    }
    list.parent_id = *folder;
    LIBMTP_Clear_Errorstack(device_.get());
    const int done = LIBMTP_Create_New_Playlist(device_.get(), &list);
    if (list.playlist_id != 0) {  // also of one that stays behind without its titles
        put({path, list.playlist_id, false, 0, 0});
    }
    if (done != 0) {
        return core::unexpected<core::Error>(failure("cannot make a list"));
    }
    // Its name ends as the device wants it.
    const File file(LIBMTP_Get_Filemetadata(device_.get(), list.playlist_id));
    const std::string name = file && file->filename ? file->filename : nameOf(path);
    Object object = *find(path);
    forget(object);
    object.path = path.substr(0, path.size() - nameOf(path).size()) + name;
    const bool isElsewhere = file && file->parent_id != *folder && !(folderOf(path).empty() && file->parent_id == 0);
    if (isElsewhere || !isPlainPath(object.path) || name.find('/') != std::string::npos || find(object.path)) {
        LIBMTP_Delete_Object(device_.get(), object.id);
        return core::fail(core::ErrorCode::Unprocessable, "The device keeps its lists where Marea does not see them.");
    }
    object.size = !file || file->filetype == LIBMTP_FILETYPE_PLAYLIST ? 0 : listedBytes(file->filesize);
    put(object);
    return ListedFile{object.path, object.size, object.modified};
}

core::Result<std::vector<std::string>> MtpTarget::titlesOf(const std::string& path) {
    const Object* const object = isGone_ ? nullptr : find(path);
    if (!object) {
        return isGone_ ? core::Result<std::vector<std::string>>(gone()) : std::vector<std::string>();
    }
    LIBMTP_Clear_Errorstack(device_.get());
    const List list(LIBMTP_Get_Playlist(device_.get(), object->id));
    std::set<std::uint32_t> ids;
    if (list && list->tracks) {
        ids.insert(list->tracks, list->tracks + list->no_tracks);
    }
    std::vector<std::string> titles;
    for (const auto& [key, one] : objects_) {
        if (ids.erase(one.id) > 0) {
            titles.push_back(one.path);
        }
    }
    for (const std::uint32_t id : ids) {  // it is in a folder that is not listed, or is gone
        if (const File file(LIBMTP_Get_Filemetadata(device_.get(), id)); file) {
            titles.push_back(std::string("/") + (file->filename ? file->filename : ""));
            break;
        }
    }
    return titles;
}

}  // namespace marea::sync
