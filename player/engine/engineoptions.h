#pragma once

#include <memory>
#include <optional>
#include <QByteArray>
#include <QList>
#include <QString>
#include <utility>

#include "core/http/httpclient.h"

namespace marea::player {

enum class VideoOutput {
    Scene,  // drawn by a VideoItem; sources play without picture while there is none
    None    // for tests and sound alone
};

struct EngineOptions {
    VideoOutput video = VideoOutput::Scene;
    QString audioOutput;  // mpv's name, "null" in tests (every engine knows that one); empty: the system's
    // Reads http(s) sources; without one only local files play. Shared with the rest of the program.
    std::shared_ptr<core::HttpClient> http;
    QList<std::pair<QByteArray, QByteArray>> extra;  // further mpv options, for tests
    std::optional<bool> windows = {};                // whether the system has any, for tests; else it is asked
};

}  // namespace marea::player
