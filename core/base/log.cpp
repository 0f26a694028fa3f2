#include "core/base/log.h"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "core/base/clock.h"
#include "core/base/logring.h"

namespace marea::core {

namespace {

constexpr std::string_view kRedacted = "[redacted]";
constexpr std::size_t kMaxText = 4096;  // bytes of one value; a record stays one small write

const char* levelName(LogLevel level) {
    constexpr std::array names{"debug", "info", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    }
    return result;
}

bool isTokenCharacter(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || (c && std::strchr("-._~+/=%", c));
}

// The length of what must not be shown at the start of `rest`, when it follows `marker` there.
struct SecretAfter {
    std::string_view marker;  // lower case
    bool untilSlash;          // the secret ends at '/', as in a path
};
constexpr std::array kMarkers{
    SecretAfter{"/stream/", true},        SecretAfter{"bearer ", false}, SecretAfter{"access_token=", false},
    SecretAfter{"refresh_token=", false}, SecretAfter{"token=", false},  SecretAfter{"ticket=", false},
    SecretAfter{"password=", false},      SecretAfter{"code=", false},   SecretAfter{"secret=", false}};

std::size_t secretLength(std::string_view rest, bool untilSlash) {
    std::size_t length = 0;
    while (length < rest.size() && isTokenCharacter(rest[length]) && !(untilSlash && rest[length] == '/')) {
        ++length;
    }
    return length;
}

// user:password of "scheme://user:password@host": what stands between "://" and an '@' before the next '/'.
std::size_t userInfoLength(std::string_view rest) {
    const auto end = rest.find_first_of("/?# \t\"'<>");
    const auto at = rest.substr(0, end).rfind('@');
    return at == std::string_view::npos ? 0 : at;
}

bool isSecretName(std::string_view key) {
    const std::string name = lower(key);
    for (const char* part : {"token", "password", "authorization", "cookie", "secret"}) {
        if (name.find(part) != std::string::npos) {
            return true;
        }
    }
    return name == "code" || name == "key" || name.ends_with("_code") || name.ends_with("_key");
}

// Well-formed UTF-8 (RFC 3629): 0 where `text` does not start with a whole sequence.
std::size_t sequenceLength(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const std::size_t length = byte(0) < 0x80   ? 1
                               : byte(0) < 0xC2 ? 0
                               : byte(0) < 0xE0 ? 2
                               : byte(0) < 0xF0 ? 3
                               : byte(0) < 0xF5 ? 4
                                                : 0;
    if (length == 0 || length > text.size()) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return 0;
        }
    }
    const bool outside = length > 2 && ((byte(0) == 0xE0 && byte(1) < 0xA0) || (byte(0) == 0xED && byte(1) > 0x9F) ||
                                        (byte(0) == 0xF0 && byte(1) < 0x90) || (byte(0) == 0xF4 && byte(1) > 0x8F));
    return outside ? 0 : length;
}

void appendEscaped(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const char c = text.front();
        const std::size_t length = sequenceLength(text);
        const bool c1 =
            length == 2 && static_cast<unsigned char>(c) == 0xC2 && static_cast<unsigned char>(text[1]) < 0xA0;
        if (length == 0 || c1 || static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            // Control characters too, so that a file's name cannot write to the terminal that shows the log.
            char escaped[8];
            std::snprintf(escaped, sizeof escaped, "\\u%04x",
                          length == 0 ? 0xFFFDU : static_cast<unsigned char>(c1 ? text[1] : c));
            out += escaped;
        } else if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else {
            out.append(text.substr(0, length));
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
}

void appendString(std::string& out, std::string_view text) {
    out.push_back('"');
    appendEscaped(out, text.substr(0, kMaxText));
    out.push_back('"');
}

std::string timeText(TimeMs now) {
    const std::time_t seconds = static_cast<std::time_t>(now / 1000);
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[40];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text + length, sizeof text - length, ".%03dZ", static_cast<int>(now % 1000));
    return text;
}

struct ValueWriter {
    std::string& out;
    void operator()(const std::string& text) const { appendString(out, redact(text)); }
    void operator()(std::int64_t number) const { out += std::to_string(number); }
    void operator()(double number) const {
        char text[32];
        std::snprintf(text, sizeof text, "%.6g", number);
        out += std::isfinite(number) ? text : "null";
    }
    void operator()(bool value) const { out += value ? "true" : "false"; }
};

