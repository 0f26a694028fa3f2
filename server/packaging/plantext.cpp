#include <algorithm>
#include <string_view>

#include "server/packaging/deliveryplan.h"
#include "server/packaging/finergrid.h"
#include "server/packaging/rendition.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

namespace {

using core::StreamKind;

constexpr std::size_t longestPlan = 2000, mostNames = 64, longestId = 64;

bool isSidecarId(std::string_view id) {
    return !id.empty() && id.size() <= longestId && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    });
}

bool addSubtitle(DeliveryPlan& plan, std::string_view number, const core::MediaInfo& file) {
    for (const core::StreamInfo& stream : file.streams) {
        if (std::to_string(stream.index) == number && stream.kind == StreamKind::Subtitle &&
            isTextSubtitle(stream.codec)) {
            plan.subtitles.push_back(stream.index);
            return true;
        }
    }
    return false;
}

bool addName(DeliveryPlan& plan, std::string_view name, const core::MediaInfo& file) {
    if (name.starts_with('s')) {
        return addSubtitle(plan, name.substr(1), file);
    }
    if (name.starts_with('x')) {
        plan.sidecars.emplace_back(name.substr(1));
        return isSidecarId(name.substr(1));
    }
    const auto rendition = parseFinerRendition(name, file);
    if (!rendition || rendition->tracks.size() != 1) {
        return false;
    }
    const TrackSpec& track = rendition->tracks.front();
    const bool video = findStream(file, track.stream)->kind == StreamKind::Video;
    (video ? plan.video : plan.audio).push_back(track);
    plan.finerFrom = rendition->from ? rendition->from : plan.finerFrom;
    return true;
}

template <class List>
bool repeats(const List& list) {
    for (auto one = list.begin(); one != list.end(); ++one) {
        if (std::find(list.begin(), one, *one) != one) {
            return true;
        }
    }
    return false;
}

bool isSound(const DeliveryPlan& plan) {
    const bool onePicture = std::all_of(plan.video.begin(), plan.video.end(), [&](const TrackSpec& track) {
        return track.stream == plan.video.front().stream;
    });
    return !plan.empty() && onePicture && !repeats(plan.video) && !repeats(plan.audio) && !repeats(plan.subtitles) &&
           !repeats(plan.sidecars);
}

}  // namespace

std::string planText(const DeliveryPlan& plan, const core::MediaInfo& file) {
    std::string text;
    const auto add = [&](const std::string& name) { text += (text.empty() ? "" : ".") + name; };
    for (const auto* list : {&plan.video, &plan.audio}) {
        for (const TrackSpec& track : *list) {
            add(finerName({track}, file, plan.finerFrom));
        }
    }
    for (const int stream : plan.subtitles) {
        add("s" + std::to_string(stream));
    }
    for (const std::string& id : plan.sidecars) {
        add("x" + id);
    }
    return text;
}

core::Result<DeliveryPlan> parsePlan(std::string_view text, const core::MediaInfo& file) {
    DeliveryPlan plan;
    std::string_view rest = text.size() <= longestPlan ? text : std::string_view();
    bool known = true;
    for (std::size_t count = 0; known && !rest.empty(); ++count) {
        const auto dot = std::min(rest.find('.'), rest.size());
        known = count < mostNames && addName(plan, rest.substr(0, dot), file);
        rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    if (!known || !isSound(plan) || planText(plan, file) != text) {
        return core::fail(core::ErrorCode::NotFound, "There is no such version of this title.");
    }
    return plan;
}

}  // namespace marea::server
