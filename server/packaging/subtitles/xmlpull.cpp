#include "server/packaging/subtitles/xmlpull.h"

#include <algorithm>

#include "server/packaging/subtitles/cuetext.h"
#include "server/packaging/subtitles/textlines.h"

namespace marea::server {
namespace {

std::string_view withoutPrefix(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string decoded(std::string_view raw) {
    std::string out;
    TextCursor cursor(raw);
    while (!cursor.atEnd()) {
        out += cursor.until("&");
        if (cursor.atEnd())
            break;
        std::size_t length = 1;
        const std::string character = decodeReference(cursor.rest(), length);
        out += character.empty() ? "&" : character;
        cursor.skip(character.empty() ? 1 : length);
    }
    return out;
}

}  // namespace

XmlPull::Kind XmlPull::next() {
    if (endPending_) {
        endPending_ = false;
        return Kind::End;
    }
    if (rest_.empty())
        return Kind::Done;
    if (rest_.front() == '<')
        return markup();
    const std::string_view raw = rest_.substr(0, rest_.find('<'));
    rest_.remove_prefix(raw.size());
    return words(raw, true);
}

XmlPull::Kind XmlPull::words(std::string_view raw, bool decode) {
    text_ = decode ? decoded(raw) : std::string(raw);
    return Kind::Text;
}

XmlPull::Kind XmlPull::markup() {
    const auto upTo = [&](std::string_view head, std::string_view tail) -> std::optional<std::string_view> {
        if (!rest_.starts_with(head))
            return std::nullopt;
        const std::size_t end = rest_.find(tail, head.size());
        const std::string_view inside =
            rest_.substr(head.size(), end == std::string_view::npos ? end : end - head.size());
        rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + tail.size());
        return inside;
    };
    if (const auto words_ = upTo("<![CDATA[", "]]>"))
        return words(*words_, false);
    if (upTo("<!--", "-->") || upTo("<?", "?>"))
        return words({}, false);
    if (rest_.starts_with("<!DOCTYPE")) {  // with its internal subset, if there is one
        const std::size_t end = rest_.find_first_of("[>");
        static_cast<void>(upTo("<!DOCTYPE", end != std::string_view::npos && rest_[end] == '[' ? "]>" : ">"));
        return words({}, false);
    }
    return element();
}

XmlPull::Kind XmlPull::element() {
    std::size_t end = 1;
    // A '>' may stand in a quoted value.
    for (char quote = 0; end < rest_.size() && (quote || rest_[end] != '>'); ++end) {
        if (quote ? rest_[end] == quote : rest_[end] == '"' || rest_[end] == '\'')
            quote = quote ? '\0' : rest_[end];
    }
    if (end >= rest_.size()) {
        rest_ = {};
        return Kind::Done;
    }
    std::string_view inside = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    const bool ends = inside.starts_with('/');
    if (ends)
        inside.remove_prefix(1);
    endPending_ = !ends && inside.ends_with('/');
    if (endPending_)
        inside.remove_suffix(1);
    name_ = withoutPrefix(inside.substr(0, inside.find_first_of(kBlanks)));
    if (ends)
        return Kind::End;
    readAttributes(inside);
    return Kind::Start;
}

void XmlPull::readAttributes(std::string_view inside) {
    attributes_.clear();
    TextCursor cursor(inside);
    cursor.until(kBlanks);
    while (attributes_.size() < kMostAttributes) {
        cursor.skipBlanks();
        const std::string_view name = trimmed(cursor.until("="));
        if (!cursor.take('='))
            return;
        cursor.skipBlanks();
        const char quote = cursor.peek();
        if (quote != '"' && quote != '\'')
            return;
        cursor.skip(1);
        attributes_.emplace_back(withoutPrefix(name), cursor.until(std::string_view(&quote, 1)));
        cursor.skip(1);
    }
}

std::string XmlPull::attribute(std::string_view name) const {
    const auto found =
        std::find_if(attributes_.begin(), attributes_.end(), [&](const auto& a) { return a.first == name; });
    return found == attributes_.end() ? std::string() : decoded(found->second);
}

}  // namespace marea::server