void appendValue(std::string& out, const LogField& field) {
    if (isSecretName(field.key)) {
        appendString(out, kRedacted);
    } else {
        std::visit(ValueWriter{out}, field.value);
    }
}

class FdLogger final : public AdjustableLogger {
public:
    FdLogger(int fd, LogFormat format, LogLevel minimum, std::shared_ptr<LogRing> ring = nullptr)
        : fd_(fd), format_(format), minimum_(minimum), ring_(std::move(ring)) {}

    bool enabled(LogLevel level) const override { return level >= minimum(); }
    void setMinimum(LogLevel minimum) override { minimum_.store(minimum, std::memory_order_relaxed); }
    LogLevel minimum() const override { return minimum_.load(std::memory_order_relaxed); }

    // One write(2) of one whole line: lines of several threads do not mix. A full pipe or disk loses the line.
    void write(LogLevel level, std::string_view event, Fields fields) override {
        if (!enabled(level)) {
            return;
        }
        try {
            std::string json = format_ == LogFormat::Json || ring_ ? jsonLine(level, event, fields) : std::string();
            const std::string text = format_ == LogFormat::Text ? textLine(level, event, fields) : std::string();
            const std::string& line = format_ == LogFormat::Json ? json : text;
            (void)!::write(fd_, line.data(), line.size());
            if (ring_) {
                json.pop_back();  // the line's end
                ring_->add(level, std::move(json));
            }
        } catch (...) {  // no memory for the line: a log never brings its program down
        }
    }

private:
    static std::string jsonLine(LogLevel level, std::string_view event, Fields fields) {
        std::string line =
            "{\"time\":\"" + timeText(SystemClock().now()) + "\",\"level\":\"" + levelName(level) + "\",\"event\":";
        appendString(line, event);
        for (const LogField& field : fields) {
            line.push_back(',');
            appendString(line, field.key);
            line.push_back(':');
            appendValue(line, field);
        }
        line += "}\n";
        return line;
    }
    static std::string textLine(LogLevel level, std::string_view event, Fields fields) {
        std::string line = timeText(SystemClock().now()).substr(11, 12) + ' ' + levelName(level) + ' ';
        appendEscaped(line, event);
        for (const LogField& field : fields) {
            line.push_back(' ');
            appendEscaped(line, field.key);
            line.push_back('=');
            appendValue(line, field);
        }
        line.push_back('\n');
        return line;
    }

    int fd_;
    LogFormat format_;
    std::atomic<LogLevel> minimum_;
    std::shared_ptr<LogRing> ring_;
};

class NullLogger final : public Logger {
public:
    bool enabled(LogLevel) const override { return false; }
    void write(LogLevel, std::string_view, Fields) override {}
};

}  // namespace

std::shared_ptr<Logger> makeLogger(int fd, LogFormat format, LogLevel minimum) {
    return std::make_shared<FdLogger>(fd, format, minimum);
}

std::shared_ptr<AdjustableLogger> makeAdjustableLogger(int fd, LogFormat format, LogLevel minimum,
                                                       std::shared_ptr<LogRing> ring) {
    return std::make_shared<FdLogger>(fd, format, minimum, std::move(ring));
}

std::shared_ptr<Logger> makeNullLogger() {
    return std::make_shared<NullLogger>();
}

std::string redact(std::string_view text) {
    const std::string folded = lower(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = std::string_view(folded).substr(i);
        std::size_t shown = 1, hidden = 0;
        for (const SecretAfter& secret : kMarkers) {
            if (rest.starts_with(secret.marker)) {
                shown = secret.marker.size();
                hidden = secretLength(text.substr(i + shown), secret.untilSlash);
                break;
            }
        }
        if (rest.starts_with("://")) {
            shown = 3;
            hidden = userInfoLength(text.substr(i + shown));
        } else if (rest.starts_with("eyj")) {  // a JSON Web Token (RFC 7519): base64url of '{"'
            const std::size_t length = secretLength(text.substr(i), true);
            const std::string_view token = text.substr(i, length);
            if (length > 20 && token.find('.') != std::string_view::npos) {
                shown = 0;
                hidden = length;
            }
        }
        out.append(text.substr(i, shown));
        if (hidden > 0) {
            out.append(kRedacted);
        }
        i += shown + hidden;
    }
    return out;
}

}  // namespace marea::core
