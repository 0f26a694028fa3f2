#include "server/packaging/subtitles/ttml.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "server/packaging/subtitles/cuetext.h"
#include "server/packaging/subtitles/textlines.h"
#include "server/packaging/subtitles/xmlpull.h"

namespace marea::server {
namespace {

constexpr std::size_t kDeepest = 64;
constexpr std::size_t kMostStyles = 4096;

// What a style, a region or an element says; what it does not say comes from outside.
struct Look {
    std::optional<bool> bold, italic, underline;
    std::optional<std::uint32_t> colour;
    std::optional<int> column, row;  // 0 to 2, from the left and from below
    std::optional<CuePoint> origin, extent;

    void take(const Look& o) {
        const auto over = [](auto& mine, const auto& theirs) {
            if (theirs)
                mine = theirs;
        };
        over(bold, o.bold);
        over(italic, o.italic);
        over(underline, o.underline);
        over(colour, o.colour);
        over(column, o.column);
        over(row, o.row);
        over(origin, o.origin);
        over(extent, o.extent);
    }
    TextStyle text() const {
        const std::uint32_t said = colour.value_or(kNoColour);
        return {bold.value_or(false), italic.value_or(false), underline.value_or(false),
                said == 0xFFFFFF ? kNoColour : said};
    }
};

using Looks = std::map<std::string, Look, std::less<>>;

std::optional<CuePoint> percentPair(std::string_view text) {
    TextCursor cursor(text);
    cursor.skipBlanks();
    const auto x = cursor.decimal();
    if (!x || !cursor.take('%'))
        return std::nullopt;
    cursor.skipBlanks();
    const auto y = cursor.decimal();
    return y && cursor.take('%') ? std::optional(CuePoint{*x, *y}) : std::nullopt;
}

std::optional<int> oneOf(std::string_view text, std::initializer_list<std::pair<std::string_view, int>> known) {
    for (const auto& [word, number] : known) {
        if (text == word)
            return number;
    }
    return std::nullopt;
}

std::optional<bool> whether(std::string_view text, std::string_view yes, std::string_view no) {
    return text == yes ? std::optional(true) : text == no ? std::optional(false) : std::nullopt;
}

void takeReferences(const std::string& ids, const Looks& looks, Look& look) {
    TextCursor cursor(ids);
    for (cursor.skipBlanks(); !cursor.atEnd(); cursor.skipBlanks()) {
        if (const auto found = looks.find(cursor.until(kBlanks)); found != looks.end())
            look.take(found->second);
    }
}

Look ownLook(const XmlPull& xml, const Looks& looks) {
    Look look, own;
    takeReferences(xml.attribute("style"), looks, look);
    own.bold = whether(xml.attribute("fontWeight"), "bold", "normal");
    own.italic = whether(xml.attribute("fontStyle"), "italic", "normal");
    if (xml.attribute("fontStyle") == "oblique")
        own.italic = true;
    own.underline = whether(xml.attribute("textDecoration"), "underline", "none");
    own.colour = parseColour(xml.attribute("color"));
    own.column =
        oneOf(xml.attribute("textAlign"), {{"left", 0}, {"start", 0}, {"center", 1}, {"right", 2}, {"end", 2}});
    own.row = oneOf(xml.attribute("displayAlign"), {{"after", 0}, {"center", 1}, {"before", 2}});
    own.origin = percentPair(xml.attribute("origin"));
    own.extent = percentPair(xml.attribute("extent"));
    look.take(own);
    return look;
}

// A region's box and the alignments inside of it, as the nearest side of the picture.
std::string settings(const Look& look, int lines) {
    const int column = look.column.value_or(1);
    int row = look.row.value_or(look.origin ? 2 : 0);
    if (!look.origin || !look.extent)
        return cueSettings(row * 3 + column + 1, std::nullopt, lines);
    const double y = look.origin->y + look.extent->y * (2 - row) / 2;
    if (row == 0 && y >= 75)
        return cueSettings(column + 1, std::nullopt, lines);
    if (row == 2 && y <= 25)
        return cueSettings(column + 7, std::nullopt, lines);
    const double x = look.origin->x + look.extent->x * column / 2;
    return cueSettings(row * 3 + column + 1, CuePoint{x, y}, lines);
}

class TtmlReader {
public:
    Subtitles read(std::string_view document) {
        XmlPull xml(document);
        for (auto kind = xml.next(); kind != XmlPull::Kind::Done && out_.cues.size() < kMostCues; kind = xml.next()) {
            if (kind == XmlPull::Kind::Start)
                start(xml);
            else if (kind == XmlPull::Kind::End)
                end();
            else if (!open_.empty() && open_.back().cue >= 0 && depth_ == open_.size())
                text(xml.text());
        }
        while (!open_.empty())
            end();
        if (std::string css = colours_.css(); !css.empty())
            out_.styles.push_back(std::move(css));
        return std::move(out_);
    }

private:
    struct Open {
        Look look;
        Millis begin = 0, end = kLatestCue;
        int cue = -1;          // index into building_: where its text goes
        bool ownsCue = false;  // made it
        bool keepsBlanks = false;
    };
    struct Building {
        CueText text;
        Millis begin, end;
    };

