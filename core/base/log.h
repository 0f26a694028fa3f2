#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace marea::core {

enum class LogLevel { Debug, Info, Warning, Error };

struct LogField {
    std::string_view key;
    std::variant<std::string, std::int64_t, double, bool> value;

    LogField(std::string_view k, std::string v) : key(k), value(std::move(v)) {}
    LogField(std::string_view k, std::string_view v) : key(k), value(std::string(v)) {}
    LogField(std::string_view k, const char* v) : key(k), value(std::string(v)) {}
    LogField(std::string_view k, bool v) : key(k), value(v) {}
    LogField(std::string_view k, double v) : key(k), value(v) {}
    template <std::integral I>
    LogField(std::string_view k, I v) : key(k), value(static_cast<std::int64_t>(v)) {}
};

// Structured log. One record is an event name ("scan.finished") and fields; the sink writes one JSON object a line
// (readable text on a terminal). Redacts: fields named like secrets (token, password, authorization, cookie, secret,
// code, key) and stream tokens and Bearer tokens inside any value. Thread-safe. Never throws, never blocks on more
// than one write(2).
class Logger {
public:
    using Fields = std::initializer_list<LogField>;
    virtual ~Logger() = default;
    virtual bool enabled(LogLevel level) const = 0;
    virtual void write(LogLevel level, std::string_view event, Fields fields) = 0;

    void debug(std::string_view event, Fields fields = {}) { write(LogLevel::Debug, event, fields); }
    void info(std::string_view event, Fields fields = {}) { write(LogLevel::Info, event, fields); }
    void warning(std::string_view event, Fields fields = {}) { write(LogLevel::Warning, event, fields); }
    void error(std::string_view event, Fields fields = {}) { write(LogLevel::Error, event, fields); }
};

enum class LogFormat { Json, Text };

// Writes to the descriptor `fd` (not owned).
std::shared_ptr<Logger> makeLogger(int fd, LogFormat format, LogLevel minimum);
std::shared_ptr<Logger> makeNullLogger();

// `text` with every stream token, Bearer token and credential in a URL replaced by "[redacted]".
std::string redact(std::string_view text);

}  // namespace marea::core
