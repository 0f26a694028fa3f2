// What players keep beside their files: tags.
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

namespace marea::sync {

using namespace mtp;

namespace {

constexpr std::size_t kMaxBytes = 240;  // of a text: MTP's have at most 254 units

struct Text {
    LIBMTP_property_t property;
    std::string value;
};

std::string dateOf(int year) {
    std::array<char, 24> text{};
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
    if (!object || isVideo(item) || item.tags.title.empty() || !LIBMTP_FILETYPE_IS_TRACK(type) || isAndroid()) {
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

}  // namespace marea::sync
