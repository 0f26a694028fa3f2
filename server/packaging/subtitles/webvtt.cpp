#include "server/packaging/subtitles/webvtt.h"

#include <algorithm>
#include <cstdio>

#include "server/packaging/subtitles/textlines.h"

namespace marea::server {
namespace {

constexpr std::size_t kMostBlock = 64 << 10;  // bytes of a STYLE or REGION block
constexpr std::size_t kMostBlocks = 256;

void appendTime(std::string& out, Millis time) {
    char text[32];
    std::snprintf(text, sizeof text, "%02lld:%02lld:%02lld.%03lld", static_cast<long long>(time / 3600'000),
                  static_cast<long long>(time / 60'000 % 60), static_cast<long long>(time / 1000 % 60),
                  static_cast<long long>(time % 1000));
    out += text;
}

void appendBlock(std::string& out, std::string_view head, std::string_view body) {
    out += head;
    out += '\n';
    out += body;
    out += body.ends_with('\n') ? "\n" : "\n\n";
}

bool isTimingLine(std::string_view line) {
    return line.find("-->") != std::string_view::npos;
}

bool readTiming(std::string_view line, Cue& cue) {
    TextCursor cursor(line);
    cursor.skipBlanks();
    const auto start = readClock(cursor, ".,");
    cursor.skipBlanks();
    if (!start || !cursor.take("-->"))
        return false;
    cursor.skipBlanks();
    const auto end = readClock(cursor, ".,");
    if (!end)
        return false;
    cue.start = *start;
    cue.end = *end;
    cue.settings = cleanCueSettings(cursor.rest());
    return true;
}

// A file that is shown must not fetch anything.
bool namesAddress(std::string_view block) {
    const std::string text = lowered(block);
    return text.find("url(") != std::string::npos || text.find("@import") != std::string::npos ||
           text.find('\\') != std::string::npos;
}

class WebVttReader {
public:
    explicit WebVttReader(std::string_view text) : lines_(text) {}

    Subtitles read() {
        std::string_view line;
        if (next(line)) {
            if (line.starts_with("WEBVTT"))
                readHeader();
            else
                pending_ = line;
        }
        while (out_.cues.size() < kMostCues && next(line))
            take(line);
        return std::move(out_);
    }

private:
    bool next(std::string_view& line) {
        if (pending_.empty())
            return lines_.next(line);
        line = pending_;
        pending_ = {};
        return true;
    }

    // Up to the first blank line, or to a block that came without one.
    void readHeader() {
        std::string_view line;
        while (next(line) && !trimmed(line).empty()) {
            if (isTimingLine(line) || line == "STYLE") {
                pending_ = line;
                return;
            }
        }
    }

    void take(std::string_view line) {
        if (isTimingLine(line)) {
            readCue(line);
        } else if (trimmed(line) == "STYLE") {
            readBlock(out_.styles);
        } else if (trimmed(line) == "REGION") {
            readBlock(out_.regions);
        } else if (line.starts_with("NOTE") && (line.size() == 4 || line[4] == ' ' || line[4] == '\t')) {
            body(0);
        } else {
            id_ = trimmed(line);
        }
    }

    void readBlock(std::vector<std::string>& to) {
        std::string block = body(kMostBlock);
        if (!block.empty() && to.size() < kMostBlocks && !namesAddress(block))
            to.push_back(std::move(block));
    }

    void readCue(std::string_view line) {
        Cue cue;
        const bool timed = readTiming(line, cue);
        cue.id = cleanCueId(id_);
        cue.text = cleanCueText(body(kMostCueText));
        if (timed && cue.end > cue.start)
            out_.cues.push_back(std::move(cue));
    }

    // The lines to the next blank one, or to a timing line that came instead.
    std::string body(std::size_t most) {
        std::string out;
        std::string_view line;
        id_ = {};
        while (next(line) && !line.empty()) {
            if (isTimingLine(line)) {
                pending_ = line;
                break;
            }
            if (out.size() + line.size() < most)
                (out += out.empty() ? "" : "\n") += line;
        }
        return out;
    }

    TextLines lines_;
    Subtitles out_;
    std::string_view id_, pending_;
};

}  // namespace

std::string writeWebVtt(const Subtitles& subtitles) {
    std::string out = "WEBVTT\n\n";
    for (const std::string& region : subtitles.regions)
        appendBlock(out, "REGION", region);
    for (const std::string& style : subtitles.styles)
        appendBlock(out, "STYLE", style);
    for (const Cue& cue : subtitles.cues) {
        if (!cue.id.empty())
            out += cue.id + "\n";
        appendTime(out, cue.start);
        out += " --> ";
        appendTime(out, cue.end);
        if (!cue.settings.empty())
            out += " " + cue.settings;
        appendBlock(out, "", cue.text);
    }
    return out;
}

Subtitles readWebVtt(std::string_view utf8) {
    return WebVttReader(utf8).read();
}

}  // namespace marea::server
