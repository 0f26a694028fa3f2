#include "server/pipeline/opengroups.h"

#include "server/pipeline/nalunits.h"

namespace marea::server {
namespace {

constexpr int idrOfAvc = 5;                             // ITU-T H.264, table 7-1
constexpr int raslN = 8, raslR = 9, cleanPicture = 21;  // ITU-T H.265, table 7-1

}  // namespace

bool OpenGroups::canBe() const {
    return parameters_->codec_id == AV_CODEC_ID_H264 || parameters_->codec_id == AV_CODEC_ID_HEVC;
}

void OpenGroups::see(const AVPacket& packet) {
    const bool key = (packet.flags & AV_PKT_FLAG_KEY) != 0;
    looked_ = looked_ || key;
    if (!canBe() || found_ || (!key && !afterClean_) || packet.size <= 0)
        return;
    const int type = firstSliceType(parameters_, packet.data, static_cast<std::size_t>(packet.size));
    if (parameters_->codec_id == AV_CODEC_ID_H264) {
        found_ = type >= 0 && type != idrOfAvc;  // an intra picture, or a gradual refresh
    } else if (key) {
        afterClean_ = type == cleanPicture;
    } else if (type == raslN || type == raslR) {
        found_ = true;
    }
}

}  // namespace marea::server
