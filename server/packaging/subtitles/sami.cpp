#include "server/packaging/subtitles/sami.h"

#include <algorithm>
#include <map>

#include "server/packaging/subtitles/markup.h"
#include "server/packaging/subtitles/textlines.h"

namespace marea::server {
namespace {

constexpr std::size_t kMostTag = 512;
constexpr std::size_t kMostStyle = 64 << 10;  // bytes of a style sheet
constexpr int kMostStyles = 4;

// Pieces of tag soup: a tag, or text up to the next one.
struct Piece {
    std::string_view text;
    bool isTag = false;
};

bool nextPiece(TextCursor& cursor, Piece& piece) {
    if (cursor.atEnd())
        return false;
    const std::string_view all = cursor.rest(), near = all.substr(0, kMostTag);
    const std::size_t end = near.front() == '<' ? near.find('>') : std::string_view::npos;
    piece.isTag = end != std::string_view::npos;
    piece.text = piece.isTag ? near.substr(1, end - 1) : all.substr(0, std::min(all.find('<', 1), all.size()));
    cursor.skip(piece.text.size() + (piece.isTag ? 2 : 0));
    return true;
}

std::string_view tagName(std::string_view inside) {
    return TextCursor(inside).until(" \t\r\n/");
}

// ".ENUSCC { Name: English; lang: en-US; }": classes and their languages, both in lower case.
std::map<std::string, std::string> classLanguages(std::string_view css) {
    std::map<std::string, std::string> out;
    TextCursor cursor(css.substr(0, css.find("</")));
    while (cursor.until("."), cursor.take('.')) {
        const std::string name = lowered(trimmed(cursor.until("{}.")));
        if (!cursor.take('{'))
            continue;
        TextCursor rules(cursor.until("}"));
        while (!rules.atEnd()) {
            const std::string_view key = trimmed(rules.until(":;"));
            rules.skip(1);
            if (equalsFolded(key, "lang"))
                out[name] = lowered(trimmed(rules.until(";")));
        }
    }
    return out;
}

class SamiReader {
public:
    explicit SamiReader(std::string_view language) : language_(lowered(language.substr(0, 2))) {}

    Subtitles read(std::string_view text) {
        TextCursor cursor(text);
        Piece piece;
        while (out_.cues.size() < kMostCues && nextPiece(cursor, piece)) {
            if (piece.isTag && tag(piece.text, cursor))
                continue;
            if (inSync_ && ours_ && text_.size() < 4 * kMostCueText)
                piece.isTag ? ((text_ += '<') += piece.text) += '>' : text_ += piece.text;
        }
        finish();
        if (std::string css = colours_.css(); !css.empty())
            out_.styles.push_back(std::move(css));
        return std::move(out_);
    }

private:
    // Whether it is a tag of the file rather than of the text.
    bool tag(std::string_view inside, TextCursor& cursor) {
        std::string_view name = tagName(inside);
        if (inside.starts_with('/'))
            name = tagName(inside.substr(1));
        if (equalsFolded(name, "style")) {
            if (languages_.empty() && styles_++ < kMostStyles)
                languages_ = classLanguages(cursor.rest().substr(0, kMostStyle));
        } else if (equalsFolded(name, "sync")) {
            sync(inside);
        } else if (equalsFolded(name, "p")) {
            if (!inside.starts_with('/'))
                paragraph(lowered(markupAttribute(inside, "class")));
        } else {
            return inside.starts_with("!") || inside.starts_with("--") || equalsFolded(name, "") ||
                   equalsFolded(name, "body") || equalsFolded(name, "sami") || equalsFolded(name, "head");
        }
        return true;
    }

    void sync(std::string_view inside) {
        TextCursor start(trimmed(markupAttribute(inside, "start")));
        const auto at = start.number(12);
        if (!at)
            return;
        finish();
        inSync_ = true;
        ours_ = true;
        said_ = false;
        start_ = *at;
    }

    // The first paragraph decides for all, unless a class speaks the language that is wanted.
    void paragraph(const std::string& name) {
        if (!chosen_ || (!wanted_ && speaks(name))) {
            if (chosen_ && *chosen_ != name) {  // what another language said so far
                out_.cues.clear();
                text_.clear();
            }
            chosen_ = name;
            wanted_ = speaks(name);
        }
        ours_ = name.empty() || name == *chosen_;
        said_ |= ours_;
        if (ours_ && !text_.empty())
            text_ += "<br>";
    }

    bool speaks(const std::string& name) const {
        const auto found = languages_.find(name);
        return found != languages_.end() && !language_.empty() && found->second.starts_with(language_);
    }

    // What is said ends the cue before, even when it is nothing but a blank.
    void finish() {
        if (!inSync_)
            return;
        inSync_ = false;
        const std::string text = std::move(text_);
        text_.clear();
        if (!said_ && trimmed(text).empty())
            return;
        std::vector<Cue>& cues = out_.cues;
        if (!cues.empty() && cues.back().end == kOpenEnd && start_ > cues.back().start)
            cues.back().end = start_;
        CueText out(colours_);
        MarkupReader(out, MarkupReader::Blanks::Collapse).read(text);
        Cue cue{start_, kOpenEnd, {}, {}, out.take()};
        if (cue.text.find_first_not_of(" \n\xC2\xA0") != std::string::npos)
            cues.push_back(std::move(cue));
    }

    std::string language_, text_;
    std::map<std::string, std::string> languages_;
    std::optional<std::string> chosen_;
    bool wanted_ = false, inSync_ = false, ours_ = true, said_ = false;
    int styles_ = 0;
    Millis start_ = 0;
    CueColours colours_;
    Subtitles out_;
};

}  // namespace

Subtitles readSami(std::string_view utf8, std::string_view language) {
    return SamiReader(language).read(utf8);
}

}  // namespace marea::server
