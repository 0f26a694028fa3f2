#include "server/packaging/subtitles/srt.h"

#include <algorithm>
#include <vector>

#include "server/packaging/subtitles/markup.h"
#include "server/packaging/subtitles/textlines.h"

namespace marea::server {
namespace {

bool readTiming(std::string_view line, Cue& cue) {
    TextCursor cursor(line.substr(0, 256));
    cursor.skipBlanks();
    const auto start = readClock(cursor, ",.:");
    cursor.skipBlanks();
    if (!start || !cursor.take("-"))
        return false;
    cursor.until(">");  // "-->", "->", "- >"
    if (!cursor.take('>'))
        return false;
    cursor.skipBlanks();
    const auto end = readClock(cursor, ",.:");
    if (!end)
        return false;
    cue.start = *start;
    cue.end = *end;
    return true;
}

bool isCounter(std::string_view line) {
    const std::string_view text = trimmed(line);
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

class SrtReader {
public:
    Subtitles read(std::string_view text) {
        TextLines lines(text);
        std::string_view line;
        while (out_.cues.size() < kMostCues && lines.next(line)) {
            Cue next;
            if (line.find("->") != std::string_view::npos && readTiming(line, next)) {
                finish(true);
                cue_ = std::move(next);
                inCue_ = true;
            } else if (inCue_ && size_ + line.size() < 4 * kMostCueText) {
                body_.push_back(line);
                size_ += line.size() + 1;
            }
        }
        finish(false);
        if (std::string css = colours_.css(); !css.empty())
            out_.styles.push_back(std::move(css));
        return std::move(out_);
    }

private:
    // `another`: the last line may be the number of the cue that follows.
    void finish(bool another) {
        if (another && !body_.empty() && isCounter(body_.back()) && belongsToNext())
            body_.pop_back();
        std::string text;
        for (const std::string_view line : body_)
            (text += line) += '\n';
        if (inCue_ && cue_.end > cue_.start) {
            readSrtText(text, colours_, cue_);
            out_.cues.push_back(std::move(cue_));
        }
        body_.clear();
        size_ = 0;
    }

    bool belongsToNext() const {
        return body_.size() < 2 || trimmed(body_[body_.size() - 2]).empty() || isNextNumber();
    }

    // Without a blank line before it, only the very number that is due.
    bool isNextNumber() const { return trimmed(body_.back()) == std::to_string(out_.cues.size() + 2); }

    Subtitles out_;
    CueColours colours_;
    Cue cue_;
    bool inCue_ = false;
    std::vector<std::string_view> body_;
    std::size_t size_ = 0;
};

}  // namespace

Subtitles readSrt(std::string_view utf8) {
    return SrtReader().read(utf8);
}

void readSrtText(std::string_view text, CueColours& colours, Cue& cue) {
    CueText out(colours);
    AssOverrides overrides;
    MarkupReader(out, MarkupReader::Blanks::Keep, &overrides).read(text.substr(0, 4 * kMostCueText));
    const int lines = out.lines();
    cue.text = out.take();
    cue.settings = overrides.alignment > 0 ? cueSettings(overrides.alignment, std::nullopt, lines) : std::string();
}

}  // namespace marea::server