    void start(const XmlPull& xml) {
        ++depth_;
        if (depth_ > kDeepest || depth_ != open_.size() + 1)
            return;  // too deep: its contents are passed over
        const std::string_view name = xml.name();
        Open made;
        if (!open_.empty()) {
            made = open_.back();
            made.ownsCue = false;
        }
        if (name == "tt")
            readParameters(xml);
        else if (name == "style" || name == "region")
            define(xml, made);
        else if (name == "br" && made.cue >= 0)
            building_[static_cast<std::size_t>(made.cue)].text.lineBreak();
        else if (name == "body" || name == "div" || name == "p" || name == "span")
            content(xml, made);
        else if (name == "metadata" || name == "set")
            made.cue = -1;
        const std::string space = xml.attribute("space");
        made.keepsBlanks = space.empty() ? made.keepsBlanks : space == "preserve";
        open_.push_back(std::move(made));
    }

    void readParameters(const XmlPull& xml) {
        const auto number = [](const std::string& text, double otherwise) {
            const auto value = TextCursor(text).decimal();
            return value && *value > 0 ? *value : otherwise;
        };
        const std::string rate = xml.attribute("frameRate");
        clock_.frameRate = number(rate, 30);
        const std::string ratio = xml.attribute("frameRateMultiplier");
        TextCursor multiplier(ratio);
        const auto over = multiplier.decimal();
        multiplier.skipBlanks();
        multiplier.take(':');
        const auto under = multiplier.decimal();
        if (over && *over > 0)
            clock_.frameRate *= *over / (under && *under > 0 ? *under : 1);
        clock_.tickRate = number(xml.attribute("tickRate"), rate.empty() ? 1 : clock_.frameRate);
    }

    void define(const XmlPull& xml, Open& made) {
        const std::string id = xml.attribute("id");
        const Look look = ownLook(xml, looks_);
        if (!id.empty() && looks_.size() < kMostStyles)
            looks_[id] = look;
        else if (xml.name() == "style" && !region_.empty())
            looks_[region_].take(look);  // a style inside of a region
        if (xml.name() == "region")
            region_ = id;
        made.cue = -1;
    }

    void content(const XmlPull& xml, Open& made) {
        const Millis outer = made.begin, outerEnd = made.end;
        const auto begin = clock_.read(xml.attribute("begin")), end = clock_.read(xml.attribute("end")),
                   duration = clock_.read(xml.attribute("dur"));
        made.begin = std::min(outer + begin.value_or(0), kLatestCue);
        if (end)
            made.end = std::min(outerEnd, outer + *end);
        if (duration)
            made.end = std::min(made.end, made.begin + *duration);
        takeReferences(xml.attribute("region"), looks_, made.look);
        made.look.take(ownLook(xml, looks_));
        const bool timed = begin || end || duration;
        if (xml.name() == "p" || (xml.name() == "span" && timed && made.cue >= 0)) {
            building_.push_back({CueText(colours_), made.begin, made.end});
            made.cue = static_cast<int>(building_.size()) - 1;
            made.ownsCue = true;
        }
    }

    void text(const std::string& words) {
        const Open& in = open_.back();
        CueText& to = building_[static_cast<std::size_t>(in.cue)].text;
        in.keepsBlanks ? to.append(words, in.look.text()) : to.appendCollapsed(words, in.look.text());
    }

    void end() {
        if (depth_ > 0 && depth_ > open_.size()) {
            --depth_;
            return;
        }
        depth_ -= depth_ > 0 ? 1 : 0;
        if (open_.empty())
            return;
        const Open closed = std::move(open_.back());
        open_.pop_back();
        if (!closed.ownsCue)
            return;
        Building& built = building_.back();
        Cue cue{built.begin, built.end == kLatestCue ? kOpenEnd : built.end, {}, {}, {}};
        cue.settings = settings(closed.look, built.text.lines());
        cue.text = built.text.take();
        building_.pop_back();
        if (!cue.text.empty())
            out_.cues.push_back(std::move(cue));
    }

    TtmlClock clock_;
    Looks looks_;
    std::string region_;
    std::vector<Open> open_;
    std::vector<Building> building_;  // the innermost last
    std::size_t depth_ = 0;
    CueColours colours_;
    Subtitles out_;
};

}  // namespace

std::optional<Millis> TtmlClock::read(std::string_view expression) const {
    TextCursor cursor(trimmed(expression));
    const std::string_view all = cursor.rest();
    if (all.empty() || all.size() > 64)
        return std::nullopt;
    if (all.find(':') != std::string_view::npos) {
        const auto time = readClock(cursor, ".");
        if (!time)
            return std::nullopt;
        const auto frames = cursor.take(':') ? cursor.decimal() : std::nullopt;
        return *time + (frames ? std::llround(*frames * 1000 / frameRate) : 0);
    }
    const auto count = cursor.decimal();
    const std::string_view unit = cursor.rest();
    if (!count || *count < 0)
        return std::nullopt;
    const double seconds = unit == "h"    ? *count * 3600
                           : unit == "m"  ? *count * 60
                           : unit == "s"  ? *count
                           : unit == "ms" ? *count / 1000
                           : unit == "f"  ? *count / frameRate
                           : unit == "t"  ? *count / tickRate
                                          : -1;
    return seconds < 0 || seconds > 4e6 ? std::nullopt : std::optional<Millis>(std::llround(seconds * 1000));
}

Subtitles readTtml(std::string_view utf8) {
    return TtmlReader().read(utf8);
}

}  // namespace marea::server
