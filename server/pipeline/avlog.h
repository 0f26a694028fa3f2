#pragma once

#include <string>

namespace marea::server {

// What libav says goes nowhere from now on, in the whole process, but for what is captured.
void silenceLog();

// What libav says on this thread, for as long as this lives; one at a time. For what it tells in no other way.
class LogCapture {
public:
    LogCapture();
    ~LogCapture();
    LogCapture(const LogCapture&) = delete;
    LogCapture& operator=(const LogCapture&) = delete;

    const std::string& text() const { return text_; }

private:
    std::string text_;
};

}  // namespace marea::server
