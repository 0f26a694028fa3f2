#include "sync/plan/forms.h"

#include "sync/plan/plan.h"

namespace marea::sync {

bool isVideo(const LibraryItem& item) {
    return !item.format.videoCodec.empty();
}

std::string megabytes(std::int64_t bytes) {
    return std::to_string((bytes + 999'999) / 1'000'000) + " MB";
}

Form formOf(const LibraryItem& item, const DeviceProfile& profile, bool canEncode, std::int64_t maxFileSize) {
    Form form;
    form.bytes = item.size;
    form.reason = cannotPlay(profile, item.format);
    if (!form.reason.empty()) {
        const auto& encoding = isVideo(item) ? profile.videoEncoding : profile.audioEncoding;
        const bool hasOne = encoding.has_value() && !(isVideo(item) && profile.video.empty());
        form.possible = hasOne && canEncode;
        form.mayStay = hasOne && !canEncode;
        form.encoding = hasOne ? &*encoding : nullptr;
        form.bytes = hasOne ? encodedBytes(item, *encoding) : item.size;
    }
    if (form.possible && maxFileSize > 0 && form.bytes > maxFileSize) {
        form.possible = false;
        form.reason = "its file would be larger than the device's " + megabytes(maxFileSize);
    }
    return form;
}

std::int64_t encodedBytes(const LibraryItem& item, const Encoding& encoding) {
    constexpr double kContainer = 1.03;
    return static_cast<std::int64_t>(item.duration * static_cast<double>(encoding.bitrate) / 8 * kContainer) + 16'384;
}

}  // namespace marea::sync
