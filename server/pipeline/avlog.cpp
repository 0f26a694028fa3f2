#include "server/pipeline/avlog.h"

#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdio>

#include "server/pipeline/libav.h"

namespace marea::server {
namespace {

std::atomic<bool> isSilent = false;
thread_local std::string* captured = nullptr;
constexpr std::size_t mostCaptured = 64 * 1024;

void listen(void* speaker, int level, const char* format, std::va_list arguments) {
    if (captured && captured->size() < mostCaptured) {
        std::array<char, 1024> line{};
        std::va_list copy;
        va_copy(copy, arguments);
        std::vsnprintf(line.data(), line.size(), format, copy);
        va_end(copy);
        captured->append(line.data());
    } else if (!isSilent) {
        av_log_default_callback(speaker, level, format, arguments);
    }
}

}  // namespace

void silenceLog() {
    isSilent = true;
    av_log_set_callback(listen);
}

LogCapture::LogCapture() {
    captured = &text_;
    av_log_set_callback(listen);
}

LogCapture::~LogCapture() {
    captured = nullptr;
}

}  // namespace marea::server
