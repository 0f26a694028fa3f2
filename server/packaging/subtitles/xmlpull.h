#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace marea::server {

// Elements and text of an XML document one after the other, without namespaces: names lose their prefix. Declarations
// are passed over, so that no entity is ever defined; what is not well-formed ends the document or stands as text.
class XmlPull {
public:
    enum class Kind { Start, End, Text, Done };
    static constexpr std::size_t kMostAttributes = 64;

    explicit XmlPull(std::string_view document) : rest_(document) {}

    Kind next();
    std::string_view name() const { return name_; }  // of Start and End
    const std::string& text() const { return text_; }
    // Decoded; empty when it is not there.
    std::string attribute(std::string_view name) const;

private:
    Kind markup();
    Kind element();
    Kind words(std::string_view raw, bool decoded);
    void readAttributes(std::string_view inside);

    std::string_view rest_, name_;
    bool endPending_ = false;  // of "<name/>"
    std::string text_;
    std::vector<std::pair<std::string_view, std::string_view>> attributes_;
};

}  // namespace marea::server
